"""The page budget: what is over it goes, rung by rung of the audience's ladder, and every cut is told.

The layout of the PDF alone decides, for all formats. Never smaller type, never half a sentence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from briefgen.findings.diagnostics import Diagnostic, Rejected, error, info, warning
from briefgen.model.audience import Audience
from briefgen.model.brief import Brief
from briefgen.model.document import Document, Written
from briefgen.model.summary import Summary
from briefgen.pipeline import refill
from briefgen.render import TemplateSet, render
from briefgen.tailor import Cuts, ladder, tailor

HELD_BACK = 2.0
"""Lines that must stay free on the last page, so that Word's slightly other layout has room."""


class Layout(Protocol):
    """What fitting needs to know of a laid-out document: its pages, and the points left free on the last one."""

    @property
    def pages(self) -> int:
        """Return how many pages there are."""

    @property
    def free(self) -> float:
        """Return the points left free on the last page."""

    def heights(self) -> Mapping[str, float]:
        """Return the height of each section in points, by its id."""

    def last(self) -> AbstractSet[str]:
        """Return the ids of the sections that begin on the last page."""

    def write(self) -> Written:
        """Return the finished file."""


LayoutFunction = Callable[[Document], Layout]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A brief that keeps its budget, its document, its layout where one could be made, and what was said on the way."""

    brief: Brief
    document: Document
    layout: Layout | None
    diagnostics: tuple[Diagnostic, ...] = ()
    layouts: int = 0


@dataclass(slots=True)
class _Try:
    brief: Brief
    document: Document
    layout: Layout


class _Fitting:
    """The search for the mildest cut that keeps the budget."""

    def __init__(
        self,
        summary: Summary,
        audience: Audience,
        templates: TemplateSet,
        layout: LayoutFunction,
        roots: tuple[Path, ...] = (),
        *,
        unchecked: bool = False,
        keep: bool = False,
    ) -> None:
        self.keep = keep
        self.summary, self.audience, self.templates, self.layout, self.roots = summary, audience, templates, layout, roots
        self.unchecked = unchecked
        self.layouts = 0

    def attempt(self, cuts: Cuts | None = None, *, large: bool | None = None) -> _Try:
        """Return one layout with these cuts."""
        brief = tailor(self.summary, self.audience, cuts, large=large, unchecked=self.unchecked)
        document = render(brief, self.templates, roots=self.roots)
        self.layouts += 1
        return _Try(brief, document, self.layout(document))

    def fits(self, made: _Try) -> bool:
        """Return whether a layout keeps the budget, with some lines held back where that is hard."""
        return self.room(made) >= 0

    def room(self, made: _Try) -> float:
        """Return the points that the budget has left beside the lines held back; less than none where it is broken."""
        budget = self.audience.budget
        if budget is None or made.layout.pages < budget.pages:
            return math.inf
        step = self.templates.tokens["large" if made.brief.large else "styles"]["body"]["line"]
        held = HELD_BACK * float(step) if budget.hard else 0
        return made.layout.free - held if made.layout.pages == budget.pages else -math.inf

    def run(self) -> Fitted:
        """Return the fitted brief; raise Rejected where the ladder is used up and the budget is hard."""
        first = self.attempt()
        if self.fits(first):
            return self.done(self.grown(first))
        rungs = list(ladder(self.audience, first.brief))
        found = self.search(rungs) if rungs else None
        if found is not None:
            return self.done(self.fuller(rungs, first, *found))
        last = self.attempt(rungs[-1]) if rungs else first
        if self.audience.budget and self.audience.budget.hard:
            if self.keep:
                return self.done(last, (self.over(last),))
            raise Rejected([self.over(last)])
        return self.done(first, (replace(self.over(first), severity=warning("", "").severity),))

    def grown(self, made: _Try) -> _Try:
        """Return the layout in larger type, where the audience allows it and the pages have room."""
        if self.audience.size != "grow":
            return made
        larger = self.attempt(large=True)
        return larger if self.fits(larger) and larger.layout.pages == made.layout.pages else made

    def search(self, rungs: list[Cuts]) -> tuple[int, _Try] | None:
        """Return the first rung that fits, laid out: halving the ladder, since each rung cuts more than the one before."""
        low, high = 0, len(rungs) - 1
        best: tuple[int, _Try] | None = None
        while low <= high:
            middle = (low + high) // 2
            made = self.attempt(rungs[middle])
            if self.fits(made):
                best, high = (middle, made), middle - 1
            else:
                low = middle + 1
        return best

    def fuller(self, rungs: list[Cuts], uncut: _Try, number: int, found: _Try) -> _Try:
        """Return the layout of the rung that was found, with what else the room on its pages holds."""
        made = [found]

        def laid_out(cuts: Cuts) -> float | None:
            tried = self.attempt(cuts)
            if not self.fits(tried):
                return None
            made.append(tried)
            return self.room(tried)

        steps = rungs[: number + 1]
        saved = refill.saved(steps, _heights(uncut), _heights(found))
        last = {section.use for section in found.brief.sections if section.id in found.layout.last()}
        refill.fuller(steps, saved, self.room(found), laid_out, last)
        return made[-1]

    def over(self, made: _Try) -> Diagnostic:
        """Return what is too long, and where to cut by hand: the sections with most words first."""
        budget = self.audience.budget
        assert budget is not None
        sizes = sorted(((words_of(made.document, s.id), s.use) for s in made.brief.sections), reverse=True)
        biggest = ", ".join(f"{use} ({count} words)" for count, use in sizes[:3] if count)
        steps = "after every step of its ladder " if self.audience.cut else ""
        return error(
            "BUD-01",
            f"the {self.audience.name} brief has {made.layout.pages} pages {steps}and may have {budget.pages}"
            if made.layout.pages > budget.pages
            else f"the {self.audience.name} brief fills its last page {steps}to the brim; {HELD_BACK:g} lines must stay free",
            None,
            f"shorten {biggest}; or write `short` variants" if biggest else "write `short` variants",
            "or add steps to `cut:` in the audience's file",
        )

    def done(self, made: _Try, said: tuple[Diagnostic, ...] = ()) -> Fitted:
        """Return the result, with the cuts as information for the desk."""
        cuts = (_told(made.brief),) if made.brief.cuts else ()
        return Fitted(made.brief, made.document, made.layout, (*said, *cuts), self.layouts)


def fit(
    summary: Summary,
    audience: Audience,
    templates: TemplateSet,
    layout: LayoutFunction | None,
    roots: tuple[Path, ...] = (),
    *,
    unchecked: bool = False,
    keep: bool = False,
) -> Fitted:
    """Return the brief of one audience within its page budget.

    `roots` are folders from which images may be read; `unchecked` is printed on every page. Without `layout` (no PDF engine)
    nothing can be measured: the uncut brief comes back with a warning. Raises Rejected with BUD-01 where a hard budget fails;
    with `keep` the deepest cut comes back with that error.
    """
    if layout is None:
        brief = tailor(summary, audience, unchecked=unchecked)
        said = (
            (
                warning(
                    "BUD-02",
                    f"the page budget of {audience.name} was not measured: no PDF engine",
                    None,
                    "install Pango; `briefgen doctor` says how",
                ),
            )
            if audience.budget
            else ()
        )
        return Fitted(brief, render(brief, templates, roots=roots), None, said)
    return _Fitting(summary, audience, templates, layout, roots, unchecked=unchecked, keep=keep).run()


def words_of(document: Document, identifier: str) -> int:
    """Return how many words the section with this id holds, notes included."""
    for element in document.tree.iter("section"):
        if element.get("id") == identifier:
            return sum(len(text.split()) for text in element.itertext())
    return 0


def _heights(made: _Try) -> dict[str, float]:
    """Return the height of each section, by the name that the ladder knows it by."""
    heights = made.layout.heights()
    return {section.use: heights.get(section.id, 0.0) for section in made.brief.sections}


def _told(brief: Brief) -> Diagnostic:
    """Return one line on all that the page budget took away."""
    parts = [
        f"{cut.section} in short wording" if cut.short else f"{cut.section}: {', '.join(cut.ids) or f'{cut.count} fewer'}"
        for cut in brief.cuts
    ]
    return info("CUT-01", f"{brief.audience.name}: cut to keep the page budget: {'; '.join(parts)}")
