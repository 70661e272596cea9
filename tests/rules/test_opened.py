"""Held-out sets that were opened: their sentences are tuned on now, and so have a limit.

`python -m tests.rules.test_opened` writes their table into docs/checks.md.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.measured import measured, part, printed, write

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parent / "honest"
FILES = sorted((FOLDER / "opened").glob("*.yaml"))
SIBLINGS = sorted((FOLDER / "siblings").glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_at_most_one_false_error_in_thirty_and_every_bad_one_is_found(path: Path) -> None:
    found = measured(path)
    assert len(found.errors) * 30 <= found.honest, found.errors
    assert not found.missed
    assert found.row in part("opened-set").splitlines(), f"docs/checks.md lacks {found.row}: python -m tests.rules.test_opened"


@pytest.mark.parametrize("path", SIBLINGS, ids=lambda path: path.stem)
def test_a_mended_rule_is_right_on_the_whole_class(path: Path) -> None:
    found = measured(path)
    assert (found.told, found.missed) == ([], [])


def test_every_theme_was_opened() -> None:
    assert len(FILES) == 10
    assert len(SIBLINGS) >= 8


if __name__ == "__main__":
    write("opened-set", printed(FILES))
