"""The commands of a house, `audience` and `template`: their arguments and help, nothing else."""

from __future__ import annotations

from typing import Annotated

import typer

from briefgen.cli.app import AudienceNames, Format, Templates, Trusted, app, leave

audience_app = typer.Typer(help="The audiences that a summary can be rendered for.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(audience_app, name="audience")
template_app = typer.Typer(
    help="The files that print a brief, and your own copies of them.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(template_app, name="template")


@audience_app.command("list")
def audience_list(templates: Templates = None, form: Format = "text") -> None:
    """List the audiences: their budget, their sections and the file that describes each."""
    from briefgen.cli.audience import run

    leave(run(templates, form))


@audience_app.command("show")
def audience_show(
    name: Annotated[str, typer.Argument(help="An audience.", show_default=False)],
    templates: Templates = None,
    form: Format = "text",
) -> None:
    """Show an audience whole, with what it extends merged in, and where each value comes from."""
    from briefgen.cli.audience_show import run

    leave(run(name, templates, form))


@audience_app.command("new")
def audience_new(
    name: Annotated[str, typer.Argument(help="The name of the new audience.", show_default=False)],
    like: Annotated[str, typer.Option("--like", metavar="NAME", help="The audience to start from.")] = "executive",
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it exists.")] = False,
    templates: Templates = None,
) -> None:
    """Write the file of a new audience, with all that can be changed in it."""
    from briefgen.cli.audience_new import run

    leave(run(name, like, templates, force=force))


TemplateNames = Annotated[
    list[str], typer.Argument(metavar="NAME…", help="Files, such as sections/risks_table.html.", show_default=False)
]


@template_app.command("list")
def template_list(templates: Templates = None, form: Format = "text") -> None:
    """List every file that prints a brief: where it comes from, and what it covers."""
    from briefgen.cli.template import run_list

    leave(run_list(templates, form))


@template_app.command("which")
def template_which(
    name: Annotated[str, typer.Argument(help="A file, such as sections/risks_table.html.", show_default=False)],
    templates: Templates = None,
    form: Format = "text",
) -> None:
    """Say which file a name stands for, and which others it covers."""
    from briefgen.cli.template import run_which

    leave(run_which(name, templates, form))


@template_app.command("copy")
def template_copy(
    names: TemplateNames,
    force: Annotated[bool, typer.Option("--force", help="Overwrite your copy if there is one.")] = False,
    templates: Templates = None,
) -> None:
    """Copy packaged files into your templates, to be changed there."""
    from briefgen.cli.template import run_copy

    leave(run_copy(names, templates, force=force))


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

    leave(run_diff(names or [], templates, form, seen=seen))


@template_app.command("check")
def template_check(
    audience: AudienceNames = None,
    templates: Templates = None,
    strict: Annotated[bool, typer.Option("--strict", help="Leave with code 3 if there are warnings.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Show every finding, however many there are.")] = False,
    form: Annotated[str, typer.Option("--format", metavar="text|json|github", help="How to report.")] = "text",
    trusted: Trusted = False,
) -> None:
    """Find every mistake in templates, styles, labels and audiences, and try them with made-up summaries."""
    from briefgen.cli.check import FORMS
    from briefgen.cli.template_check import run
    from briefgen.findings.diagnostics import UsageError

    if form not in FORMS:
        raise UsageError(f"there is no report format {form!r}", f"--format takes {', '.join(FORMS)}")
    leave(run(audience or [], templates, form, strict=strict, verbose=verbose, trusted=trusted))
