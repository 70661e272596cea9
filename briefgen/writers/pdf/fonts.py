"""The fonts that a page may use: where they are on this machine, and a fontconfig file that shows these and no others.

Comes in: the families of `tokens.fonts`. Goes out: their files, the configuration that makes a page independent of
whatever else is installed, and what `briefgen doctor` says. No font is copied or downloaded.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from briefgen.findings.diagnostics import BriefgenError, Diagnostic, warning
from briefgen.writers.pdf.fontfiles import FACES, Faces, find

# family: (Debian package, what its absence costs)
KNOWN: Mapping[str, tuple[str, str]] = {
    "Carlito": ("fonts-crosextra-carlito", "lines and pages break otherwise than in Word, where Calibri is its metric twin"),
    "Liberation Sans": ("fonts-liberation2", "signs that Carlito lacks (▲ ■) and Hebrew are refused"),
    "Liberation Serif": ("fonts-liberation2", "no metric twin of Times New Roman"),
    "Noto Sans": ("fonts-noto-core", "rarer Latin, Greek and Cyrillic letters and signs (₽ ₺) are refused"),
    "Noto Sans Hebrew": ("fonts-noto-core", "Hebrew is refused where Liberation Sans is absent too"),
    "Noto Sans Arabic": ("fonts-noto-core", "Arabic is refused"),
    "Noto Sans Symbols": ("fonts-noto-core", "circled and other signs are refused"),
    "Noto Sans Symbols2": ("fonts-noto-core", "signs such as ✓ ★ are refused"),
    "Noto Sans Math": ("fonts-noto-core", "rarer mathematical signs are refused"),
    "Noto Sans CJK SC": ("fonts-noto-cjk", "Chinese, Japanese and Korean are refused"),
    "Symbola": ("fonts-symbola", "emoji are refused"),
}
_LIGATURES = ("liga", "clig", "dlig", "hlig")
_FORMAT = 3  # of the folder that `configuration` makes; a new number leaves old folders unused


@dataclass(frozen=True, slots=True)
class FontStatus:
    """One family of the stack: its files here, the faces it lacks, the package that brings it, what its absence costs."""

    family: str
    files: tuple[Path, ...]
    missing: tuple[str, ...]
    package: str | None
    cost: str

    @property
    def found(self) -> bool:
        """Return whether the family can be used at all; a missing bold or italic face is made by slanting or thickening."""
        return bool(self.files)


def stack(tokens: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the families of `tokens.fonts` in order of preference, each once: body, headings, then the fallbacks."""
    fonts = tokens.get("fonts") or {}
    body = fonts.get("body") or "Carlito"
    headings = fonts.get("headings") or "same"
    return tuple(dict.fromkeys([body, body if headings == "same" else headings, *(fonts.get("fallback") or ())]))


def fonts_status(tokens: Mapping[str, Any]) -> list[FontStatus]:
    """Return one row for each family of the stack, in its order, found or not."""
    families = stack(tokens)
    found = find(families, known=KNOWN)
    return [_status(family, found[family]) for family in families]


def _status(family: str, faces: Faces) -> FontStatus:
    missing = tuple(face for face in FACES if face not in faces)
    return FontStatus(family, tuple(dict.fromkeys(faces.values())), missing, *KNOWN.get(family, (None, "")))


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of one document: the fontconfig file that shows them, the families wanted and had, and what is missing."""

    conf: Path
    stack: tuple[str, ...]
    installed: frozenset[str]
    absent: tuple[Diagnostic, ...]


def prepare(tokens: Mapping[str, Any]) -> Fonts:
    """Return the fonts for these tokens, with a warning for a body or heading family that is not installed.

    Raises BriefgenError where no family of the stack is, or no folder for the fontconfig file can be written.
    """
    families = stack(tokens)
    found = find(families, known=KNOWN)
    installed = [family for family in families if found[family]]
    if not installed:
        cure = "apt-get install fonts-crosextra-carlito fonts-liberation2"
        raise BriefgenError(f"PDF needs a font, and none of {', '.join(families)} is installed", cure)
    fallback = (tokens.get("fonts") or {}).get("fallback") or ()
    absent = tuple(_absent(family, installed[0]) for family in families if not found[family] and family not in fallback)
    return Fonts(configuration(families, found), families, frozenset(installed), absent)


def _absent(family: str, instead: str) -> Diagnostic:
    package, cost = KNOWN.get(family, (None, ""))
    cure = f"apt-get install {package}" if package else "install it, or name another family under `fonts:` in brand.yaml"
    message = f"the font {family} is not installed; {instead} is used instead"
    return warning("FNT-01", f"{message}, so {cost}" if cost else message, None, cure)


def configuration(families: Sequence[str], found: Mapping[str, Faces]) -> Path:
    """Return a fontconfig file that exposes only the faces found, in a folder named by their content.

    The folder stands in the user's cache, or in a temporary folder where that can't be written. It holds links, so that
    fontconfig reads these few files instead of whole system folders; its own cache stands there too.
    """
    files = list(dict.fromkeys(file for family in families for file in found[family].values()))
    name = "fonts-" + _fingerprint(families, files)
    for parent in (_cache_folder, _temporary_folder):
        try:
            folder = parent() / name
            if not _complete(folder, len(files)):
                _make(folder, families, files)
        except OSError:
            continue
        return folder / "fonts.conf"
    raise BriefgenError("no folder for the font configuration can be written", "make ~/.cache or /tmp writable")


def _cache_folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "briefgen")


def _temporary_folder() -> Path:
    """Return a folder of this user alone: in a shared one, somebody else could put other fonts in our place."""
    folder = Path(tempfile.gettempdir(), f"briefgen-{os.getuid() if hasattr(os, 'getuid') else 'fonts'}")
    folder.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and (folder.is_symlink() or folder.stat().st_uid != os.getuid()):
        raise OSError(f"{folder} belongs to somebody else")
    return folder


def _fingerprint(families: Sequence[str], files: Sequence[Path]) -> str:
    stats = [(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    return sha256(repr((_FORMAT, tuple(families), stats)).encode()).hexdigest()[:16]


def _complete(folder: Path, count: int) -> bool:
    files = folder / "files"
    return (folder / "fonts.conf").is_file() and files.is_dir() and sum(1 for _ in files.iterdir()) == count


def _make(folder: Path, families: Sequence[str], files: Sequence[Path]) -> None:
    """Build the folder beside its place and move it there, so that a parallel process sees all of it or nothing."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".fonts-", dir=folder.parent))
    try:
        (draft / "files").mkdir()
        for number, file in enumerate(files):
            _link(draft / "files" / f"{number:02}-{file.name}", file)
        (draft / "fonts.conf").write_text(_xml(folder, families), encoding="utf-8")
        if folder.exists() and not _complete(folder, len(files)):
            shutil.rmtree(folder)
        draft.rename(folder)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        if not _complete(folder, len(files)):  # else another process was first, with the same content
            raise


def _link(place: Path, file: Path) -> None:
    try:
        place.symlink_to(file)
    except (OSError, NotImplementedError):  # Windows lets only some users make links
        shutil.copyfile(file, place)


def _xml(folder: Path, families: Sequence[str]) -> str:
    """Return the configuration: these files, this order of preference, no ligatures.

    Strong binding: the order of the stack decides, not the language of the text. Word sets no ligatures, and lines should
    break alike. They are switched off here and not in the style sheet, because WeasyPrint 70 never frees what Pango makes
    of `font-variant-ligatures`, `font-kerning` and their like: 0.1 MB for every brief.
    """
    names = "".join(f"<string>{escape(family)}</string>" for family in families)
    features = "".join(f"<string>{feature} 0</string>" for feature in _LIGATURES)
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
        f"<dir>{escape(str(folder / 'files'))}</dir>\n<cachedir>{escape(str(folder / 'cache'))}</cachedir>\n"
        f'<match target="pattern"><edit name="family" mode="append_last" binding="strong">{names}</edit></match>\n'
        f'<match target="font"><edit name="fontfeatures" mode="append">{features}</edit></match>\n'
        "</fontconfig>\n"
    )
