"""Languages of a project: what its label files lack or nobody has checked, and the original of a translation.

In: a summary and its project. Out: diagnostics. Nothing is rendered here; label files are read when asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from briefgen.files import shown_path
from briefgen.findings.diagnostics import Diagnostic, Rejected, info, warning
from briefgen.load.source import Source, read
from briefgen.load.validate import validate
from briefgen.model.summary import Summary
from briefgen.project.project import Project
from briefgen.rules.translation import Place, compare

SHOWN = 5


def labels(summary: Summary, project: Project) -> Iterator[Diagnostic]:
    """Yield what is to say of the labels that a summary's version is printed with; nothing for English."""
    language = summary.language.split("-")[0]
    catalogues = project.template_set.catalogues
    known = set(catalogues)
    if not {summary.language, language} & known:
        yield warning(
            "LBL-01",
            f"there are no labels for {summary.language}: headings and marks are printed in English",
            None,
            f"write templates/labels/{language}.yaml; there are {', '.join(sorted(known))}",
            path="/language",
        )
        return
    if language == "en":
        return
    written = {key for name in (language, summary.language) if name in known for key in catalogues[name]}
    lacking = sorted(key for key in set(catalogues["en"]) - written if not key.startswith("meta."))
    if lacking:
        more = f" and {len(lacking) - SHOWN} more" if len(lacking) > SHOWN else ""
        yield warning(
            "LBL-03",
            f"printed in English, because the labels for {summary.language} lack them: {', '.join(lacking[:SHOWN])}{more}",
            None,
            f"add them to templates/labels/{language}.yaml",
            path="/language",
        )
    if language in known and catalogues[language].get("meta.reviewed") is False:
        yield info(
            "LBL-02",
            f"nobody at home in {catalogues[language].get('meta.language', language)} has checked its labels",
            None,
            f"read them in labels/{language}.yaml; a file of that name in your project corrects single ones",
            path="/language",
        )


def unreviewed(project: Project) -> list[str]:
    """Return the languages whose labels nobody at home in them has checked, by their English names."""
    catalogues = project.catalogues
    rows = [(name, catalogues[name]) for name in catalogues]
    return sorted(str(row.get("meta.language", name)) for name, row in rows if row.get("meta.reviewed") is False)


def told_unreviewed(project: Project) -> list[Diagnostic]:
    """Return one information that lists the languages whose labels nobody at home in them has checked."""
    names = unreviewed(project)
    if not names:
        return []
    message = f"nobody at home in them has checked the labels of {len(names)} languages: {', '.join(names)}"
    hint = "read labels/<language>.yaml; a file of that name in your project corrects single labels"
    return [info("LBL-02", message, None, hint)]


def translated(summary: Summary, source: Source, project: Project) -> list[Diagnostic]:
    """Return where a translation says something else than its original, which is looked for in the same folder."""
    if not summary.translation_of or summary.translation_of == summary.id:
        return []
    try:
        found = _original(summary.translation_of, source.path, project)
    except Rejected:
        message = f"the original {summary.translation_of} can’t be read, so nothing was compared"
        return [warning("TRN-01", message, source.span("/translation_of"), "check the original first", path="/translation_of")]
    if found is None:
        message = f"there is no summary with the id {summary.translation_of} in {shown_path(source.path.parent)}"
        hint = "put both in one folder; an id is the stem of the file, where the file gives none"
        return [warning("TRN-01", message, source.span("/translation_of"), hint, path="/translation_of")]
    return compare(Place(summary, source), found)


def _original(wanted: str, beside: Path, project: Project) -> Place | None:
    """Return the summary with an id, from the files beside another one; raise Rejected where it has faults of its own."""
    for path in sorted(beside.resolve().parent.glob("*.[yj][as]*")):
        if path.suffix not in (".yaml", ".yml", ".json") or path.name == beside.name:
            continue
        try:
            source = read(path, shown_path(path))
        except Rejected:
            if path.stem == wanted:
                raise
            continue
        if source.values.get("id", path.stem) == wanted:
            filled = project.with_defaults(source)
            return Place(validate(filled), filled)
    return None
