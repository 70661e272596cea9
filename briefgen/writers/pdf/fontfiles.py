"""Where the font files of a family are, told from their names: asking fontconfig would cost a process at every start."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

FACES = ("regular", "bold", "italic", "bolditalic")
Faces = Mapping[str, Path]  # one of FACES → its file; a variable font's file stands under each face that it can draw

_NAME = re.compile(
    r"(?P<family>.+?)(?:[-_ ](?P<style>regular|book|bold|italic|bold ?italic|oblique|bold ?oblique|hint))?"
    r"(?P<axes>\[.*\])?\.(?:ttf|otf|ttc)",
    re.IGNORECASE,
)
_COLLECTION = re.compile(r"(noto(?:sans|serif)cjk)(?:sc|tc|hk|jp|kr)")  # one file holds five families


def find(families: Sequence[str], *, known: Container[str] = ()) -> dict[str, Faces]:
    """Return the faces of each family; an empty mapping where it is not installed.

    fc-list is asked for the families that file names do not show, unless they are `known` to be named after their files.
    """
    index = _index(tuple(folders()))
    found = {family: index.get(_key(family), {}) for family in families}
    unknown = tuple(family for family, faces in found.items() if not faces and family not in known)
    return found | _ask(unknown) if unknown else found


def folders() -> Iterator[Path]:
    """Yield the folders in which systems keep fonts, the user's own first."""
    home = Path.home()
    if sys.platform == "darwin":
        yield from (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    elif sys.platform == "win32":
        yield home / "AppData/Local/Microsoft/Windows/Fonts"
        yield Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
    yield from (home / ".local/share/fonts", home / ".fonts")
    yield from (Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))


def _key(family: str) -> str:
    key = family.replace(" ", "").lower()
    collection = _COLLECTION.fullmatch(key)
    return collection[1] if collection else key


@cache
def _index(places: tuple[Path, ...]) -> dict[str, Faces]:
    """Return the faces of all families; where two files show the same face, the first folder's counts."""
    static: dict[str, dict[str, Path]] = {}
    variable: dict[str, dict[str, Path]] = {}
    for place in places:
        for folder, inner, names in os.walk(place):
            inner.sort()
            for name in sorted(names):
                if match := _NAME.fullmatch(name):
                    table = variable if match["axes"] else static
                    key = match["family"].replace(" ", "").lower()
                    table.setdefault(key, {}).setdefault(_face(match["style"]), Path(folder, name))
    return {family: _spread(faces) for family, faces in variable.items()} | static


def _face(style: str | None) -> str:
    face = (style or "regular").lower().replace(" ", "").replace("oblique", "italic")
    return face if face in FACES else "regular"


def _spread(faces: Faces) -> Faces:
    """Return a variable font's files under the bold faces too, which they draw."""
    bold = {{"regular": "bold", "italic": "bolditalic"}.get(face, face): file for face, file in faces.items()}
    return {**bold, **faces}


@cache
def _ask(families: tuple[str, ...]) -> dict[str, Faces]:
    """Return what one call of fc-list knows of these families; nothing where it is not installed."""
    found: dict[str, dict[str, Path]] = {family: {} for family in families}
    program = shutil.which("fc-list")
    if program is None:
        return dict(found)
    import subprocess

    command = [program, "--format", "%{family}\t%{style}\t%{file}\n"]
    listing = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    for line in sorted(listing.splitlines()):
        names, style, file = line.split("\t")
        face = style.partition(",")[0].lower().replace(" ", "").replace("oblique", "italic")
        for family in set(names.split(",")) & found.keys():
            if face in (*FACES, "book"):
                found[family].setdefault(_face(face), Path(file))
    return dict(found)
