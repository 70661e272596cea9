"""Tables of interchangeable parts hold dotted names, resolved on use, so that a command imports only what it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from threading import RLock
from typing import Any

from briefgen.findings.diagnostics import BriefgenError

LOADING = RLock()
"""Held while a part is loaded: two threads that enter a package by different modules would wait for each other for ever."""


def resolve(dotted: str) -> Any:  # noqa: ANN401 - a table's parts differ in type; each caller knows its own
    """Return the object that `package.module:name` names.

    Raises BriefgenError when the module or the name does not exist; an ImportError inside the module stays as it is.
    """
    module, _, name = dotted.partition(":")
    try:
        with LOADING:
            return getattr(import_module(module), name)
    except ModuleNotFoundError as fault:
        if fault.name is None or not (module + ".").startswith(fault.name + "."):
            raise
        raise BriefgenError(f"there is no module {module}", "a part is named as package.module:function") from fault
    except AttributeError as fault:
        raise BriefgenError(f"{module} has no {name!r}", "a part is named as package.module:function") from fault


def absent(fault: ImportError, library: str) -> bool:
    """Return whether an import failed because the library itself is not there, and not because of what it needs."""
    return isinstance(fault, ModuleNotFoundError) and fault.name == library


def lacking(fault: ImportError, need: str, extra: str) -> BriefgenError:
    """Return what could not be imported, why, and the cure; `need` names what asks for it, `extra` what of ours brings it.

    Of a fault that was raised from another one, the first is told: a library that advises hides what failed.
    """
    while isinstance(fault.__cause__, ImportError):
        fault = fault.__cause__
    name = fault.name or ""
    if absent(fault, name) and "." not in name:
        return BriefgenError(f"{name} is not installed, and {need} needs it", f"pip install 'briefgen[{extra}]'")
    why = " ".join(str(fault).split())
    shown = why if name in why else f"{name}: {why}"
    cure = f"pip install --upgrade 'briefgen[{extra}]' brings what it needs; `pip check` tells what does not fit"
    return BriefgenError(f"what {need} needs can't be loaded: {shown}", cure)


def lookup(table: Mapping[str, str], key: str, what: str) -> Any:  # noqa: ANN401
    """Return the part that `table` names `key`; raise BriefgenError that lists the known names where there is none."""
    if key not in table:
        raise BriefgenError(f"there is no {what} {key!r}", f"known: {', '.join(sorted(table))}")
    return resolve(table[key])


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the FORMATS of the readers, or of those of the writers: all that anybody asks of a format.

    `run` is the dotted name of its reader or writer, or the function itself. `endings` are those of its files, the first one that
    of a new file; `title` names it on a link, `words` in a sentence. Of a reader: `limit`, the bytes of a file at the most;
    `text`, whether they are text in some encoding; `starts`, the first bytes of one that is not; `several`, whether one file
    holds several articles; `libraries`, those whose version decides what is read. Of a writer: `engine`, the dotted names of what
    says why it can't be made here, and of what `doctor` prints of that; `usual`, whether it is written where nobody says.
    """

    name: str
    run: str | Callable[..., Any]
    endings: tuple[str, ...]
    media: tuple[str, ...]
    title: str
    words: str
    limit: int = 0
    text: bool = False
    several: bool = False
    engine: tuple[str, str] | None = None
    usual: bool = False
    own: bool = False
    starts: bytes = b""
    libraries: tuple[str, ...] = ()

    @property
    def media_type(self) -> str:
        """Return the media type as a server sends it: what is text, in UTF-8."""
        return f"{self.media[0]}; charset=utf-8" if self.media[0].startswith("text/") else self.media[0]

    def function(self) -> Any:  # noqa: ANN401 - readers and writers differ in type; each caller knows its own
        """Return the reader or the writer; raises as `resolve` does."""
        return resolve(self.run) if isinstance(self.run, str) else self.run


def by_ending(formats: Iterable[Format], *, several: bool | None = None) -> dict[str, Format]:
    """Return the formats by each of their endings; only those of one article, or only those of several, where it is told."""
    wanted = (row for row in formats if several is None or row.several is several)
    return {ending: row for row in wanted for ending in row.endings}


def listed(words: Iterable[str], last: str = "or") -> str:
    """Return words as a sentence lists them, each once: `a, b or c`."""
    each = list(dict.fromkeys(words))
    return f"{', '.join(each[:-1])} {last} {each[-1]}" if len(each) > 1 else "".join(each)
