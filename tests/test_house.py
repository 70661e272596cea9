"""A house style: `templates/brand.yaml` in PDF, Word and HTML, and every way in which it can be wrong."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefgen.findings.diagnostics import Rejected
from briefgen.model.brand import Brand
from briefgen.model.document import Document
from briefgen.project.project import Project
from briefgen.render import addresses, branding, contrast
from briefgen.render.organisation import Organisation, in_language
from briefgen.writers.docx import write as write_docx
from briefgen.writers.html import write as write_html
from briefgen.writers.pdf import layout
from tests import builders, judges
from tests.check_docx import check
from tests.mini import ROOT, Mini
from tests.writers.docx_samples import png

TOKENS: dict[str, Any] = yaml.safe_load((ROOT / "templates/default/tokens.yaml").read_text(encoding="utf-8"))
_TENFOLD = "".join(f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 10 + "</g>" for n in range(1, 6))
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#6B1F3A"/></svg>'
REPEATED = SVG.replace("<rect", f'<g id="g0"><path d="M0 0"/></g>{_TENFOLD}<use href="#g5"/><rect')
LOGO = {"file": "logo.png", "alt": "The Institute"}


def brand(mini: Mini, text: str | None = None, **values: Any) -> Project:
    mini.write("templates/brand.yaml", text if text is not None else values)
    mini.write("templates/logo.png", png(40, 20))
    return mini.project


def refused(project: Project) -> list[tuple[str, str, str]]:
    """Return code, place and message of every mistake in the brand."""
    with pytest.raises(Rejected) as caught:
        _ = project.template_set
    return [(d.code, str(d.span).rpartition("/")[2], d.message) for d in caught.value.diagnostics]


# ---- what it does


def test_without_a_brand_nothing_changes(mini: Mini) -> None:
    assert mini.project.brand is None
    assert mini.project.template_set.tokens == TOKENS
    assert mini.project.template_set.house == Organisation()


def test_an_empty_brand_changes_nothing(mini: Mini) -> None:
    made = brand(mini, "page: {size: A4}\n").template_set
    assert {key: made.tokens[key] for key in TOKENS} == TOKENS
    assert made.css() == Project(mini.folder, None).template_set.css()


def test_one_set_feeds_both_css_and_word(mini: Mini) -> None:
    colours = {"accent": "#6B1F3A", "title": "#4A1427"}
    fonts = {"body": "Times New Roman", "headings": "Liberation Sans"}
    brand(mini, colours=colours, fonts=fonts, page={"size": "Letter", "margins": [30, 20, 20, 20]})
    document = mini.document(builders.maximal())
    assert '"Liberation Serif"' in document.css.split("html {")[1]
    assert "#6B1F3A" in document.css
    assert "size: Letter" in document.css
    parts = _parts(write_docx(document).content)
    assert all(word in parts["word/styles.xml"] for word in ("6B1F3A", "4A1427", "Times New Roman", "Arial"))
    assert 'w:w="12240"' in parts["word/document.xml"]


def _parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


@pytest.mark.parametrize("place", ["top-left", "top-right"])
@pytest.mark.parametrize("file", ["logo.png", "logo.svg"])
def test_the_logo_stands_in_every_header(mini: Mini, place: str, file: str) -> None:
    mini.write("templates/logo.svg", SVG)
    brand(mini, logo={**LOGO, "file": file, "place": place}, organisation={"name": "The Institute", "desk": "Desk of letters"})
    data = builders.maximal()
    data.pop("series", None)
    document = mini.document(data)
    slot = document.tree.find("body/div[@data-slot='header']")
    assert slot is not None
    side = "left" if place == "top-left" else "right"
    assert slot.find(f"p[@class='{side}']/img[@alt='The Institute']") is not None
    assert "Desk of letters" in "".join(slot.itertext())
    word = write_docx(document)
    header = _parts(word.content)["word/header1.xml"]
    assert ('descr="The Institute"' in header, word.diagnostics, check(word.content)) == (True, (), [])
    web = write_html(document)
    assert (b'src="data:image/' in web.content, web.diagnostics) == (True, ())
    printed = layout(document).write()
    assert not printed.diagnostics
    assert b"The Institute" in printed.content or b"/Image" in printed.content or file.endswith("svg")


def test_the_name_of_the_house_gives_way_to_a_series(mini: Mini) -> None:
    brand(mini, organisation={"name": "The Institute"})
    data = {**builders.maximal(), "series": "Series of letters"}
    header = mini.document(data).tree.find("body/div/p")
    assert header is not None
    assert header.text == "Series of letters"


def test_word_shows_no_svg_alone(mini: Mini) -> None:
    brand(mini, "logo:\n  file: mark.svg\n  alt: The Institute\n")
    mini.write("templates/mark.svg", SVG)
    document = mini.document(builders.maximal())
    assert not layout(document).write().diagnostics
    [said] = write_docx(document).diagnostics
    assert (said.code, said.is_error, str(said.span).endswith("templates/brand.yaml:2:9")) == ("DOCX-02", True, True)
    assert "put mark.png" in said.hints[0]


def test_a_wide_logo_is_made_lower(mini: Mini) -> None:
    brand(mini, logo={**LOGO, "file": "wide.png"})
    mini.write("templates/wide.png", png(1000, 20))
    logo = mini.project.template_set.house.logo
    assert logo is not None
    assert logo.pixels == round(50 / 50 / 25.4 * 96)


def test_the_contact_stands_in_for_a_missing_one(mini: Mini) -> None:
    project = brand(mini, contact={"name": "The desk", "email": "desk@eai.example"})
    data = builders.maximal()
    data.pop("contact", None)
    assert project.with_defaults(mini.source(data)).values["contact"]["name"] == "The desk"
    own = {**data, "contact": {"name": "Another"}}
    assert project.with_defaults(mini.source(own)).values["contact"] == {"name": "Another"}
    mini.write("briefgen.yaml", {"defaults": {"contact": {"name": "The project"}}})
    assert mini.project.with_defaults(mini.source(data)).values["contact"] == {"name": "The project"}


def test_texts_are_printed_where_an_audience_names_them(mini: Mini) -> None:
    brand(mini, texts={"disclaimer": {"en": "Views are the authors'.", "de": "Nur die Verfasser."}, "terms": "Terms apply."})
    mini.section("<p>{{ section.id }}</p>", texts=["disclaimer", "terms"])
    notes = [p.text for p in mini.document(builders.maximal(), "own").tree.iter("p") if p.get("class") == "note"]
    assert notes == ["Views are the authors'.", "Terms apply."]
    plain = [p.text for p in mini.document(builders.maximal(), "analyst").tree.iter("p")]
    assert "Terms apply." not in plain


def test_a_text_falls_back_to_english() -> None:
    words = {"en": "one", "de": "eins"}
    assert [in_language(words, tag) for tag in ("de-AT", "fr", "en")] == [("eins", ""), ("one", "en"), ("one", "")]
    assert [in_language({"": "x"}, "fr"), in_language({"pl": "y"}, "fr")] == [("x", ""), ("y", "pl")]


def test_a_text_in_another_language_says_so(mini: Mini) -> None:
    brand(mini, texts={"disclaimer": {"en": "Views are the authors'."}})
    mini.section("<p>x</p>", texts=["disclaimer"])
    document = mini.document(builders.maximal(language="de"), "own")
    assert [p.get("lang") for p in document.tree.iter("p") if p.get("class") == "note"] == ["en"]


def test_a_text_that_nobody_wrote_is_an_error(mini: Mini) -> None:
    brand(mini, texts={"terms": "x"})
    mini.section("<p>x</p>", texts=["disclamer"])
    with pytest.raises(Rejected) as caught:
        mini.document(builders.maximal(), "own")
    [said] = caught.value.diagnostics
    assert (said.code, "there are terms" in said.hints[0]) == ("BRD-05", True)


def in_style(mini: Mini) -> Document:
    brand(mini, logo=LOGO, fonts={"body": "Liberation Serif", "size": 11}, colours={"accent": "#6B1F3A"})
    return mini.document(builders.maximal())


@pytest.mark.slow
def test_the_judges_accept_the_pdf(mini: Mini) -> None:
    file = mini.write("a.pdf", layout(in_style(mini)).write().content)
    assert judges.pdf_ua(file) == []


@pytest.mark.slow
def test_the_judges_accept_the_word_file(mini: Mini) -> None:
    file = mini.write("a.docx", write_docx(in_style(mini)).content)
    assert check(file.read_bytes()) == []
    assert judges.ooxml([file]) == {file: []}


# ---- size


@pytest.mark.parametrize("size", [9.5, 10, 10.5, 11, 12, 13])
def test_all_sizes_go_with_the_text(size: float) -> None:
    made = branding.scaled(TOKENS, size)
    assert made["styles"]["body"]["size"] == size
    for name, row in [*made["styles"].items(), *made["large"].items()]:
        before = {**TOKENS["styles"][name], **(TOKENS["large"].get(name, {}) if row is made["large"].get(name) else {})}
        whole = {**made["styles"][name], **row}
        assert whole.get("size", 9) >= branding.SMALLEST, name
        assert size == 10.5 or name == "status" or whole.get("size", 9) * 2 % 1 == 0, name
        if "line" in row:
            assert abs(row["line"] / whole["size"] - before["line"] / before["size"]) < 0.06, name
    assert made["styles"]["marking"] == TOKENS["styles"]["marking"]
    assert made["styles"]["title"]["size"] == round(21 * size / 10.5 * 2) / 2


def test_the_packaged_size_is_the_packaged_tokens() -> None:
    assert branding.scaled(TOKENS, 10.5) == branding.scaled(TOKENS, None) == TOKENS


# ---- contrast


def test_the_formula_is_that_of_wcag() -> None:
    assert contrast.ratio("#000000", "#FFFFFF") == 21
    assert round(contrast.ratio("#767676", "#FFFFFF"), 2) == 4.54
    assert round(contrast.ratio("#FFFFFF", "#777777"), 2) == 4.48


def test_the_packaged_colours_can_be_read() -> None:
    assert list(contrast.too_weak(TOKENS)) == []
    assert list(contrast.too_weak({**TOKENS, "colours": {**TOKENS["colours"], "ink": "#777777"}})) != []


def test_the_demonstration_can_be_read() -> None:
    given = yaml.safe_load((ROOT / "docs/examples/brand/brand.yaml").read_text(encoding="utf-8"))
    colours = {**TOKENS["colours"], **Brand.model_validate(given).colours.model_dump(exclude_none=True)}  # type: ignore[union-attr]
    assert list(contrast.too_weak({**TOKENS, "colours": colours})) == []


@pytest.mark.parametrize(
    ("name", "colour", "pairs"),
    [
        ("accent", "#8FA8C0", {"accent (#8FA8C0) on white", "accent (#8FA8C0) on tint (#EAF1F8)"}),
        ("tint", "#1F4E79", {"ink (#1A1A1A) on tint (#1F4E79)", "accent (#1F4E79) on tint (#1F4E79)"}),
        ("grey", "#757575", {"grey (#757575) on #F9ECEA"}),
        ("title", "#FFFFFF", {"title (#FFFFFF) on white"}),
        ("title", "#A0522D", {"title (#A0522D) on #E8A79F"}),
    ],
)
def test_colours_that_can_t_be_read_are_an_error(mini: Mini, name: str, colour: str, pairs: set[str]) -> None:
    found = refused(brand(mini, f'colours:\n  {name}: "{colour}"\n'))
    assert {(code, place) for code, place, _ in found} == {("BRD-01", f"brand.yaml:2:{len(name) + 5}")}
    assert pairs <= {message.partition(" has a contrast")[0] for *_, message in found}


def test_large_type_may_be_weaker() -> None:
    weak = {**TOKENS, "styles": {"body": {"size": 10}, "title": {"size": 21, "colour": "title"}}}
    weak["colours"] = {**TOKENS["colours"], "title": "#8A8A8A", "accent": "#000000"}
    needed = {pair.what: pair.needed for pair in contrast.pairs(weak)}
    assert (needed["title"], needed["text"]) == (3, 4.5)
    found = {pair.what for pair, _ in contrast.too_weak(weak)}
    assert ("row head" in found, "title" in found) == (True, False)


# ---- what is wrong in it


def test_every_mistake_at_once_each_at_its_place(mini: Mini) -> None:
    text = (
        'colors: {accent: "#1F4E79"}\ncolours:\n  title: "#12"\n  acent: "#1F4E79"\nfonts: {size: 20, body: "x}y"}\n'
        "page: {margins: [1, 25, 20]}\nlogo: {file: ../logo.png, height: 90mm}\n"
    )
    found = refused(brand(mini, text))
    lines = sorted(int(place.split(":")[1]) for _, place, _ in found)
    assert {1, 3, 4, 5, 6, 7} == set(lines)
    assert {code for code, *_ in found} <= {"MOD-01", "MOD-02", "MOD-03", "MOD-05", "MOD-06"}


def test_a_colour_that_yaml_takes_for_a_comment_is_found(mini: Mini) -> None:
    [(code, place, message)] = refused(brand(mini, "colours:\n  accent: #6B1F3A\n"))
    assert (code, place) == ("BRD-02", "brand.yaml:2:3")
    assert "comment" in message


def _bomb(mini: Mini) -> bytes:
    path = mini.folder / "huge.png"
    with path.open("wb") as file:
        file.write(png(40, 20))
        file.truncate(200_000_000)
    path.rename(mini.folder / "templates/bad.png")
    return b""


BAD_LOGOS = {
    "too many bytes": ("bad.png", None, "200 MB"),
    "no picture": ("bad.png", b"MZ not a picture", "not the kind of picture"),
    "half a picture": ("bad.png", png(40, 20)[:40], "damaged"),
    "too many pixels": ("bad.png", png(40, 20)[:16] + (30000).to_bytes(4, "big") * 2 + png(40, 20)[24:], "900 megapixels"),
    "another kind": ("bad.gif", b"GIF89a", "neither PNG nor JPEG nor SVG"),
    "a script": ("bad.svg", SVG.replace("<rect", "<script>alert(1)</script><rect"), "<script>"),
    "an event": ("bad.svg", SVG.replace("<rect", '<rect onload="x()"'), "onload"),
    "a picture elsewhere": ("bad.svg", SVG.replace("<rect", '<image href="http://x.example/a.png"/><rect'), "x.example"),
    "a file of the machine": ("bad.svg", SVG.replace("<rect", '<use href="file:///etc/passwd#a"/><rect'), "passwd"),
    "a style elsewhere": ("bad.svg", SVG.replace("<rect", "<style>@import 'http://x.example/a.css'</style><rect"), "style of"),
    "a fill elsewhere": ("bad.svg", SVG.replace("<rect", '<rect style="fill:url(http://x.example)"'), "another file"),
    "shapes that repeat each other": ("bad.svg", REPEATED, "repeat each other"),
    "patterns that repeat each other": ("bad.svg", REPEATED.replace('<use href="#', '<rect fill="url(#'), "repeat each other"),
    "a shape that holds itself": ("bad.svg", SVG.replace("<rect", '<g id="a"><use href="#a"/></g><rect'), "repeat each other"),
    "groups in groups": ("bad.svg", SVG.replace("<rect", "<g>" * 900 + "</g>" * 900 + "<rect"), "nests them too deep"),
    "an encoding that expat has not": ("bad.svg", '<?xml version="1.0" encoding="utf-7"?>' + SVG, "no SVG"),
    "an encoding that nobody has": ("bad.svg", '<?xml version="1.0" encoding="none"?>' + SVG, "no SVG"),
    "no number": ("bad.svg", SVG.replace("0 0 40", f"0 0 {'4' * 400}"), "how large"),
    "entities": ("bad.svg", '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, "document type"),
    "no svg": ("bad.svg", "<html/>", "no SVG"),
    "broken": ("bad.svg", "<svg", "no SVG"),
    "no size": ("bad.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>', "how large"),
}


@pytest.mark.parametrize("name", BAD_LOGOS)
def test_a_logo_that_can_t_be_used(mini: Mini, name: str) -> None:
    file, content, words = BAD_LOGOS[name]
    mini.write("templates/.keep", "")
    _bomb(mini) if content is None else mini.write(f"templates/{file}", content)
    [(code, place, message)] = refused(brand(mini, f"logo:\n  file: {file}\n  alt: x\n"))
    assert (code, place) == ("BRD-04", "brand.yaml:2:9")
    assert words in message


def test_a_logo_must_fit_above_the_text(mini: Mini) -> None:
    [(code, _, message)] = refused(brand(mini, logo={**LOGO, "height": "20mm"}))
    assert (code, "15 mm" in message) == ("BRD-04", True)
    assert brand(mini, logo={**LOGO, "height": "20mm"}, page={"margins": [25, 20, 20, 20]}).template_set.house.logo


@pytest.mark.parametrize("file", ["../logo.png", "/etc/passwd", "sub/../../x.png", "link.png", "absent.png", "~/logo.png"])
def test_files_stay_in_the_project(mini: Mini, file: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "x.png"
    outside.write_bytes(png(4, 4))
    mini.write("templates/.keep", "")
    (mini.folder / "templates/link.png").symlink_to(outside)
    [(code, place, message)] = refused(brand(mini, f"logo:\n  file: {file}\n  alt: x\n"))
    assert (code, place) == ("BRD-03", "brand.yaml:2:9")
    assert ("there is no file" if file == "absent.png" else "outside") in message
    assert refused(brand(mini, f"reference: {file}\n"))[0][:2] == ("BRD-03", "brand.yaml:1:12")


def test_the_command_says_it_once(mini: Mini) -> None:
    brand(mini, 'colours: {accent: "#EEEEEE"}\n')
    mini.write("a.json", builders.maximal())
    done = mini.cli(
        "render", mini.folder / "a.json", "--templates", mini.folder / "templates", "-t", "html", "-o", mini.folder / "out"
    )
    assert done.code == 1
    assert done.err.count("accent (#EEEEEE) on white") == 1
    assert "templates/brand.yaml:1:" in done.err


CHECKED = {
    "a key": ("colors: {}\n", "colours"),
    "a colour that is none": ('colours: {accent: "blue-ish"}\n', "/brand.yaml:1:"),
    "a colour with a digit too few": ('colours: {accent: "#12345"}\n', "/brand.yaml:1:"),
    "a colour without quotation marks": ("colours:\n  accent: #123456\n", "BRD-02"),
    "colours too near each other": ('colours: {accent: "#EEEEEE"}\n', "BRD-01"),
    "a logo that is not there": ("logo: {file: none.png, alt: The Institute}\n", "BRD-03"),
    "a name longer than any": (f"logo: {{file: {'n' * 300}.png, alt: The Institute}}\n", "BRD-03"),
    "no YAML": ("colours: [\n", "/brand.yaml:"),
}


@pytest.mark.parametrize("name", CHECKED)
def test_check_finds_what_render_finds_in_a_brand(mini: Mini, name: str) -> None:
    text, told = CHECKED[name]
    mini.write("templates/brand.yaml", text)
    mini.write("a.json", builders.maximal())
    checked, rendered = mini.cli("check", "a.json"), mini.cli("render", "a.json", "-t", "html")
    assert (checked.code, rendered.code) == (1, 1)
    assert told in checked.err
    assert "templates/brand.yaml:" in checked.err and "templates/brand.yaml:" in rendered.err


def test_check_looks_at_a_brand_once_and_without_the_engine(mini: Mini) -> None:
    mini.write("templates/brand.yaml", 'colours: {accent: "#EEEEEE"}\n')
    for name in ("a", "b"):
        mini.write(f"{name}.json", {**builders.maximal(), "id": name})
    assert mini.cli("check", "a.json", "b.json").err.count("accent (#EEEEEE) on white") == 1
    code = (
        "import sys; from briefgen.cli.app import call; sys.exit(call(['check', 'a.json']) + 9 * ('weasyprint' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=mini.folder, capture_output=True, timeout=120)
    assert done.returncode == 1


# ---- the style sheet


BAD_CSS = {
    "an import": "@import url(http://x.example/a.css);",
    "an import as a text": '@import "a.css";',
    "hidden by escapes": "@\\69mport url(http://x.example/a.css);",
    "a file of the machine": "body { background: url(file:///etc/passwd) }",
    "a picture on a network": "body { background: url( 'https://x.example/a.png' ) }",
    "without a scheme": "body { background: url(//x.example/a.png) }",
    "out of the folder": "body { background: url(../../secret.png) }",
    "a font": "@font-face { font-family: x; src: url(http://x.example/a.woff) }",
    "another function": 'body { background: image-set("http://x.example/a.png" 1x) }',
    "behind a comment that is a text": 'a { content: "/*" } body { background: url(http://x.example/a) } b { content: "*/" }',
    "in a function in a function": "body { background: image-set(url(http://x.example/a.png) 1x) }",
    "a tab in the scheme": 'body { background: url("ht\\9 tps://x.example/a.png") }',
    "a line end in the scheme": 'body { background: url("htt\\a ps://x.example/a.png") }',
    "blanks before it": 'body { background: url(" \\1 //x.example/a.png") }',
    "backslashes": 'body { background: url("\\\\\\\\x.example\\\\a.png") }',
    "dots as numbers": "body { background: url(a/%2e%2E/../%2e./secret.png) }",
    "by a variable": 'body { --a: "http://x.example/a"; background: image-set(var(--a) 1x) }',
    "with more than an address": 'body { background: url("http://x.example/a" crossorigin(anonymous)) }',
    "never closed": "body { background: url(http://x.example/a",
    "a prefix": 'body { background: -webkit-image-set("http://x.example/a.png" 1x) }',
    "three thousand brackets": "a{" * 3000,
    "five thousand digits": "a { margin: " + "9" * 5000 + "pt }",
    "tracks without an end": "body { display: grid; grid-template-columns: repeat( /**/ 9999999, 1fr) }",
    "a number out of signs": "p { counter-set: n 999999999 } p::before { content: counter(n, symbols('a')) }",
    "a number after others": "@counter-style n { system: numeric; symbols: '0' '1'; pad: 999999999 'x' }",
    "a page of no size": "@page { size: 0 0 }",
    "a page below a centimetre": "@page { margin: 0; size: 210mm 4mm }",
    "an address as data": "body { background: url(data:image/png;base64,xxxx) }",
}


@pytest.mark.parametrize("name", BAD_CSS)
def test_a_style_sheet_leads_nowhere_else(mini: Mini, name: str) -> None:
    packaged = (ROOT / "templates/default/style.css").read_text(encoding="utf-8")
    mini.template("style.css", f"{packaged}\n/* own */\n{BAD_CSS[name]}\n")
    with pytest.raises(Rejected) as caught:
        mini.document(builders.maximal())
    [said] = caught.value.diagnostics
    assert (said.code, bool(said.hints)) == ("TPL-26", True)
    assert said.span is not None
    assert said.span.file.endswith("style.css")
    assert said.span.line in (0, packaged.count("\n") + 3) or "\\" in BAD_CSS[name] or not said.span.line


def test_a_style_sheet_may_name_files_of_the_project_and_say_anything_in_a_text() -> None:
    css = """@import-like; a { content: "http://x.example" } b { background: url(logo.png), url("a/b.png"), url(#x) }
    @font-face { src: url(a.woff2) format("woff2"), local("http://x") }
    c { z-index: 2147483647; widows: 9999; color: #123456; margin: 123456.5pt }"""
    assert addresses.check(css, None, "style.css") == ()


def test_a_style_sheet_may_name_a_file_of_its_own(mini: Mini) -> None:
    packaged = (ROOT / "templates/default/style.css").read_text(encoding="utf-8")
    mini.template("style.css", packaged + "body { background: url(dots.png) } /* url(http://in.a.comment) */\n")
    mini.template("style.css", packaged + 'h1::after { content: ""; background: url("img/dots.png") }\n')
    assert "dots.png" in mini.document(builders.maximal()).css


def test_a_picture_stands_in_the_header_only(mini: Mini) -> None:
    mini.section('<p>x <img src="a.png" alt="x"></p>')
    with pytest.raises(Rejected) as caught:
        mini.document(builders.maximal(), "own")
    assert [d.code for d in caught.value.diagnostics] == ["TPL-11"]


def test_the_demonstration_is_drawn_by_its_tool() -> None:
    from tools import demo_logo

    made = io.BytesIO()
    demo_logo.drawn().save(made, "PNG", optimize=True)
    assert made.getvalue()[16:24] == demo_logo.FILE.read_bytes()[16:24]
    assert Path(ROOT / "docs/examples/brand/logo.png") == demo_logo.FILE
