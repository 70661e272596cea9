"""The fonts a page may use: found on the machine, and shown to the layout engine alone.

Comes in: the families of `tokens.fonts`. Goes out: the files found, a fontconfig file that exposes them and nothing else
(so that a page does not change with the machine's other fonts), and what `briefgen doctor` says about each family.
Only Regular, Bold, Italic and Bold Italic are exposed. No font is ever downloaded or copied.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

# family: (Debian package, what its absence costs); for the first family of a stack the cost is always other line breaks
PACKAGES: Mapping[str, tuple[str, str]] = {
    "Carlito": ("fonts-crosextra-carlito", "pages break otherwise than in Word (Carlito is the metric twin of Calibri)"),
    "Liberation Sans": ("fonts-liberation2", "no arrows and other signs that Carlito lacks; no Hebrew"),
    "Liberation Serif": ("fonts-liberation2", "no metric twin of Times New Roman"),
    "Noto Sans": ("fonts-noto-core", "rarer Latin, Greek and Cyrillic letters are refused"),
    "Noto Sans Hebrew": ("fonts-noto-core", "Hebrew is refused where Liberation Sans is absent too"),
    "Noto Sans Arabic": ("fonts-noto-core", "Arabic is refused"),
    "Noto Sans Symbols2": ("fonts-noto-core", "signs such as ✓ and ■ are refused"),
    "Noto Sans Math": ("fonts-noto-core", "mathematical signs are refused"),
    "Noto Sans CJK SC": ("fonts-noto-cjk", "Chinese, Japanese and Korean are refused"),
    "Symbola": ("fonts-symbola", "emoji are refused"),
}
_FILE = re.compile(
    r"(?P<family>.+?)(?:[-_](?P<style>regular|book|bold|italic|bold ?italic|oblique|bold ?oblique|hint))?"
    r"(?P<axes>\[.*\])?\.(?:ttf|otf|ttc)$",
    re.IGNORECASE,
)
_SHARED_FILES = re.compile(r"(notosanscjk|notoserifcjk)(?:sc|tc|hk|jp|kr)$")  # one collection holds five families


@dataclass(frozen=True, slots=True)
class FontStatus:
    """One family of a stack: its files on this machine, the Debian package that brings it, what its absence costs."""

    family: str
    files: tuple[Path, ...]
    package: str | None
    cost: str

    @property
    def found(self) -> bool:
        """Return whether the family can be used."""
        return bool(self.files)


def stack(tokens: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the families of `tokens.fonts` in order of preference, each once: body, headings, then the fallbacks."""
    fonts = tokens.get("fonts") or {}
    body = fonts.get("body") or "Carlito"
    headings = fonts.get("headings") or "same"
    families = [body, body if headings == "same" else headings, *(fonts.get("fallback") or ())]
    return tuple(dict.fromkeys(families))


def fonts_status(tokens: Mapping[str, Any]) -> list[FontStatus]:
    """Return one row per family of the stack, in its order, found or not."""
    families = stack(tokens)
    found = find(families)
    return [FontStatus(family, found[family], *PACKAGES.get(family, (None, ""))) for family in families]


def find(families: Sequence[str]) -> dict[str, tuple[Path, ...]]:
    """Return the font files of each family, in a fixed order; an empty tuple where there is none.

    File names decide (`OpenSans-BoldItalic.ttf`), because asking fontconfig costs a process; it is asked only for a family
    that is in no package known here and whose files are named otherwise.
    """
    index = _index(tuple(font_folders()))
    found = {family: index.get(_key(family), ()) for family in families}
    unknown = tuple(family for family, files in found.items() if not files and family not in PACKAGES)
    return found | (_ask_fontconfig(unknown) if unknown else {})


def font_folders() -> Iterator[Path]:
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
    shared = _SHARED_FILES.match(key)
    return shared[1] if shared else key


@cache
def _index(folders: tuple[Path, ...]) -> dict[str, tuple[Path, ...]]:
    """Return every family's files by its name in lower case without spaces; of two files for one face the first counts."""
    faces: dict[str, dict[str, Path]] = {}
    for folder in folders:
        for place, names, files in os.walk(folder):
            names.sort()
            for name in sorted(files):
                if match := _FILE.fullmatch(name):
                    style = _style(match["style"]) + ("*" if match["axes"] else "")
                    faces.setdefault(match["family"].lower(), {}).setdefault(style, Path(place, name))
    return {family: _static_first(by_style) for family, by_style in faces.items()}


def _style(word: str | None) -> str:
    word = (word or "regular").lower().replace(" ", "").replace("oblique", "italic")
    return "regular" if word in ("book", "hint") else word


def _static_first(faces: Mapping[str, Path]) -> tuple[Path, ...]:
    """Return the four static faces, or the variable ones where there is no static Regular."""
    variable = "regular" not in faces
    return tuple(faces[style] for style in sorted(faces) if style.endswith("*") == variable or not variable and style[-1] != "*")


@cache
def _ask_fontconfig(families: tuple[str, ...]) -> dict[str, tuple[Path, ...]]:
    """Return the files of families with unusual file names, from one call of fc-list; none where it is not installed."""
    program = shutil.which("fc-list")
    found: dict[str, list[Path]] = {family: [] for family in families}
    if program:
        pattern = [program, "--format", "%{family}\t%{style}\t%{file}\n"]
        listing = subprocess.run(pattern, capture_output=True, text=True, check=False).stdout
        for line in sorted(listing.splitlines()):
            names, style, file = line.split("\t")
            for family in set(names.split(",")) & found.keys():
                if set(style.lower().split(",")) & {"regular", "book", "bold", "italic", "bold italic", "oblique"}:
                    found[family].append(Path(file))
    return {family: tuple(files) for family, files in found.items()}


def configuration(families: Sequence[str], found: Mapping[str, Sequence[Path]]) -> Path:
    """Return a fontconfig file that exposes only the files found, in a folder named by their content.

    The folder stands in the user's cache, or in a temporary folder where that can't be written. It holds links to the
    fonts, so that fontconfig reads these few files and not whole system folders.
    """
    files = list(dict.fromkeys(file for family in families for file in found[family]))
    name = "fonts-" + _fingerprint(families, files)
    for parent in (_cache_folder(), None):
        try:
            folder = parent / name if parent else Path(tempfile.mkdtemp(prefix="briefgen-"), name)
            if not _complete(folder, len(files)):
                _make(folder, families, files)
        except OSError:
            continue
        return folder / "fonts.conf"
    raise OSError("no folder for the font configuration can be written")


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base, "briefgen")


def _fingerprint(families: Sequence[str], files: Iterable[Path]) -> str:
    stats = [(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    return sha256(repr((1, tuple(families), stats)).encode()).hexdigest()[:16]


def _complete(folder: Path, count: int) -> bool:
    files = folder / "files"
    return (folder / "fonts.conf").is_file() and files.is_dir() and sum(1 for _ in files.iterdir()) == count


def _make(folder: Path, families: Sequence[str], files: Sequence[Path]) -> None:
    """Build the folder beside its place and move it there, so that a parallel process sees all of it or nothing."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".briefgen-", dir=folder.parent))
    (draft / "files").mkdir()
    for number, file in enumerate(files):
        (draft / "files" / f"{number:02}-{file.name}").symlink_to(file)
    (draft / "fonts.conf").write_text(_xml(folder, families), encoding="utf-8")
    try:
        draft.rename(folder)
    except OSError:  # another process was first, or a broken folder stands there
        if not _complete(folder, len(files)):
            shutil.rmtree(folder, ignore_errors=True)
            draft.rename(folder)
        else:
            shutil.rmtree(draft, ignore_errors=True)


def _xml(folder: Path, families: Sequence[str]) -> str:
    """Return the configuration. Strong binding: the order of the stack decides, not the language of the text."""
    names = "".join(f"<string>{escape(family)}</string>" for family in families)
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
        f"<dir>{escape(str(folder / 'files'))}</dir>\n<cachedir>{escape(str(folder / 'cache'))}</cachedir>\n"
        f'<match target="pattern"><edit name="family" mode="append_last" binding="strong">{names}</edit></match>\n'
        "</fontconfig>\n"
    )
