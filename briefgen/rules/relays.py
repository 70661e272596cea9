"""ATT-06: whom the sentence of a quote relays, against what the summary says of it.

In: evidence whose quote was found. Out: findings. An outlet is known by its list, by its kind of name (“… Times”), or because the
summary cites it; what was “seen by” somebody who is no state and no body was seen by an outlet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from briefgen.evidence.houses import house
from briefgen.language.gazetteer import actors
from briefgen.language.wordlists import bars, base, cues, section
from briefgen.model import pointers
from briefgen.model.parts import Development, Evidence, Stakeholder
from briefgen.model.terms import Relation
from briefgen.rules.claims import piece
from briefgen.rules.context import Context, Finding, finding
from briefgen.rules.passages import Kind
from briefgen.rules.spoken import Sentence, sentence_of

_NAME = r"(?-i:(?!\d)\w[\w&.’'-]*(?:\s[A-ZÀ-Þ][\w&.’'-]*){0,3})"
_CLAUSE = re.compile(r";|,?\s(?:but|while|whereas|aber|doch|während|mais|tandis)\s|,\s(?=with\s)")
_SPEAKING = re.compile(
    r"(?:told|tells?|telling|speaking|spoke|sagte|sagt|erklärte|a dit|a déclaré|déclaré|confié)\b", re.IGNORECASE
)


@cache
def _relaying(language: str) -> re.Pattern[str]:
    """Return what finds that somebody is relayed: NAME in a list stands for any name, OUTLET for one that is an outlet's."""
    if "relays" not in section(language, "wordings"):
        return re.compile(r"(?!)")
    signs = bars("wordings", "relays", base(language))
    return re.compile(rf"(?<!\w)(?:{re.sub('NAME|OUTLET', lambda _: f'({_NAME})', signs)})", re.IGNORECASE)


def relayed(context: Context) -> Iterator[Finding]:
    """ATT-06: the sentence of a quote relays an outlet that is not its source, and no `cites` says so."""
    for pointer, node in context.nodes:
        if not isinstance(node, Evidence) or node.cites or not node.quote or node.relation is not Relation.SUPPORTS:
            continue
        if pointer.startswith("/risks"):  # our own assessment: its claims stand in the developments
            continue
        sentence = sentence_of(context, piece(context, pointer, node))
        outlet = _outlet(context, pointer, node, sentence) if sentence else ""
        if outlet and sentence:
            said = " ".join(sentence.text.split())[:120]
            message = f"the sentence of the quote relays {outlet}, and no `cites` says so: “{said}”"
            yield finding(f"{pointer}/quote", message, f"add `cites: {outlet}`")


def _outlet(context: Context, pointer: str, evidence: Evidence, sentence: Sentence) -> str:
    """Return the outlet that the clause of a quote relays; empty where there is none, or where the item says so itself."""
    own = _own(context, pointer, evidence)
    found = list(_relaying(sentence.language).finditer(sentence.text))
    for match in sorted(found, key=lambda m: (m.start() >= sentence.end, -m.start())):  # the last one before the quote ends
        name = next(group for group in match.groups() if group).strip(" .’'")
        apart = (
            sorted((match.end(), sentence.start))
            if match.start() < sentence.end
            else (sentence.end, match.start() + len("with "))
        )
        if house(name) in own or _CLAUSE.search(sentence.text, *apart):
            continue
        if not _is_outlet(context, name, match[0], sentence.language):
            continue
        if not (_SPEAKING.match(match[0]) and _speaker_is_told(context, pointer)):
            return name
    return ""


def _is_outlet(context: Context, name: str, phrase: str, language: str) -> bool:
    cited = {house(e.cites) for _, e in context.nodes if isinstance(e, Evidence) and e.cites}
    if house(name) in cited or context.table.pattern("outlets").fullmatch(name) or cues(language).pattern("outlet").search(name):
        return True
    shown = re.match(r"(?:seen|obtained|leaked|with|consulté|obtenu|vu|lieg|lag)", phrase, re.IGNORECASE)
    return bool(shown) and not any(actor.stands_in(name) for actor in actors())


def _own(context: Context, pointer: str, evidence: Evidence) -> set[str]:
    """Return the houses that need no `cites`: the source's own, and those that a text of the item names."""
    source = context.summary.source(evidence.source)
    known = {house(part) for part in ((source.publisher, source.author) if source else ()) if part}
    item = pointer.partition("/evidence")[0]
    texts = [p.text for p in context.passages if p.item == item]
    named = {house(m[0]) for text in texts for m in context.table.pattern("outlets").finditer(text)}
    return known | named


def _speaker_is_told(context: Context, pointer: str) -> bool:
    """Return whether an item says who told it: then that person is its origin, whomever he or she told."""
    item = pointer.partition("/evidence")[0]
    node = pointers.get(context.summary, item)
    if isinstance(node, Stakeholder) or (isinstance(node, Development) and node.attribution):
        return True
    return any(p.spoken for p in context.passages if p.item == item and p.kind is Kind.CLAIM)
