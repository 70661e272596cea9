"""Brief × TemplateSet → Document.

Raises Rejected, each finding placed in the template's file and line: a syntax error, an unknown name, an element outside
the vocabulary.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError

from briefgen.findings.diagnostics import Diagnostic, Rejected, Span, error, has_errors
from briefgen.findings.near import did_you_mean
from briefgen.model.brief import Brief
from briefgen.model.document import Document, Metadata
from briefgen.render import addresses, helpers, hyphens, tree
from briefgen.render.labels import LabelMissing, Labels
from briefgen.render.limits import LimitReached
from briefgen.render.organisation import Organisation
from briefgen.render.templates import ENTRY, SCREEN, STYLE, TemplateSet, missing
from briefgen.render.vocabulary import check

WORDS_PER_MINUTE = 235
"""Silent reading of non-fiction in English, adults, mean (Brysbaert 2019: 238), rounded down."""


def render(brief: Brief, templates: TemplateSet, *, roots: tuple[Path, ...] = ()) -> Document:
    """Return the document of a brief; `roots` are the folders beside the template set from which images may be read."""
    labels = templates.labels(brief.language, brief.audience.tone)
    root = tree.parse(_html(brief, templates, labels))
    findings = check(root)
    if has_errors(findings):
        raise Rejected([_placed(finding, templates) for finding in findings])
    words = tree.words(root)
    _fill_reading_time(root, words, labels)
    hyphens.soften(root, brief.language)
    return Document(
        name=brief.name,
        tree=root,
        metadata=_metadata(brief, root),
        css=_css(templates, STYLE),
        screen_css=_css(templates, SCREEN) if templates.find(SCREEN) else "",
        tokens=templates.tokens,
        reference=templates.reference,
        roots=(*templates.folders, *templates.pictures, *roots),
    )


_FAULTS = (TypeError, ValueError, AttributeError, LookupError, ArithmeticError, AssertionError, RuntimeError)
"""What an expression of a template may raise: a division by nought, `cycler()` without an item."""


def _html(brief: Brief, templates: TemplateSet, labels: Labels) -> str:
    try:
        return templates.template(ENTRY).render(_names(brief, labels, templates.house))
    except TemplateNotFound as fault:
        name = fault.name or ENTRY
        hint = missing(fault, templates.sections()) if name.startswith("sections/") else ""
        raise Rejected(
            [error("TPL-05", f"there is no template {name}", _place(fault), hint or f"add {name} to the template set")]
        ) from fault
    except TemplateSyntaxError as fault:
        raise Rejected([unreadable(fault, _shown(fault.filename or fault.name or ENTRY))]) from fault
    except LabelMissing as fault:
        hints = (did_you_mean(", ".join(fault.near), "add it to templates/labels/en.yaml", form="{}"),)
        raise Rejected([error("TPL-06", f"there is no label {fault.key!r}", _place(fault), *hints)]) from fault
    except LimitReached as fault:
        raise Rejected([error("TPL-07", str(fault), _place(fault), fault.cure)]) from fault
    except RecursionError as fault:
        cure = "let no macro, block or include call itself without an end"
        raise Rejected([error("TPL-07", "macros, blocks or includes call each other too deep", _place(fault), cure)]) from fault
    except SecurityError as fault:
        raise Rejected([error("TPL-03", f"the sandbox refuses it: {fault}", _place(fault))]) from fault
    except TemplateError as fault:
        raise Rejected([error("TPL-02", str(fault.message or fault), _place(fault))]) from fault
    except _FAULTS as fault:
        place = _place(fault)
        if place is None:
            raise
        raise Rejected([error("TPL-03", f"{type(fault).__name__}: {fault}", place)]) from fault


def unreadable(fault: TemplateSyntaxError, file: str) -> Diagnostic:
    """Return the error for a template that Jinja can't read, at its line."""
    return error("TPL-01", (fault.message or "syntax error").rstrip("."), Span(file, fault.lineno))


def _names(brief: Brief, labels: Labels, house: Organisation | None = None) -> dict[str, Any]:
    """Return all that a template may call or read."""
    return {
        "brief": brief,
        "brand": house or Organisation(),
        "label": labels,
        "when": labels.when,
        "day": labels.day,
        "month": labels.month,
        "listing": labels.listing,
        "sign": labels.sign,
        "band_of": labels.band,
        "once": _Once(),
        "matrix": helpers.matrix,
        "bands": lambda items: helpers.bands(items, brief.yardstick),
        "grouped": helpers.grouped,
        "shown_items": helpers.shown_items,
        "not_shown": helpers.not_shown,
    }


class _Once:
    """Tells whether something is printed for the first time in this document: a band at its first use."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def __call__(self, key: str) -> bool:
        new = key not in self.seen
        self.seen.add(key)
        return new


def _place(fault: BaseException) -> Span | None:
    """Return the innermost place in a template that a traceback names."""
    span, trace = None, fault.__traceback__
    while trace is not None:
        filename = trace.tb_frame.f_code.co_filename
        if filename.endswith((".html", ".css")):
            span = Span(_shown(filename), trace.tb_lineno)
        trace = trace.tb_next
    return span


def _placed(finding: Diagnostic, templates: TemplateSet) -> Diagnostic:
    if finding.span is None:
        return finding
    file = templates.find(finding.span.file)
    span = Span(_shown(str(file)) if file else finding.span.file, finding.span.line)
    return Diagnostic(finding.severity, finding.code, finding.message, span, finding.hints, finding.path)


def _shown(filename: str) -> str:
    path = Path(filename)
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return filename


def _css(templates: TemplateSet, name: str) -> str:
    try:
        css = templates.css(name)
    except LimitReached as fault:
        raise Rejected([error("TPL-07", str(fault), _place(fault), fault.cure)]) from fault
    except TemplateError as fault:
        line = getattr(fault, "lineno", None)
        span = Span(_shown(str(templates.find(name))), line) if line else _place(fault)
        raise Rejected([error("TPL-01", str(fault.message or fault), span)]) from fault
    except _FAULTS as fault:
        if (place := _place(fault)) is None:
            raise
        raise Rejected([error("TPL-03", f"{type(fault).__name__}: {fault}", place)]) from fault
    file = templates.find(name)
    found = addresses.check(css, file, _shown(str(file)))
    if found:
        raise Rejected(found)
    return css


def _metadata(brief: Brief, root: Element) -> Metadata:
    title = root.find("head/title")
    head = brief.head
    return Metadata(
        title=(title.text if title is not None else None) or str(head.title),
        language=brief.language,
        identifier=brief.name,
        authors=tuple(str(author.name) for author in head.authors),
        description=str(head.dek or ""),
        created=head.as_of,
        marking=head.marking,
        audience=brief.audience.name,
        generator=f"briefgen {_version()}",
    )


@cache
def _version() -> str:
    from briefgen import __version__

    return __version__


def _fill_reading_time(root: Element, words: int, labels: Labels) -> None:
    minutes = words / WORDS_PER_MINUTE
    for element in root.iter("span"):
        if element.get("data-field") == "reading":
            if minutes < 1.75:
                element.text = labels("head.reading_seconds", n=max(30, round(minutes * 2) * 30)).unescape()
            else:
                element.text = labels("head.reading_minutes", n=math.ceil(minutes)).unescape()
            del element.attrib["data-field"]
