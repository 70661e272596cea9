"""Rules of reading: sentences, paragraphs, passives and the level of a text. Never an error: a score is a smoke alarm."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.model.audience import Audience
from briefgen.model.text import Text
from briefgen.rules.context import Context, Finding, at, finding
from briefgen.rules.prose import Passage
from briefgen.text import paragraphs, reading, words

PASSIVE, ENOUGH = 0.25, 20  # a quarter of the sentences, of twenty at least
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|be)\s(?:\w+ly\s)?(?:\w{2,}ed|made|done|held|said|told|seen|taken|given|known)\b"
)


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


def _read(context: Context, level: Audience) -> Iterator[str]:
    """Yield the pointers of the wordings that an audience reads."""
    fields = {part for section in level.sections for part in section.use}
    for pointer, node in context.nodes:
        if isinstance(node, Text) and level.name not in _omitted(context, pointer) and _shown(pointer, fields):
            yield f"{pointer}/{node.choose(level.text)[0]}"


def _omitted(context: Context, pointer: str) -> tuple[str, ...]:
    owner = next((item for p, item in context.items if pointer.startswith(f"{p}/")), None)
    return tuple(getattr(owner, "omit", ()))


_SECTIONS = {"key_judgements": "judgements", "key_developments": "developments", "summary": "outlook"}


def _shown(pointer: str, used: set[str]) -> bool:
    """Return whether some section that an audience uses can hold a field; the title block always does."""
    parts = pointer.split("/")[1:]
    part = parts[1] if parts[0] == "outlook" else parts[0]
    return part in ("title", "dek") or any(name.startswith(_SECTIONS.get(part, part)) for name in used)


def long_sentences(context: Context) -> Iterator[Finding]:
    """RDL-01: a sentence with more words than its audience is meant to read."""
    limits = _limits(context)
    for passage in context.passages:
        limit, who = limits.get(passage.pointer, (0, ""))
        for piece in passage.sentences if limit else ():
            count = len(words(piece.text))
            if count > limit:
                message = f"a sentence of {count} words; {limit} are the most for {who}"
                yield at(
                    passage, (piece.start, piece.end), message, "make two of it, or write a shorter wording for that audience"
                )


def long_paragraphs(context: Context) -> Iterator[Finding]:
    """RDL-03: a paragraph that nobody reads to its end."""
    for passage in context.passages:
        for piece in paragraphs(passage.text):
            count = len(words(piece.text))
            if count > context.checks.paragraph_words:
                message = f"a paragraph of {count} words; {context.checks.paragraph_words} are the most"
                yield at(passage, (piece.start, piece.end), message, "part it, or take out what the reader does not need")


def hard(context: Context) -> Iterator[Finding]:
    """RDL-04: what an audience reads is harder than its limit; told as a band, of the formula for its language."""
    by_pointer = {passage.pointer: passage for passage in context.passages}
    for level in context.levels.values():
        if context.asked and level.name not in context.asked:
            continue
        texts = [by_pointer[pointer].text for pointer in _read(context, level) if pointer in by_pointer]
        found = reading("\n\n".join(texts), context.summary.language)
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
