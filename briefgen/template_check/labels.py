"""Label files: keys that nothing prints, values that are no texts, fields and plural forms that are not there.

In: the sources of label files, the packaged English labels, and what the templates ask for. Out: findings at their lines.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from briefgen.findings.diagnostics import Diagnostic, Span, error, warning
from briefgen.findings.near import did_you_mean, nearest
from briefgen.load.source import Source
from briefgen.model.pointers import escape

META = ("language", "own_name", "reviewed", "perspective", "yardstick_note")
_FORMS = ("zero", "one", "two", "few", "many", "other")
_FIELD = re.compile(r"\{(\w+)\}")


def check(source: Source, english: Mapping[str, Any], asked: Collection[str]) -> Iterator[Diagnostic]:
    """Yield what is wrong in a label file; `english` are the packaged labels, `asked` what templates ask for beside them."""
    for key, place, value in _rows(source.values, "", ""):
        if key.startswith("meta."):
            if key.removeprefix("meta.") not in META:
                yield _stray(source, key, place, [f"meta.{name}" for name in META])
        elif key not in english and key not in asked:
            yield _stray(source, key, place, [*english, *asked])
        else:
            yield from _texts(source, key, place, value, english.get(key))


def _rows(tree: Mapping[str, Any], prefix: str, at: str) -> Iterator[tuple[str, str, Any]]:
    """Yield each label: its dotted key, its pointer, and its text or its texts by tone or by form."""
    for key, value in tree.items():
        place = f"{at}/{escape(str(key))}"
        if isinstance(value, Mapping) and not {"default", "other"} & set(value):
            yield from _rows(value, f"{prefix}{key}.", place)
        else:
            yield f"{prefix}{key}", place, value


def _stray(source: Source, key: str, place: str, known: Collection[str]) -> Diagnostic:
    hint = did_you_mean(nearest(key, known, 0.7), "no template asks for it: take it out, or print it")
    return warning("TPL-36", f"nothing prints the label {key!r}", source.key_span(place), hint)


def _texts(source: Source, key: str, place: str, value: Any, model: Any) -> Iterator[Diagnostic]:  # noqa: ANN401
    rows = value.items() if isinstance(value, Mapping) else [("", value)]
    fields = set(_fields(model)) if model is not None else None
    for form, text in rows:
        span = source.span(f"{place}/{escape(str(form))}" if form else place)
        if isinstance(text, str) and text.strip():
            yield from _strange_fields(key, text, fields, span)
        else:
            yield error("TPL-37", f"the label {key!r} is no text", span, "write it in quotation marks")
    if isinstance(model, Mapping) and "other" in model and isinstance(value, Mapping):
        for form in set(map(str, value)) - set(_FORMS):
            span = source.key_span(f"{place}/{escape(form)}")
            yield error("TPL-37", f"the label {key!r} has no plural form {form!r}", span, f"there are {', '.join(_FORMS)}")


def _strange_fields(key: str, text: str, fields: set[str] | None, span: Span) -> Iterator[Diagnostic]:
    """Yield an error for each field that a label asks for and the English one, whose are `fields`, does not have."""
    for name in _FIELD.findall(text) if fields is not None else ():
        if fields is not None and name not in fields | {"genitive"}:
            has = f"it has {', '.join(f'{{{f}}}' for f in sorted(fields)) or 'none'}"
            hint = did_you_mean(nearest(name, fields), has, form="{{{}}}")
            yield error("TPL-37", f"the label {key!r} has no field {{{name}}}", span, hint)


def _fields(model: Any) -> Iterator[str]:  # noqa: ANN401
    for text in model.values() if isinstance(model, Mapping) else (model,):
        if isinstance(text, str):
            yield from _FIELD.findall(text)
