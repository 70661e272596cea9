"""Rules of short forms and jargon: what a reader has to know before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.rules.context import Context, Finding, at
from briefgen.rules.passages import Passage
from briefgen.rules.wording import first_each

ACRONYM = re.compile(r"(?<![\w.’'-])[A-Z][A-Z0-9]{1,6}s?(?![\w’-]|\.\w)")
_CAPITALS = re.compile(r"[A-Z]{3,}(?:\s[A-Z]{3,})+")  # a line in capitals holds no acronyms


def _found(context: Context) -> list[tuple[Passage, re.Match[str]]]:
    """Return every acronym with its passage, looked for once."""
    found: list[tuple[Passage, re.Match[str]]] | None = context.kept.get("acronyms")
    if found is None:
        found = context.kept["acronyms"] = list(_look(context))
    return found


def _look(context: Context) -> Iterator[tuple[Passage, re.Match[str]]]:
    for passage in context.passages:
        if not _CAPITALS.search(passage.unquoted):
            yield from ((passage, match) for match in ACRONYM.finditer(passage.unquoted))


def _known(context: Context) -> set[str]:
    """Return the short forms that need no expansion: of the lists, of the glossary, ids, names of stakeholders and sources."""
    known = set(context.table.entries("acronyms")) | set(context.table.entries("outlets"))
    for term in context.summary.glossary:
        known |= {term.term, *ACRONYM.findall(term.term)}
    names = [node.name for node in context.summary.stakeholders]
    names += [name for source in context.summary.sources for name in (source.publisher, source.author) if name]
    return known | set(context.shown.values()) | set(context.by_id) | {word for name in names for word in ACRONYM.findall(name)}


def unexpanded(context: Context) -> Iterator[Finding]:
    """ACR-01: an acronym that neither its first text nor the glossary expands."""
    if context.table.lacks("acronyms"):
        return
    known, told = _known(context), set[str]()
    for passage, match in _found(context):
        short = match[0].removesuffix("s") if match[0][-1] == "s" else match[0]
        if short in known or match[0] in known or short in told or not any(letter.isalpha() for letter in short[1:]):
            continue
        told.add(short)
        if not _expanded(passage.text, match):
            cure = f"write it out at first use, `… ({short})`, or add `{{term: {short}, expansion: …}}` to the glossary"
            yield at(passage, match.span(), f"nothing says what {short} stands for", cure)


def _expanded(text: str, match: re.Match[str]) -> bool:
    around = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 2]
    return around[0] == "(" or around[1] == " ("


def once(context: Context) -> Iterator[Finding]:
    """ACR-02: an acronym that is introduced in brackets and not used again."""
    counts: dict[str, list[tuple[Passage, re.Match[str]]]] = {}
    for passage, match in _found(context):
        counts.setdefault(match[0], []).append((passage, match))
    listed = context.table.entries("acronyms")
    for short, rows in counts.items():
        passage, match = rows[0]
        if len(rows) == 1 and short not in listed and passage.text[match.start() - 1 : match.end() + 1] == f"({short})":
            yield at(passage, match.span(), f"{short} is introduced and not used again", "leave the short form out")


def jargon(context: Context) -> Iterator[Finding]:
    """ACR-03: a word for experts in a plain text, and no glossary entry that explains it."""
    listed = " · ".join(term.term for term in context.summary.glossary).casefold()
    rows = ((p, match) for p in context.passages if p.wording == "plain" for match in p.find("jargon"))
    told = set[str]()
    for passage, match in first_each(rows):
        word = match[0].casefold()
        if word not in listed and word not in told:
            told.add(word)
            cure = f"say it in plain words, or add `{{term: {match[0]}, plain: …}}` to the glossary"
            yield at(passage, match.span(), f"“{match[0]}” is jargon to the public", cure)
