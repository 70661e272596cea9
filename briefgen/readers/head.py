"""What an article's own text says of it: byline, date line, label of its genre, the line about the author.

In: blocks of text. Out: the same blocks with their roles, and proposals in a head. A line is taken only where it is nothing else.
"""

from __future__ import annotations

import re
from datetime import date

from briefgen.language.dates import dates
from briefgen.language.wordlists import bars, either, every, languages, section, split
from briefgen.model.article import Role
from briefgen.model.terms import Genre
from briefgen.readers.blocks import Block, Head

LABELS = {
    label: Genre(genre)
    for language in languages()
    for genre, written in section(language, "articles").get("labels", {}).items()
    for label in split(written)
}
_NAME = r"[^\W\d_][\w.'’-]*(?: (?:[a-z]{1,3} )?[^\W\d_][\w.'’-]*){1,3}"
_AND = "|".join([", ", *(f" {word} " for word in every("articles", "and"))])
_BYLINE = re.compile(rf"(?:{either('articles', 'by')}|{bars('articles', 'author')})\s+({_NAME}(?:(?:{_AND}){_NAME}){{0,3}})\.?")
# A line about an author begins with a person's name and tells what an author is or does: "The summit in March is" does neither.
_FIRST = bars("articles", "no_name")
_WORD = r"[^\W\d_a-zà-öø-ÿ][\w.'’-]*"
_PERSON = (
    rf"(?!(?:{_FIRST})\s){_WORD}(?: (?:(?:d[eiu]|del|della|van|von|der|den|zu|al|bin|la|le|da|dos|y) ){{0,2}}{_WORD}){{1,3}}"
)
_TRADE = rf"\w*(?:{bars('articles', 'trade')})"
_BIO = re.compile(
    rf"({_PERSON}) (?:(?:{bars('articles', 'is')})\b.{{1,120}}?\b{_TRADE}|(?:{bars('articles', 'teaches')}) \w"
    rf"|(?:{bars('articles', 'writes')}) (?:{bars('articles', 'about')})\b)"
)
_DATED = re.compile(rf"(?:{bars('articles', 'dated')})?\s*:?\s*(.{{6,40}})", re.IGNORECASE)
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
SHORT = 120  # characters of a line that may be a byline, a date or a label


def marked(blocks: list[Block], head: Head) -> list[Block]:
    """Return the blocks, the line about the author marked; bylines, dates and labels are proposed and stay in place."""
    for _, text in blocks[:4]:
        if len(text) <= SHORT:
            _line(text, head)
    last = next((at for at in range(len(blocks) - 1, 1, -1) if blocks[at][0] is not Role.CAPTION), None)  # notes stand below it
    if last is not None:
        text = blocks[last][1]
        found = _BIO.match(text) if len(text) <= 300 else None
        if found and _lone(text):
            head.propose("author", found[1], "last paragraph")
            if same_person(head.values.get("author", ""), found[1]):
                blocks = [*blocks[:last], (Role.BIO, text), *blocks[last + 1 :]]
    return blocks


def same_person(one: str, other: str) -> bool:
    """Return whether two names end in the same family name."""
    return bool(one and other) and one.split()[-1].casefold() == other.split()[-1].casefold()


def _lone(text: str) -> bool:
    return len(re.findall(r"\w\w\. ", text)) <= 1  # the points of initials end no sentence


def _line(text: str, head: Head) -> None:
    if (label := LABELS.get(text.strip(" :|").casefold())) is not None:
        head.is_a(label, "label at the top")
    elif found := _BYLINE.fullmatch(text):
        head.propose("author", found[1], "byline")
    elif (written := _DATED.fullmatch(text)) and (read := day(written[1])):
        head.propose("published", read, "date line")


def day(text: str) -> str | None:
    """Return a date as a summary writes it (2025-03-04, 2025-03 or 2025), None where the text is no date that can be."""
    text = text.strip()
    iso = _ISO.match(text)
    if iso and (len(text) == iso.end() or text[iso.end()] in "T "):
        return iso[0] if _real(iso[0]) else None
    found = dates(text)
    if len(found) == 1 and found[0].year and found[0].end - found[0].start >= 0.8 * len(text.strip(" .,")):
        return str(found[0])
    return None


def _real(iso: str) -> bool:
    year, month, dayno = [*map(int, iso.split("-")), 1, 1][:3]
    try:
        date(year, month, dayno)
    except ValueError:
        return False
    return True
