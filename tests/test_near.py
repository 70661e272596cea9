"""What was probably meant: one place finds it, one place says it."""

from __future__ import annotations

from pathlib import Path

import pytest

import briefgen
from briefgen.findings.near import did_you_mean, nearest, several

HOUSE = Path(briefgen.__file__).parent


def test_the_nearest_name_and_none() -> None:
    assert nearest("exectuive", ["adviser", "executive"]) == "executive"
    assert nearest("board", ["adviser", "executive"]) is None
    assert nearest("lik", {"likely": 1}, 0.9) is None
    assert several("risk", ("risks", "risk_1", "watch", "disk")) == ("risks", "risk_1", "disk")


@pytest.mark.parametrize(
    ("form", "said"), [("{!r}", "'a{b'"), ("`{}`", "`a{b`"), ("{}", "a{b"), ("<{}>", "<a{b>"), ("{{{}}}", "{a{b}")]
)
def test_each_form_shows_the_name_as_it_is(form: str, said: str) -> None:
    assert did_you_mean("a{b", "else", form=form) == f"did you mean {said}?"
    assert did_you_mean(None, "else", form=form) == did_you_mean("", "else") == "else"
    assert did_you_mean(None) == ""


def elsewhere(code: dict[str, str]) -> list[str]:
    """Return the modules that find or say it themselves."""
    words = ("get_close_matches", "did you mean")
    return [name for name, text in code.items() if name != "findings/near.py" and any(word in text for word in words)]


def test_nobody_else_says_it() -> None:
    assert elsewhere({path.relative_to(HOUSE).as_posix(): path.read_text("utf-8") for path in HOUSE.rglob("*.py")}) == []
    assert elsewhere({"load/x.py": "hint = f'did you mean {near}?'", "findings/near.py": "did you mean"}) == ["load/x.py"]
