"""Rules of reading: sentences, paragraphs, passives and the level of a text. Never an error: a score is a smoke alarm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from briefgen.language.segment import bare_words, measured, paragraphs, reading
from briefgen.language.wordlists import entries
from briefgen.model import pointers
from briefgen.model.audience import Audience
from briefgen.model.text import Text
from briefgen.rules.context import Context, Finding, at, finding
from briefgen.rules.passages import Passage

PASSIVE, ENOUGH = 0.25, 20  # a quarter of the sentences, of twenty at least
_BE, _PARTICIPLES = ("|".join(entries("en", "checks", name)) for name in ("be", "participles"))
_PASSIVE = re.compile(rf"\b(?:{_BE})\s(?:\w+ly\s)?(?:\w{{2,}}ed|{_PARTICIPLES})\b")


def _limits(context: Context) -> dict[str, tuple[int, str]]:
    """Return, by the pointer of each passage that an audience reads, the strictest limit of words and whose it is."""
    found: dict[str, tuple[int, str]] = {}
    levels = [context.levels[name] for name in context.asked if name in context.levels] or list(context.levels.values())
    for level in levels:
        limit = context.checks.sentence_words or level.limits.sentence_words
        for pointer in _read(context, level):
            if pointer not in found or limit < found[pointer][0]:
                found[pointer] = (limit, level.name)
    return found


def _read(context: Context, level: Audience) -> tuple[str, ...]:
    """Return the pointers of the wordings that an audience reads, worked out once."""
    found: dict[str, tuple[str, ...]] = context.kept.setdefault("read by audience", {})
    if level.name not in found:
        found[level.name] = tuple(_pointers(context, level))
    return found[level.name]


def _pointers(context: Context, level: Audience) -> Iterator[str]:
    fields = {part for section in level.sections for part in section.use}
    shown: dict[str, bool] = {}
    for pointer, node, omitted in _texts(context):
        part = _part(pointer)
        if part not in shown:
            shown[part] = part in ("title", "dek") or any(name.startswith(_SECTIONS.get(part, part)) for name in fields)
        if shown[part] and level.name not in omitted:
            yield f"{pointer}/{node.choose(level.text)[0]}"


def _texts(context: Context) -> list[tuple[str, Text, tuple[str, ...]]]:
    """Return every text with the audiences that its item leaves out, worked out once."""
    found: list[tuple[str, Text, tuple[str, ...]]] | None = context.kept.get("texts by audience")
    if found is None:
        owners = {pointer: tuple(getattr(item, "omit", ())) for pointer, item in context.items}
        found = [(at, node, _omitted(at, owners)) for at, node in context.nodes if isinstance(node, Text)]
        context.kept["texts by audience"] = found
    return found


def _omitted(pointer: str, owners: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return next((owners[at] for at in pointers.upwards(pointer) if at in owners), ())


_SECTIONS = {"key_judgements": "judgements", "key_developments": "developments", "summary": "outlook"}


def _part(pointer: str) -> str:
    """Return the field of the summary, or of its outlook, that a text stands in: a section is named after it."""
    parts = pointer.split("/", 3)
    return parts[2] if parts[1] == "outlook" else parts[1]


def long_sentences(context: Context) -> Iterator[Finding]:
    """RDL-01: a sentence with more words than its audience is meant to read."""
    limits = _limits(context)
    for passage in context.passages:
        limit, who = limits.get(passage.pointer, (0, ""))
        for piece in passage.sentences if limit else ():
            if len(piece.text) < 2 * limit:
                continue  # a word and what parts it from the next are two characters
            # Words in quotation marks are the source's: they can't be made shorter.
            count = len(bare_words(passage.unquoted[piece.start : piece.end]))
            if count > limit:
                message = f"a sentence of {count} words; {limit} are the most for {who}"
                yield at(
                    passage, (piece.start, piece.end), message, "make two of it, or write a shorter wording for that audience"
                )


def long_paragraphs(context: Context) -> Iterator[Finding]:
    """RDL-03: a paragraph that nobody reads to its end."""
    most = context.checks.paragraph_words
    for passage in context.passages:
        for piece in paragraphs(passage.text) if len(passage.text) >= 2 * most else ():
            count = len(bare_words(piece.text))
            if count > most:
                message = f"a paragraph of {count} words; {most} are the most"
                yield at(passage, (piece.start, piece.end), message, "part it, or take out what the reader does not need")


def hard(context: Context) -> Iterator[Finding]:
    """RDL-04: what an audience reads is harder than its limit; told as a band, of the formula for its language."""
    language = context.summary.language
    by_pointer = {row.pointer: measured(row.text, language, count=len(row.sentences)) for row in context.passages}
    for level in context.levels.values():
        if context.asked and level.name not in context.asked:
            continue
        found = reading((by_pointer[pointer] for pointer in _read(context, level) if pointer in by_pointer), language)
        if found and found.formula != "LIX" and found.low > level.limits.reading_grade:
            message = f"{level.name}: the texts read at {found} ({found.formula}); {level.limits.reading_grade:g} is meant"
            yield finding("/title", message, "shorter sentences and commoner words; the score is a smoke alarm, not a grade")


def passive(context: Context) -> Iterator[Finding]:
    """RDL-02: more than a quarter of the sentences are in the passive."""
    full: list[Passage] = (
        [p for p in context.passages if p.wording == "full"] if context.summary.language.startswith("en") else []
    )
    count = sum(len(passage.sentences) for passage in full)
    found = sum(bool(_PASSIVE.search(piece.text)) for passage in full for piece in passage.sentences)
    if count >= ENOUGH and found > PASSIVE * count:
        message = f"{found} of {count} sentences are in the passive"
        yield finding("/title", message, "say who does what: “the Council decides”, not “it is decided”")
