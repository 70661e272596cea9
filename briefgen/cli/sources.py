"""`briefgen check --sources`: what each source carries, and what the confidence of each level rests on."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from briefgen.cli import loop, terminal
from briefgen.cli.terminal import counted
from briefgen.evidence import Cap
from briefgen.evidence.origins import Weight
from briefgen.findings.faults import Exit
from briefgen.model.parts import Source
from briefgen.pipeline.sources import Grounds, grounds
from briefgen.rules.sourcing import REASONS
from briefgen.tailor import origin_names


def run(paths: Sequence[Path], templates: Path | None, *, form: str) -> Exit:
    """Report on the sources of every summary, and return the exit code."""
    loop.known(form, "sources")
    done, tally = loop.worked_out(paths, templates, grounds)
    loop.show(done, tally, form, _as_json, _print)
    return tally.code()


def _print(one: Grounds) -> None:
    sys.stdout.write(f"{one.name}\n")
    heads = ("source", "genre", "published", "claims", "alone", "relays or reprints")
    terminal.table("Sources", heads, [_row(weight) for weight in one.panel.weights], right=range(3, 5))
    sys.stdout.write("".join(f"{line}\n" for row in _lines(one) for line in terminal.wrapped(row)))


def _row(weight: Weight) -> tuple[str, ...]:
    source = weight.source
    published = str(source.published) if source.published else "not given"
    return (source.id, source.genre.value, published, str(weight.claims), str(weight.alone), ", ".join(weight.relays) or "–")


def _lines(one: Grounds) -> Iterator[str]:
    made = one.panel
    genres = ", ".join(f"{genre} {count}" for genre, count in one.genres.items())
    names = ", ".join(origin_names(made)) or "none"
    yield f"claims with evidence: {made.claims}; by genre: {genres}"
    yield f"of one origin only: {made.single}; independent origins: {len(made.origins)} ({names})"
    if made.oldest and made.newest:
        yield f"oldest source: {_dated(made.oldest)}; newest: {_dated(made.newest)}"
    yield "confidence that this allows:"
    for limit, names in _grouped({"bottom line": made.cap, **one.levels}):
        yield f"  {names}: {_words(limit)}"


def _grouped(levels: dict[str, Cap]) -> Iterator[tuple[Cap, str]]:
    """Yield each limit with the names of all that it holds for, so that nothing is said twice."""
    names: dict[str, list[str]] = {}
    for name, limit in levels.items():
        names.setdefault(_words(limit), []).append(name)
    for called in names.values():
        yield levels[called[0]], ", ".join(called)


def _dated(source: Source) -> str:
    return f"{source.id}, {source.published}"


def _words(limit: Cap) -> str:
    reason = REASONS[limit.reason] or "several strong sources of independent origin"
    counts = limit.values
    sources, origins = counted(counts["sources"], "source"), counted(counts["groups"], "origin")
    return f"{limit.confidence}, {reason} ({sources}, {origins}, {counts['strong']} strong)"


def _as_json(one: Grounds) -> dict[str, Any]:
    made = one.panel
    return {
        "file": one.name,
        "claims": made.claims,
        "single_origin": made.single,
        "origins": list(made.origins),
        "oldest": made.oldest.id if made.oldest else None,
        "newest": made.newest.id if made.newest else None,
        "genres": one.genres,
        "sources": [
            {
                "id": row.source.id,
                "genre": row.source.genre.value,
                "published": str(row.source.published) if row.source.published else None,
                "claims": row.claims,
                "alone": row.alone,
                "relays": list(row.relays),
            }
            for row in made.weights
        ],
        "confidence": {name: _capped(limit) for name, limit in {"bottom_line": made.cap, **one.levels}.items()},
    }


def _capped(limit: Cap) -> dict[str, Any]:
    return {"at_most": limit.confidence.value, "reason": limit.reason, **limit.values}
