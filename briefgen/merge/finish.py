"""The first and the last steps of joining: articles named from the new folder, and the finished text with what is to settle."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefgen.findings.diagnostics import Diagnostic, warning
from briefgen.load import splice
from briefgen.load.source import Source


def moved(source: Source, home: Path) -> tuple[Source, list[Diagnostic]]:
    """Return a summary whose articles are named from the new folder; those that lie outside of it can't be."""
    changes: list[tuple[str, str]] = []
    found: list[Diagnostic] = []
    for number, item in enumerate(source.values.get("sources") or ()):
        pointer, file = f"/sources/{number}/file", item.get("file")
        if not file or source.path.parent.resolve() == home.resolve():
            continue
        path = (source.path.parent / str(file)).resolve()
        if path.is_relative_to(home.resolve()):
            changes.append((pointer, splice.dump(path.relative_to(home.resolve()).as_posix()).removesuffix("\n...")))
        else:
            cure = f"copy it below {home} and name it there"
            found.append(warning("MRG-03", f"{file} lies outside the folder of the joined summary", source.span(pointer), cure))
    return splice.replaced(source, changes), found


def as_draft(base: Source, sources: Sequence[Source], conflicts: Sequence[str]) -> str:
    """Return the text as a draft without id and reviewer, that says at its top what it was made of and what is to settle."""
    for pointer in ("/id", "/reviewer"):
        base = splice.without(base, pointer)
    if base.values.get("stage"):
        base = splice.replaced(base, [("/stage", "draft")])
    lines = base.text.splitlines()
    head = 1 if lines and "yaml-language-server" in lines[0] else 0
    names = [Path(source.name).name for source in sources]
    said = [f"# Joined by `briefgen merge` from {_listed(names)}; a draft until somebody has read it whole."]
    said += ["# To settle:", *(f"#   - {row}" for row in conflicts)] if conflicts else []
    return "\n".join([*lines[:head], *said, *lines[head:]]) + "\n"


def lost(sources: Sequence[Source], text: str) -> str:
    """Return the comments that found no place, under the name of their file, so that none is lost."""
    made: list[str] = []
    for source in sources:
        if source.path.suffix.lower() == ".json":
            continue
        missing = [row for row in splice.comments(source) if row not in text and "yaml-language-server" not in row]
        if missing:
            made += [
                f"# Comments of {Path(source.name).name} whose place is gone:",
                *(f"#   {row.lstrip('# ')}" for row in missing),
            ]
    return "\n".join(["", *made, ""]) if made else ""


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
