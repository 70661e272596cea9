"""Rules of attribution: whom a source relays, who an unnamed source is, who did what is contested."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.language.wordlists import either
from briefgen.model.parts import Development, Evidence, Stakeholder
from briefgen.rules.context import Context, Finding, at, finding
from briefgen.rules.passages import Kind, Passage
from briefgen.rules.wording import of_kind, shown

_LINK = re.compile(
    r"\b(?:cable|wire|pipeline|line|link|fibre|connection|electricity|power|water|internet|access|supply|supplies)s?\b",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\s[A-Z][a-z]")  # "Reuters Institute" is not Reuters
_BY = re.compile(r"\bby\b")
_BE = re.compile(rf"\b(?:{either('checks', 'be')})\s(?:\w+ly\s)?\Z")


def relayed(context: Context) -> Iterator[Finding]:
    """ATT-01: a quotation or a claim names an outlet that is not its source, and no `cites` says so."""
    yield from _relayed_quotes(context)
    for passage in of_kind(context, Kind.CLAIM, Kind.POSITION, Kind.BACKGROUND):
        cited = " ".join(e.cites for e in passage.evidence if e.cites).casefold()
        for match in passage.find("outlets") if passage.evidence else ():
            if _OTHER.match(passage.text, match.end()):
                continue
            piece = passage.sentence_at(match.start())
            own = any(_published_by(context, e.source, match[0]) for e in passage.evidence)
            if not own and match[0].casefold() not in cited and passage.attributed(piece):
                message = f"the text reports from {match[0]}, and no evidence says that its source cites {match[0]}"
                yield at(passage, match.span(), message, f"add `cites: {match[0]}` to the evidence that relays it")
                break


def _relayed_quotes(context: Context) -> Iterator[Finding]:
    for pointer, node in context.nodes:
        if isinstance(node, Evidence) and node.quote and not node.cites:
            for match in context.table.pattern("outlets").finditer(node.quote):
                if not _OTHER.match(node.quote, match.end()) and not _published_by(context, node.source, match[0]):
                    message = f"the quotation relays {match[0]}, and {node.source} is another source"
                    yield Finding(f"{pointer}/quote", message, (f"add `cites: {match[0]}`",), match.span())


def _published_by(context: Context, identifier: str, outlet: str) -> bool:
    source = context.summary.source(identifier)
    known = " ".join(filter(None, (source.publisher, source.author, source.title))) if source else ""
    return outlet.casefold() in known.casefold()


def unnamed(context: Context) -> Iterator[Finding]:
    """ATT-03: an unnamed source without how many, or who."""
    posts, numbers = context.table.pattern("posts"), context.table.pattern("numbers")
    if context.table.lacks("posts"):
        return
    for pointer, node in context.nodes:
        if isinstance(node, Evidence) and node.unnamed:
            counted = numbers.search(node.unnamed) or re.search(r"\d", node.unnamed)
            lacks = [what for what, there in (("number", counted), ("position", posts.search(node.unnamed))) if not there]
            if lacks:
                message = f"“{shown(node.unnamed)}” does not say the {' and the '.join(lacks)} of the unnamed source"
                cure = "write how many and who: `one State Department official`; where nobody knows, `(position not given)`"
                yield finding(f"{pointer}/unnamed", message, cure)
    for passage in of_kind(context, Kind.CLAIM, Kind.POSITION, Kind.BACKGROUND):
        match = next(passage.find("unnamed"), None)
        if match and not any(e.unnamed for e in passage.evidence) and not _possessed(passage, match.start()):
            message = f"“{match[0]}” does not say how many, or who"
            yield at(passage, match.span(), message, "add `unnamed:` to the evidence, with number and position")


def _possessed(passage: Passage, start: int) -> bool:
    before = passage.text[max(0, start - 40) : start].rstrip()
    # "CNN's sources say", "two experts say", "experts of the Bank say" tell enough.
    return before.endswith(("’s", "'s", "s’", "their", "its")) or bool(
        re.search(
            r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|several|NATO|EU|UN|Commission|government))\Z",
            before,
            re.IGNORECASE,
        )
    )


def _of_an_amount(passage: Passage, match: re.Match[str]) -> bool:
    """Return whether “cut” lowers an amount: a budget, a quota, a post are cut by whoever decides, a cable is not."""
    return match[0].lower() == "cut" and not _LINK.search(passage.unquoted, max(0, match.start() - 120), match.start())


def agentless(context: Context) -> Iterator[Finding]:
    """ATT-02: something contested was done, and neither who did it nor who says so stands in the sentence."""
    for passage in of_kind(context, Kind.CLAIM, Kind.BACKGROUND):
        if isinstance(passage.node, Development | Stakeholder) and getattr(passage.node, "attribution", None):
            continue
        told = -1
        for match in passage.find("contested"):
            piece = passage.sentence_at(match.start())
            be = _BE.search(passage.unquoted[max(0, match.start() - 30) : match.start()])
            if not be or piece.start == told or _of_an_amount(passage, match):
                continue
            told = piece.start
            if passage.attributed(piece) or _BY.search(passage.unquoted, match.end(), piece.end):
                continue
            message = f"“{be[0].strip()} {match[0]}” says neither who did it nor who says so"
            yield at(passage, match.span(), message, "name who did it, or who says that it was done")
