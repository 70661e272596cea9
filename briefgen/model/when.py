"""Dates as a desk knows them: a day, a month, a year, a range, an open start, or openly unknown."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

FORMS = "2025-03-04, 2025-03, 2025, 2025-03-04/2025-03-10, from 2025-04, or unknown"
_ONE = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_PATTERN = re.compile(rf"(?:(?P<from>from )?(?P<start>{_ONE})(?:/(?P<end>{_ONE}))?|unknown)")


@dataclass(frozen=True, slots=True)
class Partial:
    """A day, a month (no day) or a year (no month): ISO 8601 calendar dates at reduced precision."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> Partial:
        """Return the date that `2025-03-04`, `2025-03` or `2025` names; raise ValueError for one that can't be."""
        year, month, day = ([int(part) for part in text.split("-")] + [None, None])[:3]
        assert year is not None
        made = cls(year, month, day)
        _ = made.first, made.last
        return made

    @property
    def first(self) -> date:
        """Return the first day that it covers."""
        return date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @property
    def last(self) -> date:
        """Return the last day that it covers."""
        month = 12 if self.month is None else self.month
        return date(self.year, month, monthrange(self.year, month)[1] if self.day is None else self.day)


@dataclass(frozen=True, slots=True)
class When:
    """A date, a range, an open start ("from"), or unknown: then `start` is None."""

    start: Partial | None = None
    end: Partial | None = None
    open_end: bool = False

    @classmethod
    def parse(cls, value: object) -> When:
        """Return the date that a written value names; raise ValueError that lists the allowed forms."""
        if isinstance(value, When):
            return value
        if isinstance(value, date):
            value = value.isoformat()[:10]
        text = str(value).strip() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
        match = _PATTERN.fullmatch(text)
        if not match or (match["from"] and match["end"]):
            raise ValueError(f"a date is written as {FORMS}")
        if match["start"] is None:
            return cls()
        try:
            made = cls(
                Partial.parse(match["start"]),
                Partial.parse(match["end"]) if match["end"] else None,
                bool(match["from"]),
            )
        except ValueError as fault:
            raise ValueError(f"there is no such date as {text}") from fault
        if made.start and made.end and made.end.last < made.start.first:
            raise ValueError(f"the range {text} ends before it starts")
        return made

    @property
    def known(self) -> bool:
        """Return whether a date is given at all."""
        return self.start is not None

    @property
    def first(self) -> date | None:
        """Return the first day that it covers, None when unknown."""
        return self.start.first if self.start else None

    @property
    def last(self) -> date | None:
        """Return the last day that it covers, None when unknown or open."""
        if self.open_end or self.start is None:
            return None
        return (self.end or self.start).last

    def __str__(self) -> str:
        """Return the form it is written in."""
        if self.start is None:
            return "unknown"
        return ("from " if self.open_end else "") + "/".join(_iso(part) for part in (self.start, self.end) if part)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401
        """Validate with `parse`, write back with `str`."""
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.to_string_ser_schema(when_used="json")
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the written form; a bare year may be a number."""
        return {
            "anyOf": [
                {
                    "type": "string",
                    "pattern": f"^{_PATTERN.pattern.replace('?P<from>', '').replace('?P<start>', '').replace('?P<end>', '')}$",
                },
                {"type": "integer", "minimum": 1000, "maximum": 9999},
            ]
        }


def _iso(part: Partial) -> str:
    return "-".join([f"{part.year:04}", *(f"{n:02}" for n in (part.month, part.day) if n)])
