"""One place compiles, writes, places and refuses: library, `render`, `batch` and preview get the same from it."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import briefgen
from briefgen import api
from briefgen.findings.diagnostics import Rejected
from briefgen.pipeline.build import Built, build
from briefgen.pipeline.check import Checked, check
from briefgen.preview.page import make
from briefgen.writers.pdf import available
from tests.batch.desks import RUN, settings
from tests.builders import Data, maximal, minimal
from tests.mini import Mini

COMPILES = "compile_brief"
HOME = {"pipeline.build", "pipeline.compile"}
LONG = "Ports may close. " * 700


def users(code: dict[str, str]) -> Iterator[str]:
    """Yield the modules that compile a summary themselves."""
    for module, source in code.items():
        names = {
            node.id if isinstance(node, ast.Name) else node.attr
            for node in ast.walk(ast.parse(source))
            if isinstance(node, (ast.Name, ast.Attribute))
        }
        if COMPILES in names:
            yield module


def test_nobody_else_compiles() -> None:
    folder = Path(briefgen.__file__).parent
    paths = {".".join(path.relative_to(folder).with_suffix("").parts): path for path in folder.rglob("*.py")}
    assert set(users({name: path.read_text(encoding="utf-8") for name, path in paths.items()})) <= HOME


def test_one_that_does_is_found() -> None:
    planted = {"api": f"from briefgen.pipeline import compile as c\nc.{COMPILES}(1)", "cli.x": f"{COMPILES}(1)", "cli.y": "x = 1"}
    assert list(users(planted)) == ["api", "cli.x"]


def checked(mini: Mini, data: Data, *, review: bool = False) -> Checked:
    return check(mini.source(data), mini.project, review=review)


def built(mini: Mini, data: Data, *, review: bool = False, file: str = "") -> Built:
    audience = mini.project.audience("executive")
    return build(checked(mini, data, review=review), audience, mini.project, ["html", "docx"], review=review, file=file)


def test_all_four_ways_give_the_same(mini: Mini) -> None:
    mini.write("one.yaml", maximal())
    settings(mini, j={"inputs": ["one.yaml"], "audiences": ["executive"], "formats": ["html"], "output": "batch"})
    assert mini.cli("render", "one.yaml", "-a", "executive", "-t", "html", "-o", "render").code == 0
    report = json.loads(mini.cli(*RUN, "--format", "json").out)
    [rendered], [made] = (list((mini.folder / name).glob("*.html")) for name in ("render", "batch"))
    shown = make(mini.folder / "one.yaml", "executive", mini.project, {})
    written = api.render_brief(mini.folder / "one.yaml", "executive", "html", project=mini.project)
    assert rendered.read_bytes() == made.read_bytes() == shown.html == written.content
    codes = [row.code for row in written.diagnostics]
    assert codes == [row.code for row in shown.findings] == [row["code"] for row in report["runs"][0]["diagnostics"]]


def test_what_is_over_the_budget_is_refused_whole_and_shown_in_a_review_copy(mini: Mini) -> None:
    data = {**maximal(), "bottom_line": LONG}
    with pytest.raises(Rejected) as refused:
        built(mini, data)
    assert [row.code for row in refused.value.diagnostics if row.is_error] == ["BUD-01"]
    copy = built(mini, data, review=True)
    assert set(copy.files) == {"html", "docx"}
    assert "BUD-01" in {row.code for row in copy.findings}
    assert b"REVIEW COPY" in copy.files["html"].content


def test_a_finding_on_the_version_stands_at_the_file_that_is_given(mini: Mini) -> None:
    alone, among = built(mini, minimal()), built(mini, minimal(), file="inputs/one.yaml")
    rows = [(one, other) for one, other in zip(alone.findings, among.findings, strict=True) if one != other]
    assert rows and {str(one.span) for one, _ in rows} == {"None"}
    assert {str(other.span) for _, other in rows} == {"inputs/one.yaml"}


@pytest.mark.skipif(available() is not None, reason="not checked: no PDF engine")
def test_an_error_of_a_writer_stops_a_review_copy_too(mini: Mini) -> None:
    data = {**minimal(), "title": "Ships \U00010c80 stop"}  # Old Hungarian: in no font that the templates name
    audience, shown = mini.project.audience("executive"), checked(mini, data, review=True)
    with pytest.raises(Rejected) as refused:
        build(shown, audience, mini.project, ["pdf"], review=True)
    [row] = [row for row in refused.value.diagnostics if row.is_error]
    assert (row.code, row.path) == ("PDF-02", "/title/full")
    assert row.span is not None and row.span.line
