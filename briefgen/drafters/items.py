"""Chosen sentences → items as a summary's file holds them, each open for review and anchored to a verbatim quote.

A status is proposed, `established` never: who says it decides, then what kind of sentence it is. What an extract can't know
(roles, mechanisms, likelihoods) is left to be written, in words that a check reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from briefgen.drafters.events import Pick
from briefgen.drafters.parts import Read, Reading
from briefgen.drafters.wording import fragment, headline, quoted
from briefgen.language.dates import dates
from briefgen.language.wordlists import cues, every
from briefgen.model.terms import Genre, Status
from briefgen.model.text import to_write

Values = dict[str, Any]
MECHANISM = "if …, then …, because …"


def source_id(article: int) -> str:
    """Return the id of an article's source."""
    return f"S{article + 1}"


def development(number: int, pick: Pick, readings: Sequence[Reading], language: str) -> Values:
    """Return one key development."""
    read = pick.read
    values = _head(f"D{number}", read, readings)
    values["text"] = text(read, readings, language)
    values["date"] = _date(read)
    values["status"] = status(read, readings[read.sentence.article].genre).value
    return {**values, **_attribution(read), "review": "open", "evidence": list(_evidence(pick, readings))}


def risk(number: int, pick: Pick, readings: Sequence[Reading], language: str) -> Values:
    """Return one risk: the harm in the article's words, the mechanism left to be written."""
    head = _head(f"R{number}", pick.read, readings)
    mechanism = f"{to_write(MECHANISM)} {text(pick.read, readings, language)}"
    named = {"id": head["id"], "title": head["headline"], "mechanism": mechanism}
    return {**named, "review": "open", "evidence": list(_evidence(pick, readings))}


def watch(number: int, pick: Pick, readings: Sequence[Reading], language: str) -> Values:
    """Return one thing to watch."""
    values = {"id": f"W{number}", "date": _date(pick.read), "event": text(pick.read, readings, language)}
    return {**values, **_attribution(pick.read), "review": "open", "evidence": list(_evidence(pick, readings))}


def _head(identifier: str, read: Read, readings: Sequence[Reading]) -> Values:
    own = cues(readings[read.sentence.article].language)
    return {"id": identifier, "headline": headline(read.sentence.text, own)}


def text(read: Read, readings: Sequence[Reading], language: str) -> str:
    """Return the words of a sentence in quotation marks, the sentence before it first where it would dangle."""
    before = context(read, readings)
    words = _shortened(read.sentence.text)
    if before is None:
        return quoted(words, language)
    led = _shortened(before.sentence.text)
    if led == before.sentence.text and before.sentence.paragraph == read.sentence.paragraph:
        return quoted(f"{led} {words}", language)
    return f"{quoted(led, language)} {quoted(words, language)}"


def _shortened(sentence: str) -> str:
    """Return the words that are quoted of a sentence, with … where more follows."""
    kept = fragment(sentence)
    return kept if kept == sentence else f"{kept} …"


def context(read: Read, readings: Sequence[Reading]) -> Read | None:
    """Return the sentence that a dangling one leans on: the one before it, in the paragraph before where it opens its own."""
    own = readings[read.sentence.article].sentences
    at = own.index(read) if "dangling" in read.flags else 0
    return own[at - 1] if at else None


def status(read: Read, genre: Genre) -> Status:
    """Return what a sentence is: denied, reported, an estimate, a forecast, an opinion or a claim; never established."""
    said, flags = read.attribution, read.flags
    if said and said.how == "denied":
        return Status.DENIED
    if "estimate" in flags and (said is None or said.how == "document"):
        return Status.ESTIMATE
    if said:
        return (
            Status.REPORTED
            if said.cites or (said.how in ("impersonal", "document") and genre is not Genre.OPINION)
            else Status.CLAIMED
        )
    if "coming" in flags:
        return Status.FORECAST
    return Status.OPINION if "opinion" in flags or genre is Genre.OPINION else Status.REPORTED


def _attribution(read: Read) -> Values:
    said = read.attribution
    if said is None or said.cites or not said.who or (len(said.who.split()) < 2 and not said.who[:1].isupper()):
        return {}
    pronoun = said.who.casefold() in every("speakers", "pronouns")
    return {} if pronoun else {"attribution": said.who}


def _date(read: Read) -> str:
    """Return the one full date that the sentence writes; relative ones are left to the author."""
    found = [each for each in dates(read.sentence.text) if each.year and each.month]
    return str(found[0]) if len(found) == 1 else "unknown"


def _evidence(pick: Pick, readings: Sequence[Reading]) -> Iterator[Values]:
    yield evidence(pick.read)
    if before := context(pick.read, readings):
        yield {**evidence(before), "relation": "context"}
    for read in pick.also[:3]:
        yield evidence(read)


def evidence(read: Read) -> Values:
    """Return one piece of evidence: the quote, verbatim, and its paragraph."""
    said = read.attribution
    told = {"cites": said.cites, "unnamed": said.unnamed} if said else {}
    made: Values = {"source": source_id(read.sentence.article), "quote": fragment(read.sentence.text)}
    return {**made, "locator": f"¶{read.sentence.paragraph}", **{key: value for key, value in told.items() if value}}
