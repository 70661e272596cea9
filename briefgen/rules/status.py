"""Rules of status: a claim says no more than its quotation, and nobody's first person is carried over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.evidence import PRIMARY
from briefgen.findings.diagnostics import Verdict
from briefgen.language.wordlists import base
from briefgen.model.parts import Development, Evidence, Stakeholder
from briefgen.model.terms import Relation, Status
from briefgen.rules.claims import piece
from briefgen.rules.context import Context, Finding, at, finding
from briefgen.rules.passages import Kind, Passage
from briefgen.rules.spoken import expressions, sentence_of, word_of
from briefgen.rules.wording import first_each, of_kind, prints_speaker, shown

_TO = re.compile(r"\A(?:[A-Z][\w’-]*\s){1,3}to\s[a-z]+")  # a headline's future: "US to lift sanctions"
_I = re.compile(
    r"(?<![\w-])(?:I(?:['’](?:ve|m|d|ll)|\s(?:have|had|am|was|think|thought|believe|saw|found|heard|met|spoke|know|remember|would|"
    r"can|must|asked|report|reported|write|wrote))|[Mm]y|[Mm]yself)(?![\w-])"
)
_ACT = re.compile(r"(?:said|told|wrote|\w+ed|sagten?|schrieb(?:en)?|\w+ten?|\w+é)", re.IGNORECASE)
"""A verb of saying that tells an act: “senators said that they will vote” can be established, “the letter says so” can't."""
_OWNER = re.compile(r"(?:['’]s|s['’]|\b(?:the|a|its|his|her|their|our|own|political|free|good|ill|public))\s\Z")
_NUMBERED = re.compile(r"(?:Part|War|Annex|Title|Chapter|Phase|Pillar|Section|Class|Type)\s\Z")


def _claims(context: Context) -> Iterator[tuple[Passage, list[Evidence]]]:
    """Yield the claims that have a quotation which supports them, in every wording that is not a heading."""
    for passage in of_kind(context, Kind.CLAIM, Kind.POSITION, Kind.HEADLINE):
        quoted = [e for e in passage.evidence if e.quote and e.relation is Relation.SUPPORTS]
        if quoted:
            yield passage, quoted


def hedged(context: Context) -> Iterator[Finding]:
    """STA-02: the source hedges, and the claim does not; that somebody says so keeps “reportedly”, and not “appears to”."""
    for passage, quoted in _claims(context):
        node = passage.node
        if passage.wording != "full" or passage.kind is Kind.HEADLINE or not isinstance(node, Development | Stakeholder):
            continue  # what a shorter wording loses against `full` is STA-04's
        # A claim may quote the hedge with its sentence: what stands in quotation marks counts, too.
        told = bool(context.table.pattern("hedges").search(passage.text)) or passage.spoken or prints_speaker(node)
        row = None if told else _hedge(context, passage, quoted)
        if row is None:
            row = _unsure(context, passage, quoted)
        if row:
            yield row


def _hedge(context: Context, passage: Passage, quoted: list[Evidence]) -> Finding | None:
    for evidence in quoted:
        quote = evidence.quote or ""
        hedge = context.table.pattern("hedges").search(quote) or expressions("hearsay", base(passage.language)).search(quote)
        if hedge:
            message = f"the source says “{hedge[0]}”, and the text says it as a fact: “{shown(quote)}”"
            cure = f"keep who says so, or “{hedge[0].lower()}”; or add `cites:` or `attribution:`"
            return at(passage, (0, len(passage.text)), message, cure)
    return None


def _unsure(context: Context, passage: Passage, quoted: list[Evidence]) -> Finding | None:
    """Return that a text leaves out how unsure its source is of the thing itself, whoever says it: words differ, so it asks."""
    if context.table.pattern("softens+keeps_possible").search(passage.text):
        return None
    for evidence in quoted:
        hedge = context.table.pattern("unsure").search(evidence.quote or "")
        if hedge:
            message = f"the source says “{hedge[0]}”, and the text leaves it out: “{shown(evidence.quote or '')}”"
            cure = f"keep how sure the source is: “{hedge[0].lower()}”"
            return at(passage, (0, len(passage.text)), message, cure)._replace(verdict=Verdict.NOT_FOUND)
    return None


def told_as_fact(context: Context) -> Iterator[Finding]:
    """STA-07: established, and every quote under it is somebody's word in its source, or the text itself says whose it is."""
    for pointer, node in context.nodes:
        if not isinstance(node, Development | Stakeholder) or node.status is not Status.ESTABLISHED:
            continue
        if words := _word(context, pointer, node):
            cure = "write `status: reported` or `claimed`, and say whose word it is; or quote the record itself"
            yield finding(f"{pointer}/status", f"established, and it is somebody's word: “{shown(words, 90)}”", cure)


def _word(context: Context, pointer: str, node: Development | Stakeholder) -> str:
    """Return the words that make an item somebody's word: those of its source, or its own; empty where there are none."""
    rows = [(f"{pointer}/evidence/{n}", e) for n, e in enumerate(node.evidence) if e.relation is Relation.SUPPORTS]
    said = [_somebodys(context, at, e) for at, e in rows if not (e.cites or e.unnamed)]
    if said and all(said):
        return said[0]
    return _attributed(context, pointer) if rows and not any(_primary(context, e) for _, e in rows) else ""


def demanded(context: Context) -> Iterator[Finding]:
    """STA-08: what somebody demands in the source (“calls for a ban”) is told as what must be, and nobody is named for it."""
    language = base(context.summary.language)
    for passage in of_kind(context, Kind.CLAIM):
        node = passage.node
        if not isinstance(node, Development) or node.status not in (Status.REPORTED, Status.ESTABLISHED) or prints_speaker(node):
            continue
        ought = expressions("ought", language).search(passage.unattributed)
        rows = [(f"{passage.item}/evidence/{n}", e) for n, e in enumerate(node.evidence)] if ought else []
        theirs = next((words for at, e in rows if (words := _demand(context, at, e))), "")
        if ought and theirs:
            message = f"“{ought[0]}” is a demand in the source, and here a fact: “{shown(theirs, 90)}”"
            yield at(passage, ought.span(), message, "say whose demand it is, with `status: claimed` or `opinion`")


def _demand(context: Context, pointer: str, evidence: Evidence) -> str:
    """Return the sentence of a quote in which somebody demands or advises something, else nothing."""
    sentence = sentence_of(context, piece(context, pointer, evidence)) if evidence.relation is Relation.SUPPORTS else None
    if sentence is None or not expressions("demands", sentence.language).search(sentence.text, 0, sentence.end):
        return ""
    return sentence.text


def _somebodys(context: Context, pointer: str, evidence: Evidence) -> str:
    """Return the words with which a source gives its quote as somebody's, empty where it says it itself."""
    sentence = sentence_of(context, piece(context, pointer, evidence))
    # A party's own text says its own acts in its own name; what others think is no record of it, either.
    if sentence is None or not (sign := word_of(sentence, views=_primary(context, evidence))):
        return ""
    return sentence.text if sign == "“…”" else sentence.text[max(0, sentence.text.find(sign) - 50) :]


def _primary(context: Context, evidence: Evidence) -> bool:
    source = context.summary.source(evidence.source)
    return source is not None and source.genre in PRIMARY


def _attributed(context: Context, pointer: str) -> str:
    """Return the first sentence of an item's full text where it says whose word it is, else nothing."""
    for passage in context.passages:
        if passage.item == pointer and passage.kind in (Kind.CLAIM, Kind.POSITION) and passage.wording == "full":
            first = passage.sentences[0] if passage.sentences else None
            signs = (
                expressions("vouched", base(passage.language)).finditer(passage.unquoted, first.start, first.end) if first else ()
            )
            if first and any(not _ACT.fullmatch(sign[0]) for sign in signs):
                return shown(first.text, 90)
    return ""


def strengthened(context: Context) -> Iterator[Finding]:
    """STA-03: what the source leaves open is said as if it were to come; in somebody's mouth that is a warning."""
    for passage, quoted in _claims(context):
        strong = strong_words(passage)
        if strong is None or passage.has("keeps_possible+softens+rumoured"):
            continue
        loose = next((row for e in quoted if (row := _left_open(context, e.quote or ""))), None)
        if loose:
            message = f"“{shown(strong[0], 30)}” is stronger than the source's “{loose[0]}”: “{shown(loose.string)}”"
            verdict = Verdict.NOT_FOUND if passage.spoken or passage.has("hedges") else None
            yield at(passage, strong.span(), message, f"write what the source says: “{loose[0]}”")._replace(verdict=verdict)


def strong_words(passage: Passage, reading: str | None = None) -> re.Match[str] | None:
    """Return the words that say that a thing comes: “will”, “is set to”, in a headline “to”; in a reading of the passage."""
    strong = next((m for m in passage.find("strong_modals", reading) if not _noun(passage, m)), None)
    return _TO.search(passage.unquoted) if strong is None and passage.kind is Kind.HEADLINE else strong


def _left_open(context: Context, quote: str) -> re.Match[str] | None:
    """Return the words with which a quote leaves a thing open, None where another word of it says that it comes."""
    loose = context.table.pattern("possible").search(quote)
    return None if loose and context.table.pattern("strong_modals").search(quote) else loose


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
