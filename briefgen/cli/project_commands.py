"""The commands of a desk's folder, `init`, `batch`, `config` and `schedule`: their arguments and help, nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from briefgen.cli.app import Format, Templates, Trusted, app, leave

config_app = typer.Typer(help="The settings of a project.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(config_app, name="config")
schedule_app = typer.Typer(help="The jobs of a project, at their times.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(schedule_app, name="schedule")

Output = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="DIR", envvar="BRIEFGEN_OUTPUT", help="Where briefs would be written."),
]


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="The folder to make.", show_default=False)] = Path(),
) -> None:
    """Make a project: its file, a summary to start from, folders for templates and for what is made."""
    from briefgen.cli.init import run

    leave(run(folder))


@app.command()
def batch(
    jobs: Annotated[
        list[str] | None, typer.Argument(metavar="JOB…", help="Jobs of briefgen.yaml. All, if none is named.", show_default=False)
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Say what would be made and why, and what the checks of finals would refuse; write nothing."
        ),
    ] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say for each document why it is made.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Make everything, changed or not.")] = False,
    fail_fast: Annotated[
        bool, typer.Option("--fail-fast/--keep-going", help="Stop at the first document that fails, or finish the rest.")
    ] = False,
    workers: Annotated[
        int,
        typer.Option(
            "-j",
            "--workers",
            metavar="N",
            min=0,
            envvar="BRIEFGEN_WORKERS",
            help="Processes; 0: as many as processors.",
        ),
    ] = 0,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="S", min=0, help="Seconds that one document may take; 0: any number.")
    ] = 120,
    executor: Annotated[
        str,
        typer.Option("--executor", metavar="NAME", help="local, serial, package.module:factory or dask://HOST:PORT."),
    ] = "local",
    prune: Annotated[bool, typer.Option("--prune", help="Remove files of ours that no job makes any more.")] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for another batch that writes to the same folder.")] = False,
    templates: Templates = None,
    form: Format = "text",
    trusted: Trusted = False,
) -> None:
    """Make what changed since the last time, by jobs."""
    from briefgen.batch.run import Options
    from briefgen.cli.batch import Asked
    from briefgen.cli.batch import batch as start

    own = str(templates.resolve()) if templates else ""
    options = Options(force, dry_run, fail_fast, prune, wait, workers, timeout, executor, own, trusted)
    leave(start(Asked(jobs or [], options, explain, form)))


@config_app.command("show")
def config_show(
    context: typer.Context,
    output: Output = None,
    templates: Templates = None,
    origin: Annotated[bool, typer.Option("--origin", help="Say of each where it comes from.")] = False,
    form: Format = "text",
) -> None:
    """Show the settings that hold here: a flag before the environment, that before briefgen.yaml, that before a default."""
    from briefgen.cli.config import run

    given = {"output": ("-o", output), "templates": ("--templates", templates)}
    leave(run(_origins(context, given), form, origin=origin))


def _origins(context: typer.Context, given: dict[str, tuple[str, Any]]) -> dict[str, Any]:
    """Return what was given by a flag or by the environment, with the name of either."""
    from briefgen.project.settings import VARIABLES, Given

    found = {}
    for name, (flag, value) in given.items():
        source = getattr(context.get_parameter_source(name), "name", "")
        if value is not None:
            found[name] = Given(str(value), VARIABLES[name] if source == "ENVIRONMENT" else flag)
    return found


JobNames = Annotated[list[str] | None, typer.Argument(metavar="JOB…", help="Jobs. All, if none is named.", show_default=False)]


@schedule_app.command("next")
def schedule_next(
    jobs: JobNames = None,
    count: Annotated[int, typer.Option("-n", "--count", min=1, max=1000, help="How many times of each.")] = 5,
    form: Format = "text",
) -> None:
    """Print when each job is due next, in its zone and in UTC, and its expression in words."""
    from briefgen.cli.schedule import run_next

    leave(run_next(jobs or [], count, form))


@schedule_app.command("run")
def schedule_run(
    once: Annotated[bool, typer.Option("--once", help="Run what is due now, and leave.")] = False,
    log: Annotated[str, typer.Option("--log", metavar="FILE", help="Where to log; - is standard error.")] = "-",
) -> None:
    """Run each job when it is due, until told to stop; log one JSON line for each event."""
    from briefgen.cli.schedule import run_service

    leave(run_service(log, once=once))


@schedule_app.command("export")
def schedule_export(
    jobs: JobNames = None,
    systemd: Annotated[bool, typer.Option("--systemd", help="A service and a timer for each job.")] = False,
    cron: Annotated[bool, typer.Option("--cron", help="Lines of a crontab.")] = False,
    user: Annotated[bool, typer.Option("--user", help="For your own account, not for the machine.")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="DIR", help="A folder to write the files to.")] = None,
) -> None:
    """Print the files by which systemd or cron run the jobs, ready to be installed."""
    from briefgen.cli.schedule import run_export

    leave(run_export(jobs or [], output, systemd=systemd, cron=cron, user=user))
