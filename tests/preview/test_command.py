"""`briefgen preview` as a person starts it: what it says, what it refuses, how it stops, and what fifty saves lead to."""

from __future__ import annotations

import errno
import http.client
import json
import os
import signal
import socket
import sys
from pathlib import Path

import pytest

pytest.importorskip("uvicorn", reason="not checked: the extra `preview` is not installed")

from briefgen.cli import preview
from tests import builders
from tests.mini import Mini
from tests.preview.serving import PATIENCE, Served, served, waited

pytestmark = [pytest.mark.xdist_group("preview"), pytest.mark.slow]


def events(preview: Served) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=PATIENCE)
    connection.request("GET", "/events")
    return connection, connection.getresponse()


def titled(title: str) -> str:
    return json.dumps({**builders.minimal(), "title": title})


def test_it_stops_at_once_and_frees_the_port(mini: Mini) -> None:
    mini.write("mini.json", titled("One"))
    with served(mini.folder, "mini.json") as one:
        assert one.state()["ok"]
        connection, stream = events(one)
        assert stream.getheader("content-type", "").startswith("text/event-stream")
        assert stream.getheader("cache-control") == "no-store"
        assert stream.readline() == b"retry: 500\n"
        assert one.stop() == 0
        assert stream.read().endswith(b"\n\n")  # the stream was ended, not cut
        connection.close()
        _, said = one.process.communicate(timeout=PATIENCE)
        assert said == "Ctrl-C stops it\nstopped\n"
    with served(mini.folder, "mini.json", "--port", str(one.port)) as again:
        assert again.port == one.port
        assert again.state()["ok"]


def test_it_stops_while_a_version_is_being_made(mini: Mini) -> None:
    mini.write("mini.json", titled("One"))
    with served(mini.folder, "mini.json") as one:
        connection = http.client.HTTPConnection("127.0.0.1", one.port, timeout=PATIENCE)
        connection.request("GET", "/state?audience=analyst")
        assert one.stop() == 0
        connection.close()
        _, said = one.process.communicate(timeout=PATIENCE)
        assert said == "Ctrl-C stops it\nstopped\n"


def test_only_this_machine_is_listened_to(mini: Mini) -> None:
    mini.write("mini.json", titled("One"))
    with served(mini.folder, "mini.json") as one:
        tables = [Path(f"/proc/{one.process.pid}/net/{name}") for name in ("tcp", "tcp6")]
        if not tables[0].exists():
            pytest.skip("not checked: this system has no /proc/net")
        rows = [line.split() for table in tables if table.exists() for line in table.read_text().splitlines()[1:]]
        listening = [row[1] for row in rows if row[3] == "0A" and row[1].endswith(f":{one.port:04X}")]
        assert listening == [f"0100007F:{one.port:04X}"]
        assert one.get("/", Host="evil.example")[0] == 400


def test_a_port_in_use_is_told_with_its_cure(mini: Mini) -> None:
    mini.write("mini.json", titled("One"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = mini.process("preview", "mini.json", "--no-browser", "--port", str(port))
    assert done.code == 2
    assert done.err == f"briefgen: port {port} is in use\n  name another one with --port; 0 takes a free one\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing.yaml"], "there is no file nothing.yaml"),
        (["."], ". is a folder"),
        (["mini.json", "-a", "executiv"], "did you mean 'executive'?"),
        (["mini.json", "--port", "70000"], "less than or equal to 65535"),
        (["mini.json", "--templates", "nothing"], "there is no template folder nothing"),
    ],
)
def test_a_wrong_request_is_refused(mini: Mini, arguments: list[str], said: str) -> None:
    mini.write("mini.json", titled("One"))
    done = mini.cli("preview", "--no-browser", *arguments)
    assert done.code == 2
    assert said in done.err


def test_a_missing_extra_is_told(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    mini.write("mini.json", titled("One"))
    monkeypatch.setattr(preview, "find_spec", lambda name: None if name == "uvicorn" else name)
    done = mini.cli("preview", "mini.json", "--no-browser")
    assert (done.code, done.err) == (4, "briefgen: the preview needs uvicorn\n  pip install 'briefgen[preview]'\n")


def test_other_commands_do_not_load_it(mini: Mini) -> None:
    code = "import sys; import briefgen.cli.app; sys.exit(bool({'starlette', 'uvicorn', 'watchfiles'} & set(sys.modules)))"
    assert os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", code]) == 0


def test_a_browser_is_opened_only_where_there_is_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not preview._has_screen()
    monkeypatch.setenv("DISPLAY", ":0")
    assert preview._has_screen()


def test_fifty_quick_saves_end_in_the_last_one(mini: Mini) -> None:
    path = mini.write("mini.json", titled("Save 0"))
    with served(mini.folder, "mini.json") as one:
        first = one.state()
        for number in range(1, 51):
            path.write_text(titled(f"Save {number}"), encoding="utf-8")
        last = one.until(lambda state: state["shown"]["title"] == "Save 50" and state["generation"] > first["generation"])
        settled = [one.state() for _ in range(5)]
        assert {state["shown"]["title"] for state in settled} == {"Save 50"}
        assert {state["shown"]["pages"][0]["key"] for state in settled} == {last["shown"]["pages"][0]["key"]}


def test_the_stream_follows_files_and_states_never_grow_older(mini: Mini) -> None:
    path = mini.write("mini.json", titled("Save 0"))
    with served(mini.folder, "mini.json") as one:
        connection, stream = events(one)
        numbers, titles = [], []
        for number in range(1, 11):
            path.write_text(titled(f"Save {number}"), encoding="utf-8")
            while not (line := stream.readline()).startswith(b"data: "):
                pass
            numbers.append(int(line.removeprefix(b"data: ")))
            titles.append(int(one.state()["shown"]["title"].removeprefix("Save ")))
        assert numbers == sorted(set(numbers))
        assert titles == sorted(titles)
        waited(lambda: one.state()["shown"]["title"], lambda title: title == "Save 10")
        connection.close()


def test_a_killed_preview_leaves_nothing_at_its_port(mini: Mini) -> None:
    mini.write("mini.json", titled("One"))
    with served(mini.folder, "mini.json") as one:
        one.process.send_signal(signal.SIGTERM)
        one.process.wait(PATIENCE)
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", one.port)) == errno.ECONNREFUSED
