"""A desk's own rules, readers, writers and drafters: whose code is run, what they may do, and what is said when they fail."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from bench.generate import project as made_up
from briefgen.findings.codes import CODES
from briefgen.preview import watch
from briefgen.preview.server import Preview
from briefgen.preview.versions import Versions
from briefgen.project.own_rules import CODE
from briefgen.project.project import Project
from tests.batch.desks import edit, told, whys
from tests.builders import minimal
from tests.mini import Mini

RULE = """\
from briefgen import Rule, Severity, finding

def strikes(context):
    for pointer, text in context.words:
        if "Strike" in text:
            yield finding(pointer, "a strike", "say whose")

RULE = Rule("XST-01", Severity.WARNING, "a strike", strikes)
"""
WRITER = """\
from briefgen import Written

def write(document):
    return Written(("first " + document.metadata.title).encode())
"""
TRUST = "--trust-project"
READER, DRAFTER = "readers: {.x: 'desk:f'}", "drafters: {d: 'desk:f'}"
WAIVER = {"code": "XST-01", "item": "D1", "reason": "it is one", "by": "A. Editor"}


def desk(mini: Mini, module: str = RULE, parts: str = "rules: [desk:RULE]", **more: object) -> Mini:
    """Write a project with one module of its own, and one summary."""
    mini.write("briefgen.yaml", f"parts:\n  {parts}\n")
    mini.write("desk.py", module)
    mini.write("m.yaml", minimal(**more))
    return mini


def test_an_own_rule_speaks_at_its_place_and_weighs_what_its_row_says(mini: Mini) -> None:
    desk(mini)
    done = mini.cli("check", "m.yaml", TRUST, "--select", "XST")
    assert done.code == 0
    assert "m.yaml:5:13: warning XST-01 a strike" in done.err and "= say whose" in done.err
    assert done.err.endswith("1 to improve\n")
    row = json.loads(mini.cli("check", "m.yaml", TRUST, "--format", "sarif").out)["runs"][0]["tool"]["driver"]["rules"]
    assert [entry["shortDescription"]["text"] for entry in row if entry["id"] == "XST-01"] == ["A strike."]


def test_an_own_rule_obeys_ignore_waivers_and_the_stage(mini: Mini) -> None:
    desk(
        mini,
        RULE.replace("WARNING", "ERROR"),
        waivers=[{"code": "XST-01", "item": "D1", "reason": "it is one", "by": "A. Editor"}],
    )
    assert "info XST-01 a strike (waived by A. Editor: it is one)" in mini.cli("check", "m.yaml", TRUST, "-v").err
    mini.write("m.yaml", minimal())
    assert "warning XST-01" in mini.cli("check", "m.yaml", TRUST).err, "in a draft an error is a warning"
    assert "XST-01" not in mini.cli("check", "m.yaml", TRUST, "--ignore", "XST").err
    mini.write("m.yaml", minimal(stage="final"))
    done = mini.cli("render", "m.yaml", TRUST, "-t", "html", "-a", "executive")
    assert done.code == 1 and "error XST-01" in done.err
    mini.write("briefgen.yaml", "parts: {rules: [desk:RULE]}\nchecks: {ignore: [XST]}\n")
    assert "XST-01" not in mini.cli("check", "m.yaml", TRUST).err


def test_no_code_of_ours_begins_like_those_of_a_desk() -> None:
    assert [code for code in CODES if CODE.fullmatch(code) or code.startswith("X")] == []


# ---- whose code is run


def test_code_of_the_folder_is_not_run_unasked_however_python_was_started(mini: Mini) -> None:
    desk(mini, f"{RULE}\nopen('run', 'w').close()\n")
    for path in ("", str(mini.folder)):
        done = mini.process("check", "m.yaml", PYTHONPATH=f"{Path(__file__).parents[1]}:{path}")
        assert done.code == 1
        assert "briefgen.yaml:2:11: error PRT-02 the rule desk:RULE: desk lies in the project's folder" in done.err
        assert "= if you trust who wrote it: --trust-project, or BRIEFGEN_TRUST_PROJECT=1" in done.err
        assert "COR-03" in done.err, "the other rules go on"
    assert mini.process("config", "show").code == 0
    assert not (mini.folder / "run").exists()
    assert "XST-01" in mini.process("check", "m.yaml", BRIEFGEN_TRUST_PROJECT="1").err
    assert (mini.folder / "run").exists()
    assert not (mini.folder / "__pycache__").exists(), "nothing is left in the folder"


@pytest.mark.parametrize("command", [("check",), ("render", "-t", "html", "-a", "public")])
def test_what_is_installed_needs_no_trust_and_goes_first(
    mini: Mini, command: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path_factory.mktemp("site") / "site-packages"
    (home / "ferrydesk").mkdir(parents=True)
    (home / "ferrydesk/__init__.py").write_text(RULE.replace('"a strike"', '"installed"', 1))
    monkeypatch.syspath_prepend(str(home))
    desk(mini, parts="rules: [ferrydesk:RULE]")
    mini.write("ferrydesk.py", "raise SystemExit\n")
    for trust in ((), (TRUST,)):
        done = mini.cli(command[0], "m.yaml", *command[1:], *trust)
        assert done.code == 0 and "XST-01 installed" in done.err


def test_an_environment_inside_the_folder_holds_what_is_installed(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    desk(mini, parts="rules: [innerdesk:RULE]")
    mini.write(".venv/lib/site-packages/innerdesk.py", RULE)
    monkeypatch.syspath_prepend(str(mini.folder / ".venv/lib/site-packages"))
    assert "XST-01" in mini.cli("check", "m.yaml").err


def test_the_file_and_the_exports_never_trust(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    mini.write("briefgen.yaml", "trust_project: true\n")
    assert "MOD-01" in mini.cli("config", "show").err
    mini.write("briefgen.yaml", "jobs: {one: {schedule: {cron: '0 6 * * *', zone: Europe/Brussels}}}\n")
    monkeypatch.setenv("BRIEFGEN_TRUST_PROJECT", "1")
    for form in ("--systemd", "--cron"):
        done = mini.cli("schedule", "export", form, "--user")
        assert done.code == 0 and "trust" not in done.out.lower()


# ---- what is wrong with a part is a finding at its line


R = "rules: [desk:RULE]"
FAULTS = {
    "no dotted name": ("rules: [desk.RULE]", RULE, "2:11: error PRJ-19 `desk.RULE` is no dotted name"),
    "no module": ("rules: [nodesk:RULE]", RULE, "2:11: error PRT-01 the rule nodesk:RULE: there is no module nodesk"),
    "no module in it": (
        "rules: [desk.inner:RULE]",
        RULE,
        "2:11: error PRT-01 the rule desk.inner:RULE: there is no module desk.in",
    ),
    "no name": ("rules: [desk:RULER]", RULE, "2:11: error PRT-01 …R: desk has no 'RULER'"),
    "what it imports": (
        R,
        "import nothing_such\n",
        "PRT-01 …: desk can't be loaded: No module",
    ),
    "a fault": (
        R,
        "1 / 0\n",
        "2:11: error PRT-01 …: desk can't be loaded: ZeroDivisionError",
    ),
    "a leap": (R, "raise SystemExit(0)\n", "PRT-01 …: desk can't be loaded: SystemExit"),
    "no Python": (R, "def (:\n", "2:11: error PRT-01 …: desk can't be loaded: SyntaxError"),
    "no row": ("rules: [desk:strikes]", RULE, "2:11: error PRT-03 the rule desk:strikes is no row of a rule but function"),
    "arguments": (
        R,
        RULE.replace("(context)", "(a, b)"),
        "error PRT-03 … can't be called with",
    ),
    "no function": (
        R,
        RULE.replace('"a strike", strikes', '"a strike", "strikes"'),
        "error PRT-03 the rule desk",
    ),
    "no words": (
        R,
        RULE.replace('"a strike", strikes', '"", strikes'),
        "PRT-03 …: XST-01: the row",
    ),
    "our code": (R, RULE.replace("XST-01", "STA-01"), "PRT-05 …: its code can't be 'STA-01'"),
    "twice": ("rules: [desk:RULE, desk:RULE]", RULE, "2:22: error PRT-05 …: another one has the code XST-01"),
    "it fails": (
        R,
        RULE.replace("yield", "1 / 0 #"),
        "2:11: warning PRT-04 … failed: ZeroDiv",
    ),
    "no findings": (
        R,
        RULE.replace("yield ", "yield 1 #"),
        "2:11: warning PRT-04 … failed: Type",
    ),
    "no place": (
        R,
        RULE.replace("yield finding(pointer", "yield finding(7"),
        "warning PRT-04 … fa",
    ),
    "nothing": (
        R,
        RULE.replace("yield finding", "finding"),
        "warning PRT-04 … failed: TypeError",
    ),
    "our ending": ("readers: {.pdf: 'desk:read'}", RULE, "2:13: error PRT-05 `.pdf` is one of briefgen's own readers"),
    "no ending": ("readers: {wire: 'desk:read'}", RULE, "2:13: error PRT-05 `wire` can't be a key of `parts.readers`"),
    "our format": ("writers: {docx: 'desk:write'}", RULE, "2:13: error PRT-05 `docx` is one of briefgen's own writers"),
    "a path": ("writers: {../x: 'desk:write'}", RULE, "2:13: error PRT-05 `../x` can't be a key of `parts.writers`"),
    "our drafter": ("drafters: {llm: 'desk:draft'}", RULE, "2:14: error PRT-05 `llm` is one of briefgen's own drafters"),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_what_is_wrong_is_told_with_its_place_and_code(mini: Mini, kind: str) -> None:
    parts, module, said = FAULTS[kind]
    said = said.replace("…", "the rule desk:RULE")
    desk(mini, module, parts)
    done = mini.cli("check", "m.yaml", TRUST)
    assert said in done.err, done.err
    assert "Traceback" not in done.err and "a bug of ours" not in done.err
    assert done.code == (0 if "warning PRT" in said else 1)
    whole = said.startswith("2:") and ("PRJ-19" in said or "own " in said or "key of" in said)
    assert whole or "COR-03" in done.err, "the rest of the check goes on"


def test_a_fault_names_the_line_of_the_part(mini: Mini) -> None:
    desk(mini, RULE.replace("yield", "1 / 0 #"))
    assert "= mend it at desk.py:6" in mini.cli("check", "m.yaml", TRUST).err
    mini.write("m.yaml", minimal(stage="final"))
    done = mini.cli("check", "m.yaml", TRUST)
    assert done.code == 1 and "error PRT-04" in done.err, "a final brief that could not be checked is stopped"


def test_python_s_own_library_is_no_part(mini: Mini) -> None:
    """A project's file alone shall not move files about: `os.rename(article, b'…')` would."""
    desk(mini, parts="readers: {.x: 'os:rename'}")
    mini.write("a.x", b"moved")
    done = mini.cli("draft", "a.x", "-o", "x.yaml", TRUST)
    assert done.code == 1 and "2:17: error PRT-01 the reader os:rename: os is of Python's own library" in done.err
    assert (mini.folder / "a.x").exists()


@pytest.mark.parametrize(
    ("parts", "module", "said"),
    [
        (
            READER,
            "def f(path, content):\n    1 / 0\n",
            "2:17: error PRT-04 the reader desk:f failed: ZeroDivision",
        ),
        (READER, "def f(path, content): ...\n", "2:17: error PRT-04 the reader desk:f gave back nothing"),
        (
            READER,
            "def f(path): ...\n",
            "2:17: error PRT-03 the reader desk:f can't be called with path and con",
        ),
        (READER, "f = 3\n", "2:17: error PRT-03 the reader desk:f is no function but an int"),
        (
            DRAFTER,
            "def f(articles, settings): return {}\n",
            "2:17: error PRT-04 the drafter desk:f gave back a dict",
        ),
        (
            DRAFTER,
            "def f(articles, settings):\n    [][0]\n",
            "2:17: error PRT-04 the drafter desk:f failed: Index",
        ),
        ("drafters: {d: 'nodesk:f'}", "", "2:17: error PRT-01 the drafter nodesk:f: there is no module nodesk"),
    ],
)
def test_a_reader_or_a_drafter_that_fails_is_a_finding(mini: Mini, parts: str, module: str, said: str) -> None:
    desk(mini, module, parts)
    mini.write("a.x", "Ferries stop")
    mini.write("a.txt", "Ferries stop\n\nThe crews struck on Monday, the port says.\n")
    named = ("a.x",) if "readers" in parts else ("a.txt", "--drafter", "d")
    done = mini.cli("draft", *named, "-o", "x.yaml", TRUST)
    assert done.code == 1 and f"briefgen.yaml:{said}" in done.err, done.err
    assert not (mini.folder / "x.yaml").exists()


def test_a_draft_without_sources_is_written_as_it_is(mini: Mini) -> None:
    desk(
        mini,
        "from briefgen import Drafted\n\ndef f(articles, settings):\n    return Drafted({'title': 'x'}, {})\n",
        "drafters: {d: 'desk:f'}",
    )
    mini.write("a.txt", "Ferries stop\n\nThe crews struck on Monday, the port says.\n")
    assert mini.cli("draft", "a.txt", "--drafter", "d", "-o", "x.yaml", TRUST).code == 0
    assert "title: x" in (mini.folder / "x.yaml").read_text()
    done = mini.cli("draft", "a.txt", "--drafter", "e", "-o", "y.yaml", TRUST)
    assert done.code == 2 and "--drafter takes extractive, llm, d" in done.err


def test_a_reader_is_asked_for_articles_of_a_source_and_in_a_mail(mini: Mini) -> None:
    reader = (
        "from briefgen import article_of\n\ndef f(path, content):\n    return article_of(path, content, [content.decode()])\n"
    )
    desk(mini, reader, "readers: {.wire: 'desk:f'}")
    text = "The crews of both ferries to the island struck on Monday, the port says, and nobody knows for how long they will."
    mini.write("articles/a.wire", text)
    evidence = [{"source": "S1", "quote": "The crews of both ferries to the island struck on Monday"}]
    item: dict[str, object] = {"headline": "Strike", "text": "Crews struck.", "status": "reported", "evidence": evidence}
    source = {"id": "S1", "title": "Port", "published": "unknown", "file": "articles/a.wire"}
    mini.write("m.yaml", minimal(key_developments=[item], sources=[source]))
    assert not {"EVD-01", "ART-02", "EVD-04"} & set(mini.cli("check", "m.yaml", TRUST).err.split())
    mini.write(
        "m.yaml",
        minimal(key_developments=[{**item, "evidence": [{"source": "S1", "quote": "nobody said this"}]}], sources=[source]),
    )
    assert "EVD-01" in mini.cli("check", "m.yaml", TRUST).err
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["Subject"] = "Two"
    mail.set_content("see below")
    mail.add_attachment(text.encode(), maintype="application", subtype="octet-stream", filename="b.wire")
    mini.write("inbox/two.eml", mail.as_bytes())
    assert mini.cli("draft", "inbox", "-o", "x.yaml", TRUST).code == 0
    assert "b.wire, attached to two.eml" in (mini.folder / "x.yaml").read_text()


# ---- a format of one's own


def test_an_own_format_stands_in_every_place(mini: Mini) -> None:
    desk(mini, WRITER, "writers: {txt: 'desk:write'}")
    done = mini.cli("render", "m.yaml", "-a", "public", "-t", "txt,html", TRUST, "-o", "out")
    assert done.code == 0 and "out/mini-public.txt, out/mini-public.html" in done.out
    assert (mini.folder / "out/mini-public.txt").read_text() == "first Ferries stop"
    assert "--to pdf,docx,html,txt" in mini.cli("render", "--help").out
    assert "-t takes pdf, docx, html, txt" in mini.cli("render", "m.yaml", "-t", "text").err
    refused = mini.cli("render", "m.yaml", "-a", "public", "-t", "txt")
    assert refused.code == 1 and "briefgen.yaml:2:18: error PRT-02" in refused.err
    mini.write("briefgen.yaml", "parts: {writers: {txt: 'desk:write'}}\njobs: {one: {formats: [txt, pfd]}}\n")
    assert "`formats` is pdf, docx, html or txt, not `pfd`" in mini.cli("config", "show").err


def test_the_help_of_a_project_that_can_t_be_used_is_there_all_the_same(mini: Mini) -> None:
    mini.write("briefgen.yaml", "parts: 3\n")
    done = mini.cli("render", "--help")
    assert done.code == 0 and "--to pdf,docx,html " in done.out


def test_templates_are_tried_with_an_own_format_too(mini: Mini) -> None:
    desk(mini, WRITER.replace("return", "1 / 0 #"), "writers: {txt: 'desk:write'}")
    done = mini.cli("template", "check", "-a", "public", TRUST)
    assert done.code == 1 and "2:18: error PRT-04 the writer desk:write failed: ZeroDivisionError" in done.err


def test_the_preview_offers_an_own_format(mini: Mini) -> None:
    from starlette.testclient import TestClient

    desk(mini, WRITER, "writers: {txt: 'desk:write'}")
    seen = Versions(mini.folder / "m.yaml", "public", trusted=True)
    with TestClient(Preview(seen).app(8000), base_url="http://127.0.0.1:8000") as client:
        assert 'href="/download/txt"' in client.get("/").text
        answer = client.get("/download/txt?audience=public")
        assert (answer.status_code, answer.text) == (200, "first Ferries stop")


def test_the_preview_follows_an_own_rule_as_it_is_saved(mini: Mini) -> None:
    desk(mini)
    seen = Versions(mini.folder / "m.yaml", "public", trusted=True)
    assert "XST-01" in json.dumps(seen.state()["findings"])
    edit(mini.folder / "desk.py", "XST-01", "XST-02")
    assert watch.concerns([mini.folder / "desk.py"], seen.watched()) == "project"
    seen.touch(project=True)
    assert "XST-02" in json.dumps(seen.state()["findings"])


# ---- a batch makes again what a changed part concerns


def test_a_changed_rule_or_writer_makes_again_what_it_concerns(mini: Mini) -> None:
    made_up(mini.folder, 1, tiny=True, audiences=["public"], formats=["html"])
    values = json.loads((mini.folder / "briefgen.yaml").read_text())
    [job] = values["jobs"].values()
    other = {**job, "formats": ["txt"], "name": "plain/{summary}-{audience}"}
    parts = {"rules": ["desk.rules:RULE"], "writers": {"txt": "plain:write"}}
    mini.write("briefgen.yaml", json.dumps({"parts": parts, "jobs": {"pages": job, "plain": other}}))
    mini.write("desk/rules.py", RULE)
    mini.write("desk/words.txt", "one")
    mini.write("plain.py", WRITER)
    assert told(mini, TRUST)["built"] == 2
    assert whys(mini, TRUST) == {}
    edit(mini.folder / "plain.py", "first", "other")
    assert [row["why"] for row in told(mini, TRUST, "--dry-run")["runs"][0]["to_build"]] == [["writer txt changed"]]
    assert told(mini, TRUST)["built"] == 1
    [file] = mini.folder.rglob("plain/*.txt")
    assert file.read_text().startswith("other "), "the new writer wrote it, though the old one had been loaded"
    mini.write("desk/words.txt", "two")
    rows = told(mini, TRUST, "--dry-run")["runs"][0]["to_build"]
    assert [row["why"] for row in rows] == [["own rules changed"]] * 2, "of a package, every file counts"


def test_a_batch_without_trust_makes_nothing_and_says_why(mini: Mini) -> None:
    made_up(mini.folder, 1, tiny=True, audiences=["public"], formats=["html"])
    values = json.loads((mini.folder / "briefgen.yaml").read_text())
    mini.write("briefgen.yaml", json.dumps({"parts": {"rules": ["desk:RULE"]}, **values}))
    mini.write("desk.py", RULE)
    done = mini.cli("batch", "--executor", "serial")
    assert done.code == 1 and "PRT-02" in done.err
    done = mini.cli("batch", "-j", "2", TRUST)
    assert done.code == 0, done.err


def test_a_project_travels_to_another_process_without_its_loaded_code(mini: Mini) -> None:
    desk(mini)
    project = Project.find(mini.folder, trusted=True)
    assert [rule.code for rule in project.rules.every.rules][-1] == "XST-01"
    again = pickle.loads(pickle.dumps(project))
    assert again.parts.rules[0].load().code == "XST-01"


def test_another_project_s_module_of_the_same_name_is_another_one(mini: Mini, tmp_path_factory: pytest.TempPathFactory) -> None:
    desk(mini)
    other = tmp_path_factory.mktemp("other")
    (other / "briefgen.yaml").write_text("parts: {rules: [desk:RULE]}\n")
    (other / "desk.py").write_text(RULE.replace("XST-01", "XST-02"))
    for folder, code in ((mini.folder, "XST-01"), (other, "XST-02"), (mini.folder, "XST-01")):
        assert Project.find(folder, trusted=True).rules.every.rules[-1].code == code
