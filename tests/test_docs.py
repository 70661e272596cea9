"""The documents say what the code does: made parts are up to date, examples run, links lead somewhere, nothing is left out."""

from __future__ import annotations

import ast
import io
import re
import shlex
import shutil
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from itertools import zip_longest
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
import yaml
from pydantic import BaseModel

import briefgen
from briefgen import load, writers
from briefgen.cli.app import Exit, call
from briefgen.findings import codes
from briefgen.findings.diagnostics import Rejected
from briefgen.findings.renamed import RENAMED
from briefgen.model.parts import Item
from briefgen.model.summary import Summary
from briefgen.project.project import Project
from briefgen.render.filters import FILTERS
from briefgen.render.render import _names as names_for_templates
from tests.builders import AUDIENCES
from tests.test_architecture import FLOORS
from tools import docs, docs_parts

ROOT = docs.ROOT
SOURCE = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "briefgen").rglob("*.py"))}
TEXT = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in docs.PAGES}
ALL = {**TEXT, "CHANGELOG.md": (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")}
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PART = re.compile(rf"{FENCE.pattern}|^<!-- (replace|exit) (.*?) -->$", FENCE.flags)


# ---- what is made from the code


def test_the_made_parts_are_up_to_date() -> None:
    assert [page.relative_to(ROOT).as_posix() for page in docs.stale()] == [], "make docs writes them"


def test_every_part_that_can_be_made_stands_on_a_page() -> None:
    begun = re.compile(r"<!-- begin ([a-z-]+) -->")
    assert {name for text in TEXT.values() for name in begun.findall(text)} == set(docs_parts.BLOCKS)


def test_the_program_says_what_is_out_of_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert docs.main(["--check"]) == 0
    assert capsys.readouterr().out == ""


def test_the_program_draws_the_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs, "IMAGES", tmp_path / "images")
    monkeypatch.setattr(docs, "PICTURES", {"executive": ""})
    [file] = docs.draw()
    assert file.read_bytes().startswith(b"\x89PNG")
    assert file.stat().st_size < 150_000


def test_a_page_that_is_out_of_date_is_found_and_mended(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A page\n\n<!-- begin matrix -->\nold\n<!-- end matrix -->\n\nThe end.\n", encoding="utf-8")
    assert docs.stale([page]) == [page]
    page.write_text(docs.renewed(page.read_text(encoding="utf-8")), encoding="utf-8")
    assert docs.stale([page]) == []
    text = page.read_text(encoding="utf-8")
    assert text.startswith(docs.MADE)
    assert "critical" in text
    assert text.endswith("The end.\n")


def test_a_part_within_a_line_stays_in_its_line() -> None:
    page = "There are <!-- begin rule-count -->some fifty<!-- end rule-count --> rules.\n"
    assert docs.renewed(page).endswith(f"There are <!-- begin rule-count -->{len(codes.RULES)}<!-- end rule-count --> rules.\n")


# ---- nothing is left out


def test_every_command_and_option_is_documented() -> None:
    page = TEXT["docs/cli.md"]
    for name, context in docs_parts.commands():
        assert f"## {name}\n" in page
        for parameter in context.command.get_params(context):
            for option in (word for word in parameter.opts if word.startswith("-")):
                assert option in page, f"{name} {option}"


def test_every_exit_code_is_documented() -> None:
    told = re.findall(r"^\| (\d+) \|", TEXT["docs/errors.md"], re.MULTILINE)
    assert [int(code) for code in told] == sorted([*map(int, Exit), 130])


def _given_codes() -> dict[str, set[str]]:
    """Return every code that some module writes, with the rooms of the house that do."""
    found: dict[str, set[str]] = {}
    for path, source in SOURCE.items():
        if path.name not in ("codes.py", "rule_table.py") and path.parent.name != "model":  # there they are examples
            words = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
            new = {row.new for row in RENAMED.values()} if path.name == "renamed.py" else set()
            named = (word for word in words if isinstance(word, str) and word not in {*RENAMED, *new})
            for code in (word for word in named if re.fullmatch(r"[A-Z]{2,4}-\d\d", word)):
                found.setdefault(code, set()).add(path.relative_to(ROOT / "briefgen").parts[0])
    for rule in codes.RULES:
        found.setdefault(rule.code, set()).add("rules")
    return found


def test_every_code_is_in_the_table_and_documented() -> None:
    given = set(_given_codes())
    assert given - set(codes.CODES) == set(), "not in briefgen/findings/codes.py"
    assert set(codes.CODES) - given == set(), "in briefgen/findings/codes.py, and nobody gives it"
    assert [code for code in codes.CODES if f"| `{code}` |" not in TEXT["docs/errors.md"]] == []


def test_a_code_means_one_thing() -> None:
    rooms = {code: {"load" if room in ("load", "rules") else room for room in found} for code, found in _given_codes().items()}
    assert {code: found for code, found in rooms.items() if len(found) > 1 and not found <= {"cli"}} == {}


@pytest.mark.parametrize("model", list(docs_parts.models(Summary)), ids=lambda model: model.__name__)
def test_every_field_is_documented(model: type[BaseModel]) -> None:
    section = _section(TEXT["docs/fields.md"], docs_parts.title(model))
    for name, info in model.model_fields.items():
        inherited = issubclass(model, Item) and name in Item.model_fields
        page = _section(TEXT["docs/fields.md"], "Every item") if inherited else section
        assert f"| `{info.alias or name}` |" in page, f"{model.__name__}.{name}"


def _section(page: str, title: str) -> str:
    """Return what stands below a heading, up to the next one."""
    return re.split(r"^#", page.partition(f"### {title}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def test_every_name_that_a_template_can_use_is_documented() -> None:
    brief: Any = SimpleNamespace(yardstick=None)
    labels: Any = SimpleNamespace(when=0, day=0, month=0, listing=0, band=0, sign=0)
    for name in (*names_for_templates(brief, labels), *FILTERS):
        assert re.search(rf"^\| `{name}[`(]", TEXT["docs/templates.md"], re.MULTILINE), name


def test_every_format_is_documented() -> None:
    assert [fmt for fmt in writers.names() if f"\n## {fmt.upper()}" not in TEXT["docs/formats.md"]] == []


def test_every_public_name_is_documented() -> None:
    assert [name for name in briefgen.__all__ if f"`{name}" not in TEXT["docs/library.md"]] == []


def test_every_module_stands_in_the_story() -> None:
    folder = ROOT / "briefgen"
    names = {path.stem for path in folder.iterdir() if not path.name.startswith(("_", ".")) and path.name != "py.typed"}
    assert [name for name in sorted(names) if not re.search(rf"`{name}(\.py|/)?`", TEXT["docs/pipeline.md"])] == []


def test_the_floors_on_the_page_are_those_of_the_house() -> None:
    drawn = re.search(r"```text\n((?: \d  .*\n)+)```", TEXT["docs/pipeline.md"])
    assert drawn
    lines = [line.partition("  never")[0].replace("|", " ").split() for line in drawn[1].splitlines()]
    told = {room: int(floor) for floor, *rooms in lines for room in rooms}
    there = {path.stem for path in (ROOT / "briefgen").iterdir()}
    assert told == {room: floor for room, floor in FLOORS.items() if room in there}


def test_every_target_of_make_is_documented() -> None:
    targets = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert [name for name in targets if f"make {name}" not in TEXT["CONTRIBUTING.md"] and name != "help"] == []


def test_every_packaged_audience_is_shown() -> None:
    assert [a.name for a in Project(ROOT).audiences() if f"**{a.name}**" not in TEXT["README.md"]] == []


# ---- examples


class Step(NamedTuple):
    """One part of a page that can be run: what it is, its text, and the exit code that is expected of its commands."""

    kind: str
    text: str
    code: int = 0
    printed: str | None = None


def steps(page: str) -> Iterator[Step]:
    """Yield what a page tells its reader to do, in order; a `text` block right after Python is what that prints."""
    code, found = 0, [*PART.finditer(page)]
    for match, after in zip_longest(found, found[1:]):
        if match[3] == "exit":
            code = int(match[4])
            continue
        follows = after is not None and after[1] == "text" and not page[match.end() : after.start()].strip()
        yield Step(match[3] or match[1], match[4] or match[2], code, after[2] if after and follows else None)
        code = 0


def play(page: str, folder: Path) -> None:
    """Do all that a page tells, in a folder; raise AssertionError where something else comes of it."""
    names: dict[str, Any] = {}
    for step in steps(page):
        first = step.text.split("\n", 1)[0]
        named = re.fullmatch(r"(?:#|\{#|<!--) ([\w./-]+\.\w+)(?: #\}| -->)?", first)
        if step.kind == "console":
            _console(step)
        elif step.kind == "python" and not named:
            printed = _captured(lambda text=step.text: exec(compile(text, "example", "exec"), names))
            assert step.printed is None or printed == step.printed
        elif step.kind == "replace":
            name, change = step.text.split(": ", 1)
            old, new = change.split(" => ")
            file = folder / name
            before = file.read_text(encoding="utf-8")
            assert old in before, f"{name} has no {old!r}"
            file.write_text(before.replace(old, new), encoding="utf-8")
        elif named and step.kind in ("yaml", "html", "css", "python", "wire"):
            (folder / named[1]).parent.mkdir(parents=True, exist_ok=True)
            text = step.text.partition("\n")[2] if step.kind == "wire" else step.text  # such a file has no comments
            (folder / named[1]).write_text(text, encoding="utf-8")


def _console(step: Step) -> None:
    """Run the commands of one block, and compare what they print with what stands below each; `…` stands for any lines."""
    for part in re.split(r"^\$ ", step.text, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        program, *arguments = shlex.split(command)
        assert program == "briefgen", command
        codes_left: list[int] = []
        printed = _captured(lambda given=arguments, left=codes_left: left.append(call(given)))
        assert codes_left == [step.code], f"{command}\n{printed}"
        if expected.strip():
            pattern = ".*".join(re.escape(piece) for piece in re.split(r"^…\n", expected.strip() + "\n", flags=re.MULTILINE))
            assert re.fullmatch(pattern, printed, re.DOTALL), f"{command} printed\n{printed}\nwhere the page says\n{expected}"


def _captured(action: Any) -> str:
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding="utf-8", write_through=True)
    with redirect_stdout(stream), redirect_stderr(stream):
        action()
    return buffer.getvalue().decode("utf-8")


def _runs(page: str) -> bool:
    return any(step.kind in ("console", "python") for step in steps(page))


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, page in TEXT.items() if _runs(page)])
def test_the_examples_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs")
    monkeypatch.chdir(tmp_path)
    for variable in ("BRIEFGEN_DEBUG", "FORCE_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(variable, raising=False)
    play(TEXT[name], tmp_path)


BASE = {"title": "Ferries stop", "language": "en", "sources": [{"id": "S1", "title": "Port report"}]}


@pytest.mark.parametrize("text", [text for kind, text, *_ in steps(TEXT["docs/summary.md"]) if kind == "yaml"])
def test_every_piece_of_a_summary_loads(text: str) -> None:
    source, base = load.parse(text, Path("piece.yaml")), load.parse(yaml.safe_dump(BASE), Path("base.yaml"))
    whole = base.overlay(source, "/defaults") if "defaults" in source.values else source.overlay(base)
    load.validate(whole)


@pytest.mark.parametrize("name", [name for name, page in TEXT.items() if "audiences/" in page])
def test_every_audience_on_a_page_loads(name: str, tmp_path: Path) -> None:
    play("".join(f"```{step.kind}\n{step.text}```\n" for step in steps(TEXT[name]) if step.kind in ("yaml", "html")), tmp_path)
    assert len(Project.find(tmp_path).audiences()) >= len(AUDIENCES)  # each is checked when it is read


def test_an_example_that_lies_is_found(tmp_path: Path) -> None:
    for page in (
        "```console\n$ briefgen --version\nbriefgen 99\n```\n",
        "<!-- exit 1 -->\n\n```console\n$ briefgen --version\n```\n",
        "```python\nprint(1)\n```\n\n```text\n2\n```\n",
        "<!-- replace nothing.yaml: a => b -->\n",
    ):
        with pytest.raises((AssertionError, FileNotFoundError)):
            play(page, tmp_path)


def test_a_piece_that_does_not_load_is_found() -> None:
    with pytest.raises(Rejected):
        test_every_piece_of_a_summary_loads("titel: Ferries\n")


# ---- links, pictures, form


def anchors(page: str) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", FENCE.sub("", page), re.MULTILINE)
    words = (re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", title) for title in titles)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in words}


def _links(page: str) -> Iterator[str]:
    yield from re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", FENCE.sub("", page)))


@pytest.mark.parametrize("name", ALL)
def test_the_links_lead_somewhere(name: str) -> None:
    for link in _links(ALL[name]):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        file, _, anchor = link.partition("#")
        path = (ROOT / name).parent / file if file else ROOT / name
        assert path.exists(), link
        if anchor:
            target = path.resolve().relative_to(ROOT).as_posix()
            assert anchor in anchors(ALL[target]), link


def test_every_page_is_reached() -> None:
    reached, waiting = set[str](), ["README.md"]
    while waiting:
        name = waiting.pop()
        if name in ALL and name not in reached:
            reached.add(name)
            files = (link.partition("#")[0] for link in _links(ALL[name]) if "://" not in link)
            waiting += [((ROOT / name).parent / file).resolve().relative_to(ROOT).as_posix() for file in files if file]
    assert set(ALL) - reached == set()


def test_the_pictures_are_there_and_small() -> None:
    shown = {name for text in TEXT.values() for name in re.findall(r"images/([\w-]+\.png)", text)}
    there = {path.name: path.stat().st_size for path in docs.IMAGES.iterdir()}
    assert shown == set(there) == {docs.PREVIEW, *(f"{style}{name}.png" for style in ("", "house-") for name in docs.PICTURES)}
    assert max(there.values()) < 150_000


@pytest.mark.parametrize("name", ALL)
def test_the_text_is_tidy(name: str) -> None:
    text = ALL[name]
    assert not re.search(r"[ \t]+$", text, re.MULTILINE)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\t" not in re.sub(FENCE, "", text)
    assert not re.search(r"(?<![\w.])/(?:home|root|work)/", text)


def test_decisions_are_short_and_numbered() -> None:
    pages: Mapping[str, str] = {name: text for name, text in TEXT.items() if name.startswith("docs/decisions/")}
    numbers = [Path(name).name[:4] for name in pages]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    for name, text in pages.items():
        assert re.match(r"# \d+\. [^\n]+\n", text), name
        assert text.startswith(f"# {int(Path(name).name[:4])}. "), name
        assert len(text.splitlines()) <= 14, name
        assert {"**What.**", "**Why.**", "**Rejected.**"} <= set(re.findall(r"\*\*\w+\.\*\*", text)), name
