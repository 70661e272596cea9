"""The fonts of a page: found by their files, shown to the engine alone, reported with what brings them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from briefgen.findings.diagnostics import BriefgenError
from briefgen.writers import pdf
from briefgen.writers.pdf import fontfiles, fonts
from tests.writers import pdf_samples as samples


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose fonts are those put into this folder, and whose cache is empty."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    monkeypatch.setattr(fontfiles, "folders", lambda: iter([folder]))
    monkeypatch.setattr(fontfiles.shutil, "which", lambda name: None)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    fontfiles._index.cache_clear()
    fontfiles._ask.cache_clear()
    yield folder
    fontfiles._index.cache_clear()
    fontfiles._ask.cache_clear()


def install(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())


def faces(family: str) -> dict[str, str]:
    return {face: file.name for face, file in fontfiles.find([family])[family].items()}


@pytest.mark.parametrize(
    ("family", "files", "expected"),
    [
        (
            "Open Sans",
            ["OpenSans-Regular.ttf", "OpenSans-BoldItalic.ttf", "OpenSans-Light.ttf", "OpenSansCondensed-Bold.ttf"],
            {"regular": "OpenSans-Regular.ttf", "bolditalic": "OpenSans-BoldItalic.ttf"},
        ),
        (
            "DejaVu Sans",
            ["DejaVuSans.ttf", "DejaVuSans-BoldOblique.ttf"],
            {"regular": "DejaVuSans.ttf", "bolditalic": "DejaVuSans-BoldOblique.ttf"},
        ),
        (
            "Noto Sans CJK SC",
            ["NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"],
            {"regular": "NotoSansCJK-Regular.ttc", "bold": "NotoSansCJK-Bold.ttc"},
        ),
        ("Symbola", ["Symbola_hint.ttf"], {"regular": "Symbola_hint.ttf"}),
        (
            "Noto Sans",
            ["NotoSans[wdth,wght].ttf", "NotoSans-Italic[wdth,wght].ttf"],
            {
                "regular": "NotoSans[wdth,wght].ttf",
                "bold": "NotoSans[wdth,wght].ttf",
                "italic": "NotoSans-Italic[wdth,wght].ttf",
                "bolditalic": "NotoSans-Italic[wdth,wght].ttf",
            },
        ),
        ("Inter", ["Inter[wght].ttf", "Inter-Regular.otf"], {"regular": "Inter-Regular.otf"}),
        ("Carlito", ["Carlitox-Regular.ttf", "readme.txt"], {}),
    ],
)
def test_file_names_tell_the_faces(machine: Path, family: str, files: list[str], expected: dict[str, str]) -> None:
    install(machine, *files)
    assert faces(family) == expected


def test_the_users_own_folder_comes_first(machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own"
    install(own, "deep/Carlito-Regular.ttf")
    install(machine, "Carlito-Regular.ttf", "Carlito-Bold.ttf")
    monkeypatch.setattr(fontfiles, "folders", lambda: iter([own, machine]))
    found = fontfiles.find(["Carlito"])["Carlito"]
    assert found == {"regular": own / "deep/Carlito-Regular.ttf", "bold": machine / "Carlito-Bold.ttf"}


@pytest.mark.skipif(not shutil.which("fc-list"), reason="needs fontconfig's programs")
def test_fontconfig_is_asked_for_unusual_names() -> None:
    """Liberation Mono is named after its files; the index is blinded for it."""
    fontfiles._ask.cache_clear()
    found = fontfiles._ask(("Liberation Mono", "No Such Family"))
    assert found["No Such Family"] == {} and set(found["Liberation Mono"]) == set(fontfiles.FACES)


def test_the_stack_is_body_headings_fallbacks() -> None:
    tokens = {"fonts": {"body": "A", "headings": "B", "fallback": ["C", "A"]}}
    assert fonts.stack(tokens) == ("A", "B", "C")
    assert fonts.stack({}) == ("Carlito",)
    assert fonts.stack({"fonts": {"body": "A", "headings": "same"}}) == ("A",)


def test_the_doctor_learns_what_is_there_and_what_would_bring_the_rest(machine: Path) -> None:
    install(machine, "Carlito-Regular.ttf")
    carlito, *others = pdf.fonts_status(samples.TOKENS)
    assert carlito.found and carlito.missing == ("bold", "italic", "bolditalic")
    assert others and not any(row.found for row in others)
    assert all(row.package and row.cost for row in (carlito, *others)), "a family of tokens.yaml without package"


def test_without_the_body_font_the_next_one_is_used_and_said_once(machine: Path) -> None:
    for file in Path("/usr/share/fonts").rglob("LiberationSans-*.ttf"):
        (machine / file.name).symlink_to(file)
    written = pdf.write(samples.page("<h2>Two</h2><p>x <strong>y</strong></p>"))
    (found,) = written.diagnostics
    assert (found.code, found.severity) == ("FNT-01", "warning")
    assert found.message.startswith("the font Carlito is not installed; Liberation Sans is used instead")
    assert found.hints == ("apt-get install fonts-crosextra-carlito",)
    assert embedded(written.content) == {"Liberation-Sans", "Liberation-Sans-Bold"}


def test_without_any_font_there_is_no_pdf(machine: Path) -> None:
    with pytest.raises(BriefgenError, match="none of Carlito, Liberation Sans") as raised:
        pdf.layout(samples.page("<p>x</p>"))
    assert "apt-get install fonts-crosextra-carlito" in raised.value.hint


def embedded(content: bytes) -> set[str]:
    names = set()
    for page in samples.read(content).pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in descendant["/FontDescriptor"] or "/FontFile3" in descendant["/FontDescriptor"]
            names.add(font.get_object()["/BaseFont"].lstrip("/").partition("+")[2])
    return names


def test_only_fonts_of_the_stack_are_embedded() -> None:
    """DejaVu Sans, which many machines have, has all of these; a page must not depend on it."""
    content = pdf.write(samples.page("<p>a <em>b</em> <strong>c <em>d</em></strong> <code>e</code> ✓ ☃ 漢</p>")).content
    families = {
        name.replace("-", " ").removesuffix(" Bold Italic").removesuffix(" Bold").removesuffix(" Italic")
        for name in embedded(content)
    }
    assert families <= {*fonts.stack(samples.TOKENS), "Symbola Semi Condensed"}
    assert {"Carlito", "Carlito-Bold", "Carlito-Italic", "Carlito-Bold-Italic"} <= embedded(content)


def test_two_stacks_live_in_one_process() -> None:
    serif = {"fonts": {"body": "Liberation Serif"}}
    css = samples.CSS.replace("Carlito", "Liberation Serif")
    assert embedded(pdf.write(samples.page("<p>x</p>", tokens=serif, css=css)).content) <= {
        "Liberation-Serif",
        "Liberation-Serif-Bold",
    }
    assert embedded(pdf.write(samples.page("<p>x</p>")).content) == {"Carlito", "Carlito-Bold"}
    assert "FONTCONFIG_FILE" not in os.environ, "other programs must see all fonts"


def test_the_folder_is_made_once_and_shows_the_files_alone(machine: Path) -> None:
    install(machine, "Carlito-Regular.ttf", "Carlito-Bold.ttf", "Other-Regular.ttf")
    conf = fonts.prepare({"fonts": {"body": "Carlito"}}).conf
    before = conf.stat().st_ino
    assert fonts.prepare({"fonts": {"body": "Carlito"}}).conf == conf and conf.stat().st_ino == before
    assert sorted(link.resolve().name for link in (conf.parent / "files").iterdir()) == [
        "Carlito-Bold.ttf",
        "Carlito-Regular.ttf",
    ]
    assert [entry.name for entry in conf.parent.parent.iterdir()] == [conf.parent.name], "no draft is left"


def test_another_font_file_makes_another_folder(machine: Path) -> None:
    install(machine, "Carlito-Regular.ttf")
    first = fonts.prepare({}).conf
    (machine / "Carlito-Regular.ttf").write_bytes(b"an update")
    assert fonts.prepare({}).conf != first


def test_a_folder_that_lost_a_file_is_made_again(machine: Path) -> None:
    install(machine, "Carlito-Regular.ttf", "Carlito-Bold.ttf")
    conf = fonts.prepare({}).conf
    next((conf.parent / "files").iterdir()).unlink()
    assert fonts.prepare({}).conf == conf and len(list((conf.parent / "files").iterdir())) == 2


def test_without_a_cache_folder_a_temporary_one_serves(machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(machine, "Carlito-Regular.ttf")
    (tmp_path / "cache").write_text("a file stands where the folder should be")
    monkeypatch.setattr(fonts.tempfile, "gettempdir", lambda: str(tmp_path))
    conf = fonts.prepare({}).conf
    assert conf.is_file() and conf.parent.parent.parent == tmp_path
    assert conf.parent.parent.stat().st_mode & 0o077 == 0, "nobody else may put fonts there"


def test_where_no_folder_can_be_written_one_sentence_says_so(
    machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(machine, "Carlito-Regular.ttf")
    (tmp_path / "cache").write_text("")
    monkeypatch.setattr(fonts.tempfile, "gettempdir", lambda: str(tmp_path / "cache"))
    with pytest.raises(BriefgenError, match="no folder for the font configuration"):
        fonts.prepare({})
