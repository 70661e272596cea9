"""What a Word file must keep and no schema checks: that whatever its parts name is there (brief-html.md, §2.10).

`check` returns a list of problems (empty: none found). The Open XML SDK passes every one of the mutations that trip it.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
STORIES = ("word/document", "word/footnotes", "word/header", "word/footer")


def check(content: bytes) -> list[str]:
    """Return what is wrong with a Word file."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = archive.namelist()
    trees = {n: etree.fromstring(archive.read(n)) for n in names if n.endswith((".xml", ".rels"))}
    problems = [f"zip: {name} is there {n} times" for name, n in Counter(names).items() if n > 1]
    problems += _relations(trees, set(names)) + _styles(trees) + _numbers(trees) + _notes(trees)
    stories = {name: tree for name, tree in trees.items() if name.startswith(STORIES) and name.endswith(".xml")}
    for name, tree in stories.items():
        problems += [f"{name}: {text}" for text in (*_cells(tree), *_bookmarks(tree), *_used_relations(name, tree, trees))]
    return problems + _anchors(stories) + _pictures(stories)


def _values(tree: etree._Element, tag: str, attribute: str = "val") -> list[str]:
    return [str(element.get(W + attribute)) for element in tree.iter(W + tag)]


def _source(name: str) -> str:
    """Return the part that a .rels member belongs to, empty for the package."""
    folder, _, file = name.rpartition("/")
    return posixpath.join(folder.removesuffix("_rels").rstrip("/"), file.removesuffix(".rels"))


def _relations(trees: dict[str, etree._Element], names: set[str]) -> list[str]:
    problems = []
    for name in (name for name in trees if name.endswith(".rels")):
        rows = list(trees[name].iter(RELATION))
        problems += [f"{name}: {i} is there {n} times" for i, n in Counter(row.get("Id") for row in rows).items() if n > 1]
        base = "/" + posixpath.dirname(_source(name))
        for row in (row for row in rows if row.get("TargetMode") != "External"):
            target = posixpath.normpath(posixpath.join(base, row.get("Target"))).lstrip("/")
            problems += [] if target in names else [f"{name}: {row.get('Id')} leads to {target}, which is not there"]
    types = {str(e.get("PartName")).lstrip("/") for e in trees["[Content_Types].xml"] if e.get("PartName")}
    return problems + [f"content types: {name} is not there" for name in sorted(types - names)]


def _used_relations(name: str, tree: etree._Element, trees: dict[str, etree._Element]) -> Iterator[str]:
    folder, _, file = name.rpartition("/")
    rels = trees.get(f"{folder}/_rels/{file}.rels")
    known = {row.get("Id") for row in rels.iter(RELATION)} if rels is not None else set()
    for element in tree.iter():
        for attribute in (R + "id", R + "embed"):
            if element.get(attribute) not in (None, *known):
                yield f"no relationship {element.get(attribute)}"


def _styles(trees: dict[str, etree._Element]) -> list[str]:
    styles = [(s.get(W + "type"), s.get(W + "styleId")) for s in trees["word/styles.xml"].iter(W + "style")]
    problems = [f"styles: {i} is there {n} times" for (_, i), n in Counter(styles).items() if n > 1]
    kinds = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
    for name, tree in trees.items():
        for tag, kind in kinds.items():
            missing = {value for value in _values(tree, tag) if (kind, value) not in styles}
            problems += [f"{name}: no {kind} style {value}" for value in sorted(missing)]
    for tag in ("basedOn", "next", "link"):
        missing = set(_values(trees["word/styles.xml"], tag)) - {i for _, i in styles}
        problems += [f"styles: {tag} {value} is not there" for value in sorted(missing)]
    return problems


def _numbers(trees: dict[str, etree._Element]) -> list[str]:
    numbering = trees.get("word/numbering.xml")
    nums = set(_values(numbering, "num", "numId")) if numbering is not None else set()
    abstracts = set(_values(numbering, "abstractNum", "abstractNumId")) if numbering is not None else set()
    used = {v for n, tree in trees.items() if n != "word/numbering.xml" for v in _values(tree, "numId") if v != "0"}
    links = {str(e.get(W + "val")) for e in numbering.iter(W + "abstractNumId")} if numbering is not None else set()
    return [f"no list {n}" for n in sorted(used - nums)] + [f"no list definition {n}" for n in sorted(links - abstracts)]


def _notes(trees: dict[str, etree._Element]) -> list[str]:
    notes = trees.get("word/footnotes.xml")
    ids = _values(notes, "footnote", "id") if notes is not None else []
    used = [v for name, tree in trees.items() if name.startswith("word/") for v in _values(tree, "footnoteReference", "id")]
    problems = [f"note {v} is not there" for v in used if v not in ids]
    problems += [f"note {v} is there {n} times" for v, n in Counter(ids).items() if n > 1]
    separators = trees["word/settings.xml"].find(f"{W}footnotePr")
    named = set(_values(separators, "footnote", "id")) if separators is not None else set()
    return problems + ([] if len(named) >= 2 and named <= set(ids) else ["settings: the separators of notes are not named"])


def _cells(tree: etree._Element) -> list[str]:
    cells = [cell for cell in tree.iter(W + "tc") if not len(cell) or cell[-1].tag != W + "p"]
    joined = [t for t in tree.iter(W + "tbl") if (after := t.getnext()) is not None and after.tag == W + "tbl"]
    last = [t for t in tree.iter(W + "tbl") if (after := t.getnext()) is None or after.tag == W + "sectPr"]
    return (
        ["a cell does not end in a paragraph"] * len(cells)
        + ["two tables touch"] * len(joined)
        + ["a table is the last"] * len(last)
    )


def _bookmarks(tree: etree._Element) -> list[str]:
    starts, ends = _values(tree, "bookmarkStart", "id"), _values(tree, "bookmarkEnd", "id")
    return [] if sorted(starts) == sorted(ends) else ["bookmarks do not pair"]


def _anchors(stories: dict[str, etree._Element]) -> list[str]:
    trees = stories.values()
    names = [name for tree in trees for name in _values(tree, "bookmarkStart", "name")]
    ids = [number for tree in trees for number in _values(tree, "bookmarkStart", "id")]
    anchors = {str(e.get(W + "anchor")) for tree in trees for e in tree.iter(W + "hyperlink") if e.get(W + "anchor")}
    counts = Counter([*(name.lower() for name in names), *ids])  # Word compares the names without case
    problems = [f"bookmark {name} is there {count} times" for name, count in counts.items() if count > 1]
    return problems + [f"no bookmark {name}" for name in sorted(anchors - set(names))]


def _pictures(stories: dict[str, etree._Element]) -> list[str]:
    drawn = [element for tree in stories.values() for element in tree.iter(DRAWN)]
    problems = [f"picture {i} is there {n} times" for i, n in Counter(e.get("id") for e in drawn).items() if n > 1]
    silent = [e for e in drawn if not e.get("descr") and next(e.iter(DECORATIVE), None) is None]
    return problems + [f"picture {e.get('id')} says nothing" for e in silent]
