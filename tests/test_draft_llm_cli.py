"""`briefgen draft --drafter llm` as a user runs it: settings, key, plan, draft, and what is missing."""

from __future__ import annotations

import subprocess
import sys

import pydantic_ai.models
import pytest

from tests.drafters.llm.answers import GOOD, LOST, anchor, development
from tests.drafters.llm.server import drafts, says, serving
from tests.drafters.made import TEXTS
from tests.mini import ROOT, Mini

ARTICLE = "Ferry line closes its route\n\n" + "\n\n".join(TEXTS) + "\n"
KEY = "sk-never-to-be-seen-4711"
HALF = {**GOOD, "key_developments": [*GOOD["key_developments"], development("It lost 50 million euros.", anchor(LOST))]}
HEAVY = ("pydantic_ai", "openai", "anthropic", "mistralai", "httpx2", "httpx")


@pytest.fixture(autouse=True)
def _allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pydantic_ai.models, "ALLOW_MODEL_REQUESTS", True)
    monkeypatch.setenv("DESK_KEY", KEY)


def _desk(mini: Mini, url: str = "http://127.0.0.1:9/v1", **more: object) -> None:
    model = {"name": "small", "url": url, "key": "DESK_KEY", "retries": 1, "seconds": 5, **more}
    mini.write("briefgen.yaml", {"draft": {"drafter": "llm", "model": model}})
    mini.write("a.txt", ARTICLE)


def test_a_draft_of_a_model_checks_without_error(mini: Mini) -> None:
    with serving(drafts(HALF)) as server:
        _desk(mini, server.url, price_in=1, price_out=1)
        done = mini.cli("draft", "a.txt", "-o", "inputs/x.yaml")
    assert (done.code, len(server.asked)) == (0, 2)
    assert "key developments\t1" in done.out
    assert "note: dropped: development “Route to close”: the figure 50 million euros" in done.err
    assert "note: small: 2 requests, 2000 tokens sent, 200 answered, cost 0.0022" in done.err
    written = (mini.folder / "inputs/x.yaml").read_text(encoding="utf-8")
    assert "production: ai_generated" in written
    assert "# development “Route to close”: the figure 50 million euros" in written
    assert KEY not in done.out + done.err + written
    checked = mini.cli("check", "-v", "inputs/x.yaml")
    assert checked.code == 0
    assert " error " not in checked.err
    assert "EVD-0" not in checked.err
    for code in ("AI-01", "FIN-02"):
        assert code in checked.err


def test_the_plan_sends_nothing_writes_nothing_and_needs_no_key(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_KEY")
    with serving(drafts(GOOD)) as server:
        _desk(mini, server.url)
        before = mini.files()
        done = mini.cli("draft", "a.txt", "-o", "inputs/x.yaml", "--dry-run")
    assert done.code == 0
    assert server.asked == []
    assert mini.files() == before
    assert done.out.startswith(f"to: {server.url} (openai)\nmodel: small\nkey: from the variable DESK_KEY\nsize: about ")
    assert TEXTS[0] in done.out
    assert KEY not in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a.txt", "--drafter", "extractive", "--dry-run"), "--dry-run is for the drafter llm"),
        (("-", "--dry-run"), "--dry-run keeps no text of standard input"),
        (("a.txt", "--drafter", "gpt"), "there is no drafter 'gpt'"),
    ],
)
def test_what_can_not_be_asked_for(mini: Mini, arguments: tuple[str, ...], said: str) -> None:
    _desk(mini)
    done = mini.cli("draft", "-o", "x.yaml", *arguments)
    assert done.code == 2
    assert said in done.err


def test_the_extractive_drafter_needs_no_settings_and_counts_more_than_the_projects(mini: Mini) -> None:
    _desk(mini)
    assert mini.cli("draft", "a.txt", "-o", "x.yaml", "--drafter", "extractive").code == 0
    assert "production" not in (mini.folder / "x.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "code", "said"),
    [
        ("", 2, "no model is named for the drafter llm"),
        ("draft: {model: {name: m}}", 2, "`draft.model` has neither `key` nor `url`"),
        (
            "draft: {model: {name: m, key: NOT_SET_HERE}}",
            4,
            "the variable NOT_SET_HERE, which `draft.model.key` names, is not set",
        ),
        (f"draft: {{model: {{name: m, key: {KEY}}}}}", 1, "what looks like a key stands in the file"),
        ("draft: {model: {name: m, url: 'http://ai.example.eu/v1'}}", 1, "unencrypted"),
    ],
)
def test_settings_that_do_not_do(mini: Mini, file: str, code: int, said: str) -> None:
    mini.write("briefgen.yaml", f"{file}\n" if file else "output: outputs\n")
    mini.write("a.txt", ARTICLE)
    done = mini.cli("draft", "a.txt", "-o", "x.yaml", "--drafter", "llm")
    assert (done.code, said in done.err) == (code, True), done.err
    assert KEY not in done.err + done.out
    assert not (mini.folder / "x.yaml").exists()


@pytest.mark.parametrize("key", ["  ", "a b", "clé", "a\x07b"])
def test_a_variable_that_holds_no_key(mini: Mini, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("DESK_KEY", key)
    _desk(mini)
    done = mini.cli("draft", "a.txt", "-o", "x.yaml")
    assert done.code == 4
    assert "DESK_KEY" in done.err
    assert len(done.err) < 300


def test_a_server_that_refuses_the_key_leaves_nothing_behind(mini: Mini) -> None:
    with serving(says({"error": {"message": f"bad key {KEY}"}}, 401)) as server:
        _desk(mini, server.url)
        done = mini.cli("draft", "a.txt", "-o", "x.yaml")
    assert done.code == 4
    assert done.err == "briefgen: the server of small refuses the key (401)\n  look at the variable DESK_KEY\n"
    assert not (mini.folder / "x.yaml").exists()


def test_without_the_library_the_cure_is_told(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pydantic_ai", None)
    _desk(mini)
    done = mini.cli("draft", "a.txt", "-o", "x.yaml")
    assert done.code == 4
    assert done.err == "briefgen: pydantic_ai is not installed, and the drafter llm needs it\n  pip install 'briefgen[llm]'\n"


def test_without_a_providers_library_the_cure_is_told(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("pydantic_ai.") and name.endswith(".anthropic")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "anthropic", None)
    _desk(mini, provider="anthropic")
    done = mini.cli("draft", "a.txt", "-o", "x.yaml")
    assert done.code == 4
    assert done.err == "briefgen: anthropic is not installed, and a model of anthropic needs it\n  pip install 'briefgen[llm]'\n"


DRAFT = ["draft", "a.txt", "-o", "x.yaml"]


@pytest.mark.parametrize(
    "arguments", [["--help"], ["draft", "--help"], [*DRAFT, "--drafter", "extractive"], [*DRAFT, "--dry-run"]]
)
def test_only_a_draft_by_a_model_loads_the_libraries_for_models(mini: Mini, arguments: list[str]) -> None:
    _desk(mini)
    loaded = f"[name for name in {HEAVY!r} if name in sys.modules]"
    code = f"import sys; from briefgen.cli.app import call; call({arguments!r}); print({loaded})"
    environment = {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
    done = subprocess.run([sys.executable, "-c", code], cwd=mini.folder, env=environment, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().rstrip().endswith("[]")
