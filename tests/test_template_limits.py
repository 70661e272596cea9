"""Hostile templates: what loops for ever or grows without end is stopped by counting, at its line; nothing leads out.

No test here measures time or memory: a limit that did not hold would hang the suite, or end it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import briefgen
from briefgen.findings.diagnostics import Diagnostic, Rejected
from briefgen.render import limits, sandbox
from briefgen.writers.pdf.layout import layout
from tests.builders import maximal
from tests.mini import ROOT, Mini


def fault(mini: Mini, body: str, **files: str) -> Diagnostic:
    """Return the only fault of a section whose second line (and what follows) is `body`."""
    mini.section(f"<section>\n{body}\n</section>")
    for name, text in files.items():
        mini.template(f"{name}.html", text)
    with pytest.raises(Rejected) as caught:
        mini.document(maximal(), "own")
    [found] = caught.value.diagnostics
    return found


GROW = "{% for i in range(99) %}\n{% set ns.x = "
STEPS, PRINTED, REFUSED, WORK = "more than 200,000 steps", "prints more than", "refused", "read and make"
KEYS = ", ".join(f"'{n}': 1" for n in range(9999))
ENDLESS: dict[str, tuple[str, int, str]] = {
    "loops in loops": ("{% for a in range(9999) %}\n{% for b in range(9999) %}{% endfor %}{% endfor %}", 3, STEPS),
    "a condition that nothing meets": (
        "{% for a in range(9999) %}\n{% for b in range(9999) if b < 0 %}{% endfor %}{% endfor %}", 3, STEPS),
    "a loop that calls itself": (
        "{% set ns = namespace(t=[]) %}{% for i in range(9) %}{% set ns.t = [ns.t, ns.t, ns.t, ns.t, ns.t, ns.t] %}{% endfor %}\n"
        "{% for a in ns.t recursive %}{{ loop(a) }}{% endfor %}", 3, STEPS),
    "macros that call macros": (
        "{% macro a(n) %}{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}\n{{ a(60) }}", 2, STEPS),
    "a macro that calls itself": ("x\n{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", 3, "too deep"),
    "a caller": ("{% macro b() %}{{ caller() }}{% endmacro %}{% macro a(n) %}{% if n %}{% call b() %}{{ a(n - 1) }}{{ a(n - 1) }}"
                 "{% endcall %}{% endif %}{% endmacro %}\n{{ a(20) }}", 2, STEPS),
    "a cycler": ("{% set c = cycler('a', 'b') %}{% for a in range(9999) %}{% for b in range(9999) %}\n"
                 "{% set d = c.next() %}{% endfor %}{% endfor %}", 3, STEPS),
    "a block in itself": ("{% block b %}\n{{ self.b() }}{% endblock %}", 3, "too deep"),
    "an include of itself": ("x\n{% include 'sections/own.html' %}", 3, "too deep"),
    "a file that extends itself": ("{% extends 'sections/own.html' %}", 2, "too deep"),
    "a long range": ("{% for a in range(10 ** 9) %}{% endfor %}", 2, REFUSED),
    "a range too long for Jinja": ("{% for a in range(1000000000) %}{% endfor %}", 2, "Range too big"),
    "words in a loop": ("{% for a in range(90000) %}\n" + "<b>words</b> " * 100 + "{% endfor %}", 2, PRINTED),
    "words of a macro": ("{% set big = 'x' ~ brief.title %}{% macro f() %}\n" + "words " * 200 + "{% endmacro %}\n"
                         "{% for a in range(90000) %}{{ big }}{% set c = f() %}{% endfor %}",
                         2, PRINTED),
    "an include in a loop": ("{% for a in range(90000) %}{% include 'long.html' %}{% endfor %}", 1, PRINTED),
    "an include without context": ("{% for a in range(9000) %}{% include 'long.html' without context %}{% endfor %}", 1, PRINTED),
    "a power": ("<p>\n{{ 10 ** 10 ** 8 }}</p>", 3, "`**` is refused"),
    "a text times a number": ("<p>{{ 'x' * 10000000000 }}</p>", 2, "a text can't be multiplied"),
    "a number times a text": ("<p>{{ 10000000000 * 'x' }}</p>", 2, "a text can't be multiplied"),
    "a list times a number": ("{% set a = [1] * 10000000000 %}", 2, WORK),
    "a tuple times a number": ("{% set a = 1000000000 * (1, 2) %}", 2, WORK),
    "a list of a list": ("{% set a = [[1] * 90000] * 90000 %}\n<p>{{ a | string }}</p>", 3, "this list holds more"),
    "per cent": ("<p>{{ '%1000000000d' % 1 }}</p>", 2, "`%` with a text is refused"),
    "a width": ("<p>{{ '{:1000000000d}'.format(1) }}</p>", 2, "`.format` is refused"),
    "a width by a name": ("<p>{{ '{:{n}}'.format(1, n=1000000000) }}</p>", 2, "`.format` is refused"),
    "a map of widths": ("<p>{{ '{a:999999999}'.format_map({'a': 1}) }}</p>", 2, "`.format_map` is refused"),
    "a width by a filter": ("<p>{{ '%1000000000d' | format(1) }}</p>", 2, "the filter `format` is refused"),
    "center": ("<p>{{ 'x' | center(1000000000) }}</p>", 2, "the filter `center` is refused"),
    "a centre by a method": ("<p>{{ 'x'.center(1000000000) }}</p>", 2, "`.center` is refused"),
    "noughts": ("<p>{{ '1'.zfill(1000000000) }}</p>", 2, "`.zfill` is refused"),
    "tabs": ("<p>{{ '\t'.expandtabs(1000000000) }}</p>", 2, "`.expandtabs` is refused"),
    "bytes of a number": ("<p>{{ (5).to_bytes(1000000000, 'big') }}</p>", 2, "`.to_bytes` is refused"),
    "a date with a width": ("<p>{{ brief.as_of.strftime('%1000000000Y') }}</p>", 2, "`.strftime` is refused"),
    "indent": ("<p>{{ 'x' | indent(1000000000, true) }}</p>", 2, WORK),
    "indent by words": ("{% set w = 'x, ' ~ ([1] * 9999) | join(', ') %}<p>{{ ([1] * 9999) | join('\\n') | indent(w) }}</p>",
                        2, WORK),
    "places": ("<p>{{ 5 | round(1000000000, 'ceil') }}</p>", 2, "`round` takes numbers up to 20"),
    "a batch": ("<p>{{ [1] | batch(1000000000, 'x') }}</p>", 2, WORK),
    "slices": ("<p>{{ [1] | slice(1000000000) | list }}</p>", 2, WORK),
    "batches of a list": ("{% set a = ([[1]] * 99999) | map('batch', 10000, 'x') | list %}", 2, WORK),
    "an indent of lists in lists": (
        "{% set ns = namespace(x=[1]) %}{% for i in range(400) %}{% set ns.x = [ns.x] %}{% endfor %}\n"
        "{% set a = ([ns.x] * 1000) | tojson(indent=100) %}", 3, "`tojson` takes no indent"),
    "join of the keys": ("{% set a = ([1] * 99999) | join %}{% set d = {" + KEYS + "} %}\n"
                         "<p>{{ a.join(d.keys()) }}</p>", 3, WORK),
    "join of a mapping": ("{% set a = ([1] * 99999) | join %}{% set d = {" + KEYS + "} %}\n"
                          "<p>{{ d | join(a) }}</p>", 3, WORK),
    "replace": ("{% set a = ([1] * 99999) | join %}\n<p>{{ a | replace('1', a) }}</p>", 3, WORK),
    "replace by a method": ("{% set a = ([1] * 99999) | join %}\n<p>{{ a.replace('1', a) }}</p>", 3, WORK),
    "join": ("{% set a = ([1] * 99999) | join %}\n<p>{{ range(99999) | join(a) }}</p>", 3, WORK),
    "join by a method": ("{% set a = ([1] * 99999) | join %}\n<p>{{ a.join(a) }}</p>", 3, WORK),
    "a listing": ("{% set a = ([1] * 99999) | join %}\n<p>{{ listing([a] * 99999) }}</p>", 3, WORK),
    "a sum of lists": ("<p>{{ [[1]] | sum(start=[]) }}</p>", 2, "`sum` adds numbers"),
    "~ in a loop": ("{% set ns = namespace(x='xx') %}" + GROW + "ns.x ~ ns.x %}{% endfor %}", 3, WORK),
    "+ in a loop": ("{% set ns = namespace(x='xx') %}" + GROW + "ns.x + ns.x %}{% endfor %}", 3, WORK),
    "lists that double": ("{% set ns = namespace(x=[1]) %}" + GROW + "ns.x + ns.x %}{% endfor %}", 3, WORK),
    "numbers that double": ("{% set ns = namespace(x=9) %}" + GROW + "ns.x * ns.x %}{% endfor %}", 3, "63 bits"),
    "a block that doubles": (
        "{% set ns = namespace(x='xx') %}\n{% for i in range(99) %}{% set a %}{{ ns.x }}{{ ns.x }}{% endset %}\n"
        "{% set ns.x = a %}{% endfor %}", 3, PRINTED),
    "lists that are printed": (
        "{% set ns = namespace(x=['x']) %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}\n<p>{{ ns.x }}</p>",
        3, "this list holds more"),
    "lists that are compared": (
        "{% set ns = namespace(x=[1], y=[1]) %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x] %}{% set ns.y = [ns.y, ns.y] %}"
        "{% endfor %}\n{% if ns.x == ns.y %}{% endif %}", 3, "this list holds more"),
    "a namespace in itself": ("{% set ns = namespace() %}{% set ns.x = ns %}\n<p>{{ ns }}</p>", 3, "can't be printed"),
    "one text searched again and again": (
        "{% set a = ([1] * 99999) | join %}{% for i in range(99999) %}\n"
        "{% if 'x' in a %}{% endif %}{% endfor %}", 3, WORK),
    "one list tested again and again": (
        "{% set a = [1] * 99999 %}{% for i in range(99999) %}\n"
        "{% if 2 is in(a) %}{% endif %}{% endfor %}", 3, WORK),
    "slices again and again": (
        "{% set a = [1] * 99999 %}{% for i in range(99999) %}\n{% set b = a[1:] %}{% endfor %}", 3, WORK),
    "a filter for each entry": (
        "{% set a = [([1] * 9999) | join] * 900 %}\n{% for i in range(99) %}{% set b = a | map('upper') %}{% endfor %}",
        3, WORK),
    "a number of many digits": ("<p>\n{{ " + "9" * 5000 + " }}</p>", 1, "can't be compiled"),
    "loops that nest": ("{% for a in [1] %}" * 40 + "{% endfor %}" * 40, 1, "nest too deep"),
    "brackets that nest": ("<p>{{ " + "[" * 900 + "]" * 900 + " }}</p>", 1, "nest too deep"),
    "a file of a megabyte": ("<p>{% include 'huge.html' %}</p>", 2, "more than 1,000,000 characters"),
    "chance": ("<p>{{ [1, 2] | random }}</p>", 2, "the filter `random` is refused"),
    "the day of today": ("<p>{{ brief.as_of.today() }}</p>", 2, "`.today` is refused"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", ENDLESS)
def test_what_never_ends_or_grows_is_stopped_at_its_line(mini: Mini, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_STEPS", 200_000)  # a fifth of them, so that the suite is done sooner
    monkeypatch.setattr(limits, "MAX_WORK", 8_000_000)
    body, line, told = ENDLESS[name]
    found = fault(mini, body, long="words " * 1000, huge="x" * 1_000_001)
    assert told in found.message, found
    assert found.code == {"Range too big": "TPL-03", "can't be compiled": "TPL-01", "nest too deep": "TPL-01"}.get(
        told, "TPL-07"
    ) or ("huge" in body)
    assert found.span is not None
    assert found.span.line == line, found
    file = "long.html" if "long.html" in body else "own.html"
    assert found.span.file.endswith(file), found
    assert found.hints or found.code != "TPL-07"


def test_the_command_says_it_with_file_line_and_cure(mini: Mini) -> None:
    mini.section("<section>\n<p>{{ 'x' * 1000000000 }}</p>\n</section>")
    mini.write("a.json", maximal())
    done = mini.cli("render", "a.json", "-a", "own", "-t", "html")
    assert done.code == 1
    assert "templates/default/sections/own.html:2:" in done.err
    assert "write it out" in done.err


def test_the_style_sheet_counts_too(mini: Mini) -> None:
    mini.template("style.css", "body {}\n{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}")
    with pytest.raises(Rejected, match="steps") as caught:
        mini.document(maximal())
    [found] = caught.value.diagnostics
    assert (found.code, found.span is not None and found.span.line) == ("TPL-07", 2)


def test_each_rendering_begins_at_nought(mini: Mini) -> None:
    mini.section("<section>{% for a in range(99) %}{% for b in range(5999) %}{% endfor %}{% endfor %}<p>x</p></section>")
    templates = mini.project.template_set
    from briefgen.render import render

    for _ in range(2):
        render(mini.brief(maximal(), "own"), templates)


def test_what_honest_templates_do_is_far_below_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    meters: list[limits.Meter] = []
    monkeypatch.setattr(sandbox, "Meter", lambda: meters.append(limits.Meter()) or meters[-1])
    briefgen.render_brief(ROOT / "inputs/us-russia-reset.yaml", "analyst", "html")
    most = {name: max(getattr(meter, name) for meter in meters) for name in limits.Meter.__slots__}
    assert 0 < most["steps"] < limits.MAX_STEPS / 100
    assert 0 < most["written"] < limits.MAX_OUTPUT / 10
    assert 0 < most["work"] < limits.MAX_WORK / 100


# ---- nothing leads out

READS = [
    "{{ ''.__class__ }}",
    "{{ '' | attr('__class__') }}",
    "{{ ''['__class__'] }}",
    "{{ [''] | map(attribute='__class__') | list }}",
    "{{ [brief] | map(attribute='__class__.__init__') | list }}",
    "{{ [brief] | selectattr('__class__') | list }}",
    "{{ [brief] | sort(attribute='__class__') }}",
    "{{ [brief] | groupby('__class__') }}",
    "{{ [''] | map('attr', '__class__') | list }}",
    "{{ '{0.__class__}'.format('') }}",
    "{{ ('{0.__class__}' | safe).format('') }}",
    "{{ ['{0.__class__}'] | map('format', brief) | list }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ namespace().__getattribute__('x') }}",
    "{{ m.marking.__call__ }}",
    "{{ range.__self__ }}",
    "{{ dict.fromkeys.__self__ }}",
    "{{ loop.__class__ if true }}",
    "{{ matrix.__globals__ }}",
    "{{ brief.audience.__class__ }}",
    "{{ brief.audience.parse_file('/etc/passwd') }}",
    "{{ brief.audience.parse_raw('x', proto='pickle', allow_pickle=true) }}",
    "{{ brief.audience.model_dump_json(indent=1000000000) }}",
    "{{ brief.audience.model_construct() }}",
    "{{ lipsum() }}",
    "{% if brief.__class__ is defined %}x{% endif %}",
    "{% set brief.title = 'x' %}",
]


PRINTED = [
    "{{ 'x'.upper }}", "{{ ['x'.upper] }}", "{{ 'x'.upper ~ 'y' }}", "{{ 'x'.upper | upper }}", "{{ ['x'.upper] | join }}",
    "{{ {'a': 'x'.upper} | xmlattr }}", "{{ range }}", "{{ dict }}", "{{ joiner() }}", "{{ cycler('a') }}", "{{ cycler() }}",
    "{% macro one() %}{% endmacro %}{{ one }}", "{{ label }}", "{{ brief.audience.copy }}", "{{ 1e999999999 }}", "{{ -1e400 }}",
    "{{ 1e308 * 10 }}", "{{ 'inf' | float }}", "{{ 1 // 0 }}", "{{ matrix }}",
]  # fmt: skip
"""What would be printed with its place in memory, which differs from run to run, or as no number at all; and what fails."""


@pytest.mark.parametrize("body", PRINTED)
def test_only_data_are_printed(mini: Mini, body: str) -> None:
    found = fault(mini, f"<p>\n{body}</p>")
    assert found.code in ("TPL-01", "TPL-02", "TPL-03", "TPL-07")
    assert found.span is not None
    assert (Path(found.span.file).name, found.span.line) == ("own.html", 3)


@pytest.mark.parametrize("body", ["{{ cycler() }}", "{{ 1 // 0 }}", "{{ 'x'.upper }}", "{{ 1e400 }}"])
def test_nor_in_a_style_sheet(mini: Mini, body: str) -> None:
    mini.template("style.css", f"/* a */\n{body}\n")
    with pytest.raises(Rejected) as caught:
        mini.document(maximal())
    [found] = caught.value.diagnostics
    assert found.span is not None
    assert (Path(found.span.file).name, found.span.line) == ("style.css", 2)


BEYOND = {
    "a size": "p { font-size: 1e9pt }",
    "a space between letters": "p { letter-spacing: 1e30pt }",
    "a selector": "p " * 20_000 + "{ color: red }",
    "a length that is no number": "p { margin: calc(1pt/0) }",
}


@pytest.mark.parametrize("name", BEYOND)
@pytest.mark.filterwarnings("ignore")
def test_what_the_engine_can_t_count_is_a_finding(mini: Mini, name: str) -> None:
    packaged = (ROOT / "templates/default/style.css").read_text(encoding="utf-8")
    mini.template("style.css", f"{packaged}\n{BEYOND[name]}\n")
    with pytest.raises(Rejected) as caught:
        layout(mini.document(maximal())).write()
    assert [finding.code for finding in caught.value.diagnostics] == ["PDF-07"]


def test_lists_in_lists_come_to_an_end(mini: Mini) -> None:
    found = fault(mini, "<p>x</p>\n" + "<ul><li>" * 300 + "x" + "</li></ul>" * 300)
    assert found.code == "TPL-07"
    assert found.span is not None
    assert (Path(found.span.file).name, found.span.line) == ("own.html", 3)


@pytest.mark.parametrize("body", READS)
def test_python_is_out_of_reach(mini: Mini, body: str) -> None:
    found = fault(mini, f"<p>\n{body}</p>")
    assert found.code in ("TPL-01", "TPL-02", "TPL-03", "TPL-07")
    assert found.span is not None
    assert (Path(found.span.file).name, found.span.line) == ("own.html", 3)


WAYS = [
    "../../etc/passwd",
    "/etc/passwd",
    "..%2f..%2fetc/passwd",
    "sections/../../../secret.html",
    "..\\\\secret.html",
    "secret\\x00.html",
    "file:///etc/passwd",
    "../default/../secret.html",
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("how", ["include", "extends", "import"])
def test_no_template_is_read_from_elsewhere(mini: Mini, how: str, way: str) -> None:
    mini.write("secret.html", "secret")
    found = fault(mini, f"\n{{% {how} '{way}' {'as x ' if how == 'import' else ''}%}}")
    assert found.code == "TPL-05"
    assert found.span is not None
    assert (Path(found.span.file).name, found.span.line) == ("own.html", 3)
    assert "root:" not in str(found)


def test_a_missing_template_is_told_where_it_is_asked_for(mini: Mini) -> None:
    found = fault(mini, "x\n{% include ['sections/a.html', 'sections/b.html'] %}")
    assert (found.code, found.span and found.span.line) == ("TPL-05", 3)


# ---- links out of the folder


@pytest.mark.parametrize(
    "name",
    ["default/sections/gaps.html", "default/style.css", "default/tokens.yaml", "default/template.yaml", "default/reference.docx",
     "labels/en.yaml", "audiences/own.yaml", "brand.yaml"],
)  # fmt: skip
def test_a_link_that_leads_out_is_refused(mini: Mini, name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / Path(name).name
    outside.write_text("secret: word\n", encoding="utf-8")
    link = mini.folder / "templates" / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside)
    mini.write("a.json", maximal())
    done = mini.cli("render", "a.json", "-a", "own" if "own" in name else "analyst", "-t", "html")
    assert done.code == 1, done.err
    assert "TPL-08" in done.err
    assert f"templates/{name}" in done.err
    assert "secret" not in done.err


def test_a_folder_that_is_a_link_is_refused_too(mini: Mini, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "gaps.html").write_text("secret", encoding="utf-8")
    mini.write("templates/default/x.txt", "x")
    (mini.folder / "templates/default/sections").symlink_to(outside)
    with pytest.raises(Rejected) as caught:
        mini.document(maximal())
    assert caught.value.diagnostics[0].code == "TPL-08"


def test_a_link_within_the_templates_is_followed(mini: Mini) -> None:
    mini.write("templates/shared/gaps.html", "<section><p>Shared words</p></section>")
    mini.write("templates/default/sections/x.txt", "x")
    (mini.folder / "templates/default/sections/gaps.html").symlink_to(mini.folder / "templates/shared/gaps.html")
    assert "Shared words" in "".join(mini.document(maximal()).tree.itertext())


# ---- compiled templates


def test_what_another_version_has_compiled_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    def kept() -> dict[Path, bytes]:
        briefgen.render_brief(ROOT / "inputs/minimal.yaml", "analyst", "html", project=briefgen.Project.find(ROOT))
        return {path: path.read_bytes() for path in tmp_path.rglob("*.cache")}

    first = kept()
    monkeypatch.setattr("briefgen.render.templates.fingerprint", lambda: "another")
    second = kept()
    assert first.keys() == second.keys()  # in the same files: none is left over
    assert all(first[path] != second[path] for path in first)
