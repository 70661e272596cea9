"""What the documents take from the code: one function for each part that a page can hold, by the name the page uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any, get_args, get_type_hints

import typer

from briefgen import Project, Severity, evidence
from briefgen.cli.app import app
from briefgen.findings import codes
from briefgen.findings.renamed import RENAMED
from briefgen.findings.rows import STYLE, Row
from briefgen.load.source import read
from briefgen.model import audience, brand, document, drafting, parts, project_file, summary, template_set
from briefgen.model.text import Text
from briefgen.model.yardstick import IMPACTS, YARDSTICKS, Yardstick, risk_level
from briefgen.rules import RULES
from briefgen.rules.likelihood import band_words
from briefgen.tailor.known import parts_of
from briefgen.tailor.parts import PARTS, part_of
from tools import docs_bench, docs_trust
from tools.docs_fields import field_table, models, title
from tools.docs_markdown import ROOT, code, listed, table
from tools.docs_sections import every_section, showable
from tools.docs_words import language_words

HELP_WIDTH = 96


def field_reference() -> str:
    """Return the fields of a summary, one table for each kind of part."""
    common = frozenset(parts.Item.model_fields)
    pages = []
    for model, places in models(summary.Summary).items():
        where = "the file itself" if places == [""] else listed(places)
        is_item = issubclass(model, parts.Item)
        more = " It takes [what every item takes](#every-item), too." if is_item else ""
        pages += [f"### {title(model)}", f"Stands in: {where}.{more}", _doc(model)]
        pages.append(field_table(model, common if is_item else frozenset()))
    pages += ["### Every item", _doc(parts.Item), field_table(parts.Item)]
    pages += ["### Text", _doc(Text), field_table(Text)]
    pages += ["### Backed", _doc(parts.Backed), field_table(parts.Backed, frozenset(Text.model_fields))]
    return "\n\n".join(pages)


def project_reference() -> str:
    """Return the keys of a project's file, then those of a job and of its schedule."""
    tables = [field_table(project_file.ProjectFile)]
    drafts = (drafting.DraftSettings, drafting.ModelSettings)
    for model in (
        project_file.JobSettings,
        project_file.Schedule,
        project_file.Checks,
        project_file.WordChange,
        project_file.Parts,
        *drafts,
    ):
        tables += [f"### {title(model)}", _doc(model), field_table(model)]
    return "\n\n".join(tables)


def _doc(thing: object) -> str:
    return " ".join((thing.__doc__ or "").split())


def template_reference() -> str:
    """Return the keys of a template set's file."""
    return field_table(template_set.TemplateFile)


def word_lists() -> str:
    """Return the lists of words that fields take."""
    found: dict[type[Enum], None] = {}
    for model in models(summary.Summary):
        for hint in get_type_hints(model).values():
            for member in (hint, *get_args(hint)):
                if isinstance(member, type) and issubclass(member, Enum):
                    found[member] = None
    return table(("list", "words", "what it says"), [(e.__name__, listed(w.value for w in e), _doc(e)) for e in found])


def brand_reference() -> str:
    """Return the keys of a house style."""
    rows = (brand.Brand, brand.Organisation, brand.Logo, brand.Paper, brand.Fonts, brand.Colours, brand.Contact)
    return "\n\n".join(f"### {title(model)}\n\n{_doc(model)}\n\n{field_table(model)}" for model in rows)


def audience_reference() -> str:
    """Return the keys of an audience's file."""
    rows = (audience.Audience, audience.SectionSpec, audience.Budget, audience.Step, audience.Limits)
    return "\n\n".join(f"### {title(model)}\n\n{_doc(model)}\n\n{field_table(model)}" for model in rows)


# ---- scales


def yardsticks() -> str:
    """Return the likelihood terms of every scheme with their bands."""
    return "\n\n".join(f"**{name}**\n\n{_scheme(scheme)}" for name, scheme in YARDSTICKS.items())


def _scheme(scheme: Yardstick) -> str:
    rows = [(b.term, band_words(b).partition("(")[2].rstrip(")"), ", ".join(b.synonyms)) for b in scheme.bands]
    return table(("term", "band", "printed synonym"), rows)


def risk_matrix() -> str:
    """Return the level of a risk for every impact and likelihood."""
    scheme = next(iter(YARDSTICKS.values()))
    rows = [(str(n), *(risk_level(n, place).value for place in range(len(scheme.bands)))) for n in IMPACTS]
    return table(("impact", *(band.term for band in scheme.bands)), rows)


def confidence_caps() -> str:
    """Return the table that the docstring of `evidence.cap` holds."""
    return "\n".join(line.strip() for line in (evidence.cap.__doc__ or "").splitlines() if line.strip().startswith("|"))


# ---- audiences and templates


def levels() -> str:
    """Return what the built-in audiences differ in."""
    rows = []
    for level in Project(ROOT).audiences():
        budget = level.budget
        pages = "any" if budget is None else f"{budget.pages}, {'hard' if budget.hard else 'a wish'}"
        words = "{}–{}".format(*budget.words) if budget and budget.words else "any"
        scales = (LIKELIHOOD[level.likelihood], SOURCING[level.sourcing])
        rows.append((f"**{level.name}**", pages, words, str(len(level.sections)), *scales))
    return table(("audience", "pages", "words", "sections", "likelihood", "sources"), rows)


def left_out() -> str:
    """Return what each built-in audience never shows, beside what its budget and its markings take."""
    rows = []
    for level in Project(ROOT).audiences():
        shown = {part for spec in level.sections for part in parts_of(spec)}
        rows.append((f"**{level.name}**", listed(part for part in PARTS if part not in shown) or "nothing"))
    return table(("audience", "parts that it leaves out"), rows)


LIKELIHOOD = {
    audience.LikelihoodForm.WORD: "a word",
    audience.LikelihoodForm.BAND: "a word, its band at first use",
    audience.LikelihoodForm.FULL: "word, band, confidence and its reason",
    audience.LikelihoodForm.PLAIN: "a word, explained in words",
}
SOURCING = {
    audience.Sourcing.LINE: "one line",
    audience.Sourcing.NOTES: "numbered notes",
    audience.Sourcing.FULL: "notes with place and quotation, graded list",
    audience.Sourcing.PROSE: "in the text, and a list",
}


def sections() -> str:
    """Return the packaged section templates: what each shows, its heading, and what `show:` can name."""
    project = Project(ROOT)
    users: dict[str, list[str]] = {use: [] for use in project.template_set.sections()}
    for level in project.audiences():
        for spec in level.sections:
            for use in spec.use:
                users.setdefault(use, []).append(level.name)
    rows = [(code(use), part_of(use) or "", listed(showable(use)), ", ".join(names)) for use, names in users.items()]
    return table(("template", "shows", "`show:` can name", "used by"), rows)


def vocabulary() -> str:
    """Return the elements that a template can print."""
    rows = []
    for tag, entry in document.VOCABULARY.items():
        optional = sorted(entry.attributes - entry.required)
        rows.append((code(f"<{tag}>"), _holds(entry), listed(sorted(entry.required)), listed(optional), _classes(entry)))
    return table(("element", "holds", "needs", "takes", "classes"), rows)


def _holds(entry: document.Entry) -> str:
    inline = "text and inline elements" if entry.children >= document.PROSE else ""
    blocks = "blocks" if entry.children >= document.BLOCKS else ""
    rest = entry.children - (document.PROSE if inline else frozenset()) - (document.BLOCKS if blocks else frozenset())
    own = ["text"] if document.TEXT in rest else []
    own += [code(f"<{tag}>") for tag in sorted(rest - {document.TEXT})]
    return ", ".join(filter(None, (blocks, inline, *own))) or "nothing"


def _classes(entry: document.Entry) -> str:
    return "`w1` to `w100`" if "w100" in entry.classes else listed(sorted(entry.classes))


# ---- codes and commands


def code_reference() -> str:
    """Return every code with its weight, group by group."""
    always = {rule.code for rule in RULES if rule.always}
    pages = []
    for group_title, group in codes.GROUPS.items():
        rows = [(code(name), _weight(name, entry, always), entry.about) for name, entry in sorted(group.items())]
        pages.append(f"### {group_title}\n\n{table(('code', 'weight', 'what it finds'), rows)}")
    return "\n\n".join(pages)


def renamed_codes() -> str:
    """Return the codes that have a new name, each with the version that no longer knows the old one."""
    rows = [(code(old), code(now.new), now.until) for old, now in sorted(RENAMED.items())]
    return table(("old", "new", "the old name goes with"), rows) if rows else "No code has a new name in this version."


def prose_rules() -> str:
    """Return the rules that have a head in their case file, theme by theme, with what each asks for and its known limits."""
    pages = []
    for theme_title, themes in THEMES.items():
        rows = []
        for rule in RULES:
            if rule.code.partition("-")[0] in themes:
                asks, limits = _head(rule.code)
                rows.append((code(rule.code), _weight(rule.code, rule, set()), asks, limits))
        pages.append(f"### {theme_title}\n\n{table(('code', 'weight', 'what it asks for', 'known limits'), sorted(rows))}")
    return "\n\n".join(pages)


THEMES: Mapping[str, tuple[str, ...]] = {
    "Status and attribution": ("STA", "ATT"),
    "Figures and dates": ("NUM", "DAT"),
    "Likelihood": ("LIK",),
    "Scenarios and risks": ("SCN", "RSK"),
    "Stakeholders and contradictions": ("STK", "COR"),
    "Language and first lines": ("ACR", "STY", "RDL", "LEN", "STR", "CHG", "LNG"),
}


def _head(name: str) -> tuple[str, str]:
    """Return what the head of a rule's case file says: what it asks for, and its limits."""
    head = (ROOT / f"tests/rules/cases/{name}.yaml").read_text(encoding="utf-8").partition("=== ")[0]
    words = " ".join(line.removeprefix("# ") for line in head.splitlines() if not line.startswith("# asked:"))
    asks, _, limits = words.partition("Limits: ")
    return asks.strip(), limits.strip()


def _weight(name: str, entry: Row, always: set[str]) -> str:
    if entry.severity is Severity.ERROR and name in {**codes.GROUPS["Rules"], **codes.TRANSLATIONS} and name not in always:
        return "error; in a draft a warning"
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "information"}[entry.severity]
    return f"{words}, house style" if entry.group == STYLE else words


def commands() -> Iterator[tuple[str, Any]]:
    """Yield every command with its full name; groups come before their members."""
    waiting: list[tuple[str, Any, Any]] = [("briefgen", None, typer.main.get_command(app))]
    while waiting:
        name, parent, command = waiting.pop(0)
        settings = {**command.context_settings, "terminal_width": HELP_WIDTH}
        context: Any = command.context_class(command, info_name=name.split()[-1], parent=parent, **settings)
        yield name, context
        members: dict[str, Any] = getattr(command, "commands", {})
        waiting[:0] = [(f"{name} {key}", context, member) for key, member in members.items()]


def help_pages() -> str:
    """Return what `--help` prints, command by command."""
    pages = [(name, context.command.get_help(context)) for name, context in commands()]
    return "\n\n".join(f"## {name}\n\n```text\n{_trimmed(text)}\n```" for name, text in pages)


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def decisions() -> str:
    """Return the decisions with their titles."""
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))
    titles = [(page, page.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")) for page in pages]
    return "\n".join(f"- [{title}](decisions/{page.name})" for page, title in titles)


# ---- within a sentence


def rule_count() -> str:
    """Return how many editorial rules there are."""
    return str(len(RULES))


def label_languages() -> str:
    """Return how many languages have printed words of their own."""
    return str(len(_label_files()))


def reviewed_labels() -> str:
    """Return the languages whose printed words are marked as checked."""
    names = [row["language"] for row in _label_files() if row["reviewed"]]
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _label_files() -> list[dict[str, Any]]:
    rows = [read(path, path.name).values["meta"] for path in (ROOT / "templates/labels").glob("*.yaml")]
    return sorted(rows, key=lambda row: str(row["language"]))


BLOCKS: Mapping[str, Callable[[], str]] = {
    **docs_bench.BLOCKS,
    **docs_trust.BLOCKS,
    "audience-keys": audience_reference,
    "brand-keys": brand_reference,
    "codes": code_reference,
    "commands": help_pages,
    "confidence": confidence_caps,
    "decisions": decisions,
    "every-section": every_section,
    "fields": field_reference,
    "label-languages": label_languages,
    "language-words": language_words,
    "left-out": left_out,
    "levels": levels,
    "matrix": risk_matrix,
    "project-keys": project_reference,
    "prose-rules": prose_rules,
    "renamed": renamed_codes,
    "reviewed-labels": reviewed_labels,
    "rule-count": rule_count,
    "sections": sections,
    "template-keys": template_reference,
    "vocabulary": vocabulary,
    "word-lists": word_lists,
    "yardsticks": yardsticks,
}
