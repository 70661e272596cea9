"""The preview in a real browser: what a person sees, hears through a screen reader, and reaches with the keyboard alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("uvicorn", reason="not checked: the extra `preview` is not installed")

from tests import builders
from tests.mini import ROOT, Mini
from tests.preview.serving import PATIENCE, Served, browser, served

pytestmark = [pytest.mark.xdist_group("preview"), pytest.mark.slow]

GOOD, TROUBLE = "#light[data-state=good]", "#trouble:not([hidden])"
EVIL = "<img src=x onerror=document.title='owned'><script>document.title='owned'</script>"
CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")


def titled(title: str, **more: Any) -> str:
    return json.dumps({**builders.minimal(), "title": title, **more}, ensure_ascii=False)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as made:
        yield made


@pytest.fixture
def one(mini: Mini, chromium: Any) -> Iterator[Served]:
    mini.write("mini.json", titled("Ferries stop"))
    with served(mini.folder, "mini.json") as made:
        yield made


@pytest.fixture
def tab(one: Served, chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = opened(context, one)
    yield page
    context.close()


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Yield the preview of a good summary that nobody changes: the tests share it."""
    folder = tmp_path_factory.mktemp("standing")
    (folder / "mini.json").write_text(titled("Ferries stop"), encoding="utf-8")
    with served(folder, "mini.json") as made:
        yield made


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Yield the preview of a summary that was good once and is broken now: the tests share it."""
    folder = tmp_path_factory.mktemp("broken")
    (folder / "mini.json").write_text(titled("Ferries stop"), encoding="utf-8")
    with served(folder, "mini.json") as made:
        made.until(lambda state: state["shown"])
        (folder / "mini.json").write_text(titled("Ferries", titel="a" * 300), encoding="utf-8")
        yield made


@pytest.fixture
def look(standing: Served, chromium: Any) -> Iterator[Any]:
    """Yield a page of a preview whose files nobody changes."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    yield opened(context, standing)
    context.close()


def opened(context: Any, one: Served, query: str = "", shown: str = GOOD) -> Any:
    """Return a page of the preview that shows a version; what the browser complains of fails the test."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: page.complaints.append(str(fault)))
    page.goto(one.address + query)
    page.wait_for_selector(shown)
    return page


def shows(page: Any, title: str) -> None:
    page.wait_for_function("wanted => document.querySelector('h1').textContent === wanted", arg=title)


def key(page: Any, number: int = 1) -> str:
    return str(page.get_attribute(f"figure:nth-of-type({number}) img", "data-key"))


def test_an_edit_shows_a_new_page_without_a_reload(mini: Mini, tab: Any) -> None:
    tab.evaluate("window.here = true")
    before = key(tab)
    mini.write("mini.json", titled("Ferries sail"))
    shows(tab, "Ferries sail")
    tab.wait_for_function("old => document.querySelector('figure img').dataset.key !== old", arg=before)
    assert tab.evaluate("document.querySelector('figure img').naturalWidth") > 1000
    assert re.fullmatch(r"Updated \d\d:\d\d:\d\d", tab.inner_text("#status"))
    assert tab.evaluate("window.here")
    assert tab.complaints == []


def test_only_changed_pages_are_fetched_and_the_scroll_stays(mini: Mini, chromium: Any) -> None:
    text = (ROOT / "inputs/us-russia-reset.yaml").read_text(encoding="utf-8")
    mini.write("example.yaml", text)
    with served(mini.folder, "example.yaml", "-a", "adviser") as one:
        page = opened(chromium.new_context(viewport={"width": 1000, "height": 700}), one)
        page.evaluate("window.second = document.querySelectorAll('figure img')[1]; scrollTo(0, 900)")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url) if "/pages/" in request.url else None)
        first = key(page)
        mini.write(
            "example.yaml", text.replace("Talks between Washington and Moscow bear", "Talks of Washington and Moscow bear")
        )
        page.wait_for_function("old => document.querySelector('figure img').dataset.key !== old", arg=first)
        page.wait_for_function("() => document.querySelector('#status').textContent.endsWith('page 1')")
        assert len(asked) == 1
        assert page.evaluate("window.second === document.querySelectorAll('figure img')[1]")
        assert page.evaluate("scrollY") == 900
        assert page.complaints == []


def test_an_error_lies_over_the_last_good_page_and_goes_away(mini: Mini, tab: Any) -> None:
    before, place = key(tab), tab.locator("figure").bounding_box()
    mini.write("mini.json", titled("Ferries", titel=EVIL))
    tab.wait_for_selector("#trouble:not([hidden])")
    panel = tab.inner_text("#trouble")
    assert "unknown key `titel`" in panel
    assert "mini.json:1:" in panel
    assert "^~" in panel
    assert key(tab) == before
    assert tab.locator("figure").bounding_box() == place
    assert tab.inner_text("#status") == "Error: the last good version is shown"
    assert tab.inner_text("#alert").startswith("Error: unknown key `titel`")
    mini.write("mini.json", titled("Ferries mended"))
    shows(tab, "Ferries mended")
    tab.wait_for_selector("#light[data-state=good]")
    assert tab.is_hidden("#trouble")
    assert tab.text_content("#alert") == ""
    assert "owned" not in tab.title()
    assert tab.complaints == []


@pytest.mark.parametrize(
    ("name", "bad", "good"),
    [
        ("templates/default/style.css", "p { color: {{ nothing }} }", None),
        ("templates/default/sections/developments_list.html", "<p>{{ section.nothing }}</p>", "<p>Our own section</p>"),
        ("templates/audiences/executive.yaml", "extends: executive\nbudget: {pages: none}\n", "extends: executive\n"),
        ("templates/brand.yaml", "colours: {accent: blue}\n", None),
    ],
)
def test_a_broken_file_of_the_desk_is_shown_and_recovers(
    mini: Mini, chromium: Any, name: str, bad: str, good: str | None
) -> None:
    mini.write("mini.json", titled("Ferries stop"))
    mini.write("templates/audiences/own.yaml", "extends: adviser\nsections: [{use: developments_list}]\ncut: []\n")
    with served(mini.folder, "mini.json", "-a", "own" if "sections" in name else "executive") as one:
        page = opened(chromium.new_context(), one)
        mini.write(name, bad)
        page.wait_for_selector("#trouble:not([hidden])")
        assert Path(name).name in page.inner_text("#trouble .place >> nth=0")
        (mini.folder / name).unlink() if good is None else mini.write(name, good)
        page.wait_for_selector("#trouble", state="hidden")
        assert page.complaints == []


def test_text_of_a_file_is_never_html(mini: Mini, tab: Any) -> None:
    mini.write("mini.json", titled(EVIL))
    shows(tab, EVIL)
    tab.click("#tab-screen")
    tab.frame_locator("iframe").locator("h1").wait_for()
    assert tab.frame_locator("iframe").locator("h1").inner_text() == EVIL
    assert tab.title().startswith("<img")
    assert tab.locator("h1 img, h1 script").count() == 0
    assert tab.complaints == []


def test_the_audience_is_switched_and_the_list_follows_its_files(mini: Mini, tab: Any) -> None:
    executive = key(tab)
    tab.select_option("#audience", "analyst")
    tab.wait_for_function("() => document.querySelector('#status').textContent === 'Showing analyst'")
    assert key(tab) != executive
    assert tab.url.endswith("?audience=analyst")
    mini.write("templates/audiences/board.yaml", "extends: executive\n")
    tab.wait_for_function("() => [...document.querySelectorAll('#audience option')].some(o => o.value === 'board')")
    assert tab.input_value("#audience") == "analyst"
    tab.select_option("#audience", "board")
    tab.wait_for_function("() => document.querySelector('#status').textContent === 'Showing board'")
    tab.reload()
    tab.wait_for_selector("#light[data-state=good]")
    assert tab.input_value("#audience") == "board"


def test_two_tabs_choose_for_themselves(mini: Mini, one: Served, tab: Any) -> None:
    other = opened(tab.context, one, "?audience=public")
    assert (tab.input_value("#audience"), other.input_value("#audience")) == ("executive", "public")
    assert key(tab) != key(other)
    mini.write("mini.json", titled("Both see it"))
    for page in (tab, other):
        shows(page, "Both see it")
    assert (tab.input_value("#audience"), other.input_value("#audience")) == ("executive", "public")


def test_translations_are_switched(mini: Mini, chromium: Any) -> None:
    for language in ("en", "de", "uk"):
        mini.write(f"ferry-{language}.yaml", (ROOT / f"tests/fixtures/ferry-{language}.yaml").read_bytes())
    with served(mini.folder, "ferry-en.yaml") as one:
        page = opened(chromium.new_context(), one)
        assert page.locator("#summary option").all_inner_texts() == ["British English", "Deutsch", "українська"]
        page.select_option("#summary", label="Deutsch")
        shows(page, "Die Ostsee-Fährverbindung wird wahrscheinlich vor dem Sommer eingestellt")
        assert page.get_attribute("h1", "lang") == "de"
        text = (mini.folder / "ferry-de.yaml").read_text(encoding="utf-8")
        mini.write("ferry-de.yaml", text.replace("Die Ostsee-Fährverbindung", "Die Fähre"))
        shows(page, "Die Fähre wird wahrscheinlich vor dem Sommer eingestellt")


def test_fifty_quick_saves_end_in_the_last_page(mini: Mini, one: Served, tab: Any) -> None:
    tab.evaluate(
        "window.seen = []; new MutationObserver(() => seen.push(document.querySelector('h1').textContent))"
        ".observe(document.querySelector('h1'), {childList: true})"
    )
    for number in range(1, 51):
        mini.write("mini.json", titled(f"Save {number}"))
    shows(tab, "Save 50")
    wanted = one.state()["shown"]["pages"][0]["key"]
    tab.wait_for_function("wanted => document.querySelector('figure img').dataset.key === wanted", arg=wanted)
    numbers = [int(title.removeprefix("Save ")) for title in tab.evaluate("seen") if title.startswith("Save ")]
    assert numbers == sorted(numbers)
    assert len(numbers) < 50  # what was overtaken was not rendered
    assert tab.complaints == []


def test_it_comes_back_when_the_preview_is_started_again(mini: Mini, one: Served, tab: Any) -> None:
    assert one.stop() == 0
    tab.wait_for_selector("#light[data-state=bad]")
    assert "Not connected" in tab.inner_text("#status")
    mini.write("mini.json", titled("After the break"))
    with served(mini.folder, "mini.json", "--port", str(one.port)):
        shows(tab, "After the break")
        tab.wait_for_selector("#light[data-state=good]")


def test_the_html_is_fenced_in(look: Any) -> None:
    look.click("#tab-screen")
    look.frame_locator("iframe").locator("h1").wait_for()
    assert look.get_attribute("iframe", "sandbox") == "allow-same-origin"
    assert look.locator("iframe").count() == 1
    assert look.complaints == []


def test_downloads_are_those_of_the_choice(look: Any) -> None:
    look.select_option("#audience", "public")
    look.wait_for_function("() => document.querySelector('#status').textContent === 'Showing public'")
    for name, start in (("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!DOCTYPE")):
        with look.expect_download() as download:
            look.click(f"#{name}")
        assert download.value.suggested_filename == f"mini-public.{name}"
        assert Path(download.value.path()).read_bytes().startswith(start)


# ---- for everybody


def test_the_keyboard_reaches_everything_in_order(look: Any) -> None:
    walked = []
    look.keyboard.press("Tab")
    while (name := look.evaluate("document.activeElement.id || document.activeElement.className")) and len(walked) < 20:
        walked.append(name)
        style = look.evaluate(
            "(({outlineStyle, outlineWidth}) => [outlineStyle, outlineWidth])(getComputedStyle(document.activeElement))"
        )
        assert style == ["solid", "3px"], name
        look.keyboard.press("Tab")
    assert walked == ["skip", "audience", "pdf", "docx", "html", "tab-pages", "pages"]


def test_the_keyboard_alone_is_enough(look: Any) -> None:
    look.keyboard.press("Tab")
    look.keyboard.press("Enter")
    assert look.evaluate("document.activeElement.id") == "view"
    look.keyboard.press("Tab")
    look.keyboard.press("ArrowRight")
    assert look.evaluate("document.activeElement.id") == "tab-screen"
    assert look.get_attribute("#tab-screen", "aria-selected") == "true"
    assert look.is_visible("#screen")
    assert not look.is_visible("#pages")
    look.keyboard.press("ArrowRight")
    assert look.is_visible("#pages")
    look.focus("#audience")
    look.keyboard.press("ArrowDown")
    look.wait_for_function("() => document.querySelector('#status').textContent === 'Showing adviser'")
    assert look.evaluate("document.activeElement.id") == "audience"


def test_roles_and_names_are_told(look: Any) -> None:
    for role, name in (
        ("heading", "Ferries stop"), ("main", "Brief"), ("complementary", "About this brief"), ("navigation", "Downloads"),
        ("combobox", "Audience"), ("link", "Download as PDF"), ("link", "Download as Word file"), ("tablist", "View"),
        ("tab", "Pages"), ("tab", "HTML"), ("tabpanel", "Pages"), ("img", "Page 1 of 1"), ("link", "Skip to the brief"),
    ):  # fmt: skip
        assert look.get_by_role(role, name=name, exact=True).count() == 1, (role, name)
    assert look.get_by_role("banner").count() == 1
    assert look.get_by_role("status").inner_text() == "Up to date"
    assert look.get_attribute("html", "lang") == "en"
    headings = look.evaluate("[...document.querySelectorAll('h1,h2,h3')].filter(h => h.offsetParent).map(h => h.tagName)")
    assert headings == ["H1", "H2", "H2", "H2"]
    assert look.evaluate(
        "[...document.querySelectorAll('[id]')].length === new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size"
    )


@pytest.mark.parametrize(("of", "shown"), [("standing", GOOD), ("broken", TROUBLE)])
@pytest.mark.parametrize("width", [1280, 360])
def test_contrast_targets_and_width(chromium: Any, request: pytest.FixtureRequest, width: int, of: str, shown: str) -> None:
    page = opened(chromium.new_context(viewport={"width": width, "height": 740}), request.getfixturevalue(of), shown=shown)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CONTRAST) == []
    sizes = "[...document.querySelectorAll('select, nav a, button')].map(e => [e.offsetWidth, e.offsetHeight])"
    assert all(min(size) >= 24 for size in page.evaluate(sizes) if any(size))  # WCAG 2.2, 2.5.8


@pytest.mark.parametrize(("width", "stays"), [(1280, True), (700, True), (360, False)])
def test_what_is_scrolled_to_is_not_hidden_by_the_header(chromium: Any, broken: Served, width: int, stays: bool) -> None:
    page = opened(chromium.new_context(viewport={"width": width, "height": 500}), broken, shown=TROUBLE)
    page.wait_for_function("() => { scrollTo(0, 300); return scrollY === 300 }")  # once the picture makes the page long enough
    header, panel = (page.locator(name).bounding_box() for name in ("header", "#trouble"))
    assert (header["y"] == 0) == stays
    assert panel["y"] >= header["y"] + header["height"]


@pytest.mark.parametrize(("motion", "name"), [("reduce", "none"), ("no-preference", "arrive")])
def test_reduced_motion_is_respected(mini: Mini, one: Served, chromium: Any, motion: str, name: str) -> None:
    page = opened(chromium.new_context(reduced_motion=motion), one)
    mini.write("mini.json", titled("Ferries sail"))
    page.wait_for_selector("figure.new")
    assert page.evaluate("getComputedStyle(document.querySelector('figure.new img')).animationName") == name
