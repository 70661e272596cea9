"""The commands for one summary at a time, from its first draft to its briefs: their arguments and help, nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from briefgen import readers, writers
from briefgen.cli.app import AudienceNames, Format, Templates, Trusted, app, leave


@app.command(short_help="Write a new summary to start from.")
def new(
    file: Annotated[Path, typer.Argument(help="The file to write.", show_default=False)],
    full: Annotated[bool, typer.Option("--full", help="Every field, each with what it means.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it exists.")] = False,
) -> None:
    """Write a new summary to start from, and the schema that editors complete it by."""
    from briefgen.cli.new import run

    leave(run(file, full=full, force=force))


@app.command(short_help="Draft a summary from articles, by picking sentences.")
def draft(
    articles: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE…",
            help=f"{readers.offered()}, folders, web addresses, or - for text.",
            show_default=False,
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
    private: Annotated[bool, typer.Option("--allow-private", help="Fetch from addresses of your own network, too.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it exists.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what a model would be sent, and where; ask nobody, write nothing.")
    ] = False,
    trusted: Trusted = False,
) -> None:
    """Draft a summary from articles: every item with verbatim quotes and their places, and open for review."""
    from briefgen.cli.draft import DraftOptions, run

    leave(run(DraftOptions(articles, output, drafter, language, title, actors, force, dry_run, private, trusted)))


def _codes(given: list[str] | None) -> list[str]:
    """Return codes that were given one by one or with commas between them."""
    return [code.strip() for words in given or () for code in words.split(",") if code.strip()]


@app.command(short_help="Check summaries: every problem, its place and its cure.")
def check(
    summaries: Annotated[list[Path], typer.Argument(metavar="SUMMARY…", help="Summaries (YAML or JSON).", show_default=False)],
    audience: AudienceNames = None,
    templates: Templates = None,
    strict: Annotated[bool, typer.Option("--strict", help="Leave with code 3 if there are warnings.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Show every finding, however many there are.")] = False,
    style: Annotated[bool, typer.Option("--style", help="Show what is said of the style, too, not only how much.")] = False,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="CODES", help="Only these codes or themes: STA, LIK-02, …")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="CODES", help="All but these codes or themes.")] = None,
    today: Annotated[bool, typer.Option("--today", help="Count the age of sources and dates to watch to today.")] = False,
    form: Annotated[str, typer.Option("--format", metavar="text|json|github|sarif", help="How to report.")] = "text",
    fix: Annotated[bool, typer.Option("--fix", help="Mend the style, and write `file_sha256` and paragraphs of quotes.")] = False,
    waive: Annotated[
        list[str] | None,
        typer.Option("--waive", metavar="CODE@ITEM", help="Accept what is found: write a waiver, with --by and --reason."),
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who accepts it.", show_default=False)] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="WORDS", help="Why it is accepted.", show_default=False)] = "",
    levels: Annotated[bool, typer.Option("--levels", help="Only compare the wordings, and show those that differ.")] = False,
    sources: Annotated[bool, typer.Option("--sources", help="Only show what each source carries, and how firm that is.")] = False,
    trusted: Trusted = False,
) -> None:
    """Check summaries, and show every problem at once with its place and its cure."""
    if levels:
        from briefgen.cli.levels import run as compare

        leave(compare(summaries, templates, strict=strict, form=form))
    if sources:
        from briefgen.cli.sources import run as weigh

        leave(weigh(summaries, templates, form=form))
    from briefgen.cli.check import Wanted, run

    wanted = Wanted(_codes(select), _codes(ignore), form, strict, verbose, today, fix, trusted, style, waive or (), by, reason)
    leave(run(summaries, audience or [], templates, wanted))


class _Render(TyperCommand):
    """`render`, whose help lists the formats of the project here, too."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - Typer's own context
        from briefgen.findings.diagnostics import Rejected
        from briefgen.project.project import Project

        [to] = (parameter for parameter in self.params if parameter.name == "to")
        try:
            to.metavar = ",".join(writers.names(Project.find(Path.cwd()).parts.formats))
        except Rejected:  # a project's file that can't be used is told by every other command
            to.metavar = ",".join(writers.names())
        return super().get_help(ctx)


@app.command(cls=_Render)
def render(
    summaries: Annotated[list[Path], typer.Argument(metavar="SUMMARY…", help="Summaries (YAML or JSON).", show_default=False)],
    audience: AudienceNames = None,
    to: Annotated[
        str, typer.Option("-t", "--to", metavar=",".join(writers.names()), help="Formats, with commas between them.")
    ] = ",".join(writers.usual()),
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            envvar="BRIEFGEN_OUTPUT",
            help="Where to write; - writes one document to standard output. Left out: as the project says, else outputs.",
            show_default=False,
        ),
    ] = None,
    templates: Templates = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Leave with code 3 if there are warnings; refuse finals whose articles are not here.")
    ] = False,
    review: Annotated[
        bool, typer.Option("--review", help="Write review copies instead: evidence and findings as comments. Errors don't stop.")
    ] = False,
    form: Format = "text",
    no_check: Annotated[bool, typer.Option("--no-check", help="Run no rule, for template authors; prints UNCHECKED.")] = False,
    trusted: Trusted = False,
) -> None:
    """Render summaries for their audiences, as PDF and Word files."""
    from briefgen.cli.render import RenderOptions, run

    leave(run(RenderOptions(summaries, audience or [], to, output, templates, strict, form, no_check, review, trusted)))


@app.command(short_help="Show a brief in the browser, and follow each save.")
def preview(
    summary: Annotated[Path, typer.Argument(metavar="SUMMARY", help="A summary (YAML or JSON).", show_default=False)],
    audience: Annotated[
        str | None, typer.Option("-a", "--audience", metavar="NAME", help="The audience to begin with.", show_default=False)
    ] = None,
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="The port of this machine; 0 takes a free one.")
    ] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Whether to open the page in the browser.")] = True,
    templates: Templates = None,
    trusted: Trusted = False,
) -> None:
    """Show a brief in the browser, and follow its files as they are saved."""
    from briefgen.cli.preview import run

    leave(run(summary, audience, port, templates, browser=browser, trusted=trusted))


@app.command(short_help="Join summaries of one subject into one draft.")
def merge(
    summaries: Annotated[list[Path], typer.Argument(metavar="SUMMARY…", help="Two summaries or more.", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The file to write.", show_default=False)],
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it exists.")] = False,
) -> None:
    """Join summaries of one subject into one draft: each thing once, and what they say differently listed."""
    from briefgen.cli.merge import run

    leave(run(summaries, output, force=force))


@app.command()
def schema() -> None:
    """Print the JSON Schema of a summary."""
    from briefgen.cli.new import print_schema

    leave(print_schema())


@app.command(short_help="Say what is missing on this machine, and how to get it.")
def doctor(form: Format = "text") -> None:
    """Say what is missing on this machine, what it costs, and how to get it."""
    from briefgen.cli.doctor import run

    leave(run(form))
