"""Whether the rungs of a ladder fit in order: once one fits the page budget, every deeper one must.

The search for the mildest cut halves the ladder, and takes that for granted. Here all rungs are laid out, as the search lays
them out. In: summaries and audiences. Out: for each rung whether it fits, the uncut brief first.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from bench import long
from bench.measure import ROOT, Measured
from bench.rows import ROWS
from briefgen import Project, Summary
from briefgen.load.source import parse, read
from briefgen.load.validate import validate
from briefgen.model.audience import Audience
from briefgen.pipeline import fit
from briefgen.pipeline.fit import LayoutFunction
from briefgen.tailor import ladder
from briefgen.template_check.samples import samples
from briefgen.writers.pdf import layout as pdf_layout

INPUTS = ROOT / "inputs"


LONG = 24
HEAVY = frozenset({("sixty items", "adviser")})
"""Ladders of dozens of rungs on many pages: as long as all the others together."""


class Ladder(NamedTuple):
    """One ladder laid out: whose, and for the uncut brief and each rung whether it fits, and on how many pages."""

    summary: str
    audience: str
    fits: tuple[bool, ...]
    pages: tuple[int, ...]

    @property
    def in_order(self) -> bool:
        """Return whether no rung is too long after one that fits."""
        return list(self.fits) == sorted(self.fits)


def laid_out(name: str, summary: Summary, audience: Audience, project: Project, layout: LayoutFunction = pdf_layout) -> Ladder:
    """Return the ladder of one summary and audience, every rung laid out."""
    fitting = fit._Fitting(summary, audience, project.template_set, layout, (INPUTS,))
    tries = [fitting.attempt()]
    tries += [fitting.attempt(rung) for rung in ladder(audience, tries[0].brief)]
    return Ladder(name, audience.name, tuple(map(fitting.fits, tries)), tuple(each.layout.pages for each in tries))


def shipped() -> Iterator[tuple[str, Summary]]:
    """Yield the summaries of this checkout."""
    project = Project.find(INPUTS)
    for path in sorted(INPUTS.glob("*.yaml")):
        yield path.stem, validate(project.with_defaults(read(path, path.name)))


def tried() -> Iterator[tuple[str, Summary]]:
    """Yield the samples of `template check`."""
    return ((sample.name, sample.summary) for sample in samples())


def real_size(numbers: Iterable[int]) -> Iterator[tuple[str, Summary]]:
    """Yield long generated summaries."""
    for number in numbers:
        text = json.dumps(long.summary(number), ensure_ascii=False)
        yield f"long {number}", validate(parse(text, Path("long.json")))


def every(corpus: Iterable[tuple[str, Summary]], without: Container[tuple[str, str]] = ()) -> Iterator[Ladder]:
    """Yield the ladders of summaries, for each audience whose budget is hard."""
    project = Project.find(INPUTS)
    hard = [audience for audience in project.audiences() if audience.budget and audience.budget.hard]
    for name, summary in corpus:
        yield from (laid_out(name, summary, audience, project) for audience in hard if (name, audience.name) not in without)


def rows() -> Iterator[Measured]:
    """Yield how many ladders of the whole corpus are out of order; each is named on standard error."""
    wrong = [each for each in every((*shipped(), *tried(), *real_size(range(LONG)))) if not each.in_order]
    for each in wrong:
        print("not in order:", *each, file=sys.stderr)
    yield Measured(ROWS["ladders"], count=float(len(wrong)))
