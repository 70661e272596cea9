"""Rules of quoted words in what is printed: what stands in quotation marks stands word for word in an article, or is told.

In: the texts of a summary with its articles. Out: findings. Spaces, marks, capitals at the start, omissions and brackets don't
count (`evidence.quote`). What the summary itself gives is known: its quotes and their translations, titles of sources, terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from briefgen.evidence.quote import Found, fold
from briefgen.language.segment import Piece, bare_words, quotations
from briefgen.language.wordlists import base
from briefgen.model.parts import Evidence
from briefgen.rules.claims import searched
from briefgen.rules.context import Context, Finding, at
from briefgen.rules.passages import Kind, Passage
from briefgen.rules.wording import shown

PHRASE = 4
"""Words from which on a quotation is somebody's sentence; a shorter one can be a term, or a word that nobody vouches for."""
MOST, ALIKE = 2000, 200
"""Quotations that are looked for, and those of them whose likeness is: a text with more is no brief."""
_BRACKETS = re.compile(r"\[[^\][]{0,80}\]")
_NO_QUOTATION = re.compile(r"['‘’](?:\d|n['’])")  # the '90s, rock 'n' roll
_WHOLE = 0.75  # a heading that is like half of the words is no passage that they alter
_THEIRS = frozenset({Kind.CLAIM, Kind.HEADLINE, Kind.POSITION, Kind.INTEREST, Kind.BACKGROUND})


class _Case(NamedTuple):
    """A quotation that no article holds: where it stands, the passage most like it, and what could not be compared."""

    passage: Passage
    piece: Piece
    words: int
    like: str
    foreign: bool
    unread: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Return whether it is wrong for sure: altered; or a phrase, in a claim whose sources were all read."""
        theirs = self.passage.kind in _THEIRS and bool(self.passage.evidence)
        return not is_title(self.piece.text) and (bool(self.like) or (theirs and not self.unread and self.words >= PHRASE))


def misquoted(context: Context) -> Iterator[Finding]:
    """QUO-01: words in quotation marks that no article holds: altered, or in none of them."""
    for case in _cases(context):
        if case.sure and not case.foreign:
            said = shown(case.piece.text, 120)
            if case.like:
                yield _of(
                    case, f"not word for word: {said}, where the source has “{shown(case.like, 120)}”", f"quote “{case.like}”"
                )
            else:
                yield _of(case, f"no article of this summary holds {said}", "quote the source’s own words, or take the marks off")


def unfound(context: Context) -> Iterator[Finding]:
    """QUO-02: a word or two in quotation marks, or the words of a source without text, that no article holds."""
    for case in _cases(context):
        if not case.sure and not case.foreign and (case.words >= PHRASE - 1 or case.passage.kind in _THEIRS):
            lacking = f"; no text of {', '.join(case.unread)} is here" if case.unread else ""
            message = f"no article of this summary holds {shown(case.piece.text, 120)}{lacking}"
            yield _of(case, message, "quote the source’s own words, or take the marks off where the word is yours")


def untold(context: Context) -> Iterator[Finding]:
    """QUO-03: quoted words of an item whose sources are in another language: nothing was compared."""
    for case in _cases(context):
        if case.foreign:
            cure = "add `translation:` to the evidence, with these words, so that a reader can compare both"
            yield _of(case, f"not compared: {shown(case.piece.text, 120)} is a translation, and no evidence gives it", cure)


def _of(case: _Case, message: str, cure: str) -> Finding:
    return at(case.passage, (case.piece.start, case.piece.end), message, cure)


def _cases(context: Context) -> tuple[_Case, ...]:
    found = context.kept.get("quoted")
    if found is None:
        found = context.kept["quoted"] = tuple(_missing(context)) if context.articles else ()
    rows: tuple[_Case, ...] = found
    return rows


def _missing(context: Context) -> Iterator[_Case]:
    known, alike = "", ALIKE
    rows = ((passage, piece) for passage in context.passages for piece in quotations(passage.text))
    for passage, piece in islice(rows, MOST):
        words = _inside(piece)
        if not words or _NO_QUOTATION.match(piece.text) or _among(words, known := known or _known(context)):
            continue
        like = _in_articles(context, words, alike > 0)
        if like is not None:
            alike -= 1
            yield _Case(passage, piece, len(bare_words(words)), like, _foreign(context, passage), _unread(context, passage))


def _inside(piece: Piece) -> str:
    """Return the words between the marks, what stands in brackets left out; empty for what is no word."""
    words = _BRACKETS.sub("…", piece.text[1:-1]).strip()
    return words if any(word.isalpha() and len(word) > 1 for word in re.findall(r"\w+", words)) else ""


def is_title(text: str) -> bool:
    """Return whether it is the title of a law, a work or a programme: most of its words have a capital."""
    listed = [word for word in bare_words(text) if word.isalpha()]
    return 2 * sum(word[0].isupper() for word in listed) > len(listed)


def _known(context: Context) -> str:
    """Return what the summary itself gives, folded: quotes, translations, titles, terms; and the texts of the articles' heads."""
    summary = context.summary
    given = [(e.quote, e.translation, e.unnamed) for _, e in context.nodes if isinstance(e, Evidence)]
    listed = [part for row in given for part in row]
    listed += [part for source in summary.sources for part in (source.title, source.publisher, source.descriptor)]
    listed += [part for term in summary.glossary for part in (term.term, term.expansion)]
    return "\n".join(fold(part)[0].casefold() for part in listed if part)


def _among(words: str, known: str) -> bool:
    parts = [fold(part)[0].casefold().strip(" .,;:'!?") for part in re.split(r"…|\.\.\.+", words)]
    return all(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", known) for part in parts if part)


def _in_articles(context: Context, words: str, alike: bool) -> str | None:
    """Return None where an article holds the words, with any letter at their start; else the passage most like them."""
    ready = [one for name in context.articles or {} if (one := searched(context, name))]
    like = ""
    for form in (words, words[0].swapcase() + words[1:]):
        for article in ready:
            located = article.locate(form.strip("!?"), alike=alike)
            if located.found is Found.VERBATIM:
                return None
            whole = located.found is Found.ALTERED and len(located.passage) >= _WHOLE * len(words)
            like = like or (located.passage if whole else "")
    return like


def _languages(context: Context, passage: Passage) -> set[str]:
    """Return the languages of the sources that an item quotes, or of all sources where it has no evidence."""
    named = {e.source for e in passage.evidence} or {source.id for source in context.summary.sources}
    rows = ((context.summary.source(name), (context.articles or {}).get(name)) for name in named)
    return {base((source and source.language) or (article and article.language) or passage.language) for source, article in rows}


def _foreign(context: Context, passage: Passage) -> bool:
    return base(passage.language) not in _languages(context, passage)


def _unread(context: Context, passage: Passage) -> tuple[str, ...]:
    """Return the sources without a text that the words may be from: those of the item, or any where it has no evidence."""
    named = [e.source for e in passage.evidence] or [source.id for source in context.summary.sources]
    return tuple(dict.fromkeys(name for name in named if not searched(context, name)))
