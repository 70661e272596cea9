"""`briefgen init`: a project's folder that works at once."""

from __future__ import annotations

import sys
from pathlib import Path

from briefgen.cli.app import Exit
from briefgen.files import shown_path, write_atomic
from briefgen.findings.diagnostics import BriefgenError, UsageError
from briefgen.project.starter import files

NEXT = ("briefgen check inputs/*.yaml", "briefgen render inputs/*.yaml", "briefgen batch", "briefgen schedule next")


def run(folder: Path) -> Exit:
    """Write the files of a project into a folder, none of which may be there; print them, and what to do next."""
    made = files()
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file", "name a folder, or a new one")
    there = [name for name in made if (folder / name).exists()]
    if there:
        hint = "nothing was written; name another folder, or move " + ("it away" if len(there) == 1 else "them away")
        raise UsageError(f"{shown_path(folder)} has {', '.join(there)} already", hint)
    for name, text in made.items():
        write_atomic(folder / name, text.encode())
        sys.stdout.write(f"{shown_path(folder / name)}\n")
    try:
        inside = folder.resolve() == Path.cwd().resolve()
    except OSError as fault:
        raise BriefgenError(f"can't tell where we are: {fault}", "go into a folder that exists") from fault
    steps = (*(() if inside else (f"cd {folder}",)), *NEXT)
    sys.stderr.write("next:\n" + "".join(f"  {step}\n" for step in steps))
    return Exit.OK
