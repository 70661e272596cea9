"""Independent judges of the Word files: the Open XML SDK, and LibreOffice."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.writers.docx import write
from tests import judges
from tests.writers.docx_samples import EVERYTHING, REFERENCE, page, parse, png, words_of_html
from tests.writers.test_docx_reference import REFERENCES

pytestmark = pytest.mark.judge


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the whole vocabulary on every reference, from right to left, and with next to nothing in it."""
    folder = tmp_path_factory.mktemp("judged")
    (folder / "picture.png").write_bytes(png())
    references = {name: make(folder) for name, make in REFERENCES.items()}
    made = {name: parse(EVERYTHING, roots=(folder,), reference=file) for name, file in references.items()}
    made["tokens"] = parse(EVERYTHING, roots=(folder,))
    made["hebrew"] = parse(EVERYTHING.replace('<html lang="en">', '<html lang="he">'), roots=(folder,))
    made["bare"] = page("")
    for name, document in made.items():
        (folder / f"{name}-made.docx").write_bytes(write(document).content)
    return [*(folder / f"{name}-made.docx" for name in made), REFERENCE]


def test_the_sdk_finds_no_fault(files: list[Path]) -> None:
    assert judges.ooxml(files) == {file: [] for file in files}


def test_libreoffice_shows_every_word(files: list[Path], tmp_path: Path) -> None:
    file = next(f for f in files if f.name == "tokens-made.docx")
    pdf = judges.libreoffice_pdf([file], tmp_path)[file]
    shown = "".join(judges.pdf_text(pdf).split()).replace("\u00ad", "")
    wanted = words_of_html(parse(EVERYTHING).tree)
    words = [word for kind in wanted.values() for word in kind if word.isascii()]
    assert [word for word in words if word not in shown] == []
