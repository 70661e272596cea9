"""tools/bare and tools/versions as far as they go without making a root or an environment: calls, refusals, and a clean end."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


class Machine:
    """A folder of stand-ins that come before the machine's own programs, and a checkout that holds the scripts."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.root = folder, folder / "root"
        for name in ("bare", "versions"):
            (folder / "checkout/tools").mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / "tools" / name, folder / "checkout/tools" / name)
        for name in ("git", "apt-get", "debootstrap"):
            self.program(name)
        self.program("id", "echo 0")

    def program(self, name: str, does: str = "") -> None:
        path = self.folder / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        path.chmod(0o755)

    def run(self, *command: str) -> tuple[int, str]:
        env = {
            **os.environ,
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "PYENV_ROOT": "/nowhere",
        }
        done = subprocess.run(command, cwd=self.folder / "checkout", env=env, capture_output=True, encoding="utf-8", timeout=60)
        return done.returncode, done.stderr

    def bare(self, *arguments: str) -> tuple[int, str]:
        return self.run("tools/bare", "--root", str(self.root), *arguments)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_wrong_call_is_told_how_to_call(machine: Machine) -> None:
    code, said = machine.bare("--colour")
    assert code == 2
    assert "tools/bare [option…] [COMMAND…]" in said
    assert "--keep" in said


def test_it_needs_root(machine: Machine) -> None:
    machine.program("id", "echo 1000")
    assert machine.bare() == (2, "bare: it needs root, to make a root and to go there: sudo tools/bare\n")
    assert not machine.root.exists()


def in_namespaces(machine: Machine) -> None:
    """Skip where this machine gives no namespaces, as most containers do not."""
    if os.getuid() or subprocess.run(["unshare", "--mount", "--pid", "--fork", "true"], capture_output=True).returncode:
        pytest.skip("not checked: a mount namespace needs root and CAP_SYS_ADMIN")


def test_a_folder_of_others_is_left_alone(machine: Machine) -> None:
    in_namespaces(machine)
    (machine.root / "home").mkdir(parents=True)
    code, said = machine.bare()
    assert (code, "is not empty, and no root of this script" in said) == (2, True)
    assert [path.name for path in machine.root.iterdir()] == ["home"]


@pytest.mark.parametrize("options", [(), ("--keep",)])
def test_a_root_that_could_not_be_made_is_removed(options: tuple[str, ...], machine: Machine) -> None:
    in_namespaces(machine)
    machine.program("debootstrap", 'mkdir -p "$4/proc" && mount -t tmpfs none "$4/proc" && echo no such suite; exit 1')
    code, said = machine.bare(*options, "--suite", "nowhere")
    assert code == 1
    assert "no such suite\nbare: debootstrap failed" in said
    assert not machine.root.exists()
    assert str(machine.root) not in Path("/proc/self/mounts").read_text(encoding="utf-8")


def test_the_commands_run_one_after_the_other_and_each_is_told(machine: Machine) -> None:
    in_namespaces(machine)
    machine.program(
        "debootstrap", 'mkdir -p "$4/proc" "$4/dev" "$4/root" "$4/etc/apt/apt.conf.d" "$4/usr/local/share/ca-certificates"'
    )
    machine.program("chroot", 'shift; [ "$1" != sh ] || exec sh -c "${3#*&& }"')
    code, said = machine.bare("echo one >&2", "exit 3", "echo two >&2")
    assert code == 1
    assert [line.split(" after ")[0].split(" in ")[0].split() for line in said.splitlines()[-3:]] == [
        ["echo", "one", ">&2", "passed"],
        ["exit", "3", "FAILED", "with", "3"],
        ["echo", "two", ">&2", "passed"],
    ]
    assert not machine.root.exists()


def test_a_python_that_is_not_here_is_said(machine: Machine) -> None:
    for version in ("3.11", "3.12", "3.13", "3.14"):
        machine.program(f"python{version}", "exit 1")
    code, said = machine.run("tools/versions", "matrix")
    assert code == 0
    assert said.splitlines() == [f"briefgen: not run: no Python 3.{minor} here" for minor in (11, 12, 13, 14)]


def test_a_run_that_fails_stops_no_other_and_is_told(machine: Machine) -> None:
    (machine.folder / "checkout/.venv/bin").mkdir(parents=True)
    shutil.copy(shutil.which("true") or "", machine.folder / "checkout/.venv/bin/uv")
    for version in ("3.11", "3.12", "3.13", "3.14"):
        machine.program(f"python{version}")
        made = machine.folder / f"checkout/.tools/python{version}/bin/python"
        made.parent.mkdir(parents=True)
        made.write_text(f"#!/bin/sh\nexit {int(version == '3.12')}\n", encoding="utf-8")
        made.chmod(0o755)
    code, said = machine.run("tools/versions", "matrix", "tests")
    assert code == 1
    assert said.splitlines()[-2:] == ["briefgen: Python 3.14", "briefgen: failed: Python 3.12;"]
