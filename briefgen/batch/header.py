"""What planning must know of a summary before anyone renders it: its id, language and date, and the files that it names."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from briefgen.load.source import Source
from briefgen.load.validate import identifier
from briefgen.model.summary import Stage
from briefgen.pipeline.ground import named
from briefgen.rules.structure import outside


class Facts(NamedTuple):
    """A summary as far as planning needs it; `files` are its articles and its previous edition, below its folder.

    `articles` are those with which it will be compared, since it is `final`; of a draft there are none.
    """

    id: str
    language: str
    date: str
    files: tuple[str, ...]
    final: bool
    articles: tuple[str, ...]

    def text(self) -> str:
        """Return the facts as one text, to be kept."""
        return json.dumps(self, ensure_ascii=False)


def from_text(text: str) -> Facts:
    """Return the facts that a text holds."""
    name, language, date, files, final, articles = json.loads(text)
    return Facts(name, language, date, tuple(files), final, tuple(articles))


def facts(source: Source) -> Facts:
    """Return the facts of a summary that need not be valid: what is malformed is told when it is made."""
    values = source.values
    last = values.get("previous")
    files = [*named(values), *([last] if isinstance(last, str) and last and not outside(last) else [])]
    raw = source.raw("/id").strip("\"'") if "id" in source.values else ""
    name = _text(values.get("id")) or raw or identifier(source.path.stem)
    final = values.get("stage") == Stage.FINAL
    articles = tuple(sorted(set(named(values)))) if final else ()
    return Facts(name, _text(values.get("language")), _text(values.get("as_of")), tuple(sorted(set(files))), final, articles)


def _text(value: Any) -> str:  # noqa: ANN401 - any value of YAML
    return value.strip() if isinstance(value, str) else "" if value is None or isinstance(value, (list, dict)) else str(value)
