"""The preview as a process of its own, as a person starts it; and a browser to look at it with."""

from __future__ import annotations

import http.client
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.mini import ROOT

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
PATIENCE = 60.0
"""Seconds after which what is waited for will not come: no measure of speed."""


class Served:
    """A preview that runs."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process, self.address = process, address
        self.port = int(address.rstrip("/").rpartition(":")[2])

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def state(self, **asked: str) -> Any:
        """Return the state of a version."""
        status, _, body = self.get(f"/state?{urlencode(asked)}")
        assert status == 200, body
        return json.loads(body)

    def until(self, true: Callable[[Any], bool], **asked: str) -> Any:
        """Return the first state that is as wanted."""
        return waited(lambda: self.state(**asked), true)

    def stop(self) -> int:
        """Return the exit code after Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


def waited(look: Callable[[], Any], true: Callable[[Any], bool]) -> Any:
    """Return the first value that is as wanted; fail with the last one where none comes."""
    end = time.monotonic() + PATIENCE
    while True:
        seen = look()
        if true(seen):
            return seen
        assert time.monotonic() < end, f"it never came; the last was {seen}"
        time.sleep(0.02)


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Return the command, started in a folder."""
    command = [sys.executable, "-m", "briefgen", "preview", *arguments, "--no-browser"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=folder, env=env, **pipes)


@contextmanager
def served(folder: Path, *arguments: str) -> Iterator[Served]:
    """Yield a running preview, and stop it."""
    with start(folder, *arguments) as process:
        try:
            yield Served(process, first_line(process))
        finally:
            process.kill()


def first_line(process: subprocess.Popen[str]) -> str:
    """Return the address that the command says; fail where it says none."""
    assert process.stdout is not None
    line: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=lambda stream=process.stdout: line.put(stream.readline()), daemon=True).start()
    said = line.get(timeout=PATIENCE).strip()
    assert said.startswith("http://127.0.0.1:"), (said, process.communicate(timeout=PATIENCE))
    return said


@contextmanager
def browser() -> Iterator[Any]:
    """Yield a browser of this machine, without window; skip, saying so, where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="not checked: playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("not checked: there is no Chromium (tools/bootstrap judges)")
    started = subprocess.run([sys.executable, "-m", "playwright", "--version"], capture_output=True, encoding="utf-8")
    if started.returncode:  # its own Node needs a library, libatomic1 on Debian
        pytest.skip(f"not checked: playwright does not start (tools/bootstrap judges): {started.stderr.strip()}")
    with sync_api.sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield made
        finally:
            made.close()
