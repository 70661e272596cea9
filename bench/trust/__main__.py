"""How far the checker can be believed, on a set of honest and of bad items (`make trust SET=folder`).

python -m bench.trust                          the open set, in BRIEFGEN_SHARED (else `shared` beside the checkout)
python -m bench.trust FOLDER --show            another set, and what each item is told
python -m bench.trust FOLDER --store NAME      and keep the figures for the documents; `--tuned` where rules were made on it
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bench.readers import SHARED
from bench.trust import results
from bench.trust.score import Scored, figures, scored, state
from bench.trust.sets import BAD, STATES


def shown(made: Scored) -> Iterator[str]:
    """Yield each false finding, each bad item with what is said of it for the right reason, and each brief that is stopped."""
    for item in made.every:
        rows = made.right[item.id] if item.set == BAD else [row for row in made.told[item.id] if row.rank < 2]
        if item.set == BAD or rows:
            yield f"{item.set} {item.id} {item.kind} {item.file}: {state(rows)}"
        yield from (f"    {STATES[row.rank]} {row.code} {row.field}: {row.message}" for row in rows)
    for name, found in made.briefs.items():
        yield from (f"brief {name}: error {row.code} {row.path}: {row.message}" for row in found if row.is_error)


def main(arguments: list[str] | None = None) -> int:
    """Print the tables, and keep the figures under a name; return 2 where there is no such set, or no notice of its texts."""
    parser = argparse.ArgumentParser(prog="python -m bench.trust", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("set", nargs="?", type=Path, default=SHARED / "trust", help="a folder with gold.csv and summaries/")
    parser.add_argument("--show", action="store_true", help="print what each item is told, too")
    parser.add_argument("--store", metavar="NAME", help="keep the figures under this name")
    parser.add_argument("--tuned", action="store_true", help="rules were made on this set: say so")
    asked = parser.parse_args(arguments)
    if not (asked.set / "gold.csv").exists():
        print(f"not measured: no gold.csv in {asked.set.name}", file=sys.stderr)
        return 2
    if asked.store and not results.licences(asked.store):
        print(f"write bench/trust/notices/{asked.store}.md first: a table of its texts, licences last", file=sys.stderr)
        return 2
    made = scored(asked.set)
    counted = figures(made)
    tables = (results.main, results.false, results.found, results.verdicts, results.codes)
    print("\n\n".join(results.markdown(table(counted)) for table in tables))
    rest = counted["outside"]
    print(f"\nof no scored item, style apart: {rest['error']} errors, {rest['warning']} warnings")
    if asked.show:
        print("", *shown(made), sep="\n")
    if asked.store:
        results.store(asked.store, {"counted": date.today().isoformat(), "tuned": asked.tuned, **counted})
    return 0


if __name__ == "__main__":
    sys.exit(main())
