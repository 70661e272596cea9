"""`briefgen.yaml`: every mistake at its place with a cure, all at once; and the settings that hold, with their origin."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefgen.findings.diagnostics import Rejected, UsageError
from briefgen.load.source import parse
from briefgen.model.cron import cron_fault, zone_fault
from briefgen.model.project_file import JobSettings
from briefgen.project.project import project_file
from briefgen.project.settings import workers
from briefgen.writers import names
from tests.builders import minimal
from tests.mini import Mini


def _found(mini: Mini, text: str) -> list[str]:
    """Return each finding: code, line and column, message, first cure."""
    with pytest.raises(Rejected) as rejected:
        project_file(parse(text, mini.folder / "briefgen.yaml", "briefgen.yaml"))
    return [f"{d.code} {d.span.line}:{d.span.column} {d.message} = {d.hints[0]}" for d in rejected.value.diagnostics if d.span]


def test_every_mistake_is_told_at_once_at_its_place_with_a_cure(mini: Mini) -> None:
    text = """\
name: "{sumary}-{audience}"
output: ../x
jobs:
  Bad Name: {}
  one:
    inputs: [/etc/*.yaml, a/../../b]
    formats: [pfd]
    schedule: {cron: "30 25 * * mon", zone: Brussel}
"""
    assert _found(mini, text) == [
        "PRJ-13 1:8 a file name knows no `{sumary}` = it knows `{summary}`, `{audience}`, `{language}`, `{date}`",
        "PRJ-14 2:9 an output folder that climbs out of the project: ../x = name a folder in it, or write the whole path",
        "PRJ-16 4:3 `Bad Name` can't be the name of a job = small letters, digits, `-` and `_`, 40 at most, "
        "a letter or digit first: `morning-run`",
        "PRJ-14 6:14 an input outside the project: /etc/*.yaml = copy or link the summaries into the project's folder",
        "PRJ-14 6:27 an input outside the project: a/../../b = copy or link the summaries into the project's folder",
        "MOD-04 7:15 `formats` is pdf, docx or html, not `pfd` = did you mean `pdf`?",
        "PRJ-11 8:26 the field hour can't be `25` = hour is 0 to 23; with `*` for all, `a-b`, `a,b` and `*/n`",
        "PRJ-12 8:45 there is no time zone `Brussel` = did you mean `Europe/Brussels`?",
    ]


@pytest.mark.parametrize(
    ("cron", "told", "cure"),
    [
        ("@daily", "`@daily` is no cron expression here", "write `0 0 * * *`"),
        ("0 6 * *", "a cron expression of 4 fields", "it has five"),
        ("0 0 6 * * *", "a cron expression of 6 fields", "it has five"),
        ("", "a cron expression of 0 fields", "it has five"),
        ("60 6 * * *", "the field minute can't be `60`", "minute is 0 to 59"),
        ("0 6 * * fri-mon", "the field day of week can't be `fri-mon`", "write `fri,sat,sun,mon`"),
        ("0 6 * augst *", "the field month can't be `augst`", "did you mean `aug`?"),
        ("0 6 0 * *", "the field day of month can't be `0`", "1 to 31"),
        ("*/0 6 * * *", "the field minute can't be `*/0`", "minute is"),
        ("0 99 * * montag", "the field hour can't be `99`; the field day of week can't be `montag`", "did you mean `mon`?"),
        ("0 6 30 2 *", "`0 6 30 2 *` never comes", "no year has such a day"),
    ],
)
def test_a_wrong_expression_names_its_field_and_a_cure(cron: str, told: str, cure: str) -> None:
    fault = cron_fault(cron)
    assert fault is not None
    assert (fault.message, cure in fault.hint) == (told, True), fault.hint


@pytest.mark.parametrize(
    ("zone", "cure"),
    [("brussels", "Europe/Brussels"), ("utc", "UTC"), ("Europe/Kyjiv", "Europe/Kyiv"), ("Xanadu-77", "or `UTC`")],
)
def test_a_wrong_zone_is_told_with_the_nearest_one(zone: str, cure: str) -> None:
    fault = zone_fault(zone)
    assert fault is not None and cure in fault.hint
    assert zone_fault("Europe/Brussels") is None


@pytest.mark.parametrize(
    "pattern",
    [
        "{audience}",
        "{summary}",
        "/{summary}-{audience}",
        "../{summary}-{audience}",
        ".{summary}-{audience}",
        "{summary}-{audience}{",
    ],
)
def test_a_pattern_that_names_no_file_is_refused(mini: Mini, pattern: str) -> None:
    [found] = _found(mini, json.dumps({"name": pattern}))
    assert found.startswith("PRJ-13 1:")


def test_a_job_for_one_audience_needs_no_audience_in_its_names(mini: Mini) -> None:
    assert JobSettings(name="{summary}", audiences=("public",)).name == "{summary}"
    assert "PRJ-13 1:18" in _found(mini, "jobs: {a: {name: '{summary}'}}")[0]


def test_the_formats_of_a_job_are_those_that_can_be_written() -> None:
    text = f"jobs: {{one: {{formats: [{', '.join(names())}]}}}}"
    assert project_file(parse(text, Path("briefgen.yaml"), "briefgen.yaml")).jobs["one"].formats == names()


def test_a_job_for_an_audience_that_is_not_there(mini: Mini) -> None:
    mini.write("briefgen.yaml", "jobs:\n  one:\n    audiences: [executive, pubic]\n")
    done = mini.cli("config", "show")
    assert done.code == 1
    assert "briefgen.yaml:3:28: error PRJ-15 there is no audience 'pubic'" in done.err
    assert "did you mean 'public'?" in done.err


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_an_empty_project_file_is_told_with_a_cure_of_its_own(mini: Mini, text: str) -> None:
    mini.write("briefgen.yaml", text)
    done = mini.cli("config", "show")
    assert done.code == 1
    assert "briefgen.yaml: error FIL-01" in done.err and "briefgen init" in done.err
    assert "briefgen new" not in done.err


# ---- which setting holds


def _shown(mini: Mini, *arguments: str) -> dict[str, tuple[object, str]]:
    done = mini.cli("config", "show", "--origin", "--format", "json", *arguments)
    assert done.code == 0, done.err
    return {key: (row["value"], row["origin"]) for key, row in json.loads(done.out).items()}


def test_a_flag_goes_before_the_environment_before_the_project_before_a_default(
    mini: Mini, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _shown(mini)["output"] == ("outputs", "default")
    mini.write("briefgen.yaml", "# ours\noutput: made\njobs:\n  one:\n    keep: 3\n    output: elsewhere\n  two: {}\n")
    shown = _shown(mini)
    assert shown["output"] == shown["jobs.two.output"] == ("made", "briefgen.yaml:2")
    assert shown["jobs.one.output"] == ("elsewhere", "briefgen.yaml:6")
    assert (shown["jobs.one.keep"], shown["jobs.two.keep"]) == ((3, "briefgen.yaml:5"), (30, "default"))
    assert (shown["jobs.two.audiences"], shown["name"]) == (("all", "default"), ("{summary}-{audience}", "default"))
    monkeypatch.setenv("BRIEFGEN_OUTPUT", "env")
    monkeypatch.setenv("BRIEFGEN_WORKERS", "2")
    assert _shown(mini)["output"] == _shown(mini)["jobs.one.output"] == ("env", "BRIEFGEN_OUTPUT")
    assert _shown(mini)["workers"] == (2, "BRIEFGEN_WORKERS")
    assert _shown(mini, "-o", "flag")["output"] == ("flag", "-o")
    (mini.folder / "own").mkdir()
    monkeypatch.setenv("BRIEFGEN_TEMPLATES", "own")
    assert _shown(mini)["templates"] == ("own", "BRIEFGEN_TEMPLATES")
    (mini.folder / "other").mkdir()
    assert _shown(mini, "--templates", "other")["templates"] == ("other", "--templates")


def test_the_settings_are_a_table_for_people(mini: Mini) -> None:
    mini.write("briefgen.yaml", "defaults: {series: Desk}\n")
    plain, told = mini.cli("config", "show").out.splitlines(), mini.cli("config", "show", "--origin").out.splitlines()
    assert (plain[0], told[0]) == ("setting\tvalue", "setting\tvalue\torigin")
    assert "defaults.series\tDesk\tbriefgen.yaml:1" in told


@pytest.mark.parametrize("text", ["0", "-1", "65", "two", "1.5", "²"])
def test_a_wrong_number_of_workers_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="BRIEFGEN_WORKERS can't be"):
        workers({"BRIEFGEN_WORKERS": text})
    assert (workers({}), workers({"BRIEFGEN_WORKERS": ""}), workers({"BRIEFGEN_WORKERS": "3"})) == (None, None, 3)


def test_render_follows_the_same_order(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    mini.write("briefgen.yaml", 'output: made\nname: "{date}/{language}/{summary}-{audience}"\n')
    mini.write("deep/one.yaml", minimal(as_of="2025-03-04"))
    one = ("-a", "analyst", "-t", "html")
    monkeypatch.chdir(mini.folder / "deep")
    assert mini.cli("render", "one.yaml", *one).code == 0
    assert "made/2025-03-04/en-GB/mini-analyst.html" in mini.files(), "relative to the project file, not to where we are"
    monkeypatch.setenv("BRIEFGEN_OUTPUT", "env")
    assert mini.cli("render", "one.yaml", *one).code == 0
    assert "deep/env/2025-03-04/en-GB/mini-analyst.html" in mini.files()
    done = mini.cli("render", "one.yaml", *one, "-o", "flag")
    assert "flag/2025-03-04/en-GB/mini-analyst.html" in done.out
    monkeypatch.setenv("BRIEFGEN_TEMPLATES", "nowhere")
    assert "there is no template folder nowhere" in mini.cli("check", "one.yaml").err


# ---- a new project


@pytest.mark.slow
def test_a_new_project_works_at_once(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    done = mini.cli("init", "desk")
    assert (done.code, done.out.splitlines()[0]) == (0, "desk/briefgen.yaml")
    assert done.err.splitlines()[1] == "  cd desk"
    monkeypatch.chdir(mini.folder / "desk")
    commands = [line.split()[1:] for line in done.err.splitlines()[2:]]
    assert [command[0] for command in commands] == ["check", "render", "batch", "schedule"]
    for command in commands:
        arguments = [word.replace("inputs/*.yaml", "inputs/first.yaml") for word in command]
        assert mini.cli(*arguments, *(["-t", "docx", "-a", "board"] if command[0] == "render" else [])).code == 0, arguments
    assert "desk/outputs/first-board.docx" in mini.files()
    assert _shown(mini)["jobs.morning.audiences"] == (["executive", "board"], "briefgen.yaml:17")
    assert mini.cli("audience", "show", "board").code == 0
    rows = json.loads(mini.cli("schedule", "next", "-n", "2", "--format", "json").out)
    assert {name: len(row["next"]) for name, row in rows.items()} == {"morning": 2, "weekly": 2}
    assert rows["morning"]["words"] == "At 06:30 on Monday through Friday"


def test_a_project_is_never_written_over(mini: Mini) -> None:
    mini.write("briefgen.yaml", "output: mine\n")
    mini.write(".gitignore", "x\n")
    before = mini.files()
    done = mini.cli("init")
    assert (done.code, mini.files()) == (2, before)
    assert "has briefgen.yaml, .gitignore already" in done.err and "nothing was written" in done.err
    assert mini.cli("init", "briefgen.yaml").code == 2
    assert mini.cli("init", "new/deep").code == 0
    assert mini.cli("init", "new/deep").code == 2
