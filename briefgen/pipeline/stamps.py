"""What a clean check leaves behind, so that the rules of evidence don't run twice: `.briefgen/checked/<id>.json` in the project.

In: a final summary, its source, its project. Out: what the rules of evidence found, where all that this depends on is as it was.
A stamp is a cache and no signature: it spares work whose result is known, whoever can write it can write the summary, too, and
`check` and `render --strict` never read it.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from stat import S_ISREG
from typing import Any

from briefgen import __version__
from briefgen.files import below, write_atomic
from briefgen.findings.codes import SHIPPED
from briefgen.findings.diagnostics import BriefgenError, Verdict
from briefgen.findings.rows import EVIDENCE
from briefgen.load.source import Source
from briefgen.model.article import Article
from briefgen.model.summary import Stage, Summary
from briefgen.project.project import STATE_FOLDER, Project
from briefgen.readers import MAX_BYTES, libraries
from briefgen.rules import Finding
from briefgen.rules.structure import outside

FOLDER = "checked"
FORM = 1
LARGEST = 2_000_000  # bytes of a stamp; one with a hundred findings has some thirty thousand
ROOMS = ("evidence", "findings", "language", "load", "model", "pipeline", "readers", "rules")
"""The rooms whose files and data decide what the rules of evidence find."""


def place(summary: Summary, project: Project) -> Path:
    """Return where the stamp of a summary lies."""
    return project.folder / STATE_FOLDER / FOLDER / f"{summary.id}.json"


def leave(
    summary: Summary,
    source: Source,
    project: Project,
    found: Mapping[str, Sequence[Finding]],
    articles: Mapping[str, Article],
) -> None:
    """Write the stamp of a final summary on which a check found no error; where none can be written, that is no fault."""
    named = {row.id for row in _with_files(summary)}
    if summary.stage is not Stage.FINAL or named != set(articles):
        return
    made = _key(summary, source, project, {name: article.sha256 for name, article in articles.items()})
    path = place(summary, project)
    if made is None or not below(path, project.folder):
        return
    rows = {code: [_written(row) for row in findings] for code, findings in found.items() if findings}
    text = json.dumps({"form": FORM, "key": made, "findings": rows}, ensure_ascii=False, indent=1)
    with suppress(BriefgenError):
        write_atomic(path, f"{text}\n".encode())


def known(summary: Summary, source: Source, project: Project) -> dict[str, tuple[Finding, ...]] | None:
    """Return what the rules of evidence found when the summary was checked; None where no stamp holds for it as it is now."""
    path = place(summary, project)
    said = _said(path) if below(path, project.folder) else None
    if said is None:
        return None
    digests = _digests(summary, source)
    if digests is None or said.get("key") != _key(summary, source, project, digests):
        return None
    return _findings(said.get("findings"))


@cache
def of_rules() -> str:
    """Return one hash over the rules as they are: their table, the comparison, the words of every language, the readers."""
    home = Path(__file__).parents[1]
    made = hashlib.sha256(f"{__version__} {sys.version_info.major}.{sys.version_info.minor}".encode())
    for room in ROOMS:
        for path in sorted((home / room).rglob("*")):
            if "__pycache__" not in path.parts and path.is_file():
                made.update(f"\0{path.relative_to(home).as_posix()}\0".encode())
                made.update(path.read_bytes())
    return made.hexdigest()


def _key(summary: Summary, source: Source, project: Project, digests: Mapping[str, str]) -> str | None:
    """Return one hash over all that the rules of evidence depend on; None where a desk's own code does part of their work."""
    own = [rule for rule in project.rules.every.rules if rule.scope == EVIDENCE and rule.code not in SHIPPED.codes]
    if own or project.parts.readers:
        return None
    parts = (
        source.name,
        source.text,
        json.dumps(source.values, ensure_ascii=False, default=str),
        project.checks.model_dump_json(),
        json.dumps(sorted(digests.items())),
        json.dumps(libraries(row.file for row in _with_files(summary))),
        of_rules(),
    )
    lengths = "\0".join(f"{len(part)}\0{part}" for part in parts)
    return hashlib.sha256(lengths.encode("utf-8", "surrogatepass")).hexdigest()


def _with_files(summary: Summary) -> Iterator[Any]:
    return (row for row in summary.sources if row.file and not outside(row.file))


def _digests(summary: Summary, source: Source) -> dict[str, str] | None:
    """Return the digest of each article as it lies there, by the source's id; None where one can't be read."""
    folder = source.path.resolve().parent
    found: dict[str, str] = {}
    for row in _with_files(summary):
        path = folder / row.file
        try:
            stat = path.stat()
            if not (below(path, folder) and S_ISREG(stat.st_mode) and stat.st_size <= MAX_BYTES):
                return None
            with path.open("rb") as file:
                found[row.id] = hashlib.file_digest(file, "sha256").hexdigest()
        except (OSError, ValueError):
            return None
    return found


def _said(path: Path) -> dict[str, Any] | None:
    """Return what a stamp says, None for one that is broken, or is none."""
    try:
        stat = path.stat()
        if not S_ISREG(stat.st_mode) or stat.st_size > LARGEST:
            return None
        said = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) and said.get("form") == FORM else None


def _written(row: Finding) -> list[Any]:
    return [row.path, row.message, list(row.hints), list(row.words) if row.words else None, row.verdict]


def _findings(said: Any) -> dict[str, tuple[Finding, ...]] | None:  # noqa: ANN401 - whatever a stamp holds
    """Return the findings of a stamp, by the code of every rule of evidence; None where they are not what we write."""
    codes = [rule.code for rule in SHIPPED.rules if rule.scope == EVIDENCE]
    if not isinstance(said, dict) or not set(said) <= set(codes):
        return None
    try:
        return {code: tuple(_read(row) for row in said.get(code, ())) for code in codes}
    except (TypeError, ValueError):
        return None


def _read(row: Any) -> Finding:  # noqa: ANN401
    """Return a finding; raise ValueError or TypeError for what is none."""
    path, message, hints, words, verdict = row
    if not all(isinstance(text, str) for text in (path, message, *hints)) or (path and not path.startswith("/")):
        raise ValueError(path)
    start, end = words or (0, 0)
    if not 0 <= int(start) <= int(end):
        raise ValueError(words)
    return Finding(path, message, tuple(hints), (int(start), int(end)) if words else None, Verdict(verdict) if verdict else None)
