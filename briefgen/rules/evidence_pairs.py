"""What the rules of evidence share: claims with their evidence, each piece with its article and where the quote stands.

In: a context with articles. Out: rows to compare. An article is folded once, a quote looked for once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefgen.evidence.ground import Gap, Ground, Kind
from briefgen.evidence.quote import Found, Located, Searched
from briefgen.evidence.support import compare
from briefgen.model.parts import Background, Development, Evidence, Risk, Side, Source, Stakeholder, Watch
from briefgen.model.terms import Relation
from briefgen.model.text import Text
from briefgen.rules.context import Context

FIELDS = {
    Background: ("text",),
    Development: ("headline", "text"),
    Stakeholder: ("role", "position", "interest"),
    Risk: ("title", "mechanism"),
    Watch: ("event",),
    Side: ("text",),
}
OURS = (Risk,)  # assessments: only their figures and dates are compared


class Piece(NamedTuple):
    """One piece of evidence with its source, its article and its quote's place, where there are such."""

    pointer: str
    evidence: Evidence
    source: Source | None
    searched: Searched | None
    located: Located | None


class Gapped(NamedTuple):
    """One gap of one wording, and what was compared."""

    pointer: str
    gap: Gap
    place: str
    whole: bool
    quoted: bool


def searched(context: Context, identifier: str) -> Searched | None:
    """Return the article of a source made ready for searching, once for all quotes; None where it has no text."""
    ready: dict[str, Searched] = context.kept.setdefault("searched", {})
    article = (context.articles or {}).get(identifier)
    if article and identifier not in ready:
        ready[identifier] = Searched(article)
    return ready.get(identifier)


def pieces(context: Context) -> Iterator[Piece]:
    """Yield every piece of evidence, in the order of the model."""
    for pointer, node in context.nodes:
        if isinstance(node, Evidence):
            yield piece(context, pointer, node)


def piece(context: Context, pointer: str, evidence: Evidence) -> Piece:
    """Return one piece of evidence with what it points at; its quote is looked for once."""
    kept: dict[str, Piece] = context.kept.setdefault("pieces", {})
    if pointer not in kept:
        kept[pointer] = _piece(context, pointer, evidence)
    return kept[pointer]


def _piece(context: Context, pointer: str, evidence: Evidence) -> Piece:
    source = context.summary.source(evidence.source)
    ready = searched(context, evidence.source)
    located = ready.locate(evidence.quote) if ready and evidence.quote else None
    return Piece(pointer, evidence, source, ready, located)


def gaps(context: Context, *kinds: Kind) -> Iterator[Gapped]:
    """Yield what claims say and their evidence does not, of some kinds, wording by wording."""
    for row in _all(context):
        if row.gap.kind in kinds:
            yield row


def _all(context: Context) -> tuple[Gapped, ...]:
    found = context.kept.get("gaps")
    if found is None:
        found = context.kept["gaps"] = tuple(_compared(context))
    rows: tuple[Gapped, ...] = found
    return rows


def _compared(context: Context) -> Iterator[Gapped]:
    known = [day.year for source in context.summary.sources if source.published and (day := source.published.first)]
    known += [context.summary.as_of.year] if context.summary.as_of else []
    own = _own(context)
    for pointer, node in context.nodes:
        fields = FIELDS.get(type(node))
        given = [e for e in getattr(node, "evidence", ()) if e.relation is not Relation.CONTRADICTS] if fields else []
        if not given:
            continue
        grounds = [_ground(context, piece(context, f"{pointer}/evidence/{i}", e)) for i, e in enumerate(given)]
        whole = any(ground.article for ground in grounds)
        quoted = any(e.quote or e.locator for e in given)
        place = ", ".join(dict.fromkeys(e.source for e in given))
        about = "\n".join((own, str(getattr(node, "attribution", "") or ""), str(getattr(node, "name", "") or "")))
        for at, words in _wordings(pointer, node, fields or ()):
            language = context.summary.language
            for gap in compare(words, grounds, language, own=about, known=known, ours=isinstance(node, OURS)):
                if (whole and all(g.article or not g.quote for g in grounds)) or gap.instead:
                    yield Gapped(at, gap, place, whole, quoted)


def _own(context: Context) -> str:
    summary = context.summary
    terms = [f"{term.term}\n{term.expansion or ''}" for term in summary.glossary]
    return "\n".join((summary.perspective, *terms))


def _wordings(pointer: str, node: object, fields: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in fields:
        text = getattr(node, name)
        if isinstance(text, Text):
            for variant, words in text.variants.items():
                yield f"{pointer}/{name}/{variant}", words


def _ground(context: Context, row: Piece) -> Ground:
    evidence, source = row.evidence, row.source
    about = [evidence.cites, evidence.unnamed]
    about += [source.title, source.author, source.publisher] if source else []
    language = (source.language if source else None) or (row.searched.article.language if row.searched else None)
    paragraph = ""
    if row.searched and row.located and row.located.found is not Found.MISSING:
        first, last = (row.searched.paragraph(at) for at in (row.located.start, max(row.located.start, row.located.end - 1)))
        paragraph = first.text if first == last else f"{first.text}\n{last.text}"
    return Ground(
        quote=evidence.quote or "",
        paragraph=paragraph,
        article=row.searched.text if row.searched else "",
        translation=evidence.translation or "",
        language=language or context.summary.language,
        about="\n".join(filter(None, about)),
        published=str(source.published) if source and source.published and source.published.known else "",
    )
