"""One thing that pydantic found, with the place and the field it is about: what `wording` and `of_projects` put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from briefgen.findings.diagnostics import Span
from briefgen.load import fields
from briefgen.load.source import Source
from briefgen.model import pointers


@dataclass(frozen=True)
class Problem:
    """One error of pydantic, with the place and the field it is about."""

    kind: str
    path: tuple[int | str, ...]  # the part of the location that is a path in the values
    rest: tuple[int | str, ...]  # what follows it: a missing key, a tag of an alternative
    value: Any
    context: Mapping[str, Any]
    model: type[BaseModel]
    source: Source
    also: tuple[str, ...] = ()  # what else would have done, where there are alternatives

    @property
    def pointer(self) -> str:
        """Return the JSON pointer of the value."""
        return pointers.joined(self.path)

    @property
    def name(self) -> str:
        """Return the last key of the path, the name that the author knows."""
        return next((str(part) for part in reversed(self.path) if isinstance(part, str)), "the file")

    @property
    def field(self) -> FieldInfo | None:
        """Return the field that it is about."""
        return fields.field(self.model, self.path)

    def place(self) -> Span:
        """Return where the value stands; of a list or mapping, where its key stands."""
        if isinstance(self.value, (dict, list)):
            return self.source.key_span(self.pointer)
        return self.source.span(self.pointer)
