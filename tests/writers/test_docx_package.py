"""The zip file: the same bytes for the same brief, in any process, and nothing imported that it does not need."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from datetime import date

import pytest

from briefgen.writers.docx import properties, write
from briefgen.writers.docx.package import SIGNATURE, Relations, assemble, content_types, member, rels_name, signed
from tests.writers.docx_samples import EVERYTHING, METADATA, ROOT, TOKENS, Parts, page, parse

SCRIPT = """
import hashlib, sys
sys.path.insert(0, {root!r})
import time, xml.etree.ElementTree
from tests.writers.docx_samples import EVERYTHING, parse
from briefgen.writers.docx import write
print(hashlib.sha256(write(parse(EVERYTHING)).content).hexdigest())
"""
LEAN = """
import sys
sys.path.insert(0, {root!r})
from xml.etree.ElementTree import fromstring
import json
from briefgen.model.document import Document, Metadata
from briefgen.writers.docx import write
tree = fromstring('<html lang="en"><body><main><p>Words <strong>here</strong></p></main></body></html>')
write(Document("x", tree, Metadata("T", "en"), tokens=json.loads(sys.argv[1])))
print(" ".join(sorted({{"lxml", "docx", "zipfile", "weasyprint", "jinja2", "yaml", "xml.sax"}} & set(sys.modules))))
"""


def test_the_same_brief_gives_the_same_bytes() -> None:
    assert write(parse(EVERYTHING)).content == write(parse(EVERYTHING)).content


def test_no_process_leaves_its_trace() -> None:
    seen = set()
    for seed, zone, locale in (("0", "UTC", "C"), ("1", "Asia/Tokyo", "C.UTF-8"), ("2", "America/New_York", "C")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "SOURCE_DATE_EPOCH": seed}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT.format(root=str(ROOT))], capture_output=True, text=True, check=True, env=env, cwd="/"
        )
        seen.add(done.stdout)
    assert len(seen) == 1


def test_nothing_heavy_is_imported() -> None:
    import json

    command = [sys.executable, "-c", LEAN.format(root=str(ROOT)), json.dumps(TOKENS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_order_dates_and_attributes() -> None:
    archive = zipfile.ZipFile(io.BytesIO(write(parse(EVERYTHING)).content))
    names = archive.namelist()
    assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]
    assert names[2:] == sorted(names[2:])
    assert archive.testzip() is None
    for info in archive.infolist():
        assert (info.date_time, info.create_system, info.external_attr) == ((1980, 1, 1, 0, 0, 0), 0, 0)
        assert info.compress_type == zipfile.ZIP_DEFLATED


def test_members_of_all_kinds() -> None:
    content = assemble([member("b.txt", "ä" * 99), member("ü.png", b"\x89PNG", packed=True), member("a.txt", "")])
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.namelist() == ["a.txt", "b.txt", "ü.png"]
    assert archive.read("b.txt").decode() == "ä" * 99
    assert archive.getinfo("ü.png").compress_type == zipfile.ZIP_STORED
    assert archive.testzip() is None


def test_a_signature_is_a_comment() -> None:
    archive = zipfile.ZipFile(io.BytesIO(signed(assemble([member("a", "x")]))))
    assert archive.comment == SIGNATURE
    assert archive.read("a") == b"x"


def test_relations_are_made_once() -> None:
    relations = Relations()
    assert relations.add("image", "a.png") == relations.add("image", "a.png") == "rId1"
    assert relations.add("link", "https://x.example/?a=1&b=2", external=True) == "rId2"
    assert 'Target="https://x.example/?a=1&amp;b=2" TargetMode="External"' in relations.xml()
    assert rels_name("word/document.xml") == "word/_rels/document.xml.rels"
    assert rels_name("") == "_rels/.rels"


def test_content_types_are_sorted() -> None:
    xml = content_types({"xml": "b", "png": "a"}, {"word/b.xml": "y", "word/a.xml": "x"})
    assert xml.index("png") < xml.index('"xml"') < xml.index("/word/a.xml") < xml.index("/word/b.xml")


# --- properties ------------------------------------------------------------------------------------------------------


def test_core_properties() -> None:
    parts = Parts(write(page("<p>x</p>")).content)
    part = "docProps/core.xml"
    expected = {
        "dc:title": METADATA.title,
        "dc:subject": METADATA.description,
        "dc:creator": "Ada Example; Jan Šíma",
        "cp:keywords": "sanctions, Russia",
        "cp:lastModifiedBy": "Ada Example; Jan Šíma",
        "cp:revision": "1",
        "dc:identifier": "us-russia-reset",
        "dc:language": "en-GB",
        "dcterms:created": "2025-03-04T00:00:00Z",
        "dcterms:modified": "2025-03-04T00:00:00Z",
    }
    assert {name: parts.find(f"string(//{name})", part)[0] for name in expected} == expected
    assert parts.find("string(//*[local-name()='Application'])", "docProps/app.xml") == ["briefgen"]


def test_custom_properties() -> None:
    tree = Parts(write(page("<p>x</p>")).content).tree("docProps/custom.xml")
    assert {e.get("name"): "".join(e.itertext()) for e in tree} == {
        "Identifier": "us-russia-reset",
        "Audience": "analyst",
        "Marking": "TLP:GREEN",
    }
    assert [e.get("pid") for e in tree] == ["2", "3", "4"]


def test_no_date_but_the_briefs_own() -> None:
    from dataclasses import replace

    core = properties.core(replace(METADATA, created=None, authors=(), keywords=()), "de")
    assert "dcterms:created" not in core
    assert "dc:creator" not in core
    assert "<cp:lastModifiedBy>briefgen</cp:lastModifiedBy>" in core
    assert str(date.today().year) not in core.replace("http://schemas", "")


def test_the_company_is_the_organisation() -> None:
    tokens = {**TOKENS, "organisation": {"name": "Institute & Co"}}
    parts = Parts(write(page("<p>x</p>", tokens=tokens)).content)
    assert parts.find("string(//*[local-name()='Company'])", "docProps/app.xml") == ["Institute & Co"]


@pytest.mark.parametrize("text", ["a\x00b", "a\x1fb", "a\ufffeb", "a\ud800b"])
def test_what_xml_cannot_hold_is_left_out(text: str) -> None:
    from dataclasses import replace

    document = page("<p>x</p>", metadata=replace(METADATA, title=text))
    document.tree.findall(".//p")[-1].text = text
    parts = Parts(write(document).content)
    assert parts.paragraphs()[-1][1] == "ab"
    assert parts.find("string(//dc:title)", "docProps/core.xml") == ["ab"]
