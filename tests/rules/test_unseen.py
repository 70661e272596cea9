"""Sentences nobody tuned a rule on: how many honest ones are told, how many bad ones are found, as docs/checks.md prints it.

Each file of `unseen/` was written before the patterns were read, and is blind as a whole: counted, never a reason for a change.
Who looks at one moves it to `honest/opened/`. `python -m tests.rules.test_unseen` writes the table.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.rules.measured import measured, part, printed, write

FOLDER = Path(__file__).parent / "unseen"
FILES = sorted(FOLDER.glob("*.yaml"))
NONE = "No blind set stands there now."
blind = pytest.mark.skipif(not FILES, reason="no blind set in tests/rules/unseen")


@blind
@pytest.mark.parametrize("path", FILES or [FOLDER], ids=lambda path: path.stem)
def test_the_documents_print_what_is_measured(path: Path) -> None:
    row = measured(path).row
    assert row in part("blind-set").splitlines(), f"docs/checks.md lacks {row}: python -m tests.rules.test_unseen"


@blind
def test_the_documents_print_no_other_theme() -> None:
    themes = [line.split(" | ")[0].strip("| ") for line in part("blind-set").splitlines()[2:]]
    assert themes == [path.stem for path in FILES]


@blind
def test_there_are_thirty_honest_rows_and_ten_bad_ones_of_each_theme() -> None:
    for path in FILES:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert (len(data["sentences"]) >= 30, len(data["bad"]) >= 10) == (True, True), path.stem


def test_where_there_is_no_blind_set_the_documents_say_so() -> None:
    assert (part("blind-set") == NONE) == (not FILES)


if __name__ == "__main__":
    write("blind-set", printed(FILES) if FILES else NONE)
