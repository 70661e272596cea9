"""tools/bootstrap, run in a folder of its own with stand-ins for the programs that would change the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOLS = ("sh", "cat", "cksum", "dirname", "flock", "mkdir", "tr")
PANGO = "libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0"
ATOMIC = "libatomic.so.1"
FONTS = "Carlito\nLiberation Serif"


class Checkout:
    """A copy of what tools/bootstrap reads, on a machine with nothing but TOOLS and stand-ins that write to `calls`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("bootstrap", "validator/package-lock.json"):
            self.copy(f"tools/{name}")
        for name in ("pyproject.toml", "requirements/run.txt", "requirements/dev.txt"):
            self.copy(name)
        for name in (".venv/bin/python", ".venv/bin/briefgen"):
            self.program(name)
        for name in ("apt-get", "apt-cache", "env", "python3"):
            self.program(f"bin/{name}")
        self.program("bin/id", "echo 0")
        for name in TOOLS:
            (folder / "bin" / name).symlink_to(shutil.which(name) or name)
        self.machine()

    def copy(self, name: str) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, self.folder / name)

    def machine(self, libraries: str = PANGO, fonts: str = FONTS) -> None:
        self.program("bin/ldconfig", f"echo '{libraries}'")
        self.program("bin/fc-list", f"echo '{fonts}'")

    def program(self, name: str, does: str = "") -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\necho \"${{0##*/}} $*\" >>'{self.folder}/calls'\n{does}\n", encoding="utf-8")
        path.chmod(0o755)

    def bootstrap(self, level: str, apt: str = "no") -> tuple[int, str, str]:
        """Return the exit code, what was said, and what was called."""
        calls = self.folder / "calls"
        calls.write_text("", encoding="utf-8")
        env = {**os.environ, "PATH": str(self.folder / "bin"), "BRIEFGEN_APT": apt}
        done = subprocess.run(
            [self.folder / "tools/bootstrap", level], env=env, capture_output=True, encoding="utf-8", timeout=60
        )
        return done.returncode, done.stderr, calls.read_text(encoding="utf-8")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_the_first_run_installs_hashed_pins_and_the_second_nothing(checkout: Checkout) -> None:
    code, _, calls = checkout.bootstrap("run")
    assert code == 0
    assert "-m pip install -qq --require-hashes -r requirements/run.txt" in calls
    assert "apt-get" not in calls
    code, said, calls = checkout.bootstrap("run")
    assert (code, said) == (0, "")
    assert calls.splitlines() == ["python -c import sys; sys.exit(sys.version_info < (3, 11))"]


def test_the_developers_pins_hold_those_of_the_main_job(checkout: Checkout) -> None:
    assert "-r requirements/dev.txt" in checkout.bootstrap("dev")[2]
    assert "requirements" not in checkout.bootstrap("run")[2]


@pytest.mark.parametrize("name", ["requirements/run.txt", "pyproject.toml", "tools/bootstrap"])
def test_a_change_of_what_it_depends_on_is_noticed(name: str, checkout: Checkout) -> None:
    checkout.bootstrap("run")
    with (checkout.folder / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert "--require-hashes" in checkout.bootstrap("run")[2]


def test_a_failed_installation_is_tried_again(checkout: Checkout) -> None:
    checkout.program(".venv/bin/python", 'case "$*" in *requirements*) exit 1 ;; esac')
    assert checkout.bootstrap("run")[0] == 1
    assert "--require-hashes" in checkout.bootstrap("run")[2]


def test_a_moved_checkout_is_noticed(checkout: Checkout, tmp_path: Path) -> None:
    checkout.bootstrap("run")
    checkout.folder = Path(shutil.copytree(tmp_path, tmp_path.with_name(f"{tmp_path.name}-moved"), symlinks=True))
    assert "installing" in checkout.bootstrap("run")[1]


def test_without_pango_it_stops_and_says_the_command(checkout: Checkout) -> None:
    checkout.machine(libraries="libharfbuzz-subset.so.0")
    code, said, calls = checkout.bootstrap("run")
    assert code == 1
    assert "Pango" in said
    assert "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0" in said
    assert "requirements" not in calls


def test_without_a_python_it_stops_and_says_the_command(checkout: Checkout) -> None:
    checkout.program("bin/python3", "exit 1")  # an old one
    code, said, calls = checkout.bootstrap("run")
    assert (code, "requirements" in calls) == (1, False)
    assert said.startswith("briefgen: it needs Python 3.11 or newer")
    assert "apt-get install -y python3.13-venv" in said


def test_without_fonts_it_says_the_command_and_goes_on(checkout: Checkout) -> None:
    checkout.machine(fonts="DejaVu Sans")
    code, said, calls = checkout.bootstrap("run")
    assert code == 0
    assert "fonts-crosextra-carlito fonts-liberation" in said
    assert "--require-hashes" in calls


def test_as_root_it_installs_what_is_missing_and_only_that(checkout: Checkout) -> None:
    checkout.machine(fonts="Carlito")
    *_, calls = checkout.bootstrap("run", apt="yes")
    [install] = [line for line in calls.splitlines() if "apt-get" in line and "install" in line]
    assert install.split()[-1] == "fonts-liberation2"


def test_without_root_and_sudo_it_leaves_the_machine_alone(checkout: Checkout) -> None:
    checkout.machine(libraries="none")
    checkout.program("bin/id", "echo 1000")
    code, said, calls = checkout.bootstrap("run", apt="yes")
    assert (code, "apt-get" in calls) == (1, False)
    assert "sudo apt-get update && sudo apt-get install -y libpango-1.0-0" in said


def test_absent_judges_are_said_and_stop_nothing(checkout: Checkout) -> None:
    code, said, _ = checkout.bootstrap("judges")
    assert code == 0
    assert [line.startswith("briefgen: not checked: ") for line in said.splitlines()] == [True] * 5
    needs = ("poppler-utils", "libreoffice-writer-nogui", "chromium", "libatomic1", "nodejs npm")
    assert all(f"apt-get install -y {need}" in said for need in needs)


def test_as_root_it_installs_all_that_the_tests_judge_with(checkout: Checkout) -> None:
    calls = checkout.bootstrap("judges", apt="yes")[2]
    [install] = [line for line in calls.splitlines() if "apt-get" in line and " install " in line]
    needs = ["poppler-utils", "libreoffice-writer-nogui", "chromium", "libatomic1", "nodejs", "npm"]
    assert install.split()[-6:] == needs


def judged(checkout: Checkout, node: str = "v18.20.4", npm: str = "mkdir -p node_modules") -> tuple[str, str]:
    """Return what was said and called on a machine that lacks no judge; `node` is its version, `npm` what npm does."""
    checkout.machine(libraries=f"{PANGO} {ATOMIC}")
    for name in ("pdftotext", "pdfinfo", "soffice", "chromium"):
        checkout.program(f"bin/{name}")
    old = int(node.removeprefix("v").partition(".")[0]) < 18
    checkout.program("bin/node", f'case "$1" in -e) exit {int(old)} ;; *) echo {node} ;; esac')
    checkout.program("bin/npm", npm)
    code, said, calls = checkout.bootstrap("judges", apt="yes")
    assert code == 0
    return said, calls


def test_the_validator_is_installed_once(checkout: Checkout) -> None:
    said, calls = judged(checkout)
    assert (said, calls.count("npm ci")) == ("", 1)
    assert judged(checkout)[1].count("npm") == 0
    (checkout.folder / "bin/npm").unlink()  # what is installed runs without it
    assert "apt-get" not in checkout.bootstrap("judges", apt="yes")[2]


def test_an_old_node_is_said_and_left_alone(checkout: Checkout) -> None:
    said, calls = judged(checkout, node="v12.22.9")
    assert said == ("briefgen: not checked: DOCX against the Open XML schemas, which needs Node 18 or newer; here is v12.22.9\n")
    assert "npm" not in calls
    assert "apt-get" not in calls


def test_a_validator_that_npm_cannot_install_is_said_and_tried_again(checkout: Checkout) -> None:
    assert judged(checkout, npm="exit 1")[0].endswith("npm could not install the validator\n")
    assert judged(checkout)[1].count("npm ci") == 1
