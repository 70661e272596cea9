"""The guard that keeps the whole suite off the network is itself tested."""

from __future__ import annotations

import socket
import urllib.request
from pathlib import Path

import pytest


def test_the_network_is_out_of_reach() -> None:
    with socket.socket() as one, pytest.raises(AssertionError, match="reached for the network"):
        one.connect(("192.0.2.1", 80))  # RFC 5737: an address of nobody


def test_names_are_not_looked_up() -> None:
    with pytest.raises(AssertionError, match=r"looked up example\.org"):
        urllib.request.urlopen("http://example.org/")


def test_this_machine_may_talk_to_itself(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as one:
        assert one.getpeername() == server.getsockname()
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as one:
        server.bind(str(tmp_path / "s"))
        server.listen()
        one.connect(str(tmp_path / "s"))
        assert one.getpeername() == str(tmp_path / "s")
