"""The server's answers, its door, its stream, and that its loop never waits for a version to be made."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

import pytest

pytest.importorskip("starlette", reason="not checked: the extra `preview` is not installed")

from starlette.testclient import TestClient

from briefgen.findings.diagnostics import UsageError
from briefgen.preview import server
from briefgen.preview.server import ASSETS, Bell, Preview, Worker, bind
from briefgen.preview.versions import Versions
from tests import builders
from tests.mini import Mini

PORT = 8123
BASE = f"http://127.0.0.1:{PORT}"
TITLE = "<img src=x onerror=alert(1)> & </script>"


@contextmanager
def serving(desk: Versions) -> Iterator[TestClient]:
    """Yield a client of a preview; at the end its worker is idle, so that no other test renders beside it in this process."""
    preview = Preview(desk)
    with TestClient(preview.app(PORT), base_url=BASE) as made:
        yield made
    asyncio.run(preview.worker.do(lambda: None))


@pytest.fixture
def client(mini: Mini) -> Iterator[TestClient]:
    with serving(Versions(mini.write("mini.json", {**builders.minimal(), "title": TITLE}))) as made:
        yield made


def test_the_page_and_its_files_are_served(client: TestClient) -> None:
    for path, (_, kind) in ASSETS.items():
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(kind)


def test_the_page_names_no_other_place() -> None:
    for path in (files("briefgen.preview") / "assets").iterdir():
        text = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"https?:|//\w+\.|@import|innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text), path


def test_texts_of_a_file_travel_as_data(client: TestClient) -> None:
    answer = client.get("/state")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["shown"]["title"] == TITLE
    assert "<img src=x" not in client.get("/brief.html").text


def test_pages_keep_their_key_as_etag(client: TestClient) -> None:
    [page] = client.get("/state").json()["shown"]["pages"]
    answer = client.get(f"/pages/{page['key']}.png")
    assert answer.headers["etag"] == f'"{page["key"]}"'
    assert answer.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(("fmt", "start"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("html", b"<!DOCTYPE html>")])
def test_downloads_have_names(client: TestClient, fmt: str, start: bytes) -> None:
    answer = client.get(f"/download/{fmt}?audience=public")
    assert answer.headers["content-disposition"] == f'attachment; filename="mini-public.{fmt}"'
    assert answer.content.startswith(start)


def test_what_was_never_good_can_t_be_had(mini: Mini) -> None:
    with serving(Versions(mini.write("mini.json", "{"))) as client:
        assert client.get("/state").json()["shown"] is None
        for path in ("/brief.html", "/download/pdf"):
            assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", [*ASSETS, "/state", "/events", "/brief.html", "/download/pdf", "/pages/x.png", "/nothing"])
def test_every_answer_is_guarded(client: TestClient, path: str) -> None:
    if path == "/events":  # it never ends: its headers are looked at in test_command.py
        return
    headers = client.get(path).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert ("script-src" in policy) == (path not in ("/brief.html", "/download/pdf"))
    assert "unsafe-eval" not in policy
    assert ("sandbox" in policy) == (path in ("/brief.html", "/download/pdf"))


@pytest.mark.parametrize("path", ["/", "/state", "/events", "/brief.html", "/download/pdf", "/nothing"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 400),
        ({"Host": f"evil.example:{PORT}"}, 400),
        ({"Host": f"127.0.0.1.evil.example:{PORT}"}, 400),
        ({"Host": "127.0.0.1:1"}, 400),
        ({"Host": "127.0.0.1"}, 400),
        ({"Host": ""}, 400),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": f"https://127.0.0.1:{PORT}"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_strangers_are_refused(client: TestClient, path: str, headers: dict[str, str], status: int) -> None:
    answer = client.get(path, headers=headers)
    assert answer.status_code == status
    assert TITLE not in answer.text


@pytest.mark.parametrize(
    "headers",
    [{"Host": f"localhost:{PORT}"}, {"Host": f"LOCALHOST:{PORT}"}, {"Origin": BASE}, {"Sec-Fetch-Site": "same-origin"}],
)
def test_the_page_itself_may_ask(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get("/state", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/mini.json",
        "/../mini.json",
        "/%2e%2e/mini.json",
        "/assets/preview.html",
        "/pages/../mini.json",
        "/pages/%2e%2e%2fmini.json.png",
        "/pages/" + "0" * 32 + ".png",
        "/download/../mini.json",
        "/download/exe",
        "/state?summary=../mini.json",
        "/state?summary=/etc/passwd",
        "/brief.html?summary=/etc/passwd",
        "/download/pdf?summary=%2fetc%2fpasswd",
    ],
)
def test_no_path_reaches_a_file(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_audience_is_a_name_and_no_path(client: TestClient) -> None:
    state = client.get("/state?audience=../../brand").json()
    assert not state["ok"]
    assert state["findings"][0]["message"] == "there is no audience '../../brand'"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_changed(client: TestClient, method: str) -> None:
    assert client.request(method, "/state").status_code == 405


def test_the_stream_tells_every_change_and_ends(mini: Mini) -> None:
    async def told() -> list[str]:
        preview = Preview(Versions(mini.write("mini.json", builders.minimal())))
        news = preview._news()
        seen = [await anext(news), await anext(news)]
        preview.touch(False)
        preview.touch(False)  # two at once: one sign is enough, with the newest number
        seen.append(await anext(news))
        preview.bell.close()
        return [*seen, *[line async for line in news]]

    assert asyncio.run(told()) == ["retry: 500\n\n", "data: 1\n\n", "data: 3\n\n"]


def test_a_quiet_stream_gives_signs_of_life(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "BEAT", 0.001)

    async def told() -> str:
        news = Preview(Versions(mini.write("mini.json", builders.minimal())))._news()
        return [await anext(news) for _ in range(3)][2]

    assert asyncio.run(told()) == ": nothing new\n\n"


def test_the_loop_does_not_wait_for_the_worker() -> None:
    async def order() -> list[str]:
        worker, done, go = Worker(), [], threading.Event()
        slow = asyncio.create_task(worker.do(lambda: go.wait(60)))
        await asyncio.sleep(0)
        done.append("the loop goes on")
        go.set()
        assert await slow
        done.append("the work is done")
        with pytest.raises(ZeroDivisionError):
            await worker.do(lambda: 1 / 0)
        assert await worker.do(lambda: "still there") == "still there"
        return done

    assert asyncio.run(order()) == ["the loop goes on", "the work is done"]


def test_a_bell_wakes_all_who_wait() -> None:
    async def woken() -> int:
        bell = Bell()
        tasks = [asyncio.create_task(bell.next.wait()) for _ in range(3)]
        await asyncio.sleep(0)
        bell.ring()
        return len(await asyncio.gather(*tasks))

    assert asyncio.run(woken()) == 3


def test_a_port_in_use_is_told() -> None:
    with bind(0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        assert taken.getsockname()[0] == "127.0.0.1"
        with pytest.raises(UsageError, match=f"port {port} is in use") as caught:
            bind(port)
        assert "--port" in caught.value.hint


def test_the_state_is_json_in_any_script(client: TestClient) -> None:
    assert json.loads(client.get("/state").content.decode("utf-8"))["summary"] == "mini.json"
