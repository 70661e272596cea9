"""`make fuzz` finds what it is for: a reader that raises, one that hangs and one that floods are told, kept and made small."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from random import Random

import pytest
from lxml import etree

from bench.fuzz import __main__ as fuzz
from bench.fuzz import changes, seeds
from bench.fuzz.worker import GROWTH, Verdict, Worker, judged
from briefgen.cli.app import call
from tests.readers.made import FORMS

PLANTED = """
from briefgen.readers import plain, served
from bench.fuzz.worker import serve
read = plain.read
def planted(path, content):
    if b"Harb" in content:
        {fault}
    return read(path, content)
plain.read = planted
served._read = lambda row, path, content, formats: row.function()(path, content)
serve()
"""
FAULTS = {
    "raise KeyError(content[:4])": "a bug of ours: KeyError at briefgen/readers/served.py:",
    "while True: pass": "no end in 0.3 s",
    "__import__('os')._exit(3)": "the process ended with 3",
}


@pytest.fixture
def text(monkeypatch: pytest.MonkeyPatch) -> None:
    made = {"txt": [seeds._article("article.txt", FORMS[".txt"]())]}
    monkeypatch.setattr(seeds, "by_kind", lambda _start: made)
    monkeypatch.setattr(changes, "_once", lambda content, _words, _chance: b"\xff" + content[:60])
    monkeypatch.setattr(fuzz, "TRIES", 0)


@pytest.mark.usefixtures("text")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    worker = Worker(("-c", PLANTED.format(fault=fault)), seconds=0.3 if "while" in fault else 5)
    assert fuzz.main(["--case", "txt:4", "--seed", "9"], worker, tmp_path) == 1
    told = capsys.readouterr().out
    assert FAULTS[fault] in told
    assert "python -m bench.fuzz --seed 9 --case txt:4" in told
    assert "| txt | 1 | 1 | 0 |" in told
    [folder] = tmp_path.iterdir()
    assert FAULTS[fault] in (folder / "FAULT.txt").read_text(encoding="utf-8")
    assert b"Harb" in (folder / "article.txt").read_bytes()


@pytest.mark.usefixtures("text")
def test_what_is_right_is_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzz.main(["--case", "txt:1"], home=tmp_path) == 0
    assert "| txt | 1 | 0 | 0 |" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "said", "seconds", "grown", "verdict"),
    [
        (1, "error EVD-02", 19.0, GROWTH, Verdict()),
        (1, "the file is damaged: its reader stopped (KeyError)", 1.0, 0, Verdict("", "its reader stopped (KeyError)")),
        (4, "MemoryError", 1.0, 0, Verdict("MemoryError")),
        (0, "", 1.0, GROWTH + 1, Verdict("it grew over 1 GB")),
        (0, "", 20.5, 0, Verdict("no end in 20 s")),
        (71, "", 1.0, 0, Verdict("exit 71")),
    ],
)
def test_a_verdict(code: int, said: str, seconds: float, grown: int, verdict: Verdict) -> None:
    assert judged(code, said, seconds, grown) == verdict


def test_a_failure_is_made_small() -> None:
    seed = seeds.Seed({}, "a", ((),))
    made = fuzz.shrunk(b"some words and X and more", lambda piece: fuzz.Case("", seed, piece, ()) if b"X" in piece else None)
    assert made is not None
    assert made.content == b"X"


@pytest.mark.parametrize("ending", FORMS)
def test_the_same_seed_damages_alike(ending: str) -> None:
    kind, whole = ending[1:].replace("htm", "html").replace("htmll", "html"), FORMS[ending]()
    made = [[changes.changed(kind, whole, Random(number)) for number in range(20)] for _ in range(2)]
    assert made[0] == made[1]
    assert sum(content != whole for content in made[0]) >= 15
    assert max(map(len, made[0])) <= changes.LONGEST


def test_every_kind_has_seeds_and_words() -> None:
    made = seeds.by_kind(5)
    assert set(made) == set(fuzz.KINDS)
    for kind, number in product(made, range(3)):
        case = fuzz.case(made, 5, kind, number)
        assert case.seed.target in case.seed.files
        assert case.command in case.seed.commands


@pytest.mark.parametrize("kind", ["svg", "css", "reference"])
def test_a_seed_that_is_not_damaged_is_rendered(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeds, "invented", lambda _start: [])
    seed = seeds.by_kind(1)[kind][0]
    command = seed.commands[0]
    monkeypatch.chdir(fuzz.written(fuzz.Case("", seed, seed.files[seed.target], command), tmp_path))
    assert call(list(command)) == 0
    assert len(list((tmp_path / "out").glob("*executive*"))) == 1


def test_changed_xml_stays_well_formed() -> None:
    words = [word for kind in changes.WORDS.values() for word in map(str.encode, kind)]
    made = {changes._still_xml(seeds.SVG.encode(), words, Random(number)) for number in range(200)}
    assert len(made) > 50
    assert all(etree.fromstring(content) is not None for content in made)
