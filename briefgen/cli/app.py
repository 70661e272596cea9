"""`briefgen`: the commands, and what becomes of a fault: a sentence, a cure and an exit code, never a traceback."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from enum import IntEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer._click.exceptions import ClickException

from briefgen import __version__

app = typer.Typer(
    name="briefgen",
    help="Policy briefs in PDF and Word from one structured summary, at several audience levels.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
audience_app = typer.Typer(help="The audiences that a summary can be rendered for.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(audience_app, name="audience")
template_app = typer.Typer(
    help="The files that print a brief, and your own copies of them.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(template_app, name="template")


class Exit(IntEnum):
    """What the shell is told; of several causes the first of 70, 4, 1, 2, 3."""

    OK = 0
    REJECTED = 1
    USAGE = 2
    WARNINGS = 3
    ENVIRONMENT = 4
    BUG = 70


def worst(codes: list[Exit]) -> Exit:
    """Return the code of several causes: the first of 70, 4, 1, 2, 3 that is among them."""
    order = (Exit.BUG, Exit.ENVIRONMENT, Exit.REJECTED, Exit.USAGE, Exit.WARNINGS)
    return next((code for code in order if code in codes), Exit.OK)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"briefgen {__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Policy briefs in PDF and Word from one structured summary, at several audience levels."""


def _form(form: str) -> str:
    from briefgen.diagnostics import UsageError

    if form not in ("text", "json"):
        raise UsageError(f"there is no report format {form!r}", "--format takes text, json")
    return form


Format = Annotated[
    str,
    typer.Option("--format", metavar="text|json", callback=_form, help="How to report: for people or for machines."),
]
Templates = Annotated[
    Path | None, typer.Option("--templates", metavar="DIR", help="A template folder to lay over the packaged one.")
]
AudienceNames = Annotated[
    list[str] | None,
    typer.Option("-a", "--audience", metavar="NAME", help="An audience; may be repeated. All, if none is named."),
]


@app.command()
def render(
    summaries: Annotated[list[Path], typer.Argument(metavar="SUMMARY…", help="Summaries (YAML or JSON).", show_default=False)],
    audience: AudienceNames = None,
    to: Annotated[
        str, typer.Option("-t", "--to", metavar="pdf,docx,html", help="Formats, with commas between them.")
    ] = "pdf,docx",
    output: Annotated[
        str,
        typer.Option("-o", "--output", metavar="DIR", help="Where to write; - writes one document to standard output."),
    ] = "outputs",
    templates: Templates = None,
    strict: Annotated[bool, typer.Option("--strict", help="Leave with code 3 if there are warnings.")] = False,
    form: Format = "text",
) -> None:
    """Render summaries for their audiences, as PDF and Word files."""
    from briefgen.cli.render import Order, run

    _leave(run(Order(summaries, audience or [], to, output, templates, strict, form)))


@app.command()
def check(
    summaries: Annotated[list[Path], typer.Argument(metavar="SUMMARY…", help="Summaries (YAML or JSON).", show_default=False)],
    audience: AudienceNames = None,
    templates: Templates = None,
    strict: Annotated[bool, typer.Option("--strict", help="Leave with code 3 if there are warnings.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Show every finding, however many there are.")] = False,
    form: Annotated[str, typer.Option("--format", metavar="text|json|github", help="How to report.")] = "text",
    fix: Annotated[bool, typer.Option("--fix", help="Write `file_sha256` and the paragraphs of quotes into the files.")] = False,
) -> None:
    """Check summaries, and show every problem at once with its place and its cure."""
    from briefgen.cli.check import run

    _leave(run(summaries, audience or [], templates, strict=strict, verbose=verbose, form=form, fix=fix))


@app.command()
def new(
    file: Annotated[Path, typer.Argument(help="The file to write.", show_default=False)],
    full: Annotated[bool, typer.Option("--full", help="Every field, each with what it means.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it exists.")] = False,
) -> None:
    """Write a new summary to start from, and the schema that editors complete it by."""
    from briefgen.cli.new import run

    _leave(run(file, full=full, force=force))


@app.command()
def draft(
    articles: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE…", help="Articles (.txt .md .html .docx .pdf), folders, or - for text.", show_default=False
        ),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The summary to write.", show_default=False)],
    drafter: Annotated[
        str | None,
        typer.Option("--drafter", metavar="NAME", help="Who drafts: extractive or llm; else as the project says, or extractive."),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="TAG", help="The summary's language; else that of most articles.")
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="The title; else it is left to be written.")
    ] = None,
    actors: Annotated[
        Path | None, typer.Option("--actors", metavar="FILE", help="Names of your own that articles may mention (YAML).")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it exists.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what a model would be sent, and where; ask nobody, write nothing.")
    ] = False,
) -> None:
    """Draft a summary from articles: verbatim sentences with their places, open for review; nothing is judged or invented."""
    from briefgen.cli.draft import Order, run

    _leave(run(Order(articles, output, drafter, language, title, actors, force, dry_run)))


@app.command()
def schema() -> None:
    """Print the JSON Schema of a summary."""
    from briefgen.cli.new import print_schema

    _leave(print_schema())


@app.command()
def doctor(form: Format = "text") -> None:
    """Say what is missing on this machine, what it costs, and how to get it."""
    from briefgen.cli.doctor import run

    _leave(run(form))


@audience_app.command("list")
def audience_list(templates: Templates = None, form: Format = "text") -> None:
    """List the audiences: their budget, their sections and the file that describes each."""
    from briefgen.cli.audience import run

    _leave(run(templates, form))


@audience_app.command("show")
def audience_show(
    name: Annotated[str, typer.Argument(help="An audience.", show_default=False)],
    templates: Templates = None,
    form: Format = "text",
) -> None:
    """Show an audience whole, with what it extends merged in, and where each value comes from."""
    from briefgen.cli.audience_show import run

    _leave(run(name, templates, form))


@audience_app.command("new")
def audience_new(
    name: Annotated[str, typer.Argument(help="The name of the new audience.", show_default=False)],
    like: Annotated[str, typer.Option("--like", metavar="NAME", help="The audience to start from.")] = "executive",
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it exists.")] = False,
    templates: Templates = None,
) -> None:
    """Write the file of a new audience, with all that can be changed in it."""
    from briefgen.cli.audience_new import run

    _leave(run(name, like, templates, force=force))


TemplateNames = Annotated[
    list[str], typer.Argument(metavar="NAME…", help="Files, such as sections/risks_table.html.", show_default=False)
]


@template_app.command("list")
def template_list(templates: Templates = None, form: Format = "text") -> None:
    """List every file that prints a brief: where it comes from, and what it covers."""
    from briefgen.cli.template import run_list

    _leave(run_list(templates, form))


@template_app.command("which")
def template_which(
    name: Annotated[str, typer.Argument(help="A file, such as sections/risks_table.html.", show_default=False)],
    templates: Templates = None,
    form: Format = "text",
) -> None:
    """Say which file a name stands for, and which others it covers."""
    from briefgen.cli.template import run_which

    _leave(run_which(name, templates, form))


@template_app.command("copy")
def template_copy(
    names: TemplateNames,
    force: Annotated[bool, typer.Option("--force", help="Overwrite your copy if there is one.")] = False,
    templates: Templates = None,
) -> None:
    """Copy packaged files into your templates, to be changed there."""
    from briefgen.cli.template import run_copy

    _leave(run_copy(names, templates, force=force))


@template_app.command("diff")
def template_diff(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME…", help="Copies. All, if none is named.", show_default=False)
    ] = None,
    seen: Annotated[bool, typer.Option("--seen", help="Show it for the last time: you have taken it over.")] = False,
    templates: Templates = None,
    form: Format = "text",
) -> None:
    """Show what the packaged files have changed since you copied them."""
    from briefgen.cli.template import run_diff

    _leave(run_diff(names or [], templates, form, seen=seen))


def _leave(code: Exit) -> None:
    raise typer.Exit(int(code))


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code."""
    code = call(arguments)
    gc.freeze()  # the process ends and gives all memory back: nothing needs to be looked through for circles, thrice, before
    sys.exit(code)


def call(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit code."""
    return _guarded(lambda: app(args=arguments, prog_name="briefgen", standalone_mode=False))


def _guarded(action: Callable[[], Any]) -> int:
    try:
        result = action()
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except ClickException as fault:
        fault.show()
        return int(Exit.USAGE)
    except (typer.Abort, KeyboardInterrupt):
        sys.stderr.write("stopped\n")
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as fault:  # the last gate: whatever comes is told in a sentence
        return _told(fault)


def _told(fault: Exception) -> int:
    terminal = import_module("briefgen.cli.terminal")
    from briefgen.diagnostics import BriefgenError, Rejected, UsageError

    if isinstance(fault, Rejected):
        terminal.report(fault.diagnostics)
        return int(Exit.REJECTED)
    if isinstance(fault, BriefgenError):
        terminal.complain(fault.message, fault.hint)
        return int(Exit.USAGE if isinstance(fault, UsageError) else Exit.ENVIRONMENT)
    if os.environ.get("BRIEFGEN_DEBUG"):
        raise fault
    terminal.complain(
        f"a bug of ours: {type(fault).__name__}: {fault}",
        "please tell us, with the file; BRIEFGEN_DEBUG=1 shows where it happened",
    )
    return int(Exit.BUG)
