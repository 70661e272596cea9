"""Rules of style, and their mechanical cures: the EU Interinstitutional Style Guide's forms, British spelling, one name each.

In: a summary. Out: findings, and for `check --fix` the changes that mend them without touching what is said (`fixes`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from briefgen.language.segment import Piece
from briefgen.language.spelling import british, one_names, us_spellings
from briefgen.language.tables import whole_months
from briefgen.language.wordlists import entries, pattern
from briefgen.model.terms import Genre
from briefgen.rules.context import Context, Finding, at
from briefgen.rules.passages import Passage, hide

HARD = "\u00a0"
_MONTH = f"(?:{whole_months('en')})"
BRITISH = ("en", "en-GB", "en-IE", "en-MT")
# Where a line must not break: 30 %, EUR 3, 28 000.
_SOFT = re.compile(r"(?<=\d) (?=%)|(?<![A-Z])(?:EUR|USD|GBP|CHF) (?=\d)|(?<![\d.,])\d{1,3} (?=\d{3}(?!\d))")
_DIGIT = re.compile(r"\d")  # every form has one
_COUNTED = entries("en", "figures", "numbers")[1:9]  # two to nine
# Units keep their digits.
_UNITS = r"(?:times|points|degrees|miles|metres|tonnes|kilometres|litres|hours|minutes|barrels|bps|percent\w*|s)\b"


# "Article 5 applies", "the Group of 7 members": numbers that are names.
_NAMES = "Article,Group of,Chapter,Section,Part,Annex,Title,Phase,Rule,Pillar,Table,Figure,Line,Category,Class,Type,Page"
_NUMBERED = "".join(f"(?<!{name} )" for names in (_NAMES, _NAMES.lower()) for name in re.split(",", names))


# Where an amount begins that has no code before it: in "EUR 3 000 EUR 4 000" the codes stand where they should.
_UNPAID = r"(?<![\w.,])(?<!\d[\u00a0 ])(?<!(?:EUR|USD|GBP|CHF)[\u00a0 ])"


def _counted(match: re.Match[str]) -> str:
    """Return a number as a word, with a capital where it begins a sentence."""
    word, before = _COUNTED[int(match[1]) - 2], match.string[max(0, match.start() - 3) : match.start()].rstrip()
    return word if before and before[-1] not in ".!?" else word.capitalize()


_BEFORE = re.compile(r"([^\W\d_][\w’'-]*)[ \u00a0]$")


def _is_named(match: re.Match[str]) -> bool:
    """Return whether a number is part of a name: a word with a capital stands before it that does not just begin a sentence."""
    before = _BEFORE.search(match.string, max(0, match.start() - 40), match.start())
    word = before[1] if before else ""
    counts = (*entries("en", "drafts", "stop"), *entries("en", "figures", "counted"))
    return word != word.lower() and word.lower() not in counts


_CODES = {"€": "EUR", "£": "GBP", "US$": "USD"}  # a dollar sign alone may be another country's
_CURRENCY = re.compile("|".join(map(re.escape, _CODES)))
_SCALES = {"bn": "billion", "tn": "trillion", "m": "million", "mn": "million"}


def _coded(match: re.Match[str]) -> str:
    """Return an amount with its code: €3.2bn is EUR 3.2 billion."""
    scale = _SCALES.get(match[3] or "", match[3] or "")
    amount = re.sub(r"[ ,\u00a0]", HARD, match[2])
    return f"{_CODES[match[1]]}{HARD}{amount}" + (f" {scale}" if scale else "")


class Form(NamedTuple):
    """A form that is not the guide's: what finds it, what is right, and why."""

    sign: re.Pattern[str]
    right: Callable[[re.Match[str]], str]
    why: str
    legal: bool = False  # what the guide asks for in legal acts only
    but: Callable[[re.Match[str]], bool] = lambda match: False  # what looks like it and is right

    def found(self, text: str) -> Iterator[re.Match[str]]:
        """Yield where the form stands in a text."""
        return (match for match in self.sign.finditer(text) if not self.but(match))


FORMS: tuple[Form, ...] = (
    Form(
        re.compile(r"(?<![\w.,])(\d{1,3}(?:[.,]\d{1,3})?)(?:\s(?:per\scent|percent)(?!\w)|%)"),
        lambda match: f"{match[1]}{HARD}%",
        "a percentage is written with sign and hard space",
    ),
    Form(
        re.compile(rf"(?<!\w)({_MONTH})\s(\d{{1,2}})(?:st|nd|rd|th)?,?\s((?:19|20)\d\d)(?!\d)"),
        lambda match: f"{match[2].lstrip('0')}{HARD}{match[1]}{HARD}{match[3]}",
        "a date is written day, month, year",
    ),
    Form(
        re.compile(rf"(?<![\w.,])0?([1-9]|[12]\d|3[01])(?:st|nd|rd|th)\s(?:of\s)?({_MONTH})(?!\w)"),
        lambda match: f"{match[1]}{HARD}{match[2]}",
        "the day of a date is written without ending",
    ),
    Form(
        re.compile(rf"(?<![\w.,])0([1-9])\s({_MONTH})(?!\w)"),
        lambda match: f"{match[1]}{HARD}{match[2]}",
        "the day of a date is written without zero",
    ),
    Form(
        re.compile(rf"{_UNPAID}(\d{{1,3}}(?:[\u00a0 .,]\d{{3}}){{0,4}}(?:\s(?:billion|million))?)\s(EUR|USD|GBP|CHF)(?!\w)"),
        lambda match: f"{match[2]}{HARD}{match[1].replace(' ', HARD).replace(',', HARD)}",
        "the currency code stands before the amount",
    ),
    Form(
        re.compile(
            r"(?<!\w)(€|£|US\$)\s?(\d{1,3}(?:[ \u00a0,]\d{3}(?!\d)){0,4}(?:\.\d{1,3})?)"
            r"(?:\s?(billion|million|trillion|bn|tn|mn|m))?(?![\w.,]?\d|\w|\s?[–-]\s?\d)"
        ),
        _coded,
        "a currency is written with its code",
        legal=True,
    ),
    Form(
        re.compile(r"(?<![\w.,/-])(\d{1,3}),(\d{3})((?:,\d{3}){0,3})(?![\w.,]\d|\d)"),
        lambda match: f"{match[1]}{HARD}{match[2]}{match[3].replace(',', HARD)}",
        "thousands are parted by a hard space",
    ),
    Form(
        re.compile(rf"{_NUMBERED}(?<![\w.,/€$£-])([2-9])\s(?=(?!{_UNITS})[a-z]{{3,14}}s(?!\w))"),
        lambda match: f"{_counted(match)} ",
        "numbers from two to nine are written as words",
        but=_is_named,
    ),
)


def forms(context: Context) -> Iterator[Finding]:
    """STY-01: dates, numbers, percentages and currencies in another form than the style guide's."""
    if context.summary.language.startswith("en"):
        for passage in context.passages:
            for form in _asked(context, passage):
                for match in form.found(passage.spelled):
                    yield at(passage, match.span(), f"“{match[0].strip()}”: {form.why}", f"write “{form.right(match).strip()}”")


def _asked(context: Context, passage: Passage) -> list[Form]:
    """Return the forms that are looked for in a text: none without a digit, those of legal acts in texts on these alone."""
    if not _DIGIT.search(passage.text):
        return []
    return [form for form in FORMS if not form.legal or _on_law(context, passage)]


def _on_law(context: Context, passage: Passage) -> bool:
    """Return whether a text rests on legal texts alone, in any wording but the plain one: others may write € for EUR."""
    named = {e.source for e in passage.evidence}
    sources = [source for source in context.summary.sources if not named or source.id in named]
    return passage.wording != "plain" and all(source.genre is Genre.LEGAL for source in sources)


def us_spelling(context: Context) -> Iterator[Finding]:
    """STY-02: a US spelling in a text in British or Irish English; names keep theirs."""
    if context.summary.language in BRITISH:
        for passage in context.passages:
            for match in _american(passage):
                yield at(passage, match.span(), f"“{match[0]}” is the US spelling", f"write “{british(match[0])}”")


def _american(passage: Passage) -> Iterator[re.Match[str]]:
    for match in us_spellings().finditer(passage.spelled) if passage.place in passage.lexis.american else ():
        first = match.start() == passage.sentence_at(match.start()).start
        after = passage.text[match.end() : match.end() + 2]
        # A capital inside a sentence is a name's: the Department of Defense, the Center for Policy.
        if not match[0][0].isupper() or (first and not (after.startswith(" ") and after[1:].isupper())):
            yield match


def spellings(context: Context) -> Iterator[Finding]:
    """STY-03: one name in two spellings; the less frequent one is told."""
    rows = [(p, match) for p in context.passages for match in _name_forms().finditer(p.unquoted)]
    for names in one_names():
        found = [row for row in rows if row[1][0].removesuffix("s") in names]
        used: dict[str, int] = {}
        for _, match in found:
            used[match[0].removesuffix("s")] = used.get(match[0].removesuffix("s"), 0) + 1
        if len(used) > 1:
            usual = max(used, key=lambda name: (used[name], -_place(names, name)))
            passage, match = next(row for row in found if row[1][0].removesuffix("s") != usual)
            message = f"“{match[0]}” stands here, “{usual}” elsewhere ({used[usual]} times)"
            yield at(passage, match.span(), message, f"write “{usual}” throughout, or “{names[0]}”, as EU texts have it")


@lru_cache(maxsize=1)
def _name_forms() -> re.Pattern[str]:
    """Return what finds every spelling of every name, and its plural or genitive."""
    return pattern([form for names in one_names() for name in names for form in (name, f"{name}s")], sensitive=True)


def _place(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else len(names)


class Fix(NamedTuple):
    """A mechanical cure: the code, the pointer of the text, where in it, and what is to stand there."""

    code: str
    pointer: str
    start: int
    end: int
    right: str


def fixes(context: Context) -> list[tuple[str, str, tuple[Fix, ...]]]:
    """Return what `check --fix` may change: pointer, text, and the places in it in their order: STY-01, STY-02 and hard spaces.

    Quotations, addresses, names and everything else that is said stay, and so does what is waived; a text with nothing to mend is
    not listed. The pointer of a text that is written as a bare string ends in `/full`, which is not in the file: its parent is.
    """
    if not context.summary.language.startswith("en"):
        return []
    mixed = _keeps_signs(context)
    rows = ((passage, tuple(_fixes(context, passage, mixed))) for passage in context.passages)
    return [(passage.pointer, passage.text, found) for passage, found in rows if found]


def mended(text: str, found: Iterable[Fix]) -> str:
    """Return a text with its fixes."""
    for row in sorted(found, key=lambda row: row.start, reverse=True):
        text = text[: row.start] + row.right + text[row.end :]
    return text


def _keeps_signs(context: Context) -> bool:
    """Return whether signs of currencies would stay somewhere: then they stay everywhere, for a brief has one form."""
    return any(
        _CURRENCY.search(form.sign.sub("", passage.spelled) if _on_law(context, passage) else passage.spelled)
        for passage in context.passages
        for form in FORMS
        if form.legal
    )


def _fixes(context: Context, passage: Passage, keep_signs: bool) -> Iterator[Fix]:
    """Yield the fixes of one text; of two that overlap the first, the other is found when the text is read again."""
    prose = passage.spelled
    asked = [form for form in _asked(context, passage) if not (form.legal and keep_signs)]
    forms = [(m.span(), "STY-01", form.right(m)) for form in asked for m in form.found(prose)]
    rest = hide(prose, [Piece(*span, "") for span, _, _ in forms])
    soft = [(m.span(), "STY-01", m[0].replace(" ", HARD)) for m in _SOFT.finditer(rest)]
    american = _american(passage) if passage.language in BRITISH else ()
    last = 0
    for (start, end), code, right in sorted([*forms, *soft, *((m.span(), "STY-02", british(m[0])) for m in american)]):
        if start >= last and passage.text[start:end] != right:
            yield Fix(code, passage.pointer, start, end, right)
            last = end
