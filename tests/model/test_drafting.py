"""Settings of the model drafter: what is a key is refused and never shown; what would go unencrypted is refused."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from briefgen.findings.diagnostics import Diagnostic, Rejected
from briefgen.findings.report import as_json, github, text
from briefgen.load.source import read
from briefgen.model.drafting import ModelSettings
from briefgen.project.project import project_file
from tests.mini import Mini

KEYS = (
    "sk-proj-abcdef1234567890abcdef",
    "AKIAIOSFODNN7EXAMPLE",
    "0f8c2f0e9b1d4c7aa6d5e4f3c2b1a098",
    "hf_AbCdEfGhIjKlMnOp",
    "Bearer abc",
    "averylongkeyofsmallletters",
)


def _faults(mini: Mini, yaml: str) -> tuple[list[Diagnostic], str]:
    mini.write("briefgen.yaml", yaml)
    with pytest.raises(Rejected) as fault:
        project_file(read(mini.folder / "briefgen.yaml", "briefgen.yaml"))
    found = list(fault.value.diagnostics)
    lines = yaml.split("\n")
    shown = text(found, lambda _, number: lines[number - 1], verbose=True)
    return found, f"{shown}\n{as_json(found)}\n{github(found)}\n{fault.value}"


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    "form",
    [
        "draft:\n  model:\n    name: m\n    key: {}\n",
        "draft: {{drafter: wrong, model: {{name: m, key: {}, retries: 99}}}}\n",
        "draft:\n  model:\n    name: m\n    api_key: {}\n",
        "draft:\n  model:\n    name: m\n    token: {}\n",
    ],
)
def test_a_key_in_the_file_is_refused_and_never_shown(mini: Mini, key: str, form: str) -> None:
    found, said = _faults(mini, form.format(f'"{key}"'))
    assert [row.code for row in found] == ["PRJ-17"]
    assert key not in said
    assert "a variable of the environment" in said


@pytest.mark.parametrize(
    "url", ["https://me:hunter2@ai.example/v1", "https://ai.example/v1?api_key=hunter2", "https://hunter2@a.eu"]
)
def test_a_key_in_the_address_is_refused_and_never_shown(mini: Mini, url: str) -> None:
    found, said = _faults(mini, f"draft: {{model: {{name: m, url: '{url}'}}}}\n")
    assert [row.code for row in found] == ["PRJ-17"]
    assert "hunter2" not in said


@pytest.mark.parametrize("name", ["MISTRAL_API_KEY", "OPENAI_API_KEY", "KEY", "OPENAI_API_KEY_EUROPE_2025", "_K2"])
def test_a_variable_is_no_key(name: str) -> None:
    assert ModelSettings(name="m", key=name).key == name


LOCAL = ("http://127.0.0.1:11434/v1", "http://localhost:8080/v1", "http://[::1]:80/v1", "https://127.3.2.1/v1")
OWN = ("http://10.1.2.3:8000/v1", "http://192.168.0.4/v1", "http://gpu:8000/v1", "http://ai.lan/v1", "http://[fd00::1]/v1")
ABROAD = ("http://api.example.eu/v1", "http://8.8.8.8/v1", "http://localhost.example.eu/v1", "http://127.0.0.1.example.eu/v1")


@pytest.mark.parametrize("url", [*LOCAL, *OWN, "https://api.example.eu/v1"])
def test_encrypted_or_within_ones_own_network(url: str) -> None:
    assert ModelSettings(name="m", url=url).local is (url in LOCAL)


@pytest.mark.parametrize("url", ABROAD)
def test_unencrypted_over_others_networks_is_refused(mini: Mini, url: str) -> None:
    found, said = _faults(mini, f"draft:\n  model:\n    name: m\n    url: {url}\n")
    assert [row.code for row in found] == ["PRJ-18"]
    assert "write https://" in said


@pytest.mark.parametrize("url", ["ftp://a.eu", "api.example.eu", "https://", "https:///v1", "https://a b"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        ModelSettings(name="m", url=url)


def test_other_mistakes_are_told_as_everywhere(mini: Mini) -> None:
    yaml = "draft:\n  drafter: lllm\n  model:\n    provider: openia\n    retries: 99\n    seconds: 0\n    max_tokens: 5\n"
    found, said = _faults(mini, yaml)
    assert {row.code for row in found} == {"MOD-01", "MOD-02", "MOD-04", "MOD-05"}
    assert "did you mean `llm`?" in said
    assert "did you mean `openai`?" in said
