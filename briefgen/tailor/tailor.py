"""Summary × Audience → Brief: choose the wording, the order and the items of one level.

A level shortens and leaves out; it never adds, upgrades or rewords. What goes is kept in the brief, so that the desk is
told. It must not know any label: words that are not the author's belong to the templates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from briefgen.model.audience import Audience, ByLanguage, SectionSpec
from briefgen.model.brief import Brief, Cut, Section, View
from briefgen.model.parts import Item
from briefgen.model.summary import Stage, Summary
from briefgen.model.terms import TLP
from briefgen.tailor.parts import PARTS, Row, basis, part_of, rows_of
from briefgen.tailor.traced import traced
from briefgen.tailor.views import Outline, Projection, phrases

HOSTS = ("developments", "watch", "judgements")
"""Parts whose sections can say that the sources differ, where the disagreements have no section of their own."""
WITH_IDS = frozenset(
    {"judgements", "developments", "stakeholders", "risks", "scenarios", "watch", "changes", "disagreements", "sources"}
)
"""Parts whose items can be named by an id."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """What a page budget has taken away so far: sections in short wording, and how many items others may keep."""

    short: frozenset[str] = frozenset()
    down_to: Mapping[str, int] = field(default_factory=dict)


def marking_of(summary: Summary, audience: Audience) -> TLP:
    """Return the marking that this version wears: the released one, else the summary's."""
    release = summary.marking.release.get(audience.name)
    return release.tlp if release and release.tlp.rank < summary.marking.tlp.rank else summary.marking.tlp


def releasable(summary: Summary, audience: Audience) -> bool:
    """Return whether the version may be made at all: what is published must be CLEAR, or not marked."""
    return not audience.public or marking_of(summary, audience).rank == 0


def hidden_in(summary: Summary, audience: Audience) -> frozenset[str]:
    """Return the ids of what is marked above a version, and of the sources that only this uses."""
    views = Projection(summary, marking_of(summary, audience))
    return views.hidden | views.withheld


def tailor(
    summary: Summary, audience: Audience, cuts: Cuts | None = None, *, large: bool | None = None, unchecked: bool = False
) -> Brief:
    """Return the brief of one audience, with `cuts` applied; `large` overrules the type size of the audience.

    `unchecked` says that no rule was run on the summary: every page says so, and the names of its files.
    """
    made = _Tailoring(summary, audience, cuts or Cuts())
    made.unchecked = unchecked
    sections = tuple(made.sections())
    return Brief(
        id=summary.id,
        language=summary.language,
        audience=audience,
        yardstick=summary.scheme,
        head=made.head(),
        sections=tuple(made.contrary(_used_terms(sections))),
        cuts=tuple(made.cut),
        large=audience.size == "large" if large is None else large,
        parts={name: tuple(view for view, _ in made.rows(name, audience.text)) for name in PARTS},
    )


def outline(views: Outline, audience: Audience, cuts: Cuts | None = None) -> Brief:
    """Return what `tailor` does as far as it is needed to know what is shown: sections with the ids of their items, no word."""
    made = _Tailoring(views.summary, audience, cuts or Cuts(), views, WITH_IDS)
    sections = tuple(made.sections())
    return Brief(
        id=views.summary.id,
        language=views.summary.language,
        audience=audience,
        yardstick=views.summary.scheme,
        head=View("", {"omitted": tuple(sorted(views.hidden))}),
        sections=tuple(made.contrary(sections)),
        cuts=tuple(made.cut),
    )


def in_language(text: ByLanguage | None, language: str) -> str | None:
    """Return a text of an audience in the language of the summary, else in English, else the first one."""
    if text is None or isinstance(text, str):
        return text
    base = language.split("-")[0]
    return text.get(language) or text.get(base) or text.get("en") or next(iter(text.values()), None)


def _used_terms(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return the sections, with only those words explained that the others use; a glossary of none goes."""
    words = " ".join(text for s in sections if s.part != "glossary" for text in phrases(s.items)).casefold()
    kept = []
    for section in sections:
        if section.part == "glossary":
            items = tuple(view for view in section.items if view.term.casefold() in words)
            section = replace(section, items=items)
        if section.items:
            kept.append(section)
    return tuple(kept)


def _part(spec: SectionSpec, use: str) -> str | None:
    return spec.of or part_of(use)


def _without(rows: list[Row], kept: list[Row]) -> list[Row]:
    """Return the rows that are not kept, each told by itself: two items may read alike."""
    stay = {id(view) for view, _ in kept}
    return [row for row in rows if id(row[0]) not in stay]


class _Tailoring:
    """The work on one brief: the summary, the audience and the cuts as they are made."""

    def __init__(
        self,
        summary: Summary,
        audience: Audience,
        cuts: Cuts,
        views: Projection | None = None,
        only: AbstractSet[str] = frozenset(),
    ) -> None:
        self.summary = summary
        self.audience = audience
        self.cuts = cuts
        self.marking = marking_of(summary, audience)
        self.views = views or Projection(summary, self.marking)
        self.only = only
        self.cut: list[Cut] = []
        self.printed: list[Row] = []
        self.unchecked = False

    def sections(self) -> Iterator[Section]:
        """Yield the sections that have something to show; a heading goes to the first of its group that has.

        Those of sources are made last, wherever they stand: which sources must stay follows from what else is printed.
        """
        places = [(number, spec, use) for number, spec in enumerate(self.audience.sections) for use in spec.use]
        made: dict[tuple[int, str], Section] = {}
        for number, spec, use in sorted(places, key=lambda place: _part(place[1], place[2]) == "sources"):
            section = self.section(spec, use)
            if section is not None:
                made[number, use] = section
        headed: set[int] = set()
        for number, spec, use in places:
            if (number, use) in made:
                yield replace(made[number, use], heading=spec.heading and number not in headed)
                headed.add(number)

    def section(self, spec: SectionSpec, use: str) -> Section | None:
        """Return one section, None where nothing is left to show."""
        name = _part(spec, use)
        if self.only and name not in self.only:
            return None
        rows = self.rows(name, self.order(spec, use)) if name else [(View("", {}), None)]
        allowed = [row for row in rows if self.allowed(row[1])]
        wanted = self.choose(allowed, spec.limit)
        stay = self.traced() if name == "sources" and use in self.cuts.down_to else frozenset()
        kept = self.choose(wanted, self.cuts.down_to.get(use), stay)
        self.note_cuts(use, wanted, kept)
        self.printed += kept
        if not kept:
            return None
        return Section(
            use=use,
            part=name or use,
            items=tuple(view for view, _ in kept),
            id=use.replace("_", "-"),
            title=in_language(spec.title, self.summary.language),
            show=spec.show,
            dropped=tuple(view for view, _ in _without(allowed, kept)),
            total=len(rows),
            short=use in self.cuts.short,
        )

    def rows(self, name: str, order: tuple[str, ...]) -> list[Row]:
        """Return the rows of a part without those that are marked above the version: they don't even count."""
        return [row for row in rows_of(name, self.views, order) if not self.marked_above(row[1])]

    def marked_above(self, item: Item | None) -> bool:
        """Return whether an item is withheld by its marking."""
        return item is not None and item.tlp is not None and item.tlp.rank > self.marking.rank

    def traced(self) -> frozenset[str]:
        """Return the sources that the sections made so far rest on."""
        paths = [view.path for view, _ in self.printed]
        return traced(self.summary, paths, [self.views.at(path) for path in paths])

    def note_cuts(self, use: str, wanted: list[Row], kept: list[Row]) -> None:
        """Keep what the budget took from a section: what its own limit would have let stand."""
        gone = [view for view, _ in _without(wanted, kept)]
        if gone:
            self.cut.append(Cut(use, tuple(str(view.id) for view in gone if "id" in view), len(gone)))
        if use in self.cuts.short:
            self.cut.append(Cut(use, short=True))

    def order(self, spec: SectionSpec, use: str) -> tuple[str, ...]:
        """Return in which order the wordings of a section are looked for."""
        order = spec.text or self.audience.text
        return ("short", *order) if use in self.cuts.short else order

    def allowed(self, item: Item | None) -> bool:
        """Return whether an item may stand in this version at all."""
        if item is None:
            return True
        return self.audience.name not in item.omit and not self.marked_above(item)

    def choose(self, rows: list[Row], limit: int | None, stay: AbstractSet[str] = frozenset()) -> list[Row]:
        """Return what stays: the first ones, and before them those that the author keeps and those with an id in `stay`."""
        if limit is None or len(rows) <= limit:
            return rows
        bound = [self.kept(item) or ("id" in view and str(view.id) in stay) for view, item in rows]
        ranked = sorted(range(len(rows)), key=lambda n: (not bound[n], n))
        chosen = set(ranked[: max(limit, sum(bound))])
        return [row for n, row in enumerate(rows) if n in chosen]

    def kept(self, item: Item | None) -> bool:
        """Return whether the author says that this audience must see the item."""
        return item is not None and self.audience.name in item.keep

    # --- what a level must not hide ---------------------------------------------------------------------------

    def contrary(self, sections: tuple[Section, ...]) -> Iterator[Section]:
        """Yield the sections; where a contrary item went, one line stays: that the sources differ, and on what."""
        shown = {view.id for section in sections for view in section.items if isinstance(view, View) and "id" in view}
        pending = [] if any(s.part == "disagreements" for s in sections) else self.one_sided(shown)
        hosts = [s.use for s in sections if s.part in HOSTS]
        for section in sections:
            here = [view for view, ids in pending if self.host(ids, sections, hosts) == section.use]
            yield section if not here else replace(section, contrary=tuple(here))

    def one_sided(self, shown: set[str]) -> list[tuple[View, set[str]]]:
        """Return the disagreements of which this level does not show every side."""
        rows = rows_of("disagreements", self.views, self.audience.text)
        return [
            (view, set(view.item_ids))
            for view, item in rows
            if self.allowed(item) and not (view.item_ids and set(view.item_ids) <= shown)
        ]

    def host(self, ids: set[str], sections: tuple[Section, ...], hosts: list[str]) -> str | None:
        """Return the section that says it: where one of the items stands, else the first that fits."""
        for section in sections:
            if section.use in hosts and any(view.id in ids for view in section.items if "id" in view):
                return section.use
        return hosts[0] if hosts else None

    # --- what stands outside the sections ---------------------------------------------------------------------

    def head(self) -> View:
        """Return title block and furniture: what every page needs whatever the sections are."""
        summary, order = self.summary, self.audience.text
        names = (
            "title",
            "dek",
            "as_of",
            "series",
            "number",
            "perspective",
            "authors",
            "reviewer",
            "contact",
            "production",
        )
        fields = {name: self.views.project(getattr(summary, name), f"/{name}", order) for name in names}
        return View(
            "",
            {
                **fields,
                "draft": summary.stage is Stage.DRAFT,
                "unchecked": self.unchecked,
                "until": summary.outlook.until,
                "exhaustive": summary.outlook.exhaustive,
                "marking": self.marking.label,
                "marking_note": self.views.project(summary.marking.note, "/marking/note", order),
                "label": in_language(self.audience.label, summary.language),
                "prepared_for": in_language(self.audience.prepared_for, summary.language),
                "basis": basis(self.views),
                "omitted": tuple(sorted(self.views.hidden)),
            },
        )
