"""Whether all wordings of a summary say the same: what was compared, and what differs. Nothing is rendered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefgen import rules
from briefgen.evidence.compare import Place, Said
from briefgen.findings.diagnostics import Diagnostic, Severity
from briefgen.load.source import Source
from briefgen.load.validate import validate
from briefgen.model import pointers
from briefgen.pipeline.check import versions
from briefgen.project.project import Project
from briefgen.rules.context import Context
from briefgen.rules.levels import CODES, OF_LEVELS, Pair, pairs


class Compared(NamedTuple):
    """One summary: its wordings beside their fullest one, and the findings on them."""

    source: Source
    pairs: tuple[Pair, ...]
    audiences: tuple[str, ...]
    versions: int
    findings: tuple[Diagnostic, ...]

    @property
    def told(self) -> tuple[Diagnostic, ...]:
        """Return the findings that nobody waived."""
        return tuple(row for row in self.findings if row.severity is not Severity.INFO)

    @property
    def texts(self) -> int:
        """Return how many texts have more than one wording."""
        return len({row.pointer for row in self.pairs})

    @property
    def items(self) -> int:
        """Return in how many items these texts stand."""
        return len({tuple(pointers.parts(row.pointer)[:2]) for row in self.pairs})

    @property
    def differences(self) -> Iterator[tuple[str, Pair, Said]]:
        """Yield each difference with its code and the pair that it stands in."""
        return ((CODES[row.kind], pair, row) for pair in self.pairs for row in pair.differences)

    def places(self, finding: Diagnostic) -> tuple[Pair, list[Place], list[Place]] | None:
        """Return the pair that a finding is on, with the places that it concerns in the fullest wording and in the other one."""
        pair = next((pair for pair in self.pairs if pair.path == finding.path), None)
        if pair is None:
            return None
        rows = [row for row in pair.differences if CODES[row.kind] == finding.code]
        return pair, [row.there for row in rows if row.there], [row.at for row in rows if row.at]


def compared(source: Source, project: Project) -> Compared:
    """Return all wordings of a summary beside each other; raise Rejected where it can't be read as one."""
    summary = validate(source)
    audiences = {name: project.audience(name) for name in project.audience_files}
    briefs = versions(summary, audiences.values())
    rows = pairs(Context(summary, source, briefs=briefs))
    found = rules.check(summary, source, audiences=list(audiences), checks=project.checks, levels=audiences, briefs=briefs)
    return Compared(source, rows, tuple(audiences), len(briefs), tuple(d for d in found if d.code in OF_LEVELS))
