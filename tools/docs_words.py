"""Which words briefgen has of which language: a table for the documents, from the files in `briefgen/language/data`."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.language.wordlists import CHECKED, FIRST, data, lacking, languages, lists
from tools.docs_markdown import code, listed, table

USE = {
    "dates": "months, weekdays, words that place a day",
    "figures": "number words, scales, bounds, units",
    "denials": "what says no",
    "relations": "all and some, up and down, before and after, causes",
    "grammar": "the small words",
    "sentences": "abbreviations, and words that begin sentences",
    "naming": "titles and other words that make no name",
    "checks": "the lists of the rules",
    "wordings": "what attributes, leaves open, makes sure",
    "drafts": "the cues of the drafter",
    "speakers": "who can say a thing, for the drafter",
    "articles": "bylines, date lines, labels of genre",
    "names": "states, bodies and persons",
}


def sections() -> tuple[str, ...]:
    """Return the sections of a language's file in their order."""
    return tuple(name for name in data(FIRST) if name != "name")


def language_words() -> str:
    """Return how many lists of each section every language has, then the names of those that it lacks."""
    others = languages()[1:]
    head = ("section", "for", *(data(each)["name"] for each in languages()))
    rows = [(code(name), USE[name], *(str(_count(each, name)) for each in languages())) for name in sections()]
    total = [str(sum(_count(each, name) for name in CHECKED)) for each in languages()]
    rows.append(("read by `check`", "the first seven; `LNG-01` counts what is missing", *total))
    return "\n\n".join([table(head, rows), *(_lacks(each) for each in others)])


def _count(language: str, name: str) -> int:
    """Return how many of the English lists of a section a language has."""
    return len(lists(FIRST, name)) - len(lacking(language, [name])[name])


def _lacks(language: str) -> str:
    return f"{data(language)['name']} lacks: " + "; ".join(_rows(language)) + "."


def _rows(language: str) -> Iterator[str]:
    for name, missing in lacking(language, sections()).items():
        if missing and name != "names":
            yield f"of {code(name)} {listed(missing)}"
