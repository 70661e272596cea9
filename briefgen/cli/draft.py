"""`briefgen draft`: articles → a first summary beside its articles, and a table of what was found and what is left to do."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from briefgen import drafters, readers
from briefgen.cli import draft_model, terminal
from briefgen.cli.app import Exit
from briefgen.cli.new import schema_beside
from briefgen.diagnostics import Diagnostic, Rejected, UsageError
from briefgen.drafters import Drafted, Settings
from briefgen.files import shown_path, write_atomic
from briefgen.load.dump import dump
from briefgen.model.article import Article

_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
FOLDER = "articles"
"""Where an article goes that lies outside the summary's folder: `sources[].file` never leads out of it."""


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for on the command line."""

    articles: Sequence[str]
    output: Path
    drafter: str | None = None
    language: str | None = None
    title: str | None = None
    actors: Path | None = None
    force: bool = False
    dry_run: bool = False


def run(order: Order) -> Exit:
    """Draft, write, report; articles that can't be used are reported, the others drafted, and the code is 1."""
    project = draft_model.settings()
    order = replace(order, drafter=order.drafter or project.drafter)
    _check(order)
    model = draft_model.model(project) if order.drafter == "llm" else None
    key = draft_model.key(model) if model and not order.dry_run else None
    own = _actors(order.actors)
    articles, files, faults = _placed(order)
    if not articles:
        raise Rejected(faults)
    settings = Settings(order.language, order.title, actors=own, files=files, model=model, key=key)
    if order.dry_run:
        return _plan(articles, settings, faults)
    drafted = drafters.draft(str(order.drafter), articles, settings)
    write_atomic(order.output, dump(drafted.values, drafted.comments).encode())
    schema_beside(order.output)
    _tell(order, drafted)
    terminal.report(faults)
    return Exit.REJECTED if faults else Exit.OK


def _plan(articles: Sequence[Article], settings: Settings, faults: Sequence[Diagnostic]) -> Exit:
    from briefgen.drafters.llm import planned

    sys.stdout.write(planned(articles, settings))
    terminal.report(faults)
    return Exit.REJECTED if faults else Exit.OK


def _check(order: Order) -> None:
    """Raise UsageError for what can't be done, before anything is read or written."""
    if order.dry_run and order.drafter != "llm":
        raise UsageError(f"--dry-run is for the drafter llm; {order.drafter} sends nothing", "--drafter llm")
    if order.dry_run and "-" in order.articles:
        raise UsageError("--dry-run keeps no text of standard input", "save it in a file, and name that")
    if order.output.suffix not in (".yaml", ".yml"):
        raise UsageError(f"a draft is a YAML file, not {order.output.name}", f"-o {order.output.with_suffix('.yaml')}")
    if order.output.exists() and not (order.force or order.dry_run):
        raise UsageError(f"{order.output} exists", "choose another name, or overwrite it with --force")
    if order.drafter not in drafters.DRAFTERS:
        raise UsageError(f"there is no drafter {order.drafter!r}", f"--drafter takes {', '.join(drafters.DRAFTERS)}")
    if address := next((each for each in order.articles if "://" in each), None):
        raise UsageError(f"{address} is an address", "save the page as .html, and name that file")
    if order.language and not _TAG.fullmatch(order.language):
        raise UsageError(f"{order.language!r} is no language tag", "--language takes en, en-GB, de, fr …")


def _actors(path: Path | None) -> Mapping[str, Any]:
    """Return a project's own names, by the name as printed; raise Rejected for a file that does not hold them."""
    if path is None:
        return {}
    from briefgen.load.source import read
    from briefgen.load.validate import check_model
    from briefgen.model.actors import Actors

    rows = check_model(Actors, read(path, str(path))).actors
    return {row.name: {"kind": row.kind.value, "names": row.names} for row in rows}


# ---- which articles, and where they lie


def _placed(order: Order) -> tuple[list[Article], dict[str, str], list[Diagnostic]]:
    """Return the articles, where each lies (by its checksum), and what was wrong with the others."""
    articles: list[Article] = []
    files: dict[str, str] = {}
    faults: list[Diagnostic] = []
    for path in _paths(order):
        try:
            article = readers.read(path)
        except Rejected as fault:
            faults += fault.diagnostics
            continue
        if article.sha256 not in files:
            files[article.sha256] = "" if order.dry_run else _inside(path, article, order.output.parent)
            articles.append(article)
    return articles, files, faults


def _paths(order: Order) -> Iterator[Path]:
    """Yield the files that are asked for: those of a folder by name, standard input as a file beside the summary."""
    for name in order.articles:
        path = Path(name)
        if name == "-":
            yield _from_input(order.output)
        elif path.is_dir():
            known = [each for each in sorted(path.iterdir()) if each.suffix.lower() in readers.READERS and each.is_file()]
            if not known:
                raise UsageError(f"there is no article in {path}", f"articles end in {', '.join(readers.READERS)}")
            yield from known
        else:
            yield path


def _from_input(output: Path) -> Path:
    text = sys.stdin.buffer.read(readers.MAX_TEXT + 1)
    if not text.strip():
        raise UsageError("standard input is empty", "cat article.txt | briefgen draft - -o inputs/x.yaml")
    path = _free(output.parent / FOLDER / f"{output.stem}.txt", text)
    write_atomic(path, text)
    return path


def _inside(path: Path, article: Article, folder: Path) -> str:
    """Return an article's file as the summary names it; one that lies elsewhere is copied into the folder `articles`."""
    home = folder.resolve()
    if path.resolve().is_relative_to(home):
        return path.resolve().relative_to(home).as_posix()
    content = path.read_bytes()
    copy = _free(folder / FOLDER / path.name, content)
    if not copy.exists():
        write_atomic(copy, content)
    return copy.relative_to(folder).as_posix()


def _free(path: Path, content: bytes) -> Path:
    """Return a path that holds this content or nothing: a number is put in where another article has the name."""
    number, wanted = 1, path
    while path.exists() and path.read_bytes() != content:
        number += 1
        path = wanted.with_stem(f"{wanted.stem}-{number}")
    return path


# ---- what is told


def _tell(order: Order, drafted: Drafted) -> None:
    values = drafted.values
    terminal.table(f"Draft of {len(values['sources'])} articles", ("part", "found", "left to do"), list(_rows(values)), right=[1])
    for note in drafted.notes:
        sys.stderr.write(f"note: {note}\n")
    sys.stdout.write(f"{shown_path(order.output)}\n")


def _rows(values: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    watch = (values.get("outlook") or {}).get("watch", ())
    sources = values["sources"]
    undated = sum(source["published"] == "unknown" for source in sources)
    yield "key developments", str(len(values.get("key_developments", ()))), "keep, reword or delete; dates"
    yield "stakeholders", str(len(values.get("stakeholders", ()))), "the part that each has; interest, leverage"
    yield "risks", str(len(values.get("risks", ()))), "mechanism, exposed, likelihood, impact, horizon, early signs"
    yield "outlook", str(len(watch)), "keep, reword or delete; dates; scenarios"
    yield "disagreements", str(len(values.get("disagreements", ()))), "whether they are any; handling"
    yield "sources", str(len(sources)), f"{undated} without date; reliability" if undated else "reliability"
    yield "title, bottom line, as_of", "0" if str(values["title"]).startswith("[") else "1", "yours to write"
