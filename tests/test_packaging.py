"""What a person installs: the pins, the validator's lock, the wheel and the templates in it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import briefgen

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = ROOT / "tools/validator/package-lock.json"
ADDRESS = re.compile(r"https?:|file:|index.url|find.links|(?<!\w)/(?:home|opt|root|tmp|usr|var|work)/")


def test_the_version_is_said_once() -> None:
    assert PROJECT["project"]["version"] == briefgen.__version__


# ---- pins


def _pins(name: str) -> dict[str, tuple[Requirement, list[str]]]:
    """Return package name → its requirement and its hashes."""
    lines = (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    entries = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    pins = [(Requirement(entry.partition(" --hash")[0]), re.findall(r"--hash=(\S+)", entry)) for entry in entries]
    return {canonicalize_name(pin.name): (pin, hashes) for pin, hashes in pins}


def _extras(*names: str) -> list[Requirement]:
    """Return the requirements of some extras, of all where none is named."""
    rows = PROJECT["project"]["optional-dependencies"]
    return [Requirement(row) for name in names or rows for row in rows[name]]


def _group(name: str) -> list[Requirement]:
    """Return the requirements of a dependency group, with those of the groups it includes."""
    group = PROJECT["dependency-groups"][name]
    included = [requirement for row in group if isinstance(row, dict) for requirement in _group(row["include-group"])]
    return included + [Requirement(row) for row in group if isinstance(row, str)]


@pytest.mark.parametrize("name", ["run", "dev", "bench"])
def test_every_pin_is_exact_and_hashed(name: str) -> None:
    for requirement, hashes in _pins(name).values():
        assert [specifier.operator for specifier in requirement.specifier] == ["=="], requirement
        assert hashes, requirement
        assert all(re.fullmatch("sha256:[0-9a-f]{64}", each) for each in hashes), requirement


@pytest.mark.parametrize(("name", "group", "extras"), [("run", "build", ("articles", "preview")), ("dev", "dev", ())])
def test_the_pins_are_those_of_pyproject(name: str, group: str, extras: tuple[str, ...]) -> None:
    pins = _pins(name)
    for wanted in [*map(Requirement, PROJECT["project"]["dependencies"]), *_extras(*extras), *_group(group)]:
        own = canonicalize_name(wanted.name)
        assert own in pins, f"{wanted} is not pinned: make pins"
        [pinned] = pins[own][0].specifier
        assert wanted.specifier.contains(pinned.version), f"{wanted} is pinned to {pinned}: make pins"


def test_the_pins_of_the_peers_are_those_of_pyproject() -> None:
    pins = _pins("bench")
    assert [
        str(wanted) for wanted in _group("bench") if not wanted.specifier.contains(str(pins[wanted.name][0].specifier)[2:])
    ] == []


def test_what_runs_is_what_is_tested() -> None:
    tested = _pins("dev")
    assert {name: pin for name, pin in _pins("run").items() if tested.get(name) != pin} == {}


@pytest.mark.parametrize("name", ["lxml", "pillow", "pydantic-core"])
def test_the_hashes_are_of_all_platforms_wheels(name: str) -> None:
    _, hashes = _pins("run")[name]
    assert len(hashes) > 30


@pytest.mark.parametrize("path", [*sorted(ROOT.glob("requirements/*")), LOCK, ROOT / "pyproject.toml"], ids=str)
def test_no_address_stands_in_it(path: Path) -> None:
    assert [line for line in path.read_text(encoding="utf-8").splitlines() if ADDRESS.search(line)] == []


def test_the_validator_is_locked() -> None:
    package, lock = (json.loads(path.read_text(encoding="utf-8")) for path in (LOCK.with_name("package.json"), LOCK))
    [(name, version)] = package["devDependencies"].items()
    wrapper = lock["packages"][f"node_modules/{name}"]
    assert wrapper["version"] == version
    for platform, its_version in wrapper["optionalDependencies"].items():  # npm ci refuses a lock that lacks one
        assert lock["packages"][f"node_modules/{platform}"]["version"] == its_version == version
    assert "integrity" in wrapper
    assert "integrity" in lock["packages"][f"node_modules/{name}-linux-x64"]


# ---- the wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    [made] = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the scripts' folder of a new environment that holds the wheel and sees our packages, but not our checkout.

    Python adds a folder named in a .pth file to its path without reading the .pth files in that folder: so the
    environment finds the dependencies of the one that runs the tests, and its editable briefgen stays out of sight.
    """
    folder = tmp_path_factory.mktemp("installed")
    _run(sys.executable, "-m", "venv", folder, cwd=folder)
    paths = sysconfig.get_paths("venv", {"base": str(folder), "platbase": str(folder)})
    scripts = Path(paths["scripts"])
    _run(scripts / "python", "-m", "pip", "install", "-q", "--no-index", "--no-deps", wheel, cwd=folder)
    Path(paths["purelib"], "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return scripts


@pytest.mark.xdist_group("wheel")
def test_the_wheel_holds_templates_and_types_and_nothing_of_the_checkout(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    packed = {name.removeprefix("briefgen/_templates/") for name in names if name.startswith("briefgen/_templates/")}
    assert packed == {path.relative_to(ROOT / "templates").as_posix() for path in _tracked("templates")}
    assert "briefgen/py.typed" in names
    assets = {path.relative_to(ROOT).as_posix() for path in _tracked("briefgen/preview/assets")}
    assert {name for name in names if name.startswith("briefgen/preview/assets/")} == assets != set()
    words = {path.relative_to(ROOT).as_posix() for path in (ROOT / "briefgen/language/data").glob("*.yaml")}
    assert len(words) >= 5
    assert words <= set(names)
    assert {name.split("/")[0] for name in names} == {"briefgen", f"briefgen-{briefgen.__version__}.dist-info"}


@pytest.mark.xdist_group("wheel")
def test_the_installed_package_is_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = _run(installed / "python", "-c", "import briefgen; print(briefgen.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)


@pytest.mark.xdist_group("wheel")
def test_the_installed_command_renders_anywhere(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "inputs", tmp_path / "elsewhere")
    command = (installed / "briefgen", "render", "elsewhere/us-russia-reset.yaml", "-t", "pdf,docx", "-o", "out")
    _run(*command, cwd=tmp_path)
    pdfs, documents = sorted(tmp_path.glob("out/**/*.pdf")), sorted(tmp_path.glob("out/**/*.docx"))
    assert [path.stem for path in pdfs] == [path.stem for path in documents] != []
    assert all(path.read_bytes().startswith(b"%PDF-") for path in pdfs)
    assert all(path.read_bytes().startswith(b"PK") for path in documents)


def _tracked(folder: str) -> list[Path]:
    hidden = {"__pycache__", ".DS_Store"}
    return [path for path in (ROOT / folder).rglob("*") if path.is_file() and not hidden & set(path.parts)]


def _run(*command: str | Path, cwd: Path) -> str:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "BRIEFGEN"))}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, f"{command} exited with {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout
