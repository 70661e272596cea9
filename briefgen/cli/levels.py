"""`briefgen check --levels`: whether all wordings of a summary say the same, or both texts side by side with what differs."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from briefgen.cli import loop, terminal
from briefgen.cli.terminal import counted
from briefgen.evidence.compare import Place, Said
from briefgen.findings import report as reports
from briefgen.findings.diagnostics import has_errors
from briefgen.findings.faults import Exit
from briefgen.pipeline.levels import Compared, compared
from briefgen.rules.levels import Pair

_OPEN, _CLOSE = "»", "«"


def run(paths: Sequence[Path], templates: Path | None, *, strict: bool, form: str) -> Exit:
    """Compare the levels of every summary, report, and return the exit code."""
    loop.known(form, "levels")
    done, tally = loop.worked_out(paths, templates, compared)
    loop.show(done, tally, form, _as_json, _print)
    told = [row for one in done for row in one.told]
    tally.codes += [Exit.REJECTED] if has_errors(told) else []
    return tally.code(told if strict else ())


def _print(one: Compared) -> None:
    sys.stdout.write("".join(f"{line}\n" for row in _as_text(one) for line in terminal.wrapped(row)))


def _counts(one: Compared) -> Iterator[str]:
    names = ", ".join(one.audiences)
    wordings = f"{counted(len(one.pairs), 'wording')} of {counted(one.texts, 'text')} in {counted(one.items, 'item')}"
    yield f"  compared with their fullest wording: {wordings}"
    searched = f"{counted(one.versions, 'version')} for {counted(len(one.audiences), 'audience')} ({names})"
    yield f"  searched for contrary items: {searched if one.versions else 'nothing, no sources are said to differ'}"


def _as_text(one: Compared) -> Iterator[str]:
    if not one.told:
        waived = f" ({len(one.findings)} waived)" if one.findings else ""
        yield f"{one.source.name}: levels are consistent{waived}"
        yield from _counts(one)
        return
    for row in one.told:
        place = f"{row.span}: " if row.span else ""
        yield f"{place}{row.severity} {row.code} {row.message}"
        if found := one.places(row):
            pair, theirs, mine = found
            wide = max(len(pair.wording), len("full"))
            yield from _wrapped("full", wide, marked(pair.full, theirs))
            yield from _wrapped(pair.wording, wide, marked(pair.words, mine))
        yield ""
    yield f"{one.source.name}: {counted(len(one.told), 'difference')} between levels"
    yield from _counts(one)


def marked(text: str, places: Sequence[Place]) -> str:
    """Return a text with its differing words between signs; places that overlap are one."""
    made, at = "", 0
    for start, end in sorted(set(places)):
        if start >= at:
            made += f"{text[at:start]}{_OPEN}{text[start:end]}{_CLOSE}"
            at = end
    return made + text[at:]


def _wrapped(name: str, wide: int, words: str) -> list[str]:
    lead = f"    {name:<{wide}}  "
    return textwrap.wrap(words, terminal.width(), initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False)


def _as_json(one: Compared) -> dict[str, Any]:
    return {
        "file": one.source.name,
        "consistent": not one.told,
        "wordings": len(one.pairs),
        "texts": one.texts,
        "items": one.items,
        "versions": one.versions,
        "audiences": list(one.audiences),
        "differences": [_difference(*found) for found in one.differences],
        "diagnostics": reports.as_json(one.findings),
    }


def _difference(code: str, pair: Pair, row: Said) -> dict[str, Any]:
    return {
        "code": code,
        "path": pair.path,
        "said": row.said,
        "instead": row.instead,
        "wording": {"name": pair.wording, "text": pair.words, "at": row.at},
        "full": {"text": pair.full, "at": row.there},
    }
