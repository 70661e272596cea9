"""Whether a finished file tells what was withheld from it: its bytes are opened anew, by other code than wrote them.

In: a file's bytes, its format, and the words that must not be in it. Out: where each was found. What can't be opened or looked
into is a BriefgenError, never an empty answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from briefgen import writers
from briefgen.findings.diagnostics import BriefgenError
from briefgen.pipeline.leaks.folded import Folded
from briefgen.pipeline.leaks.place import Place
from briefgen.pipeline.leaks.secrets import Secret, secrets
from briefgen.registry import resolve

__all__ = ["Leak", "Place", "Secret", "leaks", "places", "secrets"]


@dataclass(frozen=True, slots=True)
class Leak:
    """Words that stand where they must not: the field of the summary that they are of, the words, and the place in the file."""

    path: str
    words: str
    place: str


def places(content: bytes, fmt: str) -> Iterator[Place]:
    """Yield every place of a file that can hold words, with what stands there.

    Raises BriefgenError for a format that can't be looked into, and for a file that can't be opened.
    """
    known = sorted(row.name for row in writers.FORMATS)
    if fmt not in known:
        raise BriefgenError(f"a file of the format {fmt} can't be searched for leaks", f"known: {', '.join(known)}")
    look: Callable[[bytes], Iterator[Place]] = resolve(f"briefgen.pipeline.leaks.in_{fmt}:places")
    yield from look(content)


def leaks(content: bytes, fmt: str, sought: Iterable[Secret]) -> list[Leak]:
    """Return where in a file each of the words stands, each place once; empty where none does. Raises as `places` does."""
    wanted = list(sought)
    found: dict[Leak, bool] = {}
    for place in places(content, fmt):
        text = Folded([place.text])
        for secret in wanted:
            if text.tells(secret.needles, raw=place.raw):
                leak = Leak(secret.path, secret.words, place.where)
                found[leak] = found.get(leak, True) and place.spare
    finely = {leak.path for leak, spare in found.items() if not spare}
    return [leak for leak, spare in found.items() if not spare or leak.path not in finely]
