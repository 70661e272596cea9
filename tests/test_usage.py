"""A wrong call is told in Typer's words and leaves with 2, whatever class of Typer's it comes as."""

from __future__ import annotations

import pytest
import typer

from briefgen.cli import app
from tests.mini import Mini


@pytest.mark.parametrize("call", [("render", "--nope"), ("render",), ("nope",), ("preview", "a.yaml", "--port", "soon")])
def test_a_wrong_call_leaves_with_2_and_the_usage(call: tuple[str, ...], mini: Mini) -> None:
    done = mini.cli(*call)
    assert done.code == 2
    assert done.err.startswith(f"Usage: briefgen {call[0]} " if call[0] != "nope" else "Usage: briefgen ")
    assert "\n\nError: " in done.err


def test_a_fault_that_has_no_words_of_its_own_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    def fails() -> None:
        raise typer.TyperException("an odd call")

    assert app._guarded(fails) == 2
    assert capsys.readouterr().err == "Error: an odd call\n"
