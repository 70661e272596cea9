"""Rules of structure: what must be there, what a final brief needs, texts, the decision asked for, files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import PurePosixPath, PureWindowsPath

from pydantic import BaseModel

from briefgen.findings.near import did_you_mean, nearest
from briefgen.model.parts import Item, Risk, Scenario, Source
from briefgen.model.summary import Production, Summary
from briefgen.model.terms import Review
from briefgen.model.text import BUILT_IN, TO_WRITE, Text
from briefgen.rules.context import Context, Finding, finding

LONG_WORD = 80
# Blanks, hyphens, slashes and soft breaks end a line; scripts of the East and of Thailand break anywhere (UAX 14).
_ENDLESS = re.compile(
    r"[^\s/\u00ad\u200b\u2010\u2013\u2014\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff-]{500,}"
)
_UNPRINTED = ("/url", "/file", "/file_sha256")
# A field that a final brief needs has a code of its own where the editorial list gives it one; else it is FIN-01.
_OWN_CODE = {
    (Risk, "exposed"): "RSK-01",
    (Risk, "impact"): "RSK-01",
    (Risk, "horizon"): "RSK-01",
    (Risk, "early_signs"): "RSK-01",
    (Scenario, "indicators"): "SCN-04",
    (Source, "published"): "DAT-02",
}
_WHY = {
    "LIK-08": "has no likelihood",
    "RSK-01": "says nothing under `{field}`",
    "SCN-04": "has no indicators",
    "DAT-02": "has no publication date",
}
_CURES = {
    "likelihood": "add `likelihood:` with one of: {terms}",
    "exposed": "add `exposed: [who is harmed]`: a text or a stakeholder's id",
    "impact": "add `impact:`, from 1 (minor) to 5 (severe)",
    "horizon": "add `horizon:`, one of 0-3m, 3-12m, 1-3y, 3y+",
    "early_signs": "add `early_signs: [what would show it]`: a text or a watch item's id",
    "indicators": "add `indicators: [what would show it]`: a text or a watch item's id",
    "published": "add `published: 2025-03-04`; where nobody knows, write `published: unknown`",
    "as_of": "add `as_of: 2025-03-04`, the day after which nothing was taken in",
    "reviewer": "add `reviewer: {{name: …, date: 2025-03-04}}`, who read it before release",
    "bottom_line": "add `bottom_line:`, in two sentences at most",
}


def nothing(context: Context) -> Iterator[Finding]:
    """STR-01: none of the four parts holds anything."""
    s = context.summary
    if not (s.key_developments or s.stakeholders or s.risks or s.outlook != type(s.outlook)()):
        cure = "add one item under `key_developments`, `stakeholders`, `risks` or `outlook`"
        yield finding("", "there is no development, no stakeholder, no risk and no outlook", cure)


def _needed(context: Context, code: str) -> Iterator[Finding]:
    terms = ", ".join(band.term for band in context.summary.scheme.bands)
    for pointer, node in context.nodes:
        for field in _final(type(node)):
            if getattr(node, field) in (None, "", ()) and _code(context, node, field) == code:
                message = _WHY.get(code, "a final brief needs `{field}`").format(field=field)
                if pointer:
                    message = f"{name(context, pointer, node)} {message}"
                yield finding(f"{pointer}/{field}", message, _CURES.get(field, "add `{field}:`").format(terms=terms, field=field))


@cache
def _final(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(getattr(model, "FINAL", ()))


def _code(context: Context, node: BaseModel, field: str) -> str:
    if field == "reviewer" and context.summary.production is not Production.HUMAN:
        return "AI-01"
    if field == "likelihood":
        return "LIK-08"
    return _OWN_CODE.get((type(node), field), "FIN-01")


def name(context: Context, pointer: str, node: BaseModel | None = None) -> str:
    """Return what a message calls an item: its kind and shown id, `risk R2`."""
    kind = type(node or dict(context.nodes)[pointer]).__name__.lower()
    shown = context.shown.get(pointer)
    return f"{kind} {shown}" if shown else kind


def needed(context: Context) -> Iterator[Finding]:
    """FIN-01: a field that a final brief needs."""
    return _needed(context, "FIN-01")


def likelihoods(context: Context) -> Iterator[Finding]:
    """LIK-08: a judgement, risk or scenario without likelihood."""
    return _needed(context, "LIK-08")


def risks(context: Context) -> Iterator[Finding]:
    """RSK-01: a risk without exposed party, impact, horizon or early sign."""
    return _needed(context, "RSK-01")


def indicators(context: Context) -> Iterator[Finding]:
    """SCN-04: a scenario without indicators."""
    return _needed(context, "SCN-04")


def published(context: Context) -> Iterator[Finding]:
    """DAT-02: a source without publication date."""
    return _needed(context, "DAT-02")


def unreviewed(context: Context) -> Iterator[Finding]:
    """AI-01: a machine had a part in the text, and nobody is named who read it."""
    for found in _needed(context, "AI-01"):
        how = context.summary.production.value.replace("_", "-").replace("ai", "AI", 1)
        yield finding(found.path, f"the text is {how}, and no reviewer is named", *found.hints)


def open_reviews(context: Context) -> Iterator[Finding]:
    """FIN-02: an item whose review is open."""
    for pointer, item in context.items:
        if isinstance(item, Item) and item.review is Review.OPEN:
            cure = "when a person has looked at it, write `review: done` or remove the line"
            yield finding(f"{pointer}/review", f"the review of {name(context, pointer, item)} is open", cure)


def unwritten(context: Context) -> Iterator[Finding]:
    """FIN-03: a text that a drafter left to a person."""
    for pointer, text in context.words:
        if TO_WRITE in text:
            yield finding(pointer, "the text is still to be written", "put your own words for what stands in brackets")


def variants(context: Context) -> Iterator[Finding]:
    """TXT-01: a wording for an audience that does not exist; silent where the audiences are not known."""
    known = {*BUILT_IN, *context.audiences}
    for pointer, node in context.nodes if context.audiences else ():
        for key in (node.model_extra or {}) if isinstance(node, Text) else ():
            if key not in known:
                cure = did_you_mean(nearest(key, known, 0.5), f"known: {', '.join(sorted(known))}", form="`{}`")
                yield finding(f"{pointer}/{key}", f"no audience reads the wording `{key}`", cure)


def blank(context: Context) -> Iterator[Finding]:
    """TXT-03: a text of blanks only."""
    for pointer, text in context.words:
        if text and not text.strip():
            yield finding(pointer, "the text holds blanks only", "write the words, or remove the key")


def long_words(context: Context) -> Iterator[Finding]:
    """TXT-04: a word that may not fit its line; addresses and checksums are not printed as words."""
    for pointer, text in context.words:
        longest = max(text.split(), key=len, default="")
        if len(longest) > LONG_WORD and not pointer.endswith(_UNPRINTED) and not _ENDLESS.search(text):
            message = f"a word of {len(longest)} characters, `{longest[:20]}…`, may not fit its line"
            yield finding(pointer, message, "is a blank missing? an address belongs into `url` of a source")


def endless_words(context: Context) -> Iterator[Finding]:
    """TXT-05: a word without a place where its line could end, longer than any page has room for in its columns."""
    for pointer, text in context.words:
        match = _ENDLESS.search(text) if len(text) >= 500 and not pointer.endswith(_UNPRINTED) else None
        if match:
            message = f"a word of {len(match[0])} characters without a break, `{match[0][:20]}…`"
            cure = "is a blank missing, or a file pasted here? take it out, or put blanks or hyphens into it"
            yield Finding(pointer, message, (cure,), match.span())


def recommended(context: Context) -> Iterator[Finding]:
    """ASK-01: the recommended option is not among the options."""
    ask = context.summary.ask
    if ask and ask.recommended and ask.recommended > len(ask.options):
        count = len(ask.options)
        cure = f"write a number from 1 to {count}" if count else "add `options:`, or remove `recommended:`"
        yield finding("/ask/recommended", f"option {ask.recommended} is recommended, and there are {count}", cure)


def sides(context: Context) -> Iterator[Finding]:
    """DIS-01: a disagreement takes two."""
    for index, node in enumerate(context.summary.disagreements):
        if max(len(node.sides), len(set(node.items))) < 2:
            cure = "add two `sides:`, or name two ids under `items:`"
            yield finding(f"/disagreements/{index}", "a disagreement has two sides at least", cure)


def files(context: Context) -> Iterator[Finding]:
    """SRC-01: the file of a source, or `previous`, lies outside the summary’s folder; told from the name, the disk unseen."""
    previous = context.summary.previous
    if previous and (why := outside(previous)):
        cure = "put the last edition beside the summary, and name it from there: `previous: talks-06.yaml`"
        yield finding("/previous", f"`{previous[:60]}` {why}", cure)
    for index, source in enumerate(context.summary.sources):
        if source.file and (why := outside(source.file)):
            cure = "put the article beside the summary, and name it from there: `file: articles/name.txt`"
            cure = "write it into `url`; `file` names the text beside the summary" if "://" in source.file else cure
            yield finding(f"/sources/{index}/file", f"`{source.file[:60]}` {why}", cure)


def outside(file: str) -> str:
    """Return why a file lies outside the summary's folder, as the end of a sentence; empty where it lies in it."""
    if "://" in file:
        return "is an address, not a file"
    windows = PureWindowsPath(file)
    if PurePosixPath(file).is_absolute() or windows.drive or windows.root or file.startswith("~"):
        return "is an absolute path"
    depth = 0
    for part in windows.parts:
        depth += -1 if part == ".." else 1
        if depth < 0:
            return "leads out of the summary's folder"
    return ""


def unchanged(context: Context) -> Iterator[Finding]:
    """CHG-01: a previous edition is named, and no change."""
    if context.summary.previous and not context.summary.changes:
        cure = "add `changes:`, one entry for each item that is new or different"
        yield finding("/previous", "a previous edition is named, and `changes` is empty", cure)


def itself(context: Context) -> Iterator[Finding]:
    """EDN-01: a summary is its own previous edition or its own original."""
    s: Summary = context.summary
    if s.previous and PurePosixPath(s.previous).stem == s.id:
        yield finding("/previous", "the previous edition is this summary itself", "name the file of the last edition")
    if s.translation_of and s.translation_of == s.id:
        yield finding("/translation_of", "this summary is a translation of itself", "name the id of the original")


def unreachable(context: Context) -> Iterator[Finding]:
    """URL-01: a source that nobody can look up."""
    for index, source in enumerate(context.summary.sources):
        if not source.url and not source.file:
            cure = "add `url:`, or `file:` with its text"
            yield finding(f"/sources/{index}", f"source {source.id} has neither address nor file", cure)
