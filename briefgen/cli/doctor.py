"""`briefgen doctor`: what is missing on this machine, what it costs, and how to get it."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen import __version__
from briefgen.cli import terminal
from briefgen.cli.app import Exit
from briefgen.project.project import Project
from briefgen.registry import resolve
from briefgen.writers import FORMATS
from briefgen.writers.libraries import shortcut

if TYPE_CHECKING:
    from briefgen.writers.pdf.fonts import FontStatus


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked for: whether it is there, what its absence costs, and the cure."""

    name: str
    state: str
    costs: str = ""
    cure: str = ""


def run(form: str) -> Exit:
    """Look, report, and return 4 where briefs can't be made as they should be, else 0."""
    shortcut()
    findings = [_python(), *_engine(), *_fonts(), *_labels(), *_judges()]
    if form == "json":
        sys.stdout.write(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2) + "\n")
    else:
        rows = [(f.name, f.state, f.costs, f.cure) for f in findings]
        terminal.table("What briefgen finds", ("part", "state", "without it", "cure"), rows)
    return Exit.ENVIRONMENT if any(f.state == "missing" for f in findings) else Exit.OK


def _python() -> Finding:
    return Finding(f"briefgen {__version__}", f"Python {sys.version.split()[0]}")


def _engine() -> list[Finding]:
    rows = [row for form in FORMATS if form.engine for row in resolve(form.engine[1])()]
    return [Finding(row.name, row.state, row.costs, row.cure) for row in rows]


def _fonts() -> list[Finding]:
    tokens = Project.find(Path.cwd()).template_set.tokens
    rows = resolve("briefgen.writers.pdf:fonts_status")(tokens)
    body = tokens["fonts"]["body"]
    return [_font(row, "missing" if row.family == body else "absent (rare scripts only)") for row in rows]


def _font(row: FontStatus, absent: str) -> Finding:
    if row.found:
        return Finding(row.family, "found")
    return Finding(row.family, absent, row.cost, f"apt-get install {row.package}" if row.package else "install the font")


def _labels() -> list[Finding]:
    """Return one line that lists the languages whose labels nobody at home in them has checked."""
    from briefgen.project.languages import unreviewed

    names = unreviewed(Project.find(Path.cwd()))
    if not names:
        return [Finding("labels", "all checked")]
    return [Finding("labels", f"not checked by a native reader: {', '.join(names)}", "", "read labels/<language>.yaml")]


def _judges() -> list[Finding]:
    """Return the programs that only tests and page counts of Word files need."""
    wanted = (
        ("LibreOffice", "soffice", "page counts of Word files are not checked", "apt-get install libreoffice-writer-nogui"),
        ("poppler", "pdftotext", "the words of PDF files are not checked", "apt-get install poppler-utils"),
        ("Node.js", "node", "Word files are not checked against Open XML", "apt-get install nodejs npm"),
    )
    return [
        Finding(
            name,
            "found" if shutil.which(program) else "absent (tests only)",
            *(("", "") if shutil.which(program) else (costs, cure)),
        )
        for name, program, costs, cure in wanted
    ]
