"""`make fuzz`: damaged files by the hundred, each checked, read or rendered; what fails is kept as small as it can be.

    python -m bench.fuzz --minutes 3                 all kinds in turn, from seed 1
    python -m bench.fuzz --seed 7 --kind css         one kind (may be repeated), from another seed
    python -m bench.fuzz --seed 7 --case css:41      one case again, as the report names it

A case is wrong that ends in a traceback or "a bug of ours", takes more than 20 seconds of processor time, or grows by more than
1 GB. What a reader's last gate turned into a finding ("its reader stopped") is counted beside it: no fault, but worth a look.
"""

from __future__ import annotations

import argparse
import shlex
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

from bench.fuzz import changes, seeds
from bench.fuzz.worker import Verdict, Worker
from bench.measure import ROOT

KEPT = ROOT / ".tools/fuzz"
TRIES, LONG = 60, 60.0
"""How often, and for how many seconds by the clock, a failure is run again to make it smaller."""


class Case(NamedTuple):
    """One case: the project it damages, what stands in the damaged file, and the command."""

    name: str
    seed: seeds.Seed
    content: bytes
    command: tuple[str, ...]


def case(kinds: Mapping[str, list[seeds.Seed]], seed: int, kind: str, number: int) -> Case:
    """Return the case of a kind with this number; the same one for the same seed."""
    chance = Random(f"{seed}:{kind}:{number}")
    chosen = chance.choice(kinds[kind])
    content = changes.changed(kind, chosen.files[chosen.target], chance)
    return Case(f"{kind}:{number}", chosen, content, chance.choice(chosen.commands))


def written(made: Case, folder: Path) -> Path:
    """Write the project of a case into a folder, and return it."""
    for name, content in {**made.seed.files, made.seed.target: made.content}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def tried(made: Case, worker: Worker) -> Verdict:
    """Return what becomes of a case, in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        return worker.run(written(made, Path(name)), made.command)


def smallest(made: Case, verdict: Verdict, worker: Worker) -> Case:
    """Return a case that fails alike with as little in its file as some tries find; of a zip, in the member that was changed."""
    member = changes.member_changed(made.seed.files[made.seed.target], made.content)
    end = time.monotonic() + LONG

    def fails(piece: bytes) -> Case | None:
        content = changes.repacked(made.content, member, piece) if member else piece
        smaller = made._replace(content=content)
        return smaller if time.monotonic() < end and tried(smaller, worker).fault == verdict.fault else None

    whole = changes.member(made.content, member) if member else made.content
    return shrunk(whole, fails) or made


def shrunk(whole: bytes, fails: Callable[[bytes], Case | None]) -> Case | None:
    """Return the smallest case that was found by leaving out halves, quarters and so on; nothing where none is smaller."""
    best, size, left = None, len(whole) // 2, TRIES
    while size and left > 0:
        at = 0
        while at < len(whole) and left > 0:
            left -= 1
            piece = whole[:at] + whole[at + size :]
            if found := fails(piece):
                best, whole = found, piece
            else:
                at += size
        size //= 2
    return best


def kept(made: Case, seed: int, verdict: Verdict, home: Path = KEPT) -> Path:
    """Keep the project of a failure, with its command and what was wrong, and return its folder."""
    folder = home / f"{made.name.replace(':', '-')}-seed-{seed}"
    shutil.rmtree(folder, ignore_errors=True)
    written(made, folder)
    again = f"python -m bench.fuzz --seed {seed} --case {made.name}"
    said = f"{verdict.fault}\nfile: {made.seed.target}\nsmall: briefgen {shlex.join(made.command)}\nwhole: {again}\n"
    (folder / "FAULT.txt").write_text(said, encoding="utf-8")
    return folder


def numbers(kinds: list[str], minutes: float) -> Iterator[tuple[str, int]]:
    """Yield kinds in turn with ever new numbers, until the time is over."""
    end, number = time.monotonic() + minutes * 60, 0
    while True:
        for kind in kinds:
            if time.monotonic() >= end:
                return
            yield kind, number
        number += 1


def run(seed: int, asked: Iterator[tuple[str, int]], worker: Worker, home: Path = KEPT) -> int:
    """Run cases, tell what fails as it comes, and print the counts by kind; return how many kinds of failure there were."""
    every = seeds.by_kind(seed)
    cases, faults, told, known = Counter[str](), Counter[str](), Counter[str](), set[tuple[str, str]]()
    for kind, number in asked:
        made = case(every, seed, kind, number)
        verdict = tried(made, worker)
        cases[kind] += 1
        faults[kind] += bool(verdict.fault)
        told[kind] += bool(verdict.told)
        if verdict.fault and (kind, verdict.fault) not in known:  # the same fault again is counted, and not kept
            known.add((kind, verdict.fault))
            folder = kept(smallest(made, verdict, worker), seed, verdict, home)
            print(f"{verdict.fault}\n  python -m bench.fuzz --seed {seed} --case {made.name}\n  {folder}", flush=True)
    print("| kind | cases | wrong | stopped readers |\n| --- | --- | --- | --- |")
    for kind in cases:
        print(f"| {kind} | {cases[kind]} | {faults[kind]} | {told[kind]} |")
    print(f"| all | {cases.total()} | {faults.total()} | {told.total()} |", flush=True)
    return len(known)


def main(arguments: list[str] | None = None, worker: Worker | None = None, home: Path = KEPT) -> int:
    """Read the call, run, and return 1 where a case was wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", action="append", choices=KINDS)
    parser.add_argument("--case", metavar="KIND:NUMBER")
    given = parser.parse_args(arguments)
    kind, _, number = (given.case or "").partition(":")
    asked = iter([(kind, int(number))]) if kind else numbers(given.kind or list(KINDS), given.minutes)
    worker = worker or Worker()
    try:
        return int(run(given.seed, asked, worker, home) > 0)
    finally:
        worker.end()


KINDS = ("yaml", "html", "pdf", "docx", "odt", "mail", "txt", "md", "css", "svg", "template", "reference")

if __name__ == "__main__":
    raise SystemExit(main())
