"""Rules of status: a claim says no more than its quotation, and nobody's first person is carried over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.model.parts import Development, Evidence, Stakeholder
from briefgen.model.terms import Relation
from briefgen.rules.context import Context, Finding, at
from briefgen.rules.passages import Kind, Passage
from briefgen.rules.wording import first_each, of_kind, prints_speaker, shown

_TO = re.compile(r"\A(?:[A-Z][\w’-]*\s){1,3}to\s[a-z]+")  # a headline's future: "US to lift sanctions"
_I = re.compile(
    r"(?<![\w-])(?:I(?:['’](?:ve|m|d|ll)|\s(?:have|had|am|was|think|thought|believe|saw|found|heard|met|spoke|know|remember|would|"
    r"can|must|asked|report|reported|write|wrote))|[Mm]y|[Mm]yself)(?![\w-])"
)
_OWNER = re.compile(r"(?:['’]s|s['’]|\b(?:the|a|its|his|her|their|our|own|political|free|good|ill|public))\s\Z")
_NUMBERED = re.compile(r"(?:Part|War|Annex|Title|Chapter|Phase|Pillar|Section|Class|Type)\s\Z")


def _claims(context: Context) -> Iterator[tuple[Passage, list[Evidence]]]:
    """Yield the claims that have a quotation which supports them, in every wording that is not a heading."""
    for passage in of_kind(context, Kind.CLAIM, Kind.POSITION, Kind.HEADLINE):
        quoted = [e for e in passage.evidence if e.quote and e.relation is Relation.SUPPORTS]
        if quoted:
            yield passage, quoted


def hedged(context: Context) -> Iterator[Finding]:
    """STA-02: the source hedges, and the claim does not; any verb of saying with a speaker, or one that is printed, keeps it."""
    for passage, quoted in _claims(context):
        node = passage.node
        if passage.kind is Kind.HEADLINE or not isinstance(node, Development | Stakeholder) or prints_speaker(node):
            continue
        if passage.has("hedges") or passage.spoken:
            continue
        for evidence in quoted:
            hedge = context.table.pattern("hedges").search(evidence.quote or "")
            if hedge:
                message = f"the source says “{hedge[0]}”, and the text says it as a fact: “{shown(evidence.quote or '')}”"
                cure = f"keep who says so, or “{hedge[0].lower()}”; or add `cites:` or `attribution:`"
                yield at(passage, (0, len(passage.text)), message, cure)
                break


def strengthened(context: Context) -> Iterator[Finding]:
    """STA-03: what the source leaves open is said as if it were to come."""
    for passage, quoted in _claims(context):
        strong = next((m for m in passage.find("strong_modals") if not _noun(passage, m)), None)
        if strong is None and passage.kind is Kind.HEADLINE:
            strong = _TO.search(passage.unquoted)
        if strong is None or passage.has("keeps_possible") or passage.has("hedges"):
            continue
        for evidence in quoted:
            quote = evidence.quote or ""
            loose = context.table.pattern("possible").search(quote)
            if loose and not context.table.pattern("strong_modals").search(quote):
                message = f"“{shown(strong[0], 30)}” is stronger than the source's “{loose[0]}”: “{shown(quote)}”"
                yield at(passage, strong.span(), message, f"write what the source says: “{loose[0]}”")
                break


def _noun(passage: Passage, match: re.Match[str]) -> bool:
    """Return whether “will” is a noun: “parliament's will”, “the political will to act”."""
    before = passage.text[max(0, match.start() - 16) : match.start()]
    return match[0] == "will" and bool(_OWNER.search(before) or passage.text.startswith(" to ", match.end()))


def personal(context: Context) -> Iterator[Finding]:
    """STA-06: the first person of a source, or a question to the reader, in a claim."""
    told = (Kind.CLAIM, Kind.BACKGROUND, Kind.POSITION, Kind.JUDGEMENT, Kind.RISK, Kind.SCENARIO, Kind.BOTTOM_LINE)
    if context.table.lacks("first_person"):
        return
    for passage in of_kind(context, *told):
        found = [*passage.find("first_person"), *_I.finditer(passage.unquoted)]
        for _, match in first_each((passage, m) for m in found if not _NUMBERED.search(passage.text[: m.start()][-12:])):
            yield at(passage, match.span(), f"“{match[0]}” is the voice of a source, not of a brief", "say who saw or did it")
        if passage.wording != "plain" and passage.unquoted.rstrip().endswith("?"):
            last = passage.sentences[-1]
            cure = "say what is open as a statement; open questions stand under `gaps`"
            yield at(passage, (last.start, last.end), "a question to the reader stands in the place of a statement", cure)
