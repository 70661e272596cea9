"""The review copy: a finished version with, on each claim, its evidence and what the checks found.

In: a document, the summary it was made from, the findings. Out: another document: a visible line and its name say REVIEW, its
comments stand in the margin in Word and as notes at the end in PDF and HTML. It is a tool of the desk, as diagnostics are, and
speaks English as they do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from xml.etree.ElementTree import Element, SubElement

from pydantic import BaseModel

from briefgen import evidence
from briefgen.findings.diagnostics import Diagnostic, Severity
from briefgen.model import pointers
from briefgen.model.document import Comment, Document, classes
from briefgen.model.ids import items, shown_ids
from briefgen.model.parts import Evidence, Source
from briefgen.model.summary import Summary
from briefgen.model.terms import Relation
from briefgen.pipeline.leaks.folded import Folded
from briefgen.pipeline.leaks.secrets import Secret
from briefgen.rules.sourcing import REASONS

SUFFIX = "-REVIEW"
LINE = "REVIEW COPY: not for release"
FIELDS = {
    "title": "Title",
    "dek": "Dek",
    "bottom_line": "Bottom line",
    "why_it_matters": "Why it matters",
    "background": "Background",
    "ask": "Ask",
    "lines_to_take": "Lines to take",
    "outlook": "Outlook",
    "glossary": "Glossary",
}
ASSESSED = ("/bottom_line", "/key_judgements/", "/risks/", "/outlook/scenarios/")
_WORST = tuple(Severity)  # errors first
_BLOCKS = frozenset({"p", "h1", "h2", "h3", "li", "th", "td", "caption", "figcaption", "dt", "dd"})


def reviewed(document: Document, summary: Summary, findings: Iterable[Diagnostic], hidden: Collection[str] = ()) -> Document:
    """Return the review copy of a document; its blocks name their comments in `data-comment`, for Word.

    `hidden` are the ids of what is marked above the version, sources of its own included: no comment says more of it than its id.
    """
    claims = _Claims(summary, findings, frozenset(hidden))
    tree = deepcopy(document.tree)
    comments = _anchored(tree, claims)
    _say_review(tree)
    metadata = replace(document.metadata, title=f"REVIEW: {document.metadata.title}", identifier=document.name + SUFFIX)
    title = tree.find("head/title")
    if title is not None:
        title.text = metadata.title
    return replace(document, name=document.name + SUFFIX, tree=tree, metadata=metadata, comments=tuple(comments))


def discreet(findings: Iterable[Diagnostic], sought: Iterable[Secret]) -> list[Diagnostic]:
    """Return the findings that quote nothing of what a version withholds, wherever they stand."""
    withheld = [needle for secret in sought for needle in secret.needles]
    return [row for row in findings if not withheld or not Folded([row.message, *row.hints]).tells(withheld)]


def with_notes(document: Document) -> Document:
    """Return a review copy for formats without margins: small marks in the text, and the comments as notes at its end."""
    tree = deepcopy(document.tree)
    for block in list(tree.iter()):
        for number in block.attrib.pop("data-comment", "").split():
            _append(block, _mark(number))
    main = tree.find("body/main")
    if main is not None and document.comments:
        main.append(_notes(document.comments))
    return replace(document, tree=tree, comments=())


# --- what is said of each claim -------------------------------------------------------------------------------------


class _Claims:
    """The claims of a summary by their pointers: items, and fields of the file itself."""

    def __init__(self, summary: Summary, findings: Iterable[Diagnostic], hidden: frozenset[str]) -> None:
        self.summary = summary
        self.hidden = hidden
        self.items: Mapping[str, BaseModel] = {pointer: item for _, pointer, item in items(summary)}
        self.ids = shown_ids(summary)
        self.shown: frozenset[str] = frozenset()
        """The pointers of the claims that this copy prints: what rests on them refers to them."""
        self._quoted_at: dict[str, str] = {}
        self.findings: dict[str, list[Diagnostic]] = {}
        for finding in sorted(dict.fromkeys(findings), key=lambda row: _WORST.index(row.severity)):
            self.findings.setdefault(self.of(finding.path or ""), []).append(finding)

    def of(self, path: str) -> str:
        """Return the pointer of the claim that a field belongs to; empty where it is none."""
        item = next((above for above in pointers.upwards(path) if above and above in self.items), None)
        top = pointers.parts(path)[:1]
        return item or (pointers.joined(top) if set(top) & set(FIELDS) else "")

    def comment(self, pointer: str) -> Comment | None:
        """Return what a reviewer should know of a claim, None for a source of which nothing is to be said."""
        said = [_finding(row) for row in self.findings.get(pointer, ())]
        item = self.items.get(pointer)
        if isinstance(item, Source) and not said:
            return None
        grounds = list(self._grounds(pointer, item))
        if item is None and not said and not grounds:
            return None
        return Comment(self._heading(pointer, item), (*grounds, *said))

    def elsewhere(self, anchored: Iterable[str]) -> Comment | None:
        """Return the findings on what this version does not show, so that none is lost."""
        done = frozenset(anchored)
        rows = [
            f"{self.ids.get(pointer, FIELDS.get(pointer[1:], 'file'))}: {_finding(row)}"
            for pointer, found in self.findings.items()
            if pointer not in done and self.ids.get(pointer) not in self.hidden
            for row in found
        ]
        return Comment("Findings on what stands elsewhere, or is not shown at this level", tuple(rows)) if rows else None

    def _heading(self, pointer: str, item: BaseModel | None) -> str:
        status = getattr(item, "status", None)
        attribution = getattr(item, "attribution", None)
        parts = (self.ids.get(pointer) or FIELDS.get(pointer[1:], pointer), status and status.value, attribution)
        return " · ".join(str(part) for part in parts if part)

    def _grounds(self, pointer: str, item: BaseModel | None) -> Iterator[str]:
        """Yield where a claim comes from: its evidence, what it rests on, and the confidence that this allows."""
        own = item if item is not None else getattr(self.summary, pointer[1:], None)
        rows = tuple(_evidence(own)) if not isinstance(own, Source) else ()
        rests = tuple(self.summary.rests_on if pointer == "/bottom_line" else getattr(item, "rests_on", ()))
        yield from map(self._quoted, rows)
        yield from (self._below(identifier, self._heading(pointer, item)) for identifier in rests)
        grounds = (*rows, *evidence.evidence_of(self.summary, rests, self.hidden))
        if item is not None and not grounds:
            yield "No evidence is given: our inference." if pointer.startswith(ASSESSED) else "No evidence is given."
        if grounds and pointer.startswith(ASSESSED):
            yield _allowed(evidence.cap(self.summary, grounds))

    def _below(self, identifier: str, here: str) -> str:
        """Return what a claim rests on: its evidence in turn, or where in this copy that is quoted, so that it stands once."""
        if identifier in self.hidden:
            return f"Rests on {identifier}, which is withheld here."
        pointer = next((pointer for pointer, shown in self.ids.items() if shown == identifier), "")
        item = self.items.get(pointer)
        rows = tuple(_evidence(item)) if item is not None and not isinstance(item, Source) else ()
        opening = f"Rests on {self._heading(pointer, item) if item is not None else identifier}"
        if not rows:
            return f"{opening}."
        if pointer in self.shown:
            return f"{opening}: quoted there."
        if identifier in self._quoted_at:
            return f"{opening}: quoted at {self._quoted_at[identifier]}."
        self._quoted_at[identifier] = here
        return f"{opening}: {'; '.join(map(self._quoted, rows))}"

    def sources(self) -> Comment:
        """Return what the ids of sources stand for, so that no comment has to write them out."""
        rows = (one for one in self.summary.sources if one.id not in self.hidden)
        return Comment("Sources", tuple(f"{one.id} · {one.genre.value} · {one.title}" for one in rows))

    def _quoted(self, row: Evidence) -> str:
        """Return one piece of evidence: source, paragraph, genre, whom it cites, and the words."""
        source = self.summary.source(row.source)
        place = " ".join(part for part in (row.source, row.locator) if part) + (f" ({source.genre.value})" if source else "")
        cited = f", citing {row.cites}" if row.cites else ""
        parts = [f"{place}{cited}: " + (f"“{row.quote}”" if row.quote else "no quote")]
        parts += [f"in our language: “{row.translation}”"] if row.translation else []
        parts += [f"unnamed: {row.unnamed}"] if row.unnamed else []
        parts += [row.relation.value] if row.relation is not Relation.SUPPORTS else []
        return " · ".join(parts)


def _allowed(cap: evidence.Cap) -> str:
    reason = REASONS[cap.reason]
    return f"The evidence allows {cap.confidence.value} confidence" + (f" at most: {reason}." if reason else ".")


def _evidence(node: object) -> Iterator[Evidence]:
    """Yield the evidence inside one claim; an item within it (a scenario in the outlook) is a claim of its own."""
    if isinstance(node, Evidence):
        yield node
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            if name not in ("scenarios", "watch"):
                yield from _evidence(getattr(node, name))
    elif isinstance(node, tuple):
        for value in node:
            yield from _evidence(value)


def _finding(row: Diagnostic) -> str:
    cures = f" Cure: {'; '.join(row.hints)}." if row.hints else ""
    return f"{row.severity.value} {row.code}: {row.message}.{cures}"


# --- where it is said -----------------------------------------------------------------------------------------------


def _anchored(tree: Element, claims: _Claims) -> list[Comment]:
    """Return the comments in reading order, the sources first; each is named by the first block that prints its claim."""
    places: dict[str, Element] = {}
    first: Element | None = None
    for block, paths in _printed(tree):
        first = block if first is None else first
        for pointer in filter(None, map(claims.of, paths)):
            places.setdefault(pointer, block)
    claims.shown = frozenset(places)
    rows = [(block, comment) for pointer, block in places.items() if (comment := claims.comment(pointer))]
    if first is not None:
        rows[:0] = [(first, comment) for comment in (claims.elsewhere(places), claims.sources()) if comment]
    for number, (block, _) in enumerate(rows, 1):
        block.set("data-comment", f"{block.get('data-comment', '')} {number}".strip())
    return [comment for _, comment in rows]


def _printed(tree: Element) -> Iterator[tuple[Element, Sequence[str]]]:
    """Yield the blocks of title block and main part with the fields that they print, notes included."""
    for part in ("header", "main"):
        for root in tree.iterfind(f"body/{part}"):
            for block in root.iter():
                if block.tag in _BLOCKS:
                    yield block, list(_paths(block))


def _paths(element: Element) -> Iterator[str]:
    yield from (element.get("data-path") or "").split()
    for child in element:
        if child.tag not in _BLOCKS:
            yield from _paths(child)


def _say_review(tree: Element) -> None:
    """Say REVIEW in header and footer of every page, and above the title."""
    for slot in tree.iterfind("body/div"):
        centre = next((p for p in slot if "centre" in classes(p)), None)
        if centre is None:
            centre = SubElement(slot, "p", {"class": "centre"})
        for child in list(centre):
            centre.remove(child)
        centre.text = None
        SubElement(centre, "span", {"class": "stage"}).text = "REVIEW"
    for part in (tree.find("body/header"), tree.find("body/main")):
        if part is not None:
            line = Element("p", {"class": "meta"})
            SubElement(line, "span", {"class": "stage"}).text = LINE
            part.insert(0, line)
            return


def _mark(number: str) -> Element:
    mark = Element("sup")
    SubElement(mark, "a", {"href": f"#review-{number}"}).text = f"c{number}"
    return mark


def _append(block: Element, mark: Element) -> None:
    """Put a mark at the end of a block's own text: before the list that an item may hold."""
    place = next((index for index, child in enumerate(block) if child.tag in ("ul", "ol")), len(block))
    if place and "fn" in classes(block[place - 1]) and not (block[place - 1].tail or "").strip():
        mark.text = ","  # the number of a note stands before it
    if place and place < len(block):
        mark.tail, block[place - 1].tail = None, (block[place - 1].tail or "").rstrip() or None
    block.insert(place, mark)


def _notes(comments: Sequence[Comment]) -> Element:
    section = Element("section", {"id": "review-notes"})
    SubElement(section, "h2").text = "Review notes"
    SubElement(section, "p", {"class": "note"}).text = "Marks such as c1 in the text lead here."
    rows = SubElement(section, "dl")
    for number, comment in enumerate(comments, 1):
        SubElement(rows, "dt", {"id": f"review-{number}"}).text = f"c{number} · {comment.heading}"
        for line in comment.lines or ("Nothing to say.",):
            SubElement(rows, "dd").text = line
    return section
