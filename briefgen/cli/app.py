"""`briefgen`: the commands, and what becomes of a fault: a sentence, a cure and an exit code, never a traceback."""

from __future__ import annotations

import errno
import gc
import io
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from briefgen import __version__
from briefgen.findings.faults import Exit as Exit  # the commands take it from here
from briefgen.findings.faults import code_of, of_the_machine

app = typer.Typer(
    name="briefgen",
    help="Policy briefs in PDF and Word from one structured summary, at several audience levels.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
    from briefgen.findings.diagnostics import UsageError

    if form not in ("text", "json"):
        raise UsageError(f"there is no report format {form!r}", "--format takes text, json")
    return form


Format = Annotated[
    str,
    typer.Option("--format", metavar="text|json", callback=_form, help="How to report: for people or for machines."),
]
Templates = Annotated[
    Path | None,
    typer.Option(
        "--templates", metavar="DIR", envvar="BRIEFGEN_TEMPLATES", help="A template folder to lay over the packaged one."
    ),
]
Trusted = Annotated[
    bool,
    typer.Option(
        "--trust-project", envvar="BRIEFGEN_TRUST_PROJECT", help="Run code that lies in the project's folder: own parts."
    ),
]
AudienceNames = Annotated[
    list[str] | None,
    typer.Option("-a", "--audience", metavar="NAME", help="An audience; may be repeated. All, if none is named."),
]


def leave(code: Exit | int) -> None:
    """End a command with its exit code."""
    raise typer.Exit(int(code))


for _room in ("summary", "template", "project"):  # each adds its commands, in the order in which the help lists them
    import_module(f"briefgen.cli.{_room}_commands")


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code."""
    _opened()
    code = call(arguments)
    gc.freeze()  # the process ends and gives all memory back: nothing needs to be looked through for circles, thrice, before
    sys.exit(code)


class _Nowhere(io.TextIOBase):
    """What stands in the place of a standard output that was closed before we began: nobody would see what is written."""

    def write(self, _text: str) -> int:
        """Raise OSError, as a closed file does."""
        raise OSError(errno.EBADF, "it is closed")


def _opened() -> None:
    """Put something in the place of standard streams that are closed, so that no file of ours gets their numbers."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(number, True)
    os.close(number)
    if sys.stdout is None:
        sys.stdout = _Nowhere()
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as the process


def call(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit code."""
    return _guarded(lambda: app(args=arguments, prog_name="briefgen", standalone_mode=False))


def _guarded(action: Callable[[], Any]) -> int:
    try:
        result = action()
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except typer.TyperException as fault:
        _shown(fault)
        return int(Exit.USAGE)
    except (typer.Abort, KeyboardInterrupt):
        sys.stderr.write("stopped\n")
        return 130
    except BrokenPipeError:
        _silenced()
        return 0
    except OSError as fault:
        if fault.filename is not None:
            return _told(fault)
        _silenced()
        return _unwritten(fault)
    except Exception as fault:  # the last gate: whatever comes is told in a sentence
        return _told(fault)


def _unwritten(fault: OSError) -> int:
    """Say that a standard stream takes nothing; where that is standard error itself, nobody hears it, and the code says it."""
    try:
        import_module("briefgen.cli.terminal").complain(
            f"can't write to standard output: {fault.strerror or fault}", "send it somewhere else, or make room"
        )
        sys.stderr.flush()
    except OSError:
        _silenced(sys.stderr)
    return int(Exit.ENVIRONMENT)


def _silenced(stream: TextIO | None = None) -> None:
    """Let nothing more be written to standard output, or another stream, what waits to be written included."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), (stream or sys.stdout).fileno())


def _shown(fault: typer.TyperException) -> None:
    """Say what is wrong with the call. What Typer's parser raises shows itself, with the usage; its public base has no words."""
    show: Callable[[], object] = getattr(fault, "show", lambda: sys.stderr.write(f"Error: {fault.format_message()}\n"))
    show()


def _told(fault: Exception) -> int:
    """Tell a fault, and return its exit code; 4 where there is nowhere to tell it."""
    try:
        return _said(fault)
    except OSError as full:
        if full is fault:  # with BRIEFGEN_DEBUG
            raise
        return _unwritten(full)


def _said(fault: Exception) -> int:
    terminal = import_module("briefgen.cli.terminal")
    from briefgen.findings.diagnostics import BriefgenError, Rejected

    fault = of_the_machine(fault) or fault
    if isinstance(fault, Rejected):
        terminal.report(fault.diagnostics)
        return int(code_of(fault))
    if isinstance(fault, BriefgenError):
        terminal.complain(fault.message, fault.hint)
        return int(code_of(fault))
    if os.environ.get("BRIEFGEN_DEBUG"):
        raise fault
    terminal.complain(
        f"a bug of ours: {type(fault).__name__}: {fault}",
        "please tell us, with the file; BRIEFGEN_DEBUG=1 shows where it happened",
    )
    return int(Exit.BUG)
