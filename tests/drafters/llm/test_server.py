"""The model drafter against a server on loopback: each way to misbehave ends in a clear fault, or in a draft."""

from __future__ import annotations

import gzip
import json
import socket

import pydantic_ai.models
import pytest

from briefgen.drafters import Drafted, Settings
from briefgen.drafters.llm import draft
from briefgen.findings.diagnostics import BriefgenError
from briefgen.model.drafting import ModelSettings
from tests.drafters.llm.answers import GOOD, LOST, anchor, development
from tests.drafters.llm.server import (
    Data,
    Server,
    Way,
    breaks,
    calls,
    completion,
    drafts,
    hangs,
    packed,
    pours,
    says,
    serving,
    trickles,
)
from tests.drafters.made import article

pytestmark = pytest.mark.slow

KEY = "sk-never-to-be-seen-4711"
INVENTED = {"key_developments": [development("It closes.", anchor("words that no article has"))]}


@pytest.fixture(autouse=True)
def _allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Allow requests: they go to loopback only, as everywhere in the suite."""
    monkeypatch.setattr(pydantic_ai.models, "ALLOW_MODEL_REQUESTS", True)


def _asks(server: Server, *, retries: int = 1, seconds: float = 5.0, **more: object) -> Drafted:
    model = ModelSettings.model_validate(
        {"name": "m", "url": server.url, "key": "A_KEY", "retries": retries, "seconds": seconds, **more}
    )
    return draft([article()], Settings(model=model, key=KEY))


def test_a_server_that_behaves_gives_a_draft_and_its_tokens_count() -> None:
    with serving(drafts(GOOD)) as server:
        made = _asks(server, price_in=1.0, price_out=10.0)
    assert len(made.values["key_developments"]) == 1
    assert made.notes[-1] == "m: 1 request, 1000 tokens sent, 100 answered, cost 0.0020"
    [(path, headers, body)] = server.asked
    assert path == "/v1/chat/completions"
    assert headers["authorization"] == f"Bearer {KEY}"
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert KEY not in json.dumps(body)
    assert KEY not in str(made)


MENDED: dict[str, Way] = {
    "garbage for arguments": calls('{"key_developments": [{"headline"'),
    "arguments of another form": calls('{"key_developments": "many", "extra": 1}'),
    "words": says(completion({"content": "Sure, here is the brief."})),
    "an invented quote": drafts(INVENTED),
    "no room for now": says({"error": {"message": "slow down"}}, 429, Retry_After="0"),
    "a fault for now": says("oops", 503),
    "another tool": calls("{}", "rm"),
}  # fmt: skip


@pytest.mark.parametrize("name", MENDED)
def test_a_second_try_gives_a_draft(name: str) -> None:
    with serving(MENDED[name], drafts(GOOD)) as server:
        made = _asks(server)
    assert len(server.asked) == 2
    assert len(made.values["key_developments"]) == 1
    assert "/-" not in made.comments


ENDS: dict[str, tuple[Way, str, str]] = {
    "not JSON": (says("<html>Welcome</html>"), "m gave no|can't be reached|can't be asked", ""),
    "JSON of another kind": (says({"hello": "world"}), "m gave no answer that is a draft", "larger model"),
    "a list": (says("[1, 2]"), "m gave no|can't be asked", ""),
    "no choices": (says({**completion({}), "choices": []}), r"the answer of m can't be read \(IndexError\)", "/v1"),
    "an empty message": (says(completion({"content": ""})), "m gave no answer that is a draft in 2 tries", "larger model"),
    "garbage for arguments": (calls("{]"), "m gave no answer that is a draft in 2 tries", "larger model"),
    "the key refused": (says({"error": {"message": f"wrong key {KEY}"}}, 401), r"refuses the key \(401\)", "A_KEY"),
    "forbidden": (says({"error": {"message": f"wrong key {KEY}"}}, 403), r"refuses the key \(403\)", "A_KEY"),
    "an unknown model": (says({"error": {"message": "no model m"}}, 404), r"the request \(404\): no model m", "draft.model"),
    "a request it can't take": (says({"error": {"message": f"no tools {KEY}\n\x1b[31m"}}, 400), "no tools …", "draft.model"),
    "no room": (says({"error": {"message": "slow"}}, 429, Retry_After="0"), r"no room for more requests now \(429\)", "again"),
    "a fault": (says(f"trace {KEY}", 500), r"has a fault \(500\)", "try again later"),
    "a redirect": (says("", 307, Location="http://127.0.0.1:9/v1"), r"sends elsewhere \(307\)", "named server only"),
    "a break": (breaks, "can't be reached, or breaks off", "draft.model.url"),
}  # fmt: skip


@pytest.mark.parametrize("name", ENDS)
def test_what_does_not_stop_ends_in_a_clear_fault(name: str) -> None:
    way, message, hint = ENDS[name]
    with serving(way) as server, pytest.raises(BriefgenError, match=message) as fault:
        _asks(server)
    assert hint in fault.value.hint
    assert len(server.asked) <= 6
    assert "sk-never" not in f"{fault.value.message} {fault.value.hint} {fault.value.__cause__}"
    assert fault.value.__suppress_context__
    assert fault.value.message.isprintable()


@pytest.mark.parametrize("way", [hangs, trickles])
def test_a_server_that_never_ends_is_left_when_the_time_is_over(way: Way) -> None:
    with serving(way) as server, pytest.raises(BriefgenError, match=r"m gave no answer in 0\.4 seconds") as fault:
        _asks(server, seconds=0.4)
    assert "seconds" in fault.value.hint
    assert 1 <= len(server.asked) <= 2


BLANKS = b" " * 5_000_000
TOO_LARGE: dict[str, Way] = {
    "without an end": pours,
    "5 MB, and told so": says(BLANKS.decode()),
    "5 MB in 5 kB": packed(gzip.compress(BLANKS), "gzip"),
    "packed twice": packed(gzip.compress(gzip.compress(BLANKS)), "gzip, gzip"),
}


@pytest.mark.parametrize("name", TOO_LARGE)
@pytest.mark.parametrize("provider", ["openai", "anthropic", "mistral"])
def test_an_answer_that_is_too_large_is_left(name: str, provider: str) -> None:
    with serving(TOO_LARGE[name]) as server, pytest.raises(BriefgenError, match="an answer of m has more than 4 MB") as fault:
        url = server.url if provider == "openai" else server.url.removesuffix("/v1")
        _asks(server, provider=provider, url=url, seconds=20.0)
    assert "draft.model.url" in fault.value.hint
    assert len(server.asked) == 1  # the libraries try again: no server is asked


def test_an_answer_of_some_megabytes_is_read_packed_or_not() -> None:
    call = {"id": "c1", "type": "function", "function": {"name": "final_result", "arguments": json.dumps(GOOD)}}
    body = (json.dumps(completion({"tool_calls": [call]})) + " " * 3_900_000).encode()
    for way in (says(body.decode()), packed(gzip.compress(body), "gzip")):
        with serving(way) as server:
            assert len(_asks(server).values["key_developments"]) == 1
            assert server.asked[0][1]["accept-encoding"] == "identity"


def test_where_the_second_answer_is_too_large_the_good_part_of_the_first_is_the_draft() -> None:
    half = {**GOOD, "key_developments": [*GOOD["key_developments"], development("It lost 50 million euros.", anchor(LOST))]}
    with serving(drafts(half), pours) as server:
        made = _asks(server)
    assert any("an answer of m has more than 4 MB, and was left; the draft is" in note for note in made.notes)


def test_nobody_at_the_address() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: a connection is refused
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        with pytest.raises(BriefgenError, match="can't be reached") as fault:
            draft([article()], Settings(model=ModelSettings(name="m", url=url, seconds=5)))
    assert "whether the server runs" in fault.value.hint


def test_where_the_time_runs_out_after_a_first_answer_its_good_part_is_the_draft() -> None:
    half = {**GOOD, "key_developments": [*GOOD["key_developments"], development("It lost 50 million euros.", anchor(LOST))]}
    with serving(drafts(half), hangs) as server:
        made = _asks(server, seconds=0.6)
    assert len(made.values["key_developments"]) == 1
    assert any("m gave no answer in 0.6 seconds; the draft is" in note for note in made.notes)
    assert len(made.comments["/-"]) == 2


def test_neither_the_address_nor_the_key_is_taken_from_a_variable_of_a_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else-1")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with serving(drafts(GOOD)) as server:
        draft([article()], Settings(model=ModelSettings(name="m", url=server.url, seconds=5)))
    assert server.asked[0][1]["authorization"] == "Bearer none"


@pytest.mark.parametrize(("provider", "path"), [("anthropic", "/v1/messages"), ("mistral", "/v1/chat/completions")])
def test_other_protocols_go_to_the_named_server_and_end_as_clearly(provider: str, path: str) -> None:
    refusal = says({"error": {"message": KEY}, "message": KEY}, 401)
    with serving(refusal) as server, pytest.raises(BriefgenError, match="401") as fault:
        model = ModelSettings.model_validate(
            {"provider": provider, "name": "m", "url": server.url.removesuffix("/v1"), "key": "A_KEY", "seconds": 5}
        )
        draft([article()], Settings(model=model, key=KEY))
    assert [asked[0].partition("?")[0] for asked in server.asked] == [path]
    assert "sk-never" not in f"{fault.value.message} {fault.value.hint}"


def _tool_use(answer: Data) -> Way:
    content = [{"type": "tool_use", "id": "t1", "name": "final_result", "input": answer}]
    usage = {"input_tokens": 1000, "output_tokens": 100}
    head = {"id": "m1", "type": "message", "role": "assistant", "model": "m", "stop_reason": "tool_use"}
    return says({**head, "content": content, "usage": usage})


OTHERS = {"anthropic": _tool_use, "mistral": drafts}


@pytest.mark.parametrize("provider", OTHERS)
def test_other_protocols_give_drafts_and_send_faults_back(provider: str) -> None:
    answers = OTHERS[provider]
    with serving(answers(INVENTED), answers(GOOD)) as server:
        model = ModelSettings.model_validate(
            {"provider": provider, "name": "m", "url": server.url.removesuffix("/v1"), "seconds": 5}
        )
        made = draft([article()], Settings(model=model, key=KEY))
    assert len(made.values["key_developments"]) == 1
    assert made.notes[-1] == "m: 2 requests, 2000 tokens sent, 200 answered"
    assert all(any(KEY in value for value in headers.values()) for _, headers, _ in server.asked)
    assert "does not stand in S1" in json.dumps(server.asked[1][2])


def test_a_bug_of_ours_is_not_laid_at_the_servers_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefgen.drafters.llm.gate.Gate.kept", lambda *_: 1 / 0)
    with serving(drafts(GOOD)) as server, pytest.raises(ZeroDivisionError):
        _asks(server)
