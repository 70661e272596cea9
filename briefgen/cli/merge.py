"""`briefgen merge`: several summaries of one subject as one draft."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from briefgen.cli import terminal
from briefgen.cli.app import Exit
from briefgen.files import rewrite, standing
from briefgen.findings.diagnostics import UsageError
from briefgen.load.source import parse, read
from briefgen.load.validate import validate
from briefgen.merge import merge


def run(paths: Sequence[Path], output: Path, *, force: bool) -> Exit:
    """Write the joined summary, and say what is to settle in it."""
    if len(paths) < 2:
        raise UsageError("there is nothing to join", "name two summaries or more")
    if output.suffix not in (".yaml", ".yml"):
        raise UsageError(f"a joined summary is a YAML file, not {output.name}", f"-o {output.with_suffix('.yaml')}")
    before = standing(output)
    if output.exists() and not force:
        raise UsageError(f"{output} exists", "choose another name, or overwrite it with --force")
    merged = merge([read(path, str(path)) for path in paths], output.parent)
    validate(parse(merged.text, output))
    rewrite(output, merged.text.encode(), before)
    terminal.report(merged.findings, verbose=True)
    sys.stdout.write(f"{output}: {merged.added} added, {merged.united} found in both, {merged.differing} to settle\n")
    return Exit.OK
