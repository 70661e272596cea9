"""What the rules of evidence share: claims with their evidence, each piece with its article and where the quote stands.

In: a context with articles. Out: rows to compare. An article is folded once, a quote looked for once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefgen.evidence.compare import Ground, Kind, Policy, Said, compare
from briefgen.evidence.quote import Found, Located, Searched
from briefgen.findings.diagnostics import Verdict
from briefgen.model.parts import Backed, Background, Development, Evidence, Option, Risk, Side, Source, Stakeholder, Watch
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
    Option: ("text",),
    Backed: ("",),
}
OURS = (Risk, Option, Backed)  # assessments: only their figures and dates are compared


class Piece(NamedTuple):
    """One piece of evidence with its source, its article and its quote's place, where there are such."""

    pointer: str
    evidence: Evidence
    source: Source | None
    searched: Searched | None
    located: Located | None


class Compared(NamedTuple):
    """One thing that a wording of a claim says and its evidence does not, with what was compared."""

    pointer: str
    text: str
    said: Said
    pieces: tuple[Piece, ...]
    whole: bool

    @property
    def place(self) -> str:
        """Return the sources as a message names them."""
        return ", ".join(dict.fromkeys(row.evidence.source for row in self.pieces))

    @property
    def quoted(self) -> bool:
        """Return whether any piece says where in its source it stands."""
        return any(row.evidence.quote or row.evidence.locator for row in self.pieces)


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


def compared(context: Context, *kinds: Kind) -> Iterator[Compared]:
    """Yield what claims say and their evidence does not, of some kinds, wording by wording."""
    found = context.kept.get("compared")
    if found is None:
        found = context.kept["compared"] = tuple(_compared(context))
    rows: tuple[Compared, ...] = found
    yield from (row for row in rows if row.said.kind in kinds)


def _compared(context: Context) -> Iterator[Compared]:
    for pointer, node in context.nodes:
        fields = FIELDS.get(type(node), ())
        given = [e for e in getattr(node, "evidence", ()) if e.relation is not Relation.CONTRADICTS] if fields else []
        if not given:
            continue
        rows = tuple(piece(context, f"{pointer}/evidence/{i}", e) for i, e in enumerate(given))
        grounds = tuple(_ground(context, row) for row in rows)
        whole = any(ground.article for ground in grounds)
        policy = _policy(context, node, whole)
        for at, words in _wordings(pointer, node, fields):
            if isinstance(node, Stakeholder) and context.table.pattern("inference").match(words):
                continue  # what is ours and says so rests on nothing
            found = compare(words, grounds, policy._replace(label="/headline/" in at))
            yield from (Compared(at, words, said, rows, whole) for said in found if _told(said, at, whole))


def _told(said: Said, at: str, whole: bool) -> bool:
    """Return whether a row is told: without an article only what is contradicted; a short wording has its causes from `full`."""
    if said.kind is Kind.CAUSE and not at.endswith("/full"):
        return False
    return whole or said.verdict is Verdict.CONTRADICTED


def _policy(context: Context, node: object, whole: bool) -> Policy:
    summary = context.summary
    known = [day.year for source in summary.sources if source.published and (day := source.published.first)]
    known += [summary.as_of.year] if summary.as_of else []
    return Policy(
        language=summary.language,
        own="\n".join((_own(context), str(getattr(node, "attribution", "") or ""), str(getattr(node, "name", "") or ""))),
        every=every_article(context) if whole else "",
        years=tuple(known),
        day=_day(node),
        ours=isinstance(node, OURS),
        context=isinstance(node, Background),
    )


def every_article(context: Context) -> str:
    """Return the texts of all articles of the summary, one below the other."""
    if "every" not in context.kept:
        texts = (row.text for source in context.summary.sources if (row := searched(context, source.id)))
        context.kept["every"] = "\n\n".join(texts)
    every: str = context.kept["every"]
    return every


def quoted(context: Context, pointer: str) -> str:
    """Return what the evidence of an item holds: its quotes with their paragraphs; without articles the quotes alone."""
    node = next((node for at, node in context.nodes if at == pointer), None)
    given = enumerate(getattr(node, "evidence", None) or ())
    grounds = (_ground(context, piece(context, f"{pointer}/evidence/{i}", e)) for i, e in given)
    return "\n".join(dict.fromkeys(words for ground in grounds for words in (ground.near, ground.translation) if words))


def _day(node: object) -> str:
    when = getattr(node, "date", None)
    return str(when) if when is not None and getattr(when, "known", True) else ""


def _own(context: Context) -> str:
    summary = context.summary
    terms = [f"{term.term}\n{term.expansion or ''}" for term in summary.glossary]
    return "\n".join((summary.perspective, *terms))


def _wordings(pointer: str, node: object, fields: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in fields:
        text = getattr(node, name) if name else node
        if isinstance(text, Text):
            for variant, words in text.variants.items():
                yield "/".join(filter(None, (pointer, name, variant))), words


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
