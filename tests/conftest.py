"""Fixtures of the whole suite: no network, expected results that `--update` rewrites, and a mini project."""

from __future__ import annotations

import json
import resource
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.mini import Expected, Mini

settings.register_profile("unhurried", deadline=None)  # how long an example takes depends on what else the machine does
settings.load_profile("unhurried")
LOOPBACK = ("127.", "::1", "localhost")
LAST = Path(__file__).parents[1] / ".tools/last-test.json"
COUNTS = pytest.StashKey[dict[str, int]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite goldens and transcripts, and say which ones changed")


@pytest.hookimpl(wrapper=True)
def pytest_terminal_summary(terminalreporter: Any) -> Iterator[None]:
    """Say at the end which expected results were rewritten; under xdist the names come with the reports."""
    yield
    reports = [report for row in terminalreporter.stats.values() for report in row]
    properties = [pair for report in reports for pair in getattr(report, "user_properties", ())]
    for name in sorted({value for key, value in properties if key == "rewritten"}):
        terminalreporter.write_line(f"rewritten: {name}")
    counts = {name: len(terminalreporter.stats.get(name, ())) for name in ("passed", "failed", "error", "skipped")}
    terminalreporter.config.stash[COUNTS] = counts


def whole(config: pytest.Config) -> bool:
    """Return whether this process leads a run of all tests, one that `make regress` may tell of."""
    chosen = config.option.keyword or config.option.markexpr or config.option.collectonly or config.option.lf
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS and not chosen and not hasattr(config, "workerinput")


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Write down how many tests there were and what they took, the workers' processor time included, which end before this."""
    counts = config.stash.get(COUNTS, {})
    if not whole(config) or not counts.get("passed"):
        return
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(each.ru_utime + each.ru_stime for each in used)
    LAST.parent.mkdir(exist_ok=True)
    LAST.write_text(json.dumps({"tests": sum(counts.values()), **counts, "processor": round(processor, 1)}), encoding="utf-8")


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse every connection but to this machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", _guarded_lookup(socket.getaddrinfo))
        yield


def _guarded(original: Any) -> Any:
    def call(self: socket.socket, *arguments: Any) -> Any:
        address = arguments[-1]
        if self.family != getattr(socket, "AF_UNIX", None) and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a test reached for the network: {address}")
        return original(self, *arguments)

    return call


def _guarded_lookup(original: Any) -> Any:
    def call(host: Any, *arguments: Any, **options: Any) -> Any:
        if host is not None and not str(host).startswith(LOOPBACK):
            raise AssertionError(f"a test looked up {host}")
        return original(host, *arguments, **options)

    return call


@pytest.fixture
def mini(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Mini:
    """Return an empty project in a folder of its own, which is the working directory."""
    monkeypatch.chdir(tmp_path)
    for name in ("BRIEFGEN_DEBUG", "NO_COLOR", "FORCE_COLOR", "PY_COLORS", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    for name in ("BRIEFGEN_OUTPUT", "BRIEFGEN_TEMPLATES", "BRIEFGEN_WORKERS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    return Mini(tmp_path, capfdbinary)


@pytest.fixture
def expected(request: pytest.FixtureRequest, record_property: Any) -> Expected:
    """Return what compares a text with a file of expected results, or rewrites the file under `--update`."""
    return Expected(bool(request.config.getoption("--update")), record_property)
