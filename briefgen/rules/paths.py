"""Rules of scenarios and risks that read their words: mostly information, since only a person knows the world."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.evidence import PRIMARY, evidence_of
from briefgen.language.gazetteer import actors
from briefgen.language.wordlists import entries, pattern
from briefgen.model.parts import Judgement, Risk, Scenario, Stakeholder
from briefgen.rules.context import Context, Finding, at, finding
from briefgen.rules.passages import Kind, Passage
from briefgen.rules.wording import of_kind


def one_sided(context: Context) -> Iterator[Finding]:
    """SCN-03: two scenarios or more, and none that keeps things as they are, or none that goes badly; told from their words."""
    scenarios = context.summary.outlook.scenarios
    if len(scenarios) < 2 or context.table.lacks("status_quo"):
        return
    texts = [_words(scenario) for scenario in scenarios]
    for name, what in (("status_quo", "keeps things as they are"), ("adverse", "goes badly")):
        if not any(context.table.pattern(name).search(text) for text in texts):
            cure = "add one, or say in its name that one of them does: “Status quo holds”"
            yield finding("/outlook/scenarios", f"none of the {len(scenarios)} scenarios seems to be the one that {what}", cure)


def _words(scenario: Scenario) -> str:
    texts = [scenario.name.full, scenario.narrative.full]
    return " ".join([*texts, scenario.implications.full] if scenario.implications else texts)


def baseline(context: Context) -> Iterator[Finding]:
    """SCN-05: a scenario called baseline, and another one is more likely."""
    rows = [(s, context.band(s.likelihood)) for s in context.summary.outlook.scenarios]
    for index, (scenario, band) in enumerate(rows):
        if band and context.table.pattern("baseline").search(scenario.name.full):
            higher = [other for other, its in rows if its and its.low > band.low]
            if higher:
                message = f"the baseline is {band.term}, and “{higher[0].name.full}” is {higher[0].likelihood}"
                yield finding(f"/outlook/scenarios/{index}/likelihood", message, "call the most likely one the baseline")


def elsewhere(context: Context) -> Iterator[Finding]:
    """RSK-02: a risk that names nobody and nothing on the perspective's own side."""
    if context.summary.perspective != "Europe" or context.table.lacks("inference"):
        return
    side = pattern(
        [*entries("en", "checks", "perspective"), *(n for a in actors() if a.group == "members" for n in a.names)], sensitive=True
    )
    for index, risk in enumerate(context.summary.risks):
        if not any(side.search(text) for text in _says(context, risk)):
            cure = "say through which channel it reaches Europe, and whom it harms there (`exposed:`)"
            yield finding(f"/risks/{index}/mechanism", "the risk names nobody and nothing in Europe", cure)


def _says(context: Context, risk: Risk) -> Iterator[str]:
    """Yield the texts of a risk, and the names of those whom it harms."""
    harmed = [context.by_id[e][1] for e in risk.exposed if e in context.by_id]
    yield from (risk.title.full, risk.mechanism.full, *risk.exposed)
    yield from (node.name for node in harmed if isinstance(node, Stakeholder))
    yield from (text.full for text in (risk.impact_reason, risk.mitigation) if text)


def no_chain(context: Context) -> Iterator[Finding]:
    """RSK-05: a mechanism that says what happens, not when and why."""
    for passage in of_kind(context, Kind.RISK):
        lacks = [
            what
            for name, what in (("condition_words", "condition (if)"), ("cause_words", "cause (because)"))
            if _without(context, passage.text, name)
        ]
        if passage.wording == "full" and lacks:
            message = f"the mechanism has no {' and no '.join(lacks)}"
            yield at(passage, (0, len(passage.text)), message, "write it as a chain: “If … then … because …”")


def _without(context: Context, text: str, name: str) -> bool:
    return not context.table.lacks(name) and not context.table.pattern(name).search(text)


def _cited(passage: Passage, match: re.Match[str]) -> bool:
    """Return whether an article is only named: “proposed the mandate under Article 218” tells what was done."""
    if passage.table.lacks("duty") or match[0].partition(" ")[0].lower() not in ("under", "by"):
        return False
    piece = passage.sentence_at(match.start())
    return not passage.table.pattern("duty").search(passage.text, piece.start, piece.end)


def legal(context: Context) -> Iterator[Finding]:
    """RSK-03: what law or procedure requires, without an official, legal or data source."""
    kinds = (Kind.RISK, Kind.JUDGEMENT, Kind.CLAIM, Kind.BACKGROUND)
    for passage in of_kind(context, *kinds):
        if passage.wording != "full" or not passage.may_hold("legal"):
            continue  # before anybody asks whose each sentence is
        found = passage.find("legal", passage.unattributed, exempt="legal_exempt")
        match = next((one for one in found if not _cited(passage, one)), None)
        if match is None:
            continue
        node = passage.node
        evidence = evidence_of(context.summary, node.rests_on) if isinstance(node, Judgement) else passage.evidence
        genres = {source.genre for e in evidence if (source := context.summary.source(e.source))}
        if not genres & PRIMARY:
            what = "risk" if isinstance(node, Risk) else "text"
            message = f"“{match[0]}” is a claim of law, and the {what} has no official or legal source"
            yield at(passage, match.span(), message, "add the treaty, the act or the decision as a source (`genre: legal`)")
