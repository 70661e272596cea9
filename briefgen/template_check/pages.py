"""One sample for one audience, rendered in every format: what goes wrong, on which line of which template.

In: a job. Out: findings, each with the sample it was found with; nothing is written. What an author is told of a summary (its
length, its cuts) is not said of a sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple
from xml.etree.ElementTree import Element

from briefgen import writers
from briefgen.files import shown_path
from briefgen.findings.diagnostics import Diagnostic, Rejected, Severity, Span, error, warning
from briefgen.model import pointers
from briefgen.model.audience import Audience
from briefgen.model.document import Document
from briefgen.registry import Format, resolve
from briefgen.render import TemplateSet, render
from briefgen.tailor import tailor
from briefgen.template_check import budget
from briefgen.template_check.samples import Sample
from briefgen.writers.pdf.faults import PageFault

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3}
_FULL = frozenset(("p", "li", "h1", "h2", "h3", "dt", "dd", "caption", "figcaption", "blockquote"))
_OF_STYLE = "in the style sheet"  # so the PDF writer begins what `css_lint` has told at its line
_WHERE = {
    "page": ("runs out of its page", "let it break: no fixed width, no `white-space: nowrap`"),
    "cell": ("runs out of its cell", "give the column more room in `m.columns`, or let the words break"),
    "box": ("runs out of its box", "leave the height to the text: no `height` in style.css"),
}


class PageJob(NamedTuple):
    """One sample for one audience."""

    audience: Audience
    sample: Sample


class Seen(NamedTuple):
    """One finding, and the sample and the audience with which it came."""

    finding: Diagnostic
    sample: str
    audience: str


def run(job: PageJob, templates: TemplateSet, formats: Sequence[Format] = writers.FORMATS) -> list[Seen]:
    """Return all that is found with one sample for one audience, in these formats."""
    audience, sample = job
    try:
        document = render(tailor(sample.summary, audience), templates)
    except Rejected as fault:
        return [Seen(finding, sample.name, audience.name) for finding in fault.diagnostics]
    found = [*_empty(document), *_written(document, formats)]
    if resolve("briefgen.writers.pdf:available")() is None:
        layout = resolve("briefgen.writers.pdf:layout")(document)
        found += [*_laid_out(layout.faults()), *(layout.diagnostics if sample.repeats else layout.write().diagnostics)]
        if sample.measured and audience.budget:
            found += budget.check(sample, audience, templates, layout)
    kept = (row for row in found if row.severity is not Severity.INFO and not row.message.startswith(_OF_STYLE))
    return [Seen(_placed(finding, templates), sample.name, audience.name) for finding in kept]


def _written(document: Document, formats: Sequence[Format]) -> Iterator[Diagnostic]:
    for row in formats:
        if row.engine:
            continue  # its pages are laid out, and measured, by `run`
        try:
            yield from writers.write(document, row.name, formats).diagnostics
        except Rejected as fault:
            yield from fault.diagnostics


def _laid_out(faults: Iterable[PageFault]) -> Iterator[Diagnostic]:
    """Yield what the engine's boxes show; of several lines of one element the first."""
    told: set[tuple[object, ...]] = set()
    for fault in faults:
        if (fault.kind, fault.place) in told:
            continue
        told.add((fault.kind, fault.place))
        if fault.kind == "heading":
            hint = "keep it with what follows: `break-after: avoid` on headings in style.css"
            yield warning("TPL-41", f"a heading ends a page: <{fault.tag}>", _span(fault.place), hint)
        elif fault.kind == "empty":
            yield warning("TPL-43", "a page has no content", None, "look for `break-before` and `break-after` in style.css")
        else:
            yield _spilt(fault)


def _spilt(fault: PageFault) -> Diagnostic:
    what, hint = _WHERE[fault.kind]
    shown = fault.text[:40] + ("…" if len(fault.text) > 40 else "")
    field = f", which prints {_field(fault.path)}," if fault.path else ""
    where = f"here by {fault.by:.1f} pt: “{shown}”"
    return error("TPL-40", f"<{fault.tag}>{field} {what}", _span(fault.place), hint, where)


def _field(path: str) -> str:
    """Return the field that an element prints, without numbers: `risks.title`."""
    first = path.split()[0] if path else ""
    return ".".join(part for part in pointers.parts(first) if not part.isdigit() and part not in ("full", "short", "plain"))


# --- what is empty in the document, in every format ---------------------------------------------------------------------


def _empty(document: Document) -> Iterator[Diagnostic]:
    main = document.tree.find("body/main")
    if main is None:
        return
    yield from _hollow(main)
    pending: Element | None = None
    for element in main.iter():
        level = _HEADINGS.get(element.tag, 0)
        if level and pending is not None and level <= _HEADINGS[pending.tag]:
            yield _nothing_below(pending)
        if level:
            pending = element
        elif pending is not None and element.tag in ("p", "li", "td", "th", "dt", "dd", "img") and _says(element):
            pending = None
    if pending is not None:
        yield _nothing_below(pending)


def _hollow(main: Element) -> Iterator[Diagnostic]:
    """Yield elements that hold nothing: sections, paragraphs, tables without rows."""
    for element in main.iter():
        if element.tag in ("section", "ul", "ol", "dl", "table", "aside") and not _says(element):
            hint = "print it only where there is something: {% if … %}"
            yield warning("TPL-42", f"an empty <{element.tag}>", _span(element.get("data-at") or ""), hint)
        elif element.tag == "table" and not any(_says(body) for body in element.iter("tbody")):
            hint = "print the table only where it has rows"
            yield warning("TPL-42", "a table without rows", _span(element.get("data-at") or ""), hint)
        elif element.tag in _FULL and not _says(element):
            hint = "print it only where there is something: {% if … %}"
            yield warning("TPL-42", f"an empty <{element.tag}>", _span(element.get("data-at") or ""), hint)


def _nothing_below(heading: Element) -> Diagnostic:
    hint = "print the heading only where something follows, or the section with its items: {% if section.items %}"
    return warning("TPL-42", f"an empty section: nothing stands below its <{heading.tag}>", _at(heading), hint)


def _says(element: Element) -> bool:
    return bool("".join(element.itertext()).strip()) or element.tag == "img" or next(element.iter("img"), None) is not None


def _at(element: Element) -> Span | None:
    return _span(element.get("data-at") or "")


def _span(place: str) -> Span | None:
    file, _, line = place.rpartition(":")
    return Span(file, int(line)) if file and line.isdigit() else None


def _placed(finding: Diagnostic, templates: TemplateSet) -> Diagnostic:
    """Return a finding with the path of the template that its place names."""
    file = templates.find(finding.span.file) if finding.span else None
    if finding.span is None or file is None:
        return finding
    return replace(finding, span=finding.span._replace(file=shown_path(file)))
