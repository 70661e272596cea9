"""A brand over the design tokens: colours, type, page, logo, texts. One set feeds the style sheet and the Word styles.

In come a checked `brand.yaml` and the packaged tokens; out come the tokens of the house and what templates may print of
it. Raises Rejected with every mistake at once, each at its place in the brand's file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from briefgen.files import is_file
from briefgen.findings.diagnostics import Diagnostic, Rejected, Span, error
from briefgen.model.brand import Brand
from briefgen.render import contrast
from briefgen.render.logo import Unfit, aspect
from briefgen.render.organisation import Logo, Organisation

Locate = Callable[[str], Span | None]
SMALLEST = 8.5
"""Points: nothing is printed smaller, whatever a brand says."""

WIDEST = 50.0
"""Millimetres: a wider logo is made lower, so that the header keeps its line."""

_FIXED = frozenset({"kicker", "furniture", "marking"})  # header and footer have one line, however large the text is
_PIXEL = 25.4 / 96  # millimetres
_EDGE = 5.0  # millimetres between the logo and the edge of the paper: nearer to it no printer prints


@dataclass(frozen=True, slots=True)
class Furnished:
    """What a brand makes of a template set."""

    tokens: Mapping[str, Any]
    house: Organisation
    reference: Path | None


def furnish(brand: Brand, raw: Mapping[str, Any], tokens: Mapping[str, Any], at: Path, inside: Path, locate: Locate) -> Furnished:
    """Return tokens, house and reference of a brand whose file is `at`; its files must lie in the folder `inside`.

    `raw` is the file as it was read, `locate` gives the place of a JSON pointer in it.
    """
    found = [*_lost_colours(raw, locate)]
    made = scaled(_over(brand, tokens), brand.fonts.size if brand.fonts else None)
    found += _weak(made, brand, locate)
    files = _Files(at.parent.resolve(), inside.resolve(), locate)
    logo = files.logo(brand, made)
    reference = files.reference(brand)
    found += files.found
    if found:
        raise Rejected(found)
    organisation = brand.organisation
    if organisation:
        made["organisation"] = organisation.model_dump()
    if logo:
        made["logo"] = {"file": logo.src, "alt": logo.alt, "pixels": logo.pixels, "place": logo.place}
    named = {"logo": "/logo/file", "reference": "/reference"}
    made["places"] = {key: locate(pointer) for key, pointer in named.items() if getattr(brand, key)}
    house = Organisation(logo=logo, words={name: {"": w} if isinstance(w, str) else w for name, w in brand.texts.items()})
    if organisation:
        house = replace(house, name=organisation.name, short=organisation.short, desk=organisation.desk)
    return Furnished(made, house, reference)


# --- tokens ---------------------------------------------------------------------------------------------------------


def _over(brand: Brand, tokens: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tokens with the page, the colours and the families of the brand."""
    made = dict(tokens)
    if brand.page:
        made["page"] = {**tokens["page"], "size": brand.page.size, "margins": list(brand.page.margins)}
    if brand.colours:
        made["colours"] = {**tokens["colours"], **brand.colours.model_dump(exclude_none=True)}
    if brand.fonts:
        own = {str(word).lower(): name for name, word in tokens["fonts"].get("word", {}).items()}
        families = brand.fonts.model_dump(include={"body", "headings"}, exclude_none=True)
        # Who names Word's font gets its metric twin in the PDF: Times New Roman is not on every machine.
        made["fonts"] = {**tokens["fonts"], **{key: own.get(name.lower(), name) for key, name in families.items()}}
    return made


def scaled(tokens: Mapping[str, Any], size: float | None) -> dict[str, Any]:
    """Return the tokens with the text at `size` points and every other size in proportion, lines and indents with it.

    Sizes are whole half-points, as Word has them, and never below the smallest; header and footer stay as they are.
    """
    before = float(tokens["styles"]["body"]["size"])
    if size is None or size == before:
        return dict(tokens)
    factor = size / before
    base = {name: row if name in _FIXED else _scaled(row, row, factor) for name, row in tokens["styles"].items()}
    larger = {name: _scaled(row, tokens["styles"][name] | row, factor) for name, row in tokens.get("large", {}).items()}
    return {**tokens, "styles": base, "large": larger}


def _scaled(row: Mapping[str, Any], whole: Mapping[str, Any], factor: float) -> dict[str, Any]:
    made = dict(row)
    if "size" in row:
        made["size"] = max(_half(row["size"] * factor), min(SMALLEST, row["size"]))
    if "line" in row:  # in proportion to the size that came out, so that text at the smallest size keeps its line
        size = max(_half(whole["size"] * factor), min(SMALLEST, whole["size"]))
        made["line"] = _half(row["line"] * size / whole["size"])
    if "indent" in row:
        made["indent"] = _half(row["indent"] * max(factor, 1))
    return made


def _half(points: float) -> float:
    return round(points * 2) / 2


# --- colours --------------------------------------------------------------------------------------------------------


def _lost_colours(raw: Mapping[str, Any], locate: Locate) -> Iterator[Diagnostic]:
    """Yield an error for each colour that YAML took for a comment: `accent: #6B1F3A` says nothing."""
    colours = raw.get("colours")
    for name in [name for name, value in colours.items() if value is None] if isinstance(colours, dict) else ():
        message = f"colours.{name} is empty: after a blank, # begins a comment"
        yield error("BRD-02", message, locate(f"/colours/{name}"), f'put the colour into quotation marks: {name}: "#1F4E79"')


def _weak(tokens: Mapping[str, Any], brand: Brand, locate: Locate) -> Iterator[Diagnostic]:
    colours, own = tokens["colours"], brand.colours.model_fields_set if brand.colours else set()
    for pair, found in contrast.too_weak(tokens):
        front, ground = (f"{name} ({colours[name]})" if name in colours else name for name in pair[:2])
        named = next((name for name in pair[:2] if name in own), "")
        message = f"{front} on {ground} has a contrast of {int(found * 100) / 100:g}:1, too weak to read: {pair.what}"
        other = f" or a lighter {pair.ground}" if pair.ground in colours else ""
        hint = f"WCAG 2.2 AA asks for {pair.needed:g}:1; take a darker {pair.front}{other}"
        yield error("BRD-01", message, locate(f"/colours/{named}".rstrip("/")), hint)


# --- files ----------------------------------------------------------------------------------------------------------


class _Files:
    """The files that a brand names: below its project, whatever `..` or a link says."""

    def __init__(self, home: Path, inside: Path, locate: Locate) -> None:
        self.home, self.inside, self.locate = home, inside, locate
        self.found: list[Diagnostic] = []

    def _refuse(self, code: str, message: str, pointer: str, hint: str) -> None:
        self.found.append(error(code, message, self.locate(pointer), hint))

    def _file(self, name: str, pointer: str) -> Path | None:
        """Return a file; where it is not there or not ours to read, None, and say so."""
        path = self.home / name
        if name.startswith(("/", "~")) or ".." in Path(name).parts or not path.resolve().is_relative_to(self.inside):
            hint = "put the file beside brand.yaml and name it by its name alone"
            self._refuse("BRD-03", f"{name} lies outside the project's folder", pointer, hint)
        elif not is_file(path):
            there = sorted(entry.name for entry in self.home.iterdir() if entry.suffix.lower() == path.suffix.lower())
            hint = f"in that folder there is {', '.join(there)}" if there else "put it beside brand.yaml; upper case counts"
            self._refuse("BRD-03", f"there is no file {name} beside brand.yaml", pointer, hint)
        else:
            return path.resolve()
        return None

    def logo(self, brand: Brand, tokens: Mapping[str, Any]) -> Logo | None:
        """Return the logo, None where there is none that can be used."""
        given = brand.logo
        path = self._file(given.file, "/logo/file") if given else None
        if given is None or path is None:
            return None
        room = tokens["page"]["margins"][0] - _EDGE
        if given.millimetres > room:
            message = f"a logo of {given.millimetres:g} mm does not fit above the text: there are {room:g} mm"
            self._refuse("BRD-04", message, "/logo/height", "make it lower, or the upper margin of `page:` wider")
        twin = path.with_suffix(".png")
        try:
            wide = aspect(path)
            if path.suffix.lower() == ".svg" and twin.is_file():
                if not twin.resolve().is_relative_to(self.inside):
                    raise Unfit(f"{twin.name} leads out of the project's folder", "put the file itself there")
                aspect(twin)
        except Unfit as fault:
            self._refuse("BRD-04", fault.why, "/logo/file", fault.cure)
            return None
        height = min(given.millimetres, WIDEST / wide)
        return Logo(path.as_uri(), given.alt, max(round(height / _PIXEL), 1), given.place)

    def reference(self, brand: Brand) -> Path | None:
        """Return the organisation's Word file; that it is one is seen when it is opened."""
        path = self._file(brand.reference, "/reference") if brand.reference else None
        if path is None or path.suffix.lower() in (".docx", ".dotx", ".docm", ".dotm"):
            return path
        message = f"{brand.reference} is no Word file by its name"
        self._refuse("BRD-03", message, "/reference", "save it in Word as a Word document (.docx)")
        return None
