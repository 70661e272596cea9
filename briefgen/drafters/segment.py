"""An article → the sentences of its body, each with its exact place. Titles, headings, captions, bios give none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.drafters.parts import MAX_CHARACTERS, Sentence
from briefgen.language.segment import sentences, words
from briefgen.language.wordlists import Table, either
from briefgen.model.article import Article, Paragraph, Role

_STOPPED = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_NAME = re.compile(rf"(?:[^\W\d_][\w'’.-]+ ){{1,3}}(?:{either('articles', 'tells_of')})\b")
_DATELINE = re.compile(
    r"(?=[^\n–—]{0,80}[\d(])[A-ZÀ-Þ][A-ZÀ-Þ .'’/-]{2,40}(?:, [^\n–—:(-]{2,40})?(?:\([^()\n]{2,30}\))? ?[–—-] (?=\w|[\"“„«])"
)
"""A town in capitals, a date or an agency, and a dash: it is of the article, not of its first sentence."""
_LABEL = 12  # words: a first line of so few, without full stop, is a byline, a dateline or a label
MIN_WORDS, MAX_WORDS = 3, 120


def body(article: Article, language: str, cues: Table) -> tuple[Paragraph, ...]:
    """Return the paragraphs that carry claims."""
    found = [each for each in article.paragraphs if each.role is Role.BODY and not _label(each)]
    if len(found) > 1 and is_bio(found[-1].text, article.author, language, cues):
        found.pop()
    return tuple(found)


def _label(paragraph: Paragraph) -> bool:
    return len(paragraph.text.split()) < _LABEL and not _STOPPED.search(paragraph.text.rstrip())


def is_bio(text: str, name: str | None, language: str, cues: Table) -> bool:
    """Return whether a last paragraph is the line about the author: short, and it tells what a person is and does."""
    if len(text.split()) > 45 or len(sentences(text[:2000], language)) > 3:
        return False
    if name is not None and text.startswith(name):
        return True
    return text[:1].isupper() and _NAME.match(text) is not None and cues.has("bio", text[:200])


def bio(article: Article, language: str, cues: Table) -> str | None:
    """Return the line about the author, None where there is none."""
    marked = [paragraph.text for paragraph in article.paragraphs if paragraph.role is Role.BIO]
    last = [paragraph.text for paragraph in article.paragraphs if paragraph.role is Role.BODY][-1:]
    return next(iter(marked), None) or next((text for text in last if is_bio(text, article.author, language, cues)), None)


def split(article: Article, number: int, language: str, cues: Table) -> tuple[Sentence, ...]:
    """Return the sentences of an article's body in order, of its first MAX_CHARACTERS only."""
    found = list(_sentences(article, number, language, cues))
    last = max(1, len(found) - 1)
    return tuple(
        Sentence(each.article, each.paragraph, each.start, each.text, index / last, each.opens)
        for index, each in enumerate(found)
    )


def _sentences(article: Article, number: int, language: str, cues: Table) -> Iterator[Sentence]:
    left = MAX_CHARACTERS
    for paragraph in body(article, language, cues):
        text = paragraph.text[:left]
        left -= len(text)
        for index, piece in enumerate(sentences(text, language)):
            dateline = _DATELINE.match(piece.text) if index == 0 else None
            said = piece.text[dateline.end() :] if dateline else piece.text
            if _is_prose(said):
                yield Sentence(number, paragraph.number, paragraph.start + piece.end - len(said), said, 0.0, index == 0)
        if left <= 0:
            return


def _is_prose(text: str) -> bool:
    """Return whether a stretch of text is a sentence that can be quoted: words, not a row of a table or a wall of signs.

    One with a sign that could not be read (U+FFFD) can't.
    """
    if len(text) > 2000 or "\ufffd" in text:
        return False
    found = words(text)
    letters = sum(any(sign.isalpha() for sign in word.text) for word in found)
    return MIN_WORDS <= len(found) <= MAX_WORDS and letters * 2 > len(found)


def cut(article: Article) -> str | None:
    """Return a note on what was not read of a long article, None where all was."""
    length = sum(len(paragraph.text) for paragraph in article.paragraphs)
    if length <= MAX_CHARACTERS:
        return None
    return f"{article.name}: only the first {MAX_CHARACTERS} of {length} characters were read"
