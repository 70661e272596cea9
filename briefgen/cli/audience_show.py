"""`briefgen audience show`: one audience whole, as YAML that loads again, each value with the place that it comes from."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from briefgen.cli.app import Exit
from briefgen.files import shown_path
from briefgen.load.source import Source
from briefgen.load.starter import flow
from briefgen.model.audience import Audience, SectionSpec
from briefgen.model.pointers import escape
from briefgen.project.project import Project
from briefgen.tailor.known import parts_of
from briefgen.tailor.tailor import in_language

WIDEST = 96
"""The column after which a place stands on its own, however long the values are."""


class Line(NamedTuple):
    """One line of the audience as YAML, and where it comes from: `file:line`, or empty for a key of several lines."""

    text: str
    place: str
    pointer: str = ""


def run(name: str, templates: Path | None, form: str) -> Exit:
    """Print the audience."""
    project = Project.find(Path.cwd(), templates)
    audience, source = project.audience(name), project.audience_source(name)
    sections = [_section(project, audience, spec, use) for spec in audience.sections for use in spec.use]
    if form == "json":
        sys.stdout.write(json.dumps(_as_json(audience, source, sections), ensure_ascii=False, indent=2) + "\n")
        return Exit.OK
    lines = list(_lines(audience, source))
    column = min(max(len(line.text) for line in lines), WIDEST)
    for line in lines:
        sys.stdout.write(f"{line.text:<{column}}  # {line.place}\n" if line.place else f"{line.text}\n")
    sys.stdout.write("\n" + "".join(f"# {row}\n" for row in _table(sections)))
    return Exit.OK


def _lines(audience: Audience, source: Source) -> Iterator[Line]:
    """Yield every key in the order of the model; what no file says is there with the default that holds."""
    defaults = audience.model_dump(mode="json")
    for key in type(audience).model_fields:
        written = source.values.get(key)
        value = defaults[key] if written is None else written
        if key == "name" or value in (None, "", [], {}) or (key == "extends" and written is None):
            continue
        if isinstance(value, dict) and isinstance(defaults[key], dict):
            value = {**defaults[key], **value}
        yield from _value(key, value, f"/{key}", source)


def _value(key: str, value: Any, pointer: str, source: Source) -> Iterator[Line]:  # noqa: ANN401
    """Yield the lines of one key: a mapping and a list of mappings or names over several, the rest on one."""
    if isinstance(value, Mapping):
        yield Line(f"{key}:", "")
        for inner, entry in value.items():
            place = f"{pointer}/{escape(inner)}"
            if entry is not None:
                yield Line(f"  {inner}: {flow(entry)}", _place(source, place), place)
    elif key in ("sections", "cut"):
        yield Line(f"{key}:", "")
        for number, entry in enumerate(value):
            yield Line(f"  - {flow(entry)}", _place(source, f"{pointer}/{number}"), f"{pointer}/{number}")
    else:
        yield Line(f"{key}: {flow(value)}", _place(source, pointer), pointer)


def _place(source: Source, pointer: str) -> str:
    """Return where a value is written, as `file:line`; `default` where no file says it."""
    if pointer not in source.places:
        return "default"
    span = source.span(pointer)
    return f"{span.file}:{span.line}"


def _section(project: Project, audience: Audience, spec: SectionSpec, use: str) -> dict[str, Any]:
    """Return what one template of a section shows: its part, its heading in English, its limit and its file."""
    layer = next(layer for layer in project.layers if (layer.folder / f"sections/{use}.html").is_file())
    part = next(iter(parts_of(spec.model_copy(update={"use": (use,)}))), None)
    return {
        "use": use,
        "part": part,
        "heading": _heading(project, audience, spec, use, part) if use == spec.name and spec.heading else None,
        "limit": spec.limit,
        "file": shown_path(layer.folder / f"sections/{use}.html"),
        "from": "project" if layer.own else "packaged",
    }


def _heading(project: Project, audience: Audience, spec: SectionSpec, use: str, part: str | None) -> str | None:
    """Return the heading as the packaged template prints it, in English, for Europe; None where there is no label for it."""
    if spec.title is not None:
        return in_language(spec.title, "en")
    labels = project.template_set.labels("en", audience.tone)
    key = next((key for key in (f"sections.{use}", f"sections.{part or use}") if labels.has(key)), None)
    return str(labels(key, perspective="Europe")) if key else None


def _table(sections: list[dict[str, Any]]) -> list[str]:
    """Return the sections as lines in columns, with a line of heads; a heading that stands above several is told once."""
    heads = ("template", "shows", "heading", "limit", "from", "file")
    rows = [heads]
    for row in sections:
        part, limit = row["part"] or "nothing of the summary", str(row["limit"] or "")
        rows.append((row["use"], part, row["heading"] or "", limit, row["from"], row["file"]))
    widths = [max(len(row[n]) for row in rows) for n in range(len(heads) - 1)]
    return ["  ".join([*(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False)), row[-1]]) for row in rows]


def _as_json(audience: Audience, source: Source, sections: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the audience, the place of each of its values by JSON pointer, and what its sections show."""
    places = {line.pointer: line.place for line in _lines(audience, source) if line.pointer}
    return {"audience": audience.model_dump(mode="json"), "places": places, "sections": sections}
