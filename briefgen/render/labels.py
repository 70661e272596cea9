"""Labels, dates and lists in the language of the brief: no word that the author did not write stands in a template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from briefgen.findings.near import several
from briefgen.model.when import Partial, When
from briefgen.model.yardstick import Band
from briefgen.render.marks import marked

if TYPE_CHECKING:
    from babel.core import Locale

NBSP = "\u00a0"
_FIELD = re.compile(r"\{(\w+)\}(\.?)")
_DASH = "\u2009–\u2009"
_DAY = re.compile(r"(?<!\w)d\.?(?!\w)")
_YEAR_LAST = re.compile(r"(?:,? (?:'\w+' )?)y.*$")
_YEAR_FIRST = re.compile(rf"^y\.?(?:[ {NBSP}]'[^']*'\.?)? ")
EUROPE = "Europe"


class LabelMissing(LookupError):
    """A label that no catalogue has; says the nearest ones."""

    def __init__(self, key: str, known: Iterable[str] = ()) -> None:
        """Keep the key and what it may have meant."""
        super().__init__(key)
        self.key = key
        self.near = several(key, known)


class DateText(str):
    """A printed date that knows how it reads after a preposition: with the name of its month as it stands with a day."""

    __slots__ = ("genitive",)
    genitive: str

    def __new__(cls, text: str, genitive: str = "") -> DateText:
        """Return the text, and its other form where it has one."""
        made = super().__new__(cls, text)
        made.genitive = genitive or text
        return made


class Labels:
    """One catalogue, flattened to dotted keys, for one language and one tone."""

    def __init__(self, catalogue: Mapping[str, Any], language: str, tone: str = "") -> None:
        """Keep the catalogue; `tone` chooses among the variants of a label."""
        self.catalogue = catalogue
        self.language = language
        self.tone = tone

    def __call__(self, key: str, **values: Any) -> Markup:  # noqa: ANN401 - what a label holds may be any printable value
        """Return a label with its fields filled in, escaped; raise LabelMissing where there is none."""
        entry = self.variant(key)
        if isinstance(entry, Mapping):
            entry = entry.get(self.plural(values.get("n", 0)), entry.get("other", ""))
        return Markup(_FIELD.sub(lambda match: self._filled(match, values), str(escape(entry))))

    def _filled(self, match: re.Match[str], values: Mapping[str, Any]) -> str:
        """Return the value of a field; a full stop of the label goes where the value has one («2025 р.»)."""
        name, stop = match[1], match[2]
        if name == "genitive" and isinstance(values.get("date"), DateText):
            value: Any = values["date"].genitive
        elif name == "perspective" and values.get(name) == EUROPE:
            value = self.catalogue.get("meta.perspective", EUROPE)
        else:
            value = values.get("date" if name == "genitive" else name, f"{{{name}}}")
        text = str(escape(marked(value)))
        return text if stop and text.endswith(stop) else text + stop

    @property
    def english(self) -> bool:
        """Return whether what is printed around the author's words is English."""
        return bool(self.catalogue.get("meta.language", "English") == "English")

    def sign(self, sign: str) -> str:
        """Return a colon or a semicolon as the language sets it: French has a no-break space before it."""
        return f"{NBSP}{sign}" if self.language.split("-")[0] == "fr" else sign

    def has(self, key: str) -> bool:
        """Return whether the catalogue has the label."""
        return key in self.catalogue

    def variant(self, key: str) -> Any:  # noqa: ANN401
        """Return the text of a label, or its plural forms, in the tone of the audience."""
        if key not in self.catalogue:
            raise LabelMissing(key, self.catalogue)
        entry = self.catalogue[key]
        if isinstance(entry, Mapping) and "default" in entry:
            return entry.get(self.tone, entry["default"])
        return entry

    def plural(self, number: Any) -> str:  # noqa: ANN401
        """Return the plural form of a number: one, few, many, other (CLDR)."""
        return str(locale_of(self.language).plural_form(number)) if isinstance(number, (int, float)) else "other"

    # --- dates ------------------------------------------------------------------------------------------------

    def day(self, value: date | Partial) -> DateText:
        """Return a date in long form, with no-break spaces between day, month and the sign of either."""
        locale = locale_of(self.language)
        if isinstance(value, date):
            return DateText(_write(_tight(_long(locale)), value, locale))
        if value.month is None:
            return DateText(str(value.year))
        if value.day is None:
            pattern = str(locale.datetime_skeletons["yMMMM"].pattern)
            alone, with_day = (_write(p, value.first, locale) for p in (pattern, pattern.replace("LLLL", "MMMM")))
            return DateText(alone, with_day)
        return DateText(_write(_tight(_long(locale)), value.first, locale))

    def month(self, value: date) -> DateText:
        """Return month and year of a date."""
        return self.day(Partial(value.year, value.month))

    def when(self, value: When | None) -> DateText:
        """Return a date, a range, an open start, or that no date is given."""
        if value is None or value.start is None:
            return DateText(self("dates.unknown").unescape())
        if value.open_end:
            return DateText(self("dates.from", date=self.day(value.start)).unescape())
        if value.end:
            return DateText(self.span(value.start, value.end))
        return self.day(value.start)

    def span(self, start: Partial, end: Partial) -> str:
        """Return a range without repeating what both ends share: `4–10 March 2025`; ends of unlike precision both in full."""
        if start == end:
            return self.day(start)
        if start.month is None and end.month is None:
            return f"{start.year}–{end.year}"
        if (start.day is None) is not (end.day is None) or (start.month is None) is not (end.month is None):
            return f"{self.day(start)}{_DASH}{self.day(end)}"
        return self._days(start, end) if start.day else self._months(start, end)

    def _days(self, start: Partial, end: Partial) -> str:
        """Return a range of days, from CLDR's long form: its own ranges of days have short months only."""
        locale = locale_of(self.language)
        pattern = first = last = _long(locale)
        if (start.year, start.month) == (end.year, end.month):
            both = [_write(piece, day.first, locale) for piece, day in zip(_both(pattern), (start, end), strict=True)]
            return _write(_DAY.sub(f"'{'–'.join(both)}'", pattern, count=1), start.first, locale)
        if start.year == end.year:
            first, last = _apart(pattern)
        return f"{_write(first, start.first, locale)}{_DASH}{_write(last, end.first, locale)}"

    def _months(self, start: Partial, end: Partial) -> str:
        """Return a range of months, as CLDR writes it: `March – May 2025`."""
        from babel.dates import format_interval

        locale = locale_of(self.language)
        pattern = str(locale.datetime_skeletons["yMMMM"].pattern)
        if start.year == end.year and pattern.startswith("y"):  # CLDR forgets the sign of the year in Lithuanian
            return f"{self.day(start)}–{_write(_apart(pattern)[1], end.first, locale)}"
        return str(format_interval(start.first, end.first, "yMMMM", locale=locale)).replace("\u202f", NBSP)

    # --- lists and scales -------------------------------------------------------------------------------------

    def listing(self, values: Iterable[Any], sep: str = "") -> Markup:
        """Return values as a list in running text (`a, b and c`), or joined by `sep`."""
        from babel.lists import format_list

        items = [str(escape(marked(value))) for value in values]
        return Markup(sep.join(items) if sep else format_list(items, locale=locale_of(self.language)))

    def band(self, band: Band) -> Markup:
        """Return the band of a term in per cent, with the signs of an open end."""
        low = (">" if band.above else "") + str(band.low)
        high = ("<" if band.below else "") + str(band.high)
        return self("likelihood.band", low=low, high=high)


@lru_cache(maxsize=64)
def _long(locale: Locale) -> str:
    """Return CLDR's pattern of a long date; what says that a number is a day or a year stays with it."""
    return re.sub(r"(?<=[dy]) (?='\w'\.)", NBSP, str(locale.date_formats["long"].pattern))


def _tight(pattern: str) -> str:
    """Return a pattern that keeps day and month on one line."""
    return re.sub(r"(?<=[ .]d) |(?<=[ .]d\.) |(?<=^d) |(?<=^d\.) |(?<=M) (?=d)", NBSP, pattern)


def _write(pattern: str, day: date, locale: Locale) -> str:
    from babel.dates import parse_pattern

    return str(parse_pattern(pattern).apply(day, locale)).replace("\u202f", NBSP)


def _both(pattern: str) -> tuple[str, str]:
    """Return the patterns of the two days of one month: `4.–10. März`, but `március 4–10.`"""
    day = _DAY.search(pattern)
    piece = day[0] if day else "d"
    return ("d" if pattern.endswith(piece) else piece), piece


def _apart(pattern: str) -> tuple[str, str]:
    """Return the patterns of two dates of one year, which is written once: with the second, or with the first where it leads."""
    if pattern.startswith("y"):
        return pattern, _YEAR_FIRST.sub("", pattern)
    return _YEAR_LAST.sub("", pattern), pattern


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """Return Babel's locale of a BCP 47 tag; English where Babel does not know it."""
    from babel.core import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en-GB", sep="-")


def flatten(tree: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return nested labels by dotted keys; mappings of tones or plural forms stay as they are."""
    flat: dict[str, Any] = {}
    for key, value in tree.items():
        if isinstance(value, Mapping) and not {"default", "other"} & set(value):
            flat.update(flatten(value, f"{prefix}{key}."))
        else:
            flat[f"{prefix}{key}"] = value
    return flat
