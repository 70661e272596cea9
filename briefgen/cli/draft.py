"""`briefgen draft`: articles → a first summary beside its articles, and a table of what was found and what is left to do."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from briefgen import drafters
from briefgen.cli import draft_model, terminal
from briefgen.cli.app import Exit
from briefgen.cli.new import schema_beside
from briefgen.drafters import Drafted, Settings
from briefgen.files import is_text, rewrite, shown_path, standing
from briefgen.findings.diagnostics import Rejected, UsageError
from briefgen.load.dump import dump
from briefgen.pipeline.articles import Found, find
from briefgen.project.project import Project
from briefgen.registry import Format

_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")


@dataclass(frozen=True, slots=True)
class DraftOptions:
    """What was asked for on the command line."""

    articles: Sequence[str]
    output: Path
    drafter: str | None = None
    language: str | None = None
    title: str | None = None
    actors: Path | None = None
    force: bool = False
    dry_run: bool = False
    private: bool = False
    trusted: bool = False


def run(options: DraftOptions) -> Exit:
    """Draft, write, report; articles that can't be used are reported, the others drafted, and the code is 1."""
    project = Project.find(Path.cwd(), trusted=options.trusted)
    chosen, parts = project.settings.draft, project.parts
    options = replace(options, drafter=options.drafter or chosen.drafter)
    before = None if options.dry_run else standing(options.output)
    _check(options, (*drafters.DRAFTERS, *parts.drafters))
    model = draft_model.model(chosen) if options.drafter == "llm" else None
    key = draft_model.key(model) if model and not options.dry_run else None
    if model:  # one that takes no temperature, or no time-out of its own: its library warns of it, and nothing is to be done
        warnings.simplefilter("ignore")
    own = _actors(options.actors)
    found = _found(options, parts.articles)
    if not found.articles:
        raise Rejected(found.faults)
    settings = Settings(
        options.language, options.title, actors=own, files=found.files, accessed=found.accessed, model=model, key=key
    )
    if options.dry_run:
        return _plan(found, settings)
    drafted = drafters.draft(str(options.drafter), found.articles, settings, parts.drafters)
    rewrite(options.output, dump(drafted.values, drafted.comments).encode(), before)
    schema_beside(options.output)
    _tell(options, drafted, found.notes)
    terminal.report(found.faults)
    return Exit.REJECTED if found.faults else Exit.OK


def _plan(found: Found, settings: Settings) -> Exit:
    from briefgen.drafters.llm import planned

    sys.stdout.write(planned(found.articles, settings))
    terminal.report(found.faults)
    return Exit.REJECTED if found.faults else Exit.OK


def _check(options: DraftOptions, known: Sequence[str]) -> None:
    """Raise UsageError for what can't be done, before anything is read or written."""
    if options.dry_run:
        _check_dry_run(options)
    if options.output.suffix not in (".yaml", ".yml"):
        raise UsageError(f"a draft is a YAML file, not {options.output.name}", f"-o {options.output.with_suffix('.yaml')}")
    if options.output.exists() and not (options.force or options.dry_run):
        raise UsageError(f"{options.output} exists", "choose another name, or overwrite it with --force")
    if options.drafter not in known:
        raise UsageError(f"there is no drafter {options.drafter!r}", f"--drafter takes {', '.join(known)}")
    if options.title and not is_text(options.title):
        raise UsageError("--title holds bytes that are not UTF-8", "write it in a terminal that is set to UTF-8")
    if options.language and not _TAG.fullmatch(options.language):
        raise UsageError(f"{options.language!r} is no language tag", "--language takes en, en-GB, de, fr …")


def _check_dry_run(options: DraftOptions) -> None:
    """Raise UsageError for what a dry run can't do: it sends, keeps and fetches nothing."""
    if options.drafter != "llm":
        raise UsageError(f"--dry-run is for the drafter llm; {options.drafter} sends nothing", "--drafter llm")
    if "-" in options.articles:
        raise UsageError("--dry-run keeps no text of standard input", "save it in a file, and name that")
    if any("://" in name for name in options.articles):
        raise UsageError("--dry-run fetches nothing", "save the page in a file, and name that")


def _actors(path: Path | None) -> Mapping[str, Any]:
    """Return a project's own names, by the name as printed; raise Rejected for a file that does not hold them."""
    if path is None:
        return {}
    from briefgen.load.source import read
    from briefgen.load.validate import check_model
    from briefgen.model.actors import Actors

    rows = check_model(Actors, read(path, str(path))).actors
    return {row.name: {"kind": row.kind.value, "names": row.names} for row in rows}


def _found(options: DraftOptions, formats: Sequence[Format]) -> Found:
    """Return the articles; a dry run keeps what it must save for reading in a folder that goes at once."""
    if not options.dry_run:
        return find(options.articles, options.output, _standard_input, private=options.private, formats=formats)
    with TemporaryDirectory() as folder:
        return find(options.articles, Path(folder) / options.output.name, _standard_input, formats=formats)


def _standard_input(limit: int) -> bytes:
    return sys.stdin.buffer.read(limit)


def _tell(options: DraftOptions, drafted: Drafted, notes: Sequence[str]) -> None:
    values = drafted.values
    terminal.table(
        f"Draft of {len(values.get('sources', ()))} articles", ("part", "found", "left to do"), list(_rows(values)), right=[1]
    )
    for note in (*notes, *drafted.notes):
        sys.stderr.write(f"note: {note}\n")
    sys.stdout.write(f"{shown_path(options.output)}\n")


def _rows(values: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    watch = (values.get("outlook") or {}).get("watch", ())
    sources = values.get("sources", ())
    undated = sum(source.get("published", "unknown") == "unknown" for source in sources)
    yield "key developments", str(len(values.get("key_developments", ()))), "keep, reword or delete; dates"
    yield "stakeholders", str(len(values.get("stakeholders", ()))), "the part that each has; interest, leverage"
    yield "risks", str(len(values.get("risks", ()))), "mechanism, exposed, likelihood, impact, horizon, early signs"
    yield "outlook", str(len(watch)), "keep, reword or delete; dates; scenarios"
    yield "disagreements", str(len(values.get("disagreements", ()))), "whether they are any; handling"
    reprints = sum("reprint_of" in source for source in sources)
    told = [f"{undated} without date"] * bool(undated) + [f"{reprints} marked as reprint"] * bool(reprints)
    yield "sources", str(len(sources)), "; ".join([*told, "reliability"])
    yield "title, bottom line, as_of", "0" if str(values.get("title", "[")).startswith("[") else "1", "yours to write"
