"""Labels, dates and lists in the language of the brief: no word that the author did not write stands in a template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from briefgen.model.when import Partial, When
from briefgen.model.yardstick import Band
from briefgen.render.marks import marked

if TYPE_CHECKING:
    from babel.core import Locale

_FIELD = re.compile(r"\{(\w+)\}")
_DAY_AND_MONTH = re.compile(r"(\d\.?) (?=\w)")
NBSP = "\u00a0"
_PARTS = (("y", "year"), ("M", "month"), ("d", "day"))


class LabelMissing(LookupError):
    """A label that no catalogue has; says the nearest ones."""

    def __init__(self, key: str, known: Iterable[str] = ()) -> None:
        """Keep the key and what it may have meant."""
        super().__init__(key)
        self.key = key
        self.near = tuple(get_close_matches(key, list(known), n=3))


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
        return Markup(_FIELD.sub(lambda match: str(escape(marked(values.get(match[1], match[0])))), str(escape(entry))))

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

    def day(self, value: date | Partial) -> str:
        """Return a date in long form, with a no-break space between day and month."""
        from babel.dates import format_date, format_skeleton

        locale = locale_of(self.language)
        if isinstance(value, Partial):
            if value.month is None:
                return str(value.year)
            if value.day is None:
                return str(format_skeleton("yMMMM", value.first, locale=locale))
            value = value.first
        return _DAY_AND_MONTH.sub(rf"\1{NBSP}", format_date(value, "long", locale=locale), count=1)

    def month(self, value: date) -> str:
        """Return month and year of a date."""
        return self.day(Partial(value.year, value.month))

    def when(self, value: When | None) -> str:
        """Return a date, a range, an open start, or that no date is given."""
        if value is None or value.start is None:
            return str(self("dates.unknown"))
        if value.open_end:
            return str(self("dates.from", date=self.day(value.start)))
        if value.end:
            return self.span(value.start, value.end)
        return self.day(value.start)

    def span(self, start: Partial, end: Partial) -> str:
        """Return a range, as CLDR writes it: `4–10 March 2025`."""
        from babel.dates import format_interval, parse_pattern

        if start.month is None or end.month is None:
            return f"{start.year}–{end.year}"
        locale = locale_of(self.language)
        if start.day and end.day and start != end:
            # CLDR gives ranges of days with short months only: its patterns, with the month in full.
            field = next(sign for sign, name in _PARTS if getattr(start, name) != getattr(end, name))
            patterns = [re.sub("M+", "MMMM", pattern) for pattern in locale.interval_formats["yMMMd"][field]]
            days = zip(patterns, (start.first, end.first), strict=True)
            text = "".join(parse_pattern(pattern).apply(day, locale) for pattern, day in days)
        else:
            text = self.day(start) if start == end else format_interval(start.first, end.first, "yMMMM", locale=locale)
        return text.replace("\u2009", "").replace(" – ", "–") if start.month == end.month else text

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
