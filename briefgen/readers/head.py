"""What an article's own text says of it: byline, date line, label of its genre, the line about the author.

In: blocks of text. Out: the same blocks with their roles, and proposals in a head. A line is taken only where it is nothing else.
"""

from __future__ import annotations

import re
from datetime import date

from briefgen.language.dates import dates
from briefgen.model.article import Role
from briefgen.model.terms import Genre
from briefgen.readers.blocks import Block, Head

LABELS = {
    "opinion": Genre.OPINION, "op-ed": Genre.OPINION, "comment": Genre.OPINION, "commentary": Genre.OPINION,
    "editorial": Genre.OPINION, "kommentar": Genre.OPINION, "meinung": Genre.OPINION, "tribune": Genre.OPINION,
    "analysis": Genre.ANALYSIS, "analyse": Genre.ANALYSIS, "interview": Genre.INTERVIEW, "entretien": Genre.INTERVIEW,
    "press release": Genre.OFFICIAL, "pressemitteilung": Genre.OFFICIAL, "communiqué de presse": Genre.OFFICIAL,
}  # fmt: skip
_NAME = r"[^\W\d_][\w.'’-]*(?: (?:[a-z]{1,3} )?[^\W\d_][\w.'’-]*){1,3}"
_BYLINE = re.compile(rf"(?:By|Von|Par|Author:|Autor:|Auteur\s?:)\s+({_NAME}(?:(?:, | and | und | et ){_NAME}){{0,3}})\.?")
# A line about an author begins with a person's name and tells what an author is or does: "The summit in March is" does neither.
_FIRST = (
    "The|This|That|These|Those|An?|It|He|She|We|They|There|In|On|At|If|But|And|What|Who"
    "|Der|Die|Das|Eine?|Es|Sie|Wir|Le|La|Les|Une?|Il|Elle|Ce|Cette"
)
_WORD = r"[^\W\d_a-zà-öø-ÿ][\w.'’-]*"
_PERSON = (
    rf"(?!(?:{_FIRST})\s){_WORD}(?: (?:(?:d[eiu]|del|della|van|von|der|den|zu|al|bin|la|le|da|dos|y) ){{0,2}}{_WORD}){{1,3}}"
)
_TRADE = (
    r"\w*(?:journalist|reporter|correspondent|columnist|editor|writer|author|commentator|podcast|fellow|professor|lecturer"
    r"|researcher|analyst|economist|historian|scientist|lawyer|director|newspaper|magazine|autor|redakteur|korrespondent"
    r"|kolumnist|publizist|forscher|ökonom|historiker|auteur|autrice|chroniqueu|correspondant|rédact|chercheu|professeur"
    r"|économiste|historien)"
)
_BIO = re.compile(
    rf"({_PERSON}) (?:(?:is|was|ist|war|est|était)\b.{{1,120}}?\b{_TRADE}|(?:covers|teaches|lehrt|enseigne) \w"
    r"|(?:writes|reports|schreibt|berichtet|écrit) (?:about|on|for|from|über|für|aus|sur|pour|de)\b)"
)
_DATED = re.compile(r"(?:Published|Updated|Date|Veröffentlicht|Datum|Publié(?: le)?|Le)?\s*:?\s*(.{6,40})", re.IGNORECASE)
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
SHORT = 120  # characters of a line that may be a byline, a date or a label


def marked(blocks: list[Block], head: Head) -> list[Block]:
    """Return the blocks, the line about the author marked; bylines, dates and labels are proposed and stay in place."""
    for _, text in blocks[:4]:
        if len(text) <= SHORT:
            _line(text, head)
    if len(blocks) > 2:
        text = blocks[-1][1]
        found = _BIO.match(text) if len(text) <= 300 else None
        if found and _lone(text):
            head.propose("author", found[1], "last paragraph")
            if same_person(head.values.get("author", ""), found[1]):
                blocks = [*blocks[:-1], (Role.BIO, text)]
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
