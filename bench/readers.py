"""How well saved pages are read: snippets of the article that are there, snippets of what stands around it that are not.

    BRIEFGEN_PAGES=…/trafilatura/tests python -m bench.readers            two halves, our reader beside trafilatura alone
    BRIEFGEN_PAGES=…/trafilatura/tests python -m bench.readers --missed   and what ours misses or lets in, of the open half

In: a folder with `evaldata.json` (address → {file, with, without}, as in trafilatura's evaluation) and its pages in `cache/` or
`eval/`. Out: counts. A page that is refused holds nothing: all its snippets are missed. Rules are made from the open half only;
which half a page is in, a hash of its file's name says.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from bench.measure import ROOT
from briefgen.findings.diagnostics import BriefgenError, Rejected
from briefgen.readers import html
from briefgen.readers.html import OPTIONS

KINDS = {(True, True): "found", (True, False): "missed", (False, True): "intruding", (False, False): "kept out"}
OPEN, CLOSED = HALVES = ("open", "closed")
SHARED = Path(os.environ.get("BRIEFGEN_SHARED") or ROOT.parent / "shared")
PAGES = Path(os.environ.get("BRIEFGEN_PAGES") or SHARED / "saved-pages")
Reader = Callable[[Path], str]


class Page(NamedTuple):
    """A saved page: its file, its half, what must be in its text and what must not."""

    file: Path
    half: str
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


def ours(file: Path) -> str:
    """Return what our reader finds in a page, its title included."""
    try:
        return html.read(file, file.read_bytes()).text
    except (Rejected, BriefgenError):
        return ""


def alone(file: Path) -> str:
    """Return what trafilatura finds in a page by itself, with the options that our reader gives it."""
    from trafilatura import extract

    return extract(file.read_bytes(), **OPTIONS) or ""


READERS: Mapping[str, Reader] = {"ours": ours, "trafilatura alone": alone}


def half(name: str) -> str:
    """Return the half that a page of this name is in."""
    return HALVES[sha256(name.encode()).digest()[0] % 2]


def pages(folder: Path) -> Iterator[Page]:
    """Yield the pages of a folder that are there."""
    for page in json.loads((folder / "evaldata.json").read_text(encoding="utf-8")).values():
        file = next((path for name in ("cache", "eval") if (path := folder / name / page["file"]).exists()), None)
        if file is not None:
            yield Page(file, half(page["file"]), *(tuple(map(flat, page.get(key) or ())) for key in ("with", "without")))


def counted(page: Page, text: str) -> Counter[str]:
    """Return how many snippets of a page were found, missed, intruding and kept out; and whether none was found, or no text."""
    text = flat(text)
    made = Counter(
        KINDS[wanted, snippet in text] for wanted, row in ((True, page.wanted), (False, page.unwanted)) for snippet in row
    )
    made.update(pages=1, refused=int(not text), nothing=int(not made["found"]))
    return made


def measured(folder: Path, reader: Reader) -> dict[str, Counter[str]]:
    """Return the counts of a reader, by half."""
    made: dict[str, Counter[str]] = {name: Counter() for name in HALVES}
    for page in pages(folder):
        made[page.half].update(counted(page, reader(page.file)))
    return made


def precision(counts: Counter[str]) -> float:
    """Return which share of the snippets that are there belong there."""
    return counts["found"] / max(1, counts["found"] + counts["intruding"])


def recall(counts: Counter[str]) -> float:
    """Return which share of the article's snippets are there."""
    return counts["found"] / max(1, counts["found"] + counts["missed"])


def flat(text: str) -> str:
    """Return a text with single blanks, without soft hyphens, its letters and marks in one form."""
    return " ".join(unicodedata.normalize("NFC", text.replace("\u00ad", "")).split())


def _told(folder: Path) -> Iterator[str]:
    """Yield what the open half lacks or holds too much in our reader's text, one line a snippet."""
    for page in pages(folder):
        text = flat(ours(page.file)) if page.half == OPEN else None
        if text is not None:
            yield from (f"missed {page.file.name}: {snippet}" for snippet in page.wanted if snippet not in text)
            yield from (f"intruding {page.file.name}: {snippet}" for snippet in page.unwanted if snippet in text)


def main() -> None:
    """Print the table; say what is absent, and leave with 0, where the folder is not there."""
    parser = argparse.ArgumentParser(prog="python -m bench.readers", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--missed", action="store_true", help="print what our reader misses or lets in, of the open half")
    asked = parser.parse_args()
    if not (PAGES / "evaldata.json").exists():
        print("not measured: no evaldata.json in BRIEFGEN_PAGES", file=sys.stderr)
        return
    if asked.missed:
        print(*_told(PAGES), sep="\n")
        return
    print("| half | reader | pages | found | must be there | intruding | must not be there | nothing found |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, reader in READERS.items():
        for which, counts in measured(PAGES, reader).items():
            wanted, unwanted = counts["found"] + counts["missed"], counts["intruding"] + counts["kept out"]
            row = (which, name, counts["pages"], counts["found"], wanted, counts["intruding"], unwanted, counts["nothing"])
            print(f"| {' | '.join(map(str, row))} |", flush=True)


if __name__ == "__main__":
    main()
