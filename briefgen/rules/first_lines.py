"""Rules of what is read first: title and bottom line; and of what changed since the last edition."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.model.parts import Change
from briefgen.rules.context import Context, Finding, at
from briefgen.rules.passages import Kind
from briefgen.rules.wording import of_kind, shown
from briefgen.rules.wording_likelihood import terms


def long(context: Context) -> Iterator[Finding]:
    """LEN-03: a bottom line that is none any more."""
    for passage in of_kind(context, Kind.BOTTOM_LINE):
        count, limit = len(passage.words), context.checks.bottom_line_words
        if count > limit:
            cure = "keep what the reader must take away; the reasons stand under `key_judgements`"
            yield at(passage, (0, len(passage.text)), f"the bottom line has {count} words; {limit} are the most", cure)


def introducing(context: Context) -> Iterator[Finding]:
    """LEN-04: a bottom line that says what the brief does, not what it finds."""
    for passage in of_kind(context, Kind.BOTTOM_LINE):
        match = next(passage.find("introducing"), None)
        if match and match.start() == 0:
            message = f"“{shown(passage.sentences[0].text, 40)}” announces; a bottom line says what was found"
            yield at(passage, match.span(), message, "begin with the finding itself: who does what, and what it means")


def labels(context: Context) -> Iterator[Finding]:
    """STR-02: a title that names a subject and claims nothing."""
    for passage in of_kind(context, Kind.TITLE):
        match = next(passage.find("label_openings"), None)
        if match and match.start() == 0:
            cure = "say what happens: “US relief is likely to weaken EU sanctions”"
            yield at(passage, match.span(), f"“{shown(passage.text, 40)}” is a label, not a claim", cure)


def moved(context: Context) -> Iterator[Finding]:
    """CHG-02: a change says that a likelihood moved, and not why."""
    for passage in context.passages:
        node = passage.node
        if not isinstance(node, Change) or node.why or not passage.pointer.startswith(f"{passage.item}/text/"):
            continue
        match = next(passage.find("moved"), None)
        if passage.wording == "full" and match and next(terms(passage.unquoted), None):
            yield at(passage, match.span(), "the likelihood moved, and nothing says why", "add `why:` to the change")
