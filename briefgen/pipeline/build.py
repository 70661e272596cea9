"""One version, whole: compiled, written in every format, its findings at their places; or refused. Nobody else does that.

In: a checked summary, an audience, formats. Out: `Built`, with the bytes of all formats, or `Rejected` and of none. No file is
written here: the library hands the bytes on, `render` and `batch` write files, the preview draws the pages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from briefgen.findings.diagnostics import Diagnostic, Rejected, Span, has_errors
from briefgen.model.audience import Audience
from briefgen.model.document import Written
from briefgen.model.summary import Summary
from briefgen.pipeline import review as reviews
from briefgen.pipeline.check import Checked
from briefgen.pipeline.compile import Version, compile_brief, located
from briefgen.pipeline.leaks.secrets import secrets
from briefgen.project.project import Project
from briefgen.registry import resolve
from briefgen.tailor import hidden_in, releasable


@dataclass(frozen=True, slots=True)
class Built:
    """One version with its files by format, and all that was said, each once: by the checks, on the version, by the writers."""

    checked: Checked
    version: Version
    files: Mapping[str, Written]
    findings: tuple[Diagnostic, ...]

    @property
    def pages(self) -> int | None:
        """Return the number of its pages as a PDF, None where nothing was laid out."""
        return self.version.fitted.layout.pages if self.version.fitted.layout else None

    @property
    def cuts(self) -> int:
        """Return how many items and wordings the page budget cost."""
        return sum(cut.count or 1 for cut in self.version.brief.cuts)

    def images(self) -> Iterator[str]:
        """Yield the pictures beside the summary that are printed, as absolute paths; those of templates are no part of it."""
        home = self.checked.source.path.resolve().parent
        locate = resolve("briefgen.writers.assets:locate")
        for element in self.version.document.tree.iter("img"):
            with suppress(ValueError, OSError):
                yield str(locate(element.get("src") or "", [home]))


def build(
    checked: Checked, audience: Audience, project: Project, formats: Collection[str], *, review: bool = False, file: str = ""
) -> Built:
    """Return one version in all formats; raise Rejected, with everything that was said until then, where errors stand.

    A `review` copy shows the errors of the checks and of the page budget, and is stopped only by those of the writers. `file` is
    where findings on the version as a whole are placed, for a report on many; without, they have no place.
    """
    version = compile_brief(checked, audience, project, formats=formats, keep=review)
    if review:
        hidden = hidden_in(checked.summary, audience)
        found = reviews.discreet((*checked.findings, *version.findings), secrets(checked.summary, audience) if hidden else ())
        document = reviews.reviewed(version.document, checked.summary, found, hidden)
        version = replace(version, document=document)
    files = {fmt: version.write(fmt) for fmt in formats}
    printed = [located(finding, checked.source) for written in files.values() for finding in written.diagnostics]
    own = [replace(row, span=Span(file)) if file and row.span is None else row for row in version.findings]
    said = tuple(dict.fromkeys((*checked.findings, *own, *printed)))
    if has_errors(printed if review else said):
        raise Rejected(said)
    return Built(checked, version, files, said)


def withheld(summary: Summary, audiences: Sequence[Audience]) -> list[Audience]:
    """Return the audiences for which no version may be made: published ones above CLEAR without a release."""
    return [audience for audience in audiences if not releasable(summary, audience)]
