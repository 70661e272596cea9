"""A summary that is bad on purpose, of an analysis and a column, is seen through: each thing that must be raised, is.

It runs on two articles of our own, and on the two real ones that the project began with where BRIEFGEN_SEEDS names their folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from briefgen.findings.diagnostics import Diagnostic, Severity
from briefgen.load.source import read
from briefgen.pipeline.check import inspect
from briefgen.project.project import Project
from tests.mini import Mini
from tests.test_evidence_check import SEEDS

ANALYSIS = """\
The canal board turns to the north

The board has begun to prepare for a possible end of some fees on northern barges, according to Reuters. Clerks of the two harbour
offices have reportedly been asked to draw up a list of fees that could go.

A meeting of the American and Russian leaders is close, according to CNN, and the work on it has gathered pace. Talks in
Hamina are expected soon.
"""
COLUMN = """\
What the barges tell us

On Monday I watched the cranes from my window, and I saw the end of the long quarrel over the canal. The regime of the north has
won. Estimates suggest that up to 18 percent of all freight is spent on bribes. Hungary and Serbia are
the northern board's proxies.

A meeting of the leaders is unlikely for at least another month. The pact is undoubtedly dead, and this week was its funeral.
"""
OURS: dict[str, Any] = {
    "fact": ("The long quarrel over the canal has ended.", "the end of the long quarrel"),
    "hedge": ("Clerks were asked to draw up a list of fees.", "reportedly been asked to draw up a list"),
    "bound": ("The north spends 18 percent of freight on bribes.", "up to 18 percent of all freight"),
    "number": ("Up to 28 percent of all freight is spent on bribes.", "up to 18 percent of all freight"),
    "relayed": ("Some fees on northern barges may end.", "according to Reuters"),
    "near": ("A meeting of Trump and Putin is expected soon.", "gathered pace"),
    "far": ("A meeting of Trump and Putin is unlikely for at least another month.", "unlikely for at least another month"),
    "estimate": "Bribes take up to 18 percent of all freight.",
}
THEIRS: dict[str, Any] = {
    "fact": ("The diplomatic freeze between the two countries has ended.", "diplomatic freeze"),
    "hedge": ("Officials were instructed to list measures that can go.", "have reportedly been instructed"),
    "bound": ("Russia spends 30 percent of GDP on the war.", "up to 30 percent of GDP"),
    "number": ("Russia spends up to 40 percent of GDP on the war.", "up to 30 percent of GDP"),
    "relayed": ("Some sanctions may be lifted.", "according to recent Reuters reports"),
    "near": ("Work on a meeting of Trump and Putin has accelerated.", "have accelerated"),
    "far": ("A meeting of Trump and Putin is unlikely for at least another month.", "at least another month"),
    "estimate": "The war takes up to 30 percent of GDP.",
}


def bad(rows: dict[str, Any]) -> dict[str, Any]:
    """Return the summary: the texts and quotes of its two articles, and what is bad about any of them."""

    def item(name: str, source: str, status: str = "reported", words: str = "") -> dict[str, Any]:
        text, quote = rows[name]
        return {"headline": "H", "text": words or text, "status": status, "evidence": [{"source": source, "quote": quote}]}

    return {
        "title": "T", "language": "en-GB", "stage": "final", "as_of": "2025-03-04",
        "key_developments": [
            item("fact", "S2", "established"), item("hedge", "S1"), item("bound", "S2"), item("number", "S2", "estimate"),
            item("relayed", "S1"), item("near", "S1"), item("far", "S2"),
            {"headline": "H", "text": "The regime has won, as Moscow's proxies such as Hungary see it.", "status": "reported"},
            {"headline": "H", "text": "Work began on Monday.", "status": "reported"},
        ],
        "bottom_line": rows["estimate"],
        "risks": [{"title": "R", "mechanism": "M", "likelihood": "undoubtedly"}],
        "outlook": {"scenarios": [{"name": n, "narrative": "N", "likelihood": "likely"} for n in ("A pact", "No pact")]},
        "sources": [
            {"id": "S1", "title": "An analysis", "genre": "analysis", "published": "unknown", "file": "articles/s1.txt"},
            {"id": "S2", "title": "A column", "genre": "opinion", "published": "unknown", "file": "articles/s2.txt"},
        ],
    }  # fmt: skip


EXPECTED = {
    "opinion printed as fact": ("STA-01", "/key_developments/0"),
    "lost “reportedly”": ("STA-02", "/key_developments/1"),
    "“up to” dropped": ("NUM-02", "/key_developments/2"),
    "a changed number": ("NUM-04", "/key_developments/3"),
    "second-hand without “as cited in”": ("ATT-01", "/key_developments/4"),
    "an unsourced estimate": ("NUM-01", "/bottom_line"),
    "a day of the week": ("DAT-01", "/key_developments/8"),
    "a loaded word": ("ATT-04", "/key_developments/7"),
    "a label on a Member State": ("ATT-05", "/key_developments/7"),
    "a meeting that is near and far": ("COR-04", "/key_developments/"),
    "a likelihood outside the yardstick": ("LIK-01", "/risks/0"),
    "two scenarios both likely": ("SCN-02", "/outlook"),
}


def found(desk: Mini, rows: dict[str, Any], articles: list[bytes]) -> list[Diagnostic]:
    for number, article in enumerate(articles, 1):
        desk.write(f"articles/s{number}.txt", article)
    path = desk.write("bad.yaml", yaml.safe_dump(bad(rows), allow_unicode=True, sort_keys=False))
    return list(inspect(read(path, "bad.yaml"), Project.find(desk.folder), evidence=True)[1])


def seen_through(told: list[Diagnostic], rows: dict[str, Any]) -> None:
    missed = [
        what
        for what, (code, place) in EXPECTED.items()
        if not any(d.code == code and (d.path or "").startswith(place) for d in told)
    ]
    assert missed == []
    [differing] = [d for d in told if d.code == "COR-04"]
    assert differing.severity is Severity.WARNING
    shown = " ".join((differing.message, *differing.hints))
    assert all(rows[name][0][:40] in shown for name in ("near", "far")), "both texts are shown"
    assert not [d for d in told if d.code == "EVD-01" or d.code == "EVD-02"], "the quotes are sound: only the text is bad"


def test_of_two_articles_of_our_own(mini: Mini) -> None:
    seen_through(found(mini, OURS, [ANALYSIS.encode(), COLUMN.encode()]), OURS)


@pytest.mark.skipif(not SEEDS, reason="not checked: BRIEFGEN_SEEDS names no folder with the two articles")
def test_of_the_two_articles_that_the_project_began_with(mini: Mini) -> None:
    seen_through(found(mini, THEIRS, [Path(file).read_bytes() for file in SEEDS]), THEIRS)
