"""Rules of quotes: each stands in its source, word for word; the source is the one that was read; nothing is copied unmarked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from briefgen.evidence.quote import Found, fold, folded
from briefgen.language.segment import bare_words
from briefgen.language.stems import small
from briefgen.model.text import Text
from briefgen.rules.claims import Piece, pieces
from briefgen.rules.context import Context, Finding, finding

COPIED, QUOTED = 12, 40  # words in a row, words of a quote
EMPTY, OFTEN = 30, 3  # letters of a quote that may say nothing, how often a word stands in a source that is no place of it
NAMES = 2  # capitals among the twelve: more are a title, or names
_PARAGRAPHS = re.compile(r"¶\s?(\d{1,5})(?:\s?[-–]\s?¶?(\d{1,5}))?")
_SAID = re.compile(  # no more than a look at most places
    r"(?=[“„«\"‘])(?:“[^”]{0,2000}[”]|„[^“”]{0,2000}[“”]|«[^»]{0,2000}»|\"[^\"]{0,2000}\"|‘[^’]{0,400}’(?!\w))"
)


def missing(context: Context) -> Iterator[Finding]:
    """EVD-01: a quote that its source does not hold."""
    for row in pieces(context):
        if row.located and row.located.found is Found.MISSING:
            message = f"{row.evidence.source} has no such words: “{_short(row.evidence.quote or '')}”"
            yield finding(f"{row.pointer}/quote", message, "copy the words from the source; mark what you leave out with …")


def altered(context: Context) -> Iterator[Finding]:
    """EVD-02: a quote whose source says it in other words, numbers or signs."""
    for row in pieces(context):
        if row.located and row.located.found is Found.ALTERED:
            differing = "".join(f"; {one}" for one in row.located.differing)
            message = (
                f"not word for word: “{_short(row.evidence.quote or '')}”, where {row.evidence.source} ¶{row.located.paragraph} "
                f"has “{_short(row.located.passage)}”{differing}"
            )
            yield finding(f"{row.pointer}/quote", message, f"quote: {row.located.passage}")


def changed(context: Context) -> Iterator[Finding]:
    """EVD-03: a source whose text is not the one that was checked before."""
    for index, source in enumerate(context.summary.sources):
        article = (context.articles or {}).get(source.id)
        if article and source.file_sha256 and source.file_sha256 != article.sha256:
            message = f"{source.file} has changed since its digest was written"
            cure = "read it anew, correct what rests on it, remove `file_sha256`, and run `briefgen check --fix`"
            yield finding(f"/sources/{index}/file_sha256", message, cure)


def unread(context: Context) -> Iterator[Finding]:
    """EVD-04: evidence that points at a source without text, so that nobody compared it."""
    rows = [row for row in pieces(context) if row.source and row.searched is None]
    names = list(dict.fromkeys(row.evidence.source for row in rows))
    if names:
        first = next(i for i, source in enumerate(context.summary.sources) if source.id in names)
        count = "1 piece of evidence" if len(rows) == 1 else f"{len(rows)} pieces of evidence"
        message = f"not checked: no text of {', '.join(names)} ({count})"
        yield finding(f"/sources/{first}", message, "save the text beside the summary, and name it in `file:`")


def elsewhere(context: Context) -> Iterator[Finding]:
    """EVD-05: a quote that stands in another paragraph than its locator says."""
    for row in wrong_place(context):
        if row.evidence.locator and row.located:
            message = f"the quote stands in ¶{row.located.paragraph} of {row.evidence.source}, not in {row.evidence.locator[:40]}"
            yield finding(
                f"{row.pointer}/locator", message, f"locator: ¶{row.located.paragraph}, as `briefgen check --fix` writes it"
            )


def wrong_place(context: Context) -> Iterator[Piece]:
    """Yield the evidence whose quote was found and whose locator is missing, or names another paragraph.

    A locator in other words than `¶3` or `¶3–4` (a page, an article of a law) is the author's, and is left alone.
    """
    for row in pieces(context):
        said = _PARAGRAPHS.search(row.evidence.locator or "")
        if (row.located and row.located.found is Found.VERBATIM and not row.evidence.locator) or (
            said and row.located and row.located.found is Found.VERBATIM and not _stands(row, said)
        ):
            yield row


def _stands(row: Piece, said: re.Match[str]) -> bool:
    first, last = int(said[1]), int(said[2] or said[1])
    assert row.located
    assert row.searched
    if first <= row.located.paragraph <= last:
        return True
    quote = fold(row.evidence.quote or "")[0].strip(" .,;:'")
    named = [p for p in row.searched.article.paragraphs if first <= p.number <= last]
    return any(quote in fold(p.text)[0] for p in named)


def empty(context: Context) -> Iterator[Finding]:
    """EVD-06: a quote that any text holds: a letter, “the”, a word that its source has more than three times."""
    for row in pieces(context):
        quote = row.evidence.quote or ""
        if row.located and row.located.found is not Found.MISSING and len(quote) <= EMPTY and _says_nothing(row, quote):
            message = f"“{quote}” proves nothing: it would be found in any text, or anywhere in this one"
            yield finding(f"{row.pointer}/quote", message, "quote the words that say what the claim says, a whole clause at best")


def _says_nothing(row: Piece, quote: str) -> bool:
    said = [word.casefold() for word in bare_words(quote)]
    if all((len(word) == 1 and not word.isdigit()) or word in small() for word in said):
        return True
    if len(said) > 1 or not said[0].isalpha() or not row.searched:
        return False
    return len(re.findall(rf"(?<!\w){re.escape(said[0])}(?!\w)", row.searched.text, re.IGNORECASE)) > OFTEN


def long_quotes(context: Context) -> Iterator[Finding]:
    """CPY-02: a quote of more than 40 words."""
    for row in pieces(context):
        count = len((row.evidence.quote or "").split())
        if count > QUOTED:
            yield finding(f"{row.pointer}/quote", f"the quote has {count} words", f"keep {QUOTED} at most; … marks an omission")


def copied(context: Context) -> Iterator[Finding]:
    """CPY-01: twelve words in a row from a source, without quotation marks."""
    articles = context.articles or {}
    theirs = {name: [(p.number, _words(p.text)) for p in article.paragraphs] for name, article in articles.items()}
    known = {word.casefold() for rows in theirs.values() for _, row in rows for word in row}
    runs = _ours(context, known)
    told: set[str] = set()
    for source, rows in theirs.items() if runs else ():
        for number, row in rows:
            for run, written in _runs(row):
                at = runs.get(run)
                if at and at not in told and sum(word[0].isupper() for word in written) <= NAMES:
                    told.add(at)
                    message = f"copied from {source} ¶{number}: {' '.join(written)}"
                    yield finding(at, message, "say it in your own words, or put it in quotation marks")


def _ours(context: Context, known: Collection[str]) -> dict[tuple[str, ...], str]:
    """Return every twelve words in a row that a source could have, with the first wording that says them."""
    texts = [(f"{at}/{key}", text) for at, node in context.nodes if isinstance(node, Text) for key, text in node.variants.items()]
    runs: dict[tuple[str, ...], str] = {}
    for pointer, text in texts:
        for row in _stretches(text, known):
            for run, _ in _runs(row):
                runs.setdefault(run, pointer)
    return runs


def _words(text: str) -> list[str]:
    return bare_words(folded(text))


def _stretches(text: str, known: Collection[str]) -> Iterator[list[str]]:
    """Yield the stretches of a text outside quotation marks, of twelve words or more, that have known words only."""
    for outside in _SAID.sub(" \n\0 ", text).split("\0") if len(text) >= 2 * COPIED - 1 else ():
        stretch: list[str] = []
        for word in (*_words(outside), ""):
            if word.casefold() in known:
                stretch.append(word)
                continue
            if len(stretch) >= COPIED:
                yield stretch
            stretch = []


def _runs(row: Sequence[str]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield every twelve words in a row, in small letters and as they are written."""
    small = tuple(map(str.casefold, row))
    yield from ((small[at : at + COPIED], tuple(row[at : at + COPIED])) for at in range(len(row) - COPIED + 1))


def _short(text: str) -> str:
    return text if len(text) <= 160 else f"{text[:150].rstrip()} …"
