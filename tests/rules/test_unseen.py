"""Sentences nobody tuned a rule on: how many honest ones are told, how many bad ones are found, as docs/checks.md prints it.

Each file of `unseen/` was written before the patterns were read. Its first, third, fifth row may be looked at while a rule is
mended; the rows between are frozen: counted, never a reason for a change. Who looks at one moves the whole file to `honest/`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from briefgen.codes import CODES
from briefgen.diagnostics import Severity
from tests.evidence.test_support import WARNINGS, gaps
from tests.rules import test_honest, test_levels

FOLDER = Path(__file__).parent / "unseen"
FILES = sorted(FOLDER.glob("*.yaml"))
PARTS = ("looked at", "frozen")


class Told(NamedTuple):
    """What was said of one row: a code or a kind, and whether it is an error."""

    code: str
    error: bool


def told(theme: str, row: dict[str, Any], codes: list[str]) -> list[Told]:
    if theme == "evidence":
        return [Told(gap.kind.value, gap.kind not in WARNINGS) for gap in gaps(row)]
    if theme == "levels":
        return [Told(found.code, found.severity is Severity.ERROR) for found in test_levels.told(row)]
    found = test_honest.told({**{key: str(value) for key, value in row.items()}, "codes": codes})
    return [Told(one.code, CODES[one.code].severity is Severity.ERROR) for one in found]


def measured(path: Path, part: int) -> str:
    """Return the row of the documents for one half of a file."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    common = {key: data[key] for key in ("as", "likelihood") if key in data}
    honest = [told(path.stem, {**common, **_row(row)}, data.get("codes", [])) for row in data["sentences"][part::2]]
    bad = [{**common, **row} for row in data["bad"][part::2]]
    found = [row for row in bad if row["code"] in {one.code for one in told(path.stem, _uncoded(row), [row["code"]])}]
    errors = sum(any(one.error for one in rows) for rows in honest)
    counts = (len(honest), sum(map(bool, honest)), errors, len(bad), len(found))
    return f"| {path.stem} | {PARTS[part]} | " + " | ".join(map(str, counts)) + " |"


def _row(row: str | dict[str, Any]) -> dict[str, Any]:
    return {"text": row} if isinstance(row, str) else row


def _uncoded(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "code"}


@pytest.mark.parametrize("part", range(2), ids=PARTS)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_documents_print_what_is_measured(path: Path, part: int) -> None:
    row = measured(path, part)
    assert row in (FOLDER.parents[2] / "docs/checks.md").read_text(encoding="utf-8"), f"docs/checks.md lacks {row}"


def test_there_are_thirty_honest_rows_and_ten_bad_ones_of_each_theme() -> None:
    for path in FILES:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert (len(data["sentences"]) >= 30, len(data["bad"]) >= 10) == (True, True), path.stem


if __name__ == "__main__":
    print("\n".join(measured(path, part) for path in FILES for part in range(2)))
