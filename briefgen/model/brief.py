"""A brief: one summary as one audience sees it. Ordered sections, each text in one wording and with the path it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from briefgen.model.audience import Audience
from briefgen.model.yardstick import Yardstick


class Phrase(str):
    """Words of the summary, with the JSON pointer of the field that they were written in."""

    __slots__ = ("path",)
    path: str

    def __new__(cls, words: str, path: str) -> Phrase:
        """Return `words` as a string that knows its path."""
        made = super().__new__(cls, words)
        made.path = path
        return made

    def __reduce__(self) -> tuple[type[Phrase], tuple[str, str]]:
        """Keep the path between processes."""
        return (Phrase, (str(self), self.path))


class View:
    """One item as a template sees it: its fields by name, and the JSON pointer it came from."""

    __slots__ = ("_fields", "path")

    def __init__(self, path: str, fields: Mapping[str, Any]) -> None:
        """Keep the fields; a template reads them as attributes."""
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "_fields", dict(fields))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a field may be any value
        try:
            return object.__getattribute__(self, "_fields")[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a view can't be changed: {name}")

    def __reduce__(self) -> tuple[type[View], tuple[str, dict[str, Any]]]:
        return (View, (self.path, self._fields))

    def __iter__(self) -> Iterator[str]:
        """Yield the names of its fields."""
        return iter(self._fields)

    def __repr__(self) -> str:
        return f"View({self.path!r})"  # short: a template may print a list of them

    def with_(self, **fields: Any) -> View:  # noqa: ANN401
        """Return the same view with more or other fields."""
        return View(self.path, {**self._fields, **fields})


@dataclass(frozen=True, slots=True, repr=False)
class Section:
    """One section: the template that shows it, what it shows, and what was left out of it."""

    use: str
    part: str
    items: tuple[Any, ...]
    id: str
    title: str | None = None
    heading: bool = True
    show: tuple[str, ...] | None = None
    dropped: tuple[View, ...] = ()
    contrary: tuple[View, ...] = ()
    total: int = 0
    short: bool = False

    @property
    def item(self) -> Any:  # noqa: ANN401
        """Return the only item of a section that shows one."""
        return self.items[0]

    def __repr__(self) -> str:
        return f"Section({self.use!r})"

    def shows(self, name: str) -> bool:
        """Return whether the audience wants this field."""
        return self.show is None or name in self.show


@dataclass(frozen=True, slots=True)
class Cut:
    """One thing that the page budget did to a section: how many items went, with their ids, or that its wording is short."""

    section: str
    ids: tuple[str, ...] = ()
    count: int = 0
    short: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Brief:
    """All that a template may see of a summary at one level. `head` holds what stands outside the sections."""

    id: str
    language: str
    audience: Audience
    yardstick: Yardstick
    head: View
    sections: tuple[Section, ...]
    cuts: tuple[Cut, ...] = ()
    large: bool = False
    parts: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Brief({self.name!r})"

    @property
    def name(self) -> str:
        """Return the name of its files where no project says another: `{id}-{audience}`, and what stands at its end."""
        return f"{self.id}-{self.audience.name}{self.ending}"

    @property
    def ending(self) -> str:
        """Return what the name of every file of it ends with: that no rule was run on it, else nothing."""
        return "-UNCHECKED" if "unchecked" in self.head and self.head.unchecked else ""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        """Return a field of the head, so that a template says `brief.title`."""
        return getattr(object.__getattribute__(self, "head"), name)
