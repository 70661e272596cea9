"""What the rules say of a file of honest sentences and bad ones: how many honest ones are told, how many bad ones are found."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import yaml

from briefgen.findings.codes import CODES
from briefgen.findings.diagnostics import Severity
from tests.evidence.test_compare import blocks, said
from tests.rules import test_honest, test_levels

DOCUMENT = Path(__file__).parents[2] / "docs/checks.md"
HEAD = "| theme | honest | told | by an error | bad | found |\n| --- | --- | --- | --- | --- | --- |"


class Told(NamedTuple):
    """What was said of one row: a code or a kind, and whether it is an error."""

    code: str
    error: bool


class Measured(NamedTuple):
    """One file: its rows, the honest ones that were told (those by an error apart), the bad ones that were not found."""

    theme: str
    honest: int
    told: list[str]
    errors: list[str]
    bad: int
    missed: list[str]

    @property
    def row(self) -> str:
        """Return its row in the documents."""
        counts = (self.honest, len(self.told), len(self.errors), self.bad, self.bad - len(self.missed))
        return f"| {self.theme} | " + " | ".join(map(str, counts)) + " |"


def told(theme: str, row: dict[str, Any], codes: list[str]) -> list[Told]:
    """Return what is said of one row."""
    if theme == "evidence":
        return [Told(one.kind.value, blocks(one)) for one in said(row)]
    if theme == "levels":
        return [Told(found.code, found.severity is Severity.ERROR) for found in test_levels.told(row)]
    found = test_honest.told({**{key: str(value) for key, value in row.items()}, "codes": codes})
    return [Told(one.code, CODES[one.code].severity is Severity.ERROR) for one in found]


def measured(path: Path) -> Measured:
    """Return what the rules say of a file."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    common = {key: data[key] for key in ("as", "likelihood") if key in data}
    honest = [{**common, **({"text": row} if isinstance(row, str) else row)} for row in data["sentences"]]
    said = [(_words(row), told(path.stem, row, data.get("codes", []))) for row in honest]
    bad = [(_words(row), row["code"], told(path.stem, _uncoded({**common, **row}), [row["code"]])) for row in data["bad"]]
    return Measured(
        path.stem,
        len(honest),
        [f"{words}: {', '.join(one.code for one in rows)}" for words, rows in said if rows],
        [words for words, rows in said if any(one.error for one in rows)],
        len(bad),
        [words for words, code, rows in bad if code not in {one.code for one in rows}],
    )


def _words(row: dict[str, Any]) -> str:
    return str(next(row[key] for key in ("text", "claim", "full") if key in row))


def _uncoded(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "code"}


def printed(paths: list[Path]) -> str:
    """Return the table of some files."""
    return "\n".join((HEAD, *(measured(path).row for path in paths)))


def part(name: str) -> str:
    """Return what the documents say below `measured: NAME`."""
    text = DOCUMENT.read_text(encoding="utf-8")
    return text.partition(f"<!-- measured: {name} -->")[2].partition(f"<!-- end of {name} -->")[0].strip()


def write(name: str, words: str) -> None:
    """Write a part of the documents."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, begin, rest = text.partition(f"<!-- measured: {name} -->")
    _, end, after = rest.partition(f"<!-- end of {name} -->")
    DOCUMENT.write_text(f"{before}{begin}\n\n{words}\n\n{end}{after}", encoding="utf-8")
