"""Writes the parts of the documents that are made from the code, so that they can't say anything else than the code does.

    python -m tools.docs            write them
    python -m tools.docs --check    write nothing; name what is out of date and leave with 1
    python -m tools.docs --images   render the example and write the pictures of the README

A page says where such a part goes: between `<!-- begin NAME -->` and `<!-- end NAME -->`, on lines of their own or within a
line. Everything else on the page is written by hand and stays. A page with such parts begins with the line `MADE`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from briefgen import Project, render_brief
from tools import preview_picture
from tools.docs_markdown import ROOT
from tools.docs_parts import BLOCKS

PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")))
CHANGELOG = ROOT / "CHANGELOG.md"
MADE = "<!-- Parts of this page are made from the code; `make docs` writes over what stands between begin and end. -->"
_BLOCK = re.compile(r"<!-- begin ([a-z-]+) -->(\n?).*?<!-- end \1 -->", re.DOTALL)

IMAGES = ROOT / "docs/images"
EXAMPLE = ROOT / "inputs/us-russia-reset.yaml"
PICTURES = {"executive": "", "adviser": "", "analyst": "captions.matrix", "public": ""}
"""Audience → the label that the page to show prints; empty: the first page."""
HOUSE = ROOT / "docs/examples/brand"
"""The second house style: its pictures are called `house-<audience>.png`."""
PREVIEW = "preview.png"
DPI, COLOURS, EDGE = 84, 48, "#C9D1DA"


def renewed(page: str) -> str:
    """Return a page with each of its made parts as it must be; raise KeyError for a part that nobody makes."""
    made = _BLOCK.sub(_made, page)
    if _BLOCK.search(made) and not made.startswith(MADE):
        made = f"{MADE}\n\n{made}"
    return made


def _made(match: re.Match[str]) -> str:
    apart = "\n\n" if match[2] else ""
    return f"<!-- begin {match[1]} -->{apart}{BLOCKS[match[1]]().strip()}{apart}<!-- end {match[1]} -->"


def stale(pages: Iterable[Path] = (*PAGES, CHANGELOG)) -> list[Path]:
    """Return the pages that are not as they must be."""
    return [page for page in pages if (text := page.read_text(encoding="utf-8")) != renewed(text)]


def draw(project: Project | None = None, prefix: str = "") -> Iterator[Path]:
    """Write pictures of the example as a reader sees it, in the packaged style or a project's; yield their files."""
    pdfium: Any = import_module("pypdfium2")
    operations: Any = import_module("PIL.ImageOps")
    labels = Project(ROOT).template_set.labels("en")
    for name, label in PICTURES.items():
        pages = list(pdfium.PdfDocument(render_brief(EXAMPLE, name, project=project).content))
        wanted = str(labels(label)) if label else ""
        page = next((page for page in pages if wanted in _text(page)), pages[0])
        image = page.render(scale=DPI / 72).to_pil().convert("RGB")
        file = IMAGES / f"{prefix}{name}.png"
        IMAGES.mkdir(parents=True, exist_ok=True)
        operations.expand(image, border=1, fill=EDGE).quantize(2 * COLOURS if prefix else COLOURS).save(file, optimize=True)
        yield file


def _text(page: Any) -> str:  # noqa: ANN401 - pypdfium2 is untyped
    return " ".join(page.get_textpage().get_text_range().split())


def main(arguments: Sequence[str]) -> int:
    """Do what was asked for; return the exit code."""
    if "--images" in arguments:
        screen = preview_picture.draw(EXAMPLE, IMAGES / PREVIEW)
        for file in (*draw(), *draw(Project(HOUSE, HOUSE), "house-"), screen):
            print(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1000:.0f} kB")
        return 0
    old = stale()
    for page in old:
        if "--check" not in arguments:
            page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8")
        print(f"{page.relative_to(ROOT)}: {'out of date' if '--check' in arguments else 'written'}")
    return 1 if old and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
