"""The stages in order, nothing else: a checked summary → brief → document within its budget. `build` asks for it, and writes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from briefgen import writers
from briefgen.findings.diagnostics import Diagnostic, Rejected, info, warning
from briefgen.load.source import Source
from briefgen.model import pointers
from briefgen.model.audience import Audience
from briefgen.model.brief import Brief
from briefgen.model.document import Document, Written
from briefgen.model.ids import named, shown_ids
from briefgen.model.summary import Summary
from briefgen.pipeline import review
from briefgen.pipeline.check import Checked
from briefgen.pipeline.fit import Fitted, LayoutFunction, fit
from briefgen.project import languages
from briefgen.project.project import Project
from briefgen.registry import Format, resolve
from briefgen.render.tree import words


@dataclass(frozen=True, slots=True)
class Version:
    """One summary for one audience, compiled: its brief, its document, and what was said on the way."""

    brief: Brief
    document: Document
    fitted: Fitted
    words: int
    findings: tuple[Diagnostic, ...]
    formats: tuple[Format, ...] = writers.FORMATS

    def write(self, fmt: str) -> Written:
        """Return the file in one format; the last layout is what a PDF is written from. Only Word has margins for comments."""
        if fmt == "pdf" and self.fitted.layout is not None and self.document is self.fitted.document:
            return self.fitted.layout.write()
        noted = self.document.comments and fmt != "docx"
        return writers.write(review.with_notes(self.document) if noted else self.document, fmt, self.formats)


def compile_brief(
    checked: Checked, audience: Audience, project: Project, *, formats: Collection[str] = ("pdf",), keep: bool = False
) -> Version:
    """Return one version of a checked summary; raise Rejected for a template's fault or a page budget that can't be kept.

    With `keep`, what is over a hard budget comes back all the same, with its error.
    """
    roots = (checked.source.path.resolve().parent,)
    try:
        fitted = fit(
            checked.summary, audience, project.template_set, _layout(formats), roots, unchecked=checked.unchecked, keep=keep
        )
    except Rejected as fault:
        raise Rejected([located(finding, checked.source) for finding in fault.diagnostics]) from fault
    said = [*fitted.diagnostics, *languages.labels(checked.summary, project), *_fallbacks(fitted, checked.summary)]
    count = words(fitted.document.tree)
    said += _length(audience, count, full=bool(fitted.brief.cuts))
    findings = tuple(located(finding, checked.source) for finding in said)
    return Version(fitted.brief, fitted.document, fitted, count, findings, project.parts.formats)


def located(finding: Diagnostic, source: Source) -> Diagnostic:
    """Return a finding with the place of its field in the summary's file."""
    return replace(finding, span=source.span(finding.path)) if finding.span is None and finding.path else finding


def _layout(formats: Collection[str]) -> LayoutFunction | None:
    """Return what lays a document out; None where no engine is there and none of the formats needs it."""
    if "pdf" not in formats and resolve("briefgen.writers.pdf:available")() is not None:
        return None
    layout: LayoutFunction = resolve("briefgen.writers.pdf:layout")
    return layout


def _fallbacks(version: Fitted, summary: Summary) -> Iterator[Diagnostic]:
    """Yield one warning that lists the printed texts for which an audience of plain words had to take other ones."""
    audience = version.brief.audience
    if audience.tone != "plain":
        return
    printed = {path for element in version.document.tree.iter() for path in (element.get("data-path") or "").split()}
    other = [path for path in sorted(printed, key=natural) if pointers.last(path) in ("short", "full")]
    if other:
        ids = shown_ids(summary)
        listed = [named(pointers.parent(path), ids) for path in other]
        shown = ", ".join(listed[:5]) + (f" and {len(listed) - 5} more" if len(listed) > 5 else "")
        yield warning(
            "TXT-02",
            f"{audience.name}: no `plain` wording for {shown}",
            None,
            "write `{full: …, plain: …}`; until then the other wording is printed",
            path=other[0],
        )


def natural(path: str) -> list[tuple[bool, int, str]]:
    """Return a key that sorts pointers as a person counts: item 9 before item 10."""
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in pointers.parts(path)]


def _length(audience: Audience, count: int, *, full: bool) -> Iterator[Diagnostic]:
    """Yield what is said of the number of words; pages that had to be cut to are `full`, and could not hold more."""
    if audience.budget and audience.budget.words:
        low, high = audience.budget.words
        if count > high:
            yield warning(
                "LEN-01",
                f"{audience.name}: {count} words, where {low} to {high} are meant to be read",
                None,
                "shorten, or write `short` variants",
            )
        elif count < low and not full:
            yield info("LEN-02", f"{audience.name}: {count} words, where {low} to {high} are usual")
