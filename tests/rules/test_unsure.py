"""How sure a source is of the thing itself: a claim that loses it is told, and where it names a speaker it is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from briefgen.findings.diagnostics import Severity, Verdict
from briefgen.load import parse, validate
from briefgen.rules import check

E, W = Severity.ERROR, Severity.WARNING


def told(text: str, quote: str, *, language: str = "en", status: str = "reported") -> list[tuple[str, Severity]]:
    item = {"headline": "H", "text": text, "status": status, "evidence": [{"source": "S1", "quote": quote}]}
    values = {
        "title": "T", "language": language, "stage": "final", "key_developments": [item],
        "sources": [{"id": "S1", "title": "T", "genre": "news"}],
    }  # fmt: skip
    source = parse(yaml.safe_dump(values, allow_unicode=True), Path("x.yaml"))
    rows = [row for row in check(validate(source), source) if row.code in ("STA-02", "STA-03")]
    assert all((row.verdict is Verdict.NOT_FOUND) == (row.severity is W) for row in rows)
    return [(row.code, row.severity) for row in rows]


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("The union says that the loss stems from the fees.", "the loss appears to stem from the fees", [("STA-02", W)]),
        ("The loss stems from the fees.", "the loss appears to stem from the fees", [("STA-02", E)]),
        ("Parts of the coast run dry.", "parts of the coast are at risk of running dry", [("STA-02", W)]),
        ("It will hold 40 boats, the board says.", "it is expected to hold 40 boats", [("STA-02", W), ("STA-03", W)]),
        ("It will hold 40 boats.", "it is expected to hold 40 boats", [("STA-02", W), ("STA-03", E)]),
        ("The board thinks that it will hold 40 boats.", "it is expected to hold 40 boats", []),
        ("The loss seems to stem from the fees, the union says.", "the loss appears to stem from the fees", []),
        ("The fees are blamed for the loss, as far as the union can tell; doubts remain.", "the loss may stem from the fees", []),
        ("Boats of three decks sail.", "boats of three decks may sail", []),
        ("It reportedly will sail.", "it may sail", []),
    ],
)  # fmt: skip
def test_english(text: str, quote: str, found: list[tuple[str, Severity]]) -> None:
    assert told(text, quote) == found


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("Die Prüfung findet nach vier Jahren statt.", "die Prüfung soll nach vier Jahren stattfinden", []),
        ("Das Schiff ist ausgelaufen.", "das Schiff soll in der Nacht ausgelaufen sein", [("STA-02", E)]),
        ("Die Gebühr sinkt, sagt der Rat.", "die Gebühr dürfte sinken", [("STA-02", W)]),
        ("Die Gebühr sinkt wohl.", "die Gebühr dürfte sinken", []),
    ],
)
def test_german(text: str, quote: str, found: list[tuple[str, Severity]]) -> None:
    assert told(text, quote, language="de", status="established") == found


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("La taxe baisse, dit le conseil.", "la taxe pourrait baisser", [("STA-02", W)]),
        ("La taxe devrait baisser.", "la taxe pourrait baisser", []),
    ],
)
def test_french(text: str, quote: str, found: list[tuple[str, Severity]]) -> None:
    assert told(text, quote, language="fr") == found
