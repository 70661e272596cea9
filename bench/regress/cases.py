"""The inputs that failed once, run as people run them: how many are right now.

    python -m bench.regress.cases [WORDS ...]   a table of them, or of those whose names hold one of the words (`make cases`)

In: the folder of the cases and `cases.yaml`. Out: each case with what is wrong about it, or nothing. All runs in a copy.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bench.measure import ROOT

TABLE = Path(__file__).with_name("cases.yaml")
SECONDS = 20
"""Of processor time: a command that takes more has no end."""
LONGEST = 120
"""Seconds by the clock, for one that waits."""
BUG = 70
PROGRAM = [sys.executable, "-m", "briefgen"]
Case = Mapping[str, Any]


class Judged(NamedTuple):
    """One case: its name, and what is wrong; nothing where it is right."""

    name: str
    wrong: str


def cases(table: Path = TABLE) -> list[Case]:
    """Return the rows of the table."""
    made: list[Case] = yaml.safe_load(table.read_text(encoding="utf-8"))
    return made


def judged(folder: Path, rows: list[Case] | None = None) -> Iterator[Judged]:
    """Yield each case of a folder, judged."""
    for case in cases() if rows is None else rows:
        with tempfile.TemporaryDirectory() as name:
            copy = Path(name, "cases")
            shutil.copytree(folder, copy)
            yield Judged(case["case"], _wrong(case, copy))


def _wrong(case: Case, copy: Path) -> str:
    _prepared(case, copy)
    try:
        return _misread(case, copy) if "article" in case else _misdone(case, copy)
    except subprocess.TimeoutExpired:
        return f"no end in {SECONDS} s"


def _misdone(case: Case, copy: Path) -> str:
    """Return what is wrong with what the commands said and left behind; what must be lacking is looked for in files, if shown."""
    code, said = _ran(case, copy)
    shown = ""
    if code not in case.get("exit", [code]) or code == BUG or code < 0:
        return f"exit {code}"
    for pattern in case.get("show", ()):
        files = sorted((copy / case.get("in", ".")).glob(pattern))
        if not files:
            return f"no {pattern}"
        try:
            shown += "\n".join(map(text_of, files))
        except ValueError as fault:
            return f"{pattern} can't be read: {fault}"
    missing = [words for words in case.get("has", ()) if _flat(words) not in _flat(said + shown)]
    there = [words for words in case.get("lacks", ()) if _flat(words) in _flat(shown or said)]
    return "; ".join([*(f"lacks {words!r}" for words in missing), *(f"has {words!r}" for words in there)])


def _prepared(case: Case, copy: Path) -> None:
    for path, content in case.get("files", {}).items():
        target = copy / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            target.write_text(content, encoding="utf-8")
        else:
            shutil.copy(copy / content["copy"], target)


def _ran(case: Case, copy: Path) -> tuple[int, str]:
    """Return the exit code of the last command, and what all of them said."""
    code, said = 0, ""
    for command in case["run"]:
        program, *arguments = shlex.split(command)
        if program == "sh":
            whole, home = ["bash", str(copy / arguments[0])], ROOT
        else:
            whole, home = [*PROGRAM, program, *arguments], copy / case.get("in", ".")
        code, new = _done(whole, home)
        said += new
    return code, said


def _done(command: list[str], home: Path) -> tuple[int, str]:
    """Return exit code and words of a command; raise TimeoutExpired where it has no end."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    env = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "400", "PATH": path}
    pipes: Any = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=home, env=env, start_new_session=True, preexec_fn=_limited, **pipes) as process:
        try:
            out, err = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    if process.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise subprocess.TimeoutExpired(command, SECONDS)
    return process.returncode, (out + err).decode("utf-8", "replace")


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _misread(case: Case, copy: Path) -> str:
    """Return which passages of an article `check` does not find, and which it finds that must not be there."""
    quotes, strangers = case.get("quotes", []), case.get("strangers", [])
    evidence = [{"source": "S1", "quote": quote} for quote in (*quotes, *strangers)]
    development = {"id": "D1", "headline": "A thing", "text": "It is told.", "status": "reported", "evidence": evidence}
    source = {"id": "S1", "title": "The article", "published": "unknown", "file": case["article"]}
    summary = {"title": "It is told", "language": "en-GB", "key_developments": [development], "sources": [source]}
    (copy / "quoting.json").write_text(json.dumps(summary, ensure_ascii=False), encoding="utf-8")
    code, said = _done([*PROGRAM, "check", "quoting.json", "--format", "json"], copy)
    if not said.startswith("["):
        return f"exit {code}"
    findings = json.loads(said)
    if any(finding["code"] == "EVD-04" or finding["code"].startswith("ART-") for finding in findings):
        return "not read"
    paths = [finding["path"] or "" for finding in findings if finding["code"].startswith("EVD-")]
    absent = {int(match[1]) for path in paths if (match := re.search(r"/evidence/(\d+)", path))}
    missing = [quote for number, quote in enumerate(quotes) if number in absent]
    there = [words for number, words in enumerate(strangers, len(quotes)) if number not in absent]
    return "; ".join([*(f"lacks {words!r}" for words in missing), *(f"has {words!r}" for words in there)])


def text_of(file: Path) -> str:
    """Return the text of a file: of a Word file every part, of a PDF its pages; raise ValueError where a part is no XML."""
    if file.suffix == ".pdf":
        import pypdf

        return "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
    if file.suffix == ".docx":
        from lxml import etree

        with zipfile.ZipFile(file) as archive:
            parts = [archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        try:
            return "\n".join("".join(map(str, etree.fromstring(part).itertext())) for part in parts)
        except etree.XMLSyntaxError as fault:
            raise ValueError(str(fault)) from fault
    return file.read_text(encoding="utf-8", errors="replace")


def _flat(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def table(folder: Path, rows: list[Case]) -> Iterator[str]:
    """Yield the lines of a table: each case, what it does now, whether that is right; at the end how many are."""
    yield "| case | now | right? |"
    yield "| --- | --- | --- |"
    good = 0
    for each in judged(folder, rows):
        good += not each.wrong
        now = _flat(each.wrong or "as it should be").replace("|", "\\|")
        yield f"| {each.name} | {now} | {'no' if each.wrong else 'yes'} |"
    yield f"| all | {good} of {len(rows)} are right | {'yes' if good == len(rows) else 'no'} |"


def main(words: list[str], folder: Path) -> int:
    """Print the table; return 1 where a case is wrong, 2 where there are none."""
    rows = [row for row in cases() if not words or any(word in row["case"] for word in words)]
    if not rows or not folder.exists():
        print(
            "no such case"
            if folder.exists()
            else f"no cases in {folder.parent}: BRIEFGEN_SHARED names the folder that holds them"
        )
        return 2
    last = ""
    for last in table(folder, rows):
        print(last, flush=True)
    return int(last.endswith("no |"))


if __name__ == "__main__":
    from bench.readers import SHARED

    raise SystemExit(main(sys.argv[1:], SHARED / "cases"))
