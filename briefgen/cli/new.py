"""`briefgen new` and `briefgen schema`: a summary to start from, and the schema that editors complete it by."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from briefgen.cli.app import Exit
from briefgen.files import rewrite, standing, write_atomic
from briefgen.findings.diagnostics import UsageError
from briefgen.load.starter import schema, starter

SCHEMA_FILE = "summary.schema.json"


def run(file: Path, *, full: bool, force: bool) -> Exit:
    """Write a new summary and, beside it, the schema that its first line names."""
    if file.suffix not in (".yaml", ".yml"):
        raise UsageError(f"a new summary is a YAML file, not {file.name}", f"briefgen new {file.with_suffix('.yaml')}")
    before = standing(file)
    if file.exists() and not force:
        raise UsageError(f"{file} exists", "choose another name, or overwrite it with --force")
    rewrite(file, starter(full).encode(), before)
    schema_beside(file)
    sys.stdout.write(f"{file}\n{file.parent / SCHEMA_FILE}\n")
    return Exit.OK


def schema_beside(file: Path) -> None:
    """Write the schema that a summary's first line names."""
    write_atomic(file.parent / SCHEMA_FILE, _schema().encode())


def print_schema() -> Exit:
    """Print the JSON Schema of a summary."""
    sys.stdout.write(_schema())
    return Exit.OK


def _schema() -> str:
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
