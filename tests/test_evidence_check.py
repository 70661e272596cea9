"""`check` compares with the articles, `render` of a draft opens none; `--fix` writes digests and places; a bad one is told."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pypdf
import pytest
import yaml

from briefgen.findings.diagnostics import Verdict
from briefgen.load.source import read
from briefgen.pipeline.check import inspect
from briefgen.project.project import Project
from briefgen.rules import RULES
from tests.mini import ROOT, Mini
from tests.readers import made

SEEDS = sorted(Path(os.environ["BRIEFGEN_SEEDS"]).glob("*.txt")) if "BRIEFGEN_SEEDS" in os.environ else []
"""Two real articles that are not ours to keep here: an analysis, then a column."""
GATE = {rule.code for rule in RULES if rule.scope == "evidence"}
SUMMARY = """\
id: fees          # stays
language: en
title: Fees
stage: draft
key_developments:
  - headline: Fees
    text: Ferry fees rise by up to 12 percent.
    status: reported
    evidence:
      - source: S1   # the board
        quote: up to 12 percent
sources:
  - {id: S1, title: T, file: articles/a.txt}
"""


@pytest.fixture
def desk(mini: Mini) -> Mini:
    mini.write("fees.yaml", SUMMARY)
    mini.write("articles/a.txt", made.as_text())
    return mini


def codes(desk: Mini, **changes: str) -> list[str]:
    text = SUMMARY
    for old, new in changes.items():
        text = text.replace(old.replace("_", " "), new)
    path = desk.write("fees.yaml", text)
    found = inspect(read(path, "fees.yaml"), Project.find(desk.folder), evidence=True)[1]
    return [row.code for row in found if row.code in GATE or row.code.startswith("ART")]


def test_a_sound_summary_has_nothing(desk: Mini) -> None:
    assert codes(desk) == []


def test_evidence_without_a_quote_is_compared_with_the_text_and_says_so(desk: Mini) -> None:
    text = SUMMARY.replace("        quote: up to 12 percent\n", "").replace("up to 12 percent", "up to 13 percent")
    path = desk.write("fees.yaml", text)
    found = inspect(read(path, "fees.yaml"), Project.find(desk.folder), evidence=True)[1]
    (row,) = (row for row in found if row.code == "NUM-04")
    assert row.message.startswith("“up to 13 percent” stands in no article of this summary")
    assert row.verdict is Verdict.INVENTED


def test_check_compares_and_render_of_a_draft_opens_nothing(desk: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes(desk, Ferry_fees="Ferry fees in Bergen", up_to_12_percent="13 percent") != []
    monkeypatch.setattr("briefgen.readers.read", lambda path: pytest.fail(f"{path} was opened"))
    assert desk.cli("render", "fees.yaml", "-a", "executive", "-t", "html").code == 0


def locked() -> bytes:
    writer, file = pypdf.PdfWriter(clone_from=io.BytesIO(made.as_pdf())), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(file)
    return file.getvalue()


ARTICLES: dict[str, tuple[str, Any, str]] = {
    "missing": ("articles/none.txt", None, "ART-01"),
    "empty": ("articles/e.txt", b"", "ART-04"),
    "broken": ("articles/b.pdf", b"%PDF-1.7 nonsense", "ART-06"),
    "unknown": ("articles/b.rtf", b"text", "ART-02"),
    "large": ("articles/l.txt", b"words " * 3_500_000, "ART-03"),
    "pictures": ("articles/p.pdf", made.pdf([[]]), "ART-04"),
    "locked": ("articles/k.pdf", locked(), "ART-05"),
}


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_that_can_not_be_used_is_told_and_never_ok(name: str, desk: Mini) -> None:
    file, content, code = ARTICLES[name]
    if content is not None:
        desk.write(file, content)
    desk.write("fees.yaml", SUMMARY.replace("articles/a.txt", file))
    for stage, severity in (("draft", "warning"), ("final", "error")):
        desk.write("fees.yaml", SUMMARY.replace("articles/a.txt", file).replace("stage: draft", f"stage: {stage}"))
        done = desk.cli("check", "fees.yaml", "--format", "json")
        rows = {row["code"]: row for row in json.loads(done.out)}
        assert rows[code]["severity"] == severity
        assert rows[code]["line"] == SUMMARY[: SUMMARY.index("articles/a")].count("\n") + 1
        assert rows["EVD-04"]["severity"] == "info"


def test_a_link_out_of_the_folder_is_not_followed(desk: Mini, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("out") / "secret.txt"
    outside.write_text("secret words")
    (desk.folder / "articles" / "link.txt").symlink_to(outside)
    desk.write("fees.yaml", SUMMARY.replace("a.txt", "link.txt"))
    done = desk.cli("check", "fees.yaml")
    assert "ART-01" in done.err
    assert "secret words" not in done.err


def test_a_quote_is_missing_altered_or_copied(desk: Mini) -> None:
    for quote, code in {
        "rise by up to 13 percent": "EVD-02", "nothing of the sort at all": "EVD-01", "q": "EVD-01",
        "“up to 12\u00a0percent”": None, "ticke\u00adts": None,
    }.items():  # fmt: skip
        desk.write("fees.yaml", SUMMARY.replace("quote: up to 12 percent", f'quote: "{quote}"'))
        found = inspect(read(desk.folder / "fees.yaml", "f"), Project.find(desk.folder), evidence=True)[1]
        assert [row.code for row in found if row.code.startswith("EVD")] == ([code] if code else []), quote


QUOTES: dict[str, tuple[str, str, list[str]]] = {  # article, quote, what is said of the quote
    "in another alphabet": ("Паромные сборы вырастут до 12 %, сообщил порт.", "вырастут до 12 %", []),
    "changed, in another alphabet": ("Паромные сборы вырастут до 12 %.", "сборы вырастут до 21 %", ["EVD-02"]),
    "with a letter that looks alike": ("Ferry fees rise by up to 12 %.", "Ferry f\u0435es rise by up to 12 %", ["EVD-02"]),
    "with soft hyphens in the article": ("Fer\u00adry fees rise by 12 per\u00adcent.", "fees rise by 12 percent", []),
    "with soft hyphens and ligatures": ("A firm fleet pays 12 percent.", "A \ufb01rm \ufb02eet pays 12 per\u00adcent", []),
    "of one letter inside a word": ("Fees rise by 12 percent.", "r", ["EVD-01"]),
    "of 2,000 words that nobody wrote": ("Fees rise by 12 percent.", "word " * 2000, ["EVD-01", "CPY-02"]),
    "of 2,000 words that stand there": ("Fees rise. " * 1000, ("Fees rise. " * 1000).strip(), ["CPY-02"]),
}  # fmt: skip


@pytest.mark.parametrize("name", QUOTES)
def test_a_quote(name: str, desk: Mini) -> None:
    article, quote, expected = QUOTES[name]
    desk.write("articles/a.txt", article)
    path = desk.write("fees.yaml", SUMMARY.replace("quote: up to 12 percent", f"quote: {json.dumps(quote)}"))
    found = inspect(read(path, "f"), Project.find(desk.folder), evidence=True)[1]
    rows = [row for row in found if row.code[:3] in ("EVD", "CPY")]
    assert [row.code for row in rows] == expected
    assert all(len(row.message) < 700 for row in rows), "a long quote is told in short"


@pytest.mark.parametrize(
    "hidden", ["<script>x = 'fees fall by 7 percent'</script>", "<p style='display:none'>fees fall by 7 percent</p>"]
)
def test_a_quote_from_what_a_page_hides_is_missing(hidden: str, desk: Mini) -> None:
    desk.write("articles/a.html", made.as_html(hidden))
    text = SUMMARY.replace("quote: up to 12 percent", "quote: fees fall by 7 percent").replace("a.txt", "a.html")
    found = inspect(read(desk.write("fees.yaml", text), "f"), Project.find(desk.folder), evidence=True)[1]
    assert "EVD-01" in [row.code for row in found]


def test_a_waiver_silences_and_is_not_missed_by_render(desk: Mini) -> None:
    text = SUMMARY.replace("up to 12 percent.", "13 percent.") + (
        "waivers:\n  - {code: NUM-04, item: D1, reason: The board corrected it, by: R. Reviewer}\n"
    )
    desk.write("fees.yaml", text)
    done = desk.cli("check", "fees.yaml", "-v", "--format", "json")
    rows = {row["code"]: row for row in json.loads(done.out)}
    assert rows["NUM-04"]["severity"] == "info"
    assert "R. Reviewer" in rows["NUM-04"]["message"]
    assert "WVR-02" not in rows
    assert "WVR-02" not in desk.cli("render", "fees.yaml", "-a", "analyst", "-t", "html").err


def test_fix_adds_two_lines_and_is_done(desk: Mini) -> None:
    done = desk.cli("check", "fees.yaml", "--fix", "--ignore", "STY")
    assert done.code == 0
    after = (desk.folder / "fees.yaml").read_text(encoding="utf-8")
    added = [line for line in after.splitlines() if line not in SUMMARY.splitlines()]
    assert added[0] == "        locator: ¶1"
    assert added[1].startswith("  - {id: S1, title: T, file: articles/a.txt, file_sha256: ")
    assert "locator: ¶1 at key_developments/0/evidence/0" in done.err
    assert desk.cli("check", "fees.yaml", "--fix", "--ignore", "STY").err == desk.cli("check", "fees.yaml", "--ignore", "STY").err
    assert (desk.folder / "fees.yaml").read_text(encoding="utf-8") == after
    desk.write("articles/a.txt", made.as_text() + b"\n\nA new line.")
    done = desk.cli("check", "fees.yaml", "--fix", "--ignore", "STY")
    assert "EVD-03" in done.err
    assert (desk.folder / "fees.yaml").read_text(encoding="utf-8") == after


def test_a_final_brief_whose_source_changed_is_refused(desk: Mini) -> None:
    text = SUMMARY.replace("articles/a.txt}", f"articles/a.txt, file_sha256: '{'0' * 64}'}}").replace("draft", "final")
    desk.write("fees.yaml", text)
    done = desk.cli("check", "fees.yaml", "--format", "json")
    assert done.code == 1
    assert {row["severity"] for row in json.loads(done.out) if row["code"] == "EVD-03"} == {"error"}


def test_the_example_passes_with_its_articles(mini: Mini) -> None:
    done = mini.cli("check", ROOT / "inputs" / "us-russia-reset.yaml", "--format", "json", "-v")
    assert done.code == 0
    assert [row for row in json.loads(done.out) if row["severity"] == "error"] == []


def test_starting_a_check_loads_no_reader_of_pages(desk: Mini) -> None:
    program = (
        "import sys; from briefgen.cli.app import call; call(['check', 'fees.yaml']);"
        "heavy = ('trafilatura', 'pypdf', 'weasyprint', 'docx', 'lxml', 'rapidfuzz', 'markdown_it');"
        "print([m for m in heavy if m in sys.modules])"
    )
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-c", program], cwd=desk.folder, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.skipif(not SEEDS, reason="not checked: BRIEFGEN_SEEDS names no folder with the two articles")
def test_a_bad_summary_of_the_two_articles_is_seen_through(desk: Mini) -> None:
    for name, file in zip(("s1.txt", "s2.txt"), SEEDS, strict=True):
        desk.write(f"articles/{name}", file.read_bytes())
    rows = [
        ("Russia spends 30 percent of its GDP on the war.", "S2", "up to 30 percent of GDP"),
        ("Russia spends up to 40 percent of its GDP on the war.", "S2", "up to 30 percent of GDP"),
        ("Two dating apps left in June 2023.", "S2", "exited the Russian market"),
        ("Russia has made concessions a prerequisite.", "S1", "has not made Russian concessions a prerequisite"),
        ("Turkish firms work around the rules.", "S1", "shown readiness to circumvent restrictions when enforcement is relaxed"),
        ("The talks in Geneva went on.", "S2", "backdrop for the inaugural phase"),
    ]
    developments = [
        {"headline": "H", "text": text, "status": "reported", "evidence": [{"source": source, "quote": quote}]}
        for text, source, quote in rows
    ]
    sources = [{"id": f"S{n}", "title": "T", "file": f"articles/s{n}.txt"} for n in (1, 2)]
    data = {"language": "en", "title": "T", "key_developments": developments, "sources": sources}
    path = desk.write("bad.yaml", yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
    found = inspect(read(path, "bad.yaml"), Project.find(desk.folder), evidence=True)[1]
    told = {(row.code, (row.path or "").split("/")[2]) for row in found if row.path and "key_developments" in row.path}
    expected = {("NUM-02", "0"), ("NUM-04", "1"), ("DAT-15", "2"), ("NEG-02", "3"), ("EVD-02", "4"), ("NAM-02", "5")}
    assert expected <= told
    hard = {row for row in told if row[0] in GATE and row[0][:3] in ("NUM", "EVD", "DAT")}
    assert hard == {row for row in expected if row[0][:3] in ("NUM", "EVD", "DAT")}
