"""`make regress`: what must not get worse, in one table, beside what the last issue stored.

    python -m bench.regress                 measure and print
    python -m bench.regress --label 11      and store it under that label in bench/regress/stored.json

BRIEFGEN_SHARED names the folder with `trust/` and `cases/` (else `shared` beside the checkout), BRIEFGEN_PAGES one with labelled
saved pages. What is not there is said in its row. Little here depends on the machine: speed is told as ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bench.regress import counts, speed

STORED = Path(__file__).with_name("stored.json")
PARTS: Mapping[str, Callable[[], Iterator[tuple[str, str]]]] = {
    "trust": counts.trust,
    "cases": counts.right,
    "pages": counts.pages,
    "drafts": counts.drafts,
    "tests": counts.tests,
    "code": counts.code,
    "speed": speed.rows,
}
Stored = dict[str, dict[str, str]]


def stored(file: Path = STORED) -> Stored:
    """Return the values by label, the oldest first."""
    made: Stored = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return made


def store(label: str, values: Mapping[str, str], file: Path = STORED) -> None:
    """Keep the values under a label, as the last; what was not measured now stays as it was stored under it."""
    kept = stored(file)
    old = kept.pop(label, {})
    machine = {"cores": str(os.cpu_count()), "python": platform.python_version()}
    made = kept | {label: {**old, **machine, **values}}
    file.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def before(label: str | None, file: Path = STORED) -> tuple[str, dict[str, str]]:
    """Return the label stored last, other than this one, and its values."""
    return next(((name, values) for name, values in reversed(stored(file).items()) if name != label), ("–", {}))


def main() -> None:
    """Measure, print, and store if a label is named."""
    parser = argparse.ArgumentParser(prog="python -m bench.regress", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--label", help="store the values under this label")
    parser.add_argument("--only", metavar="PART", action="append", choices=PARTS, help=f"one part: {', '.join(PARTS)}")
    asked = parser.parse_args()
    last, old = before(asked.label)
    values: dict[str, str] = {}
    print(f"| what | now | {last} |\n| --- | --- | --- |", flush=True)
    for name in asked.only or PARTS:
        for what, value in PARTS[name]():
            values[what] = value
            print(f"| {what} | {value} | {old.get(what, '–')} |", flush=True)
    if asked.label:
        store(asked.label, values)


if __name__ == "__main__":
    main()
