"""A mini project in a folder of its own, driven through the public entry points; and expected results in files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefgen.cli.app import call
from briefgen.load.source import Source, read
from briefgen.model.brief import Brief
from briefgen.model.document import Document
from briefgen.pipeline import check as checking
from briefgen.pipeline import compile as compiling
from briefgen.project.project import Project
from briefgen.render import render
from briefgen.tailor import Cuts, tailor
from tests import builders

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str
    raw: bytes = b""


@dataclass(slots=True)
class Mini:
    """A project's folder. Every answer is worked out anew from the files that stand in it."""

    folder: Path
    capture: pytest.CaptureFixture[bytes]

    def write(self, name: str, content: Any) -> Path:
        """Write a file: text as it is, bytes as they are, data as JSON or YAML by the name."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        elif path.suffix == ".json":
            path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        else:
            path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return path

    def template(self, name: str, text: str) -> Path:
        """Write a file of the project's own template set."""
        return self.write(f"templates/default/{name}", text)

    def section(self, body: str, **audience: Any) -> None:
        """Make `own` an audience that shows the bottom line through the section template `own.html`."""
        self.template("sections/own.html", body)
        spec = {"use": "own", "of": "bottom_line"}
        self.write("templates/audiences/own.yaml", {"sections": [spec], "codes": True, "likelihood": "full", **audience})

    @property
    def project(self) -> Project:
        """Return the project as its files stand now."""
        return Project.find(self.folder)

    def source(self, data: builders.Data, name: str = "summary.json") -> Source:
        """Return the source of some data, written to a file."""
        return read(self.write(name, data), name)

    def brief(self, data: builders.Data, audience: str = "analyst", cuts: Cuts | None = None) -> Brief:
        """Return the tailored brief of some data."""
        return tailor(builders.summary(data), self.project.audience(audience), cuts)

    def document(self, data: builders.Data, audience: str = "analyst") -> Document:
        """Return the rendered document of some data, without page budget."""
        return render(self.brief(data, audience), self.project.template_set)

    def version(self, data: builders.Data, audience: str = "analyst", formats: Sequence[str] = ("pdf",)) -> compiling.Version:
        """Return one version as the pipeline compiles it: checked, tailored, fitted."""
        project = self.project
        checked = checking.check(project.with_defaults(self.source(data)), project)
        return compiling.compile_brief(checked, project.audience(audience), project, formats=formats)

    def cli(self, *arguments: str | Path) -> Done:
        """Return what a command does, run in this process."""
        self.capture.readouterr()
        code = call([str(argument) for argument in arguments])
        said = self.capture.readouterr()
        return Done(code, _text(said.out), _text(said.err), said.out)

    def process(self, *arguments: str | Path, text: str = "", **environment: str) -> Done:
        """Return what a command does, run as a process of its own."""
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", **environment}
        command = [sys.executable, "-m", "briefgen", *map(str, arguments)]
        done = subprocess.run(command, cwd=self.folder, env=env, input=text.encode(), capture_output=True, timeout=120)
        return Done(done.returncode, _text(done.stdout), _text(done.stderr), done.stdout)

    def files(self) -> set[str]:
        """Return the names of all files in the project, hidden ones included."""
        return {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()}


def _text(said: bytes) -> str:
    return said.decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Expected:
    """Texts that a run must repeat; under `--update` the files are rewritten, and the run says which."""

    update: bool
    record: Callable[[str, Any], None]

    def same(self, path: Path, text: str) -> None:
        """Compare a text with the file of this path."""
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        if before == text:
            return
        if self.update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            self.record("rewritten", path.relative_to(ROOT).as_posix())
            return
        changes = unified_diff(before.splitlines(), text.splitlines(), "expected", "now", lineterm="", n=1)
        listed = "\n".join(list(changes)[:60])
        pytest.fail(f"{path.relative_to(ROOT)} differs; `make golden` rewrites it:\n{listed}", pytrace=False)
