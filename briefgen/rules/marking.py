"""Rules of marking: who may read which version (Traffic Light Protocol 2.0, FIRST 2022)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.findings.near import did_you_mean, nearest
from briefgen.language.wordlists import data
from briefgen.model.parts import Item
from briefgen.model.terms import TLP
from briefgen.rules.context import Context, Finding, finding

# Classes of secrecy of the EU, NATO and some Member States: only an authority may give them, and they have rules of their own.
CLASSES = re.compile(rf"\b(?:{'|'.join(data('common')['secrecy'].splitlines())})\b", re.IGNORECASE)


def public(context: Context) -> Iterator[Finding]:
    """MRK-02: the public version is asked for by name, and nobody released it."""
    marking = context.summary.marking
    for name in sorted(set(context.asked) & set(context.public)):
        release = marking.release.get(name)
        worn = release.tlp if release and release.tlp.rank < marking.tlp.rank else marking.tlp
        if worn.rank > TLP.CLEAR.rank:
            cure = f"add `release: {{{name}: {{tlp: CLEAR, by: …, date: …}}}}` under `marking`, or ask for another audience"
            yield finding("/marking/tlp", f"{name} is published, and the summary is {worn.label}", cure)


def imitation(context: Context) -> Iterator[Finding]:
    """MRK-03: a handling note that imitates a class of secrecy."""
    match = CLASSES.search(context.summary.marking.note or "")
    if match:
        cure = "say in plain words who may have it and until when; a class of secrecy needs an authority and other tools"
        yield finding("/marking/note", f'"{match[0]}" imitates a class of secrecy', cure)


def higher(context: Context) -> Iterator[Finding]:
    """MRK-04: a release is to a lower marking, or to the same."""
    marking = context.summary.marking
    for name, release in marking.release.items():
        if release.tlp.rank > marking.tlp.rank:
            message = f"{name} is released at {release.tlp.label}, above the summary's {marking.tlp.label or 'none'}"
            yield finding(f"/marking/release/{name}/tlp", message, "lower it, or raise `marking.tlp`")


def unknown(context: Context) -> Iterator[Finding]:
    """MRK-05: an audience that does not exist; silent where the audiences are not known."""
    for pointer, name in _audiences(context) if context.audiences else ():
        if name not in context.audiences:
            near = nearest(name, context.audiences, 0.5)
            cure = did_you_mean(near, f"known: {', '.join(sorted(context.audiences))}", form="{}")
            yield finding(pointer, f"there is no audience {name[:40]}", cure)


def _audiences(context: Context) -> Iterator[tuple[str, str]]:
    for name in context.summary.marking.release:
        yield f"/marking/release/{name}", name
    for pointer, item in context.items:
        for field in ("keep", "omit") if isinstance(item, Item) else ():
            for index, name in enumerate(getattr(item, field)):
                yield f"{pointer}/{field}/{index}", name


def above(context: Context) -> Iterator[Finding]:
    """MRK-06: an item marked above the summary: no version shows it."""
    marking = context.summary.marking.tlp
    for pointer, item in context.items:
        if isinstance(item, Item) and item.tlp and item.tlp.rank > marking.rank:
            shown = context.shown[pointer]
            message = f"{shown} is {item.tlp.label}, above the summary's {marking.label or 'marking (none)'}: no version shows it"
            yield finding(f"{pointer}/tlp", message, "raise `marking.tlp`, or lower the item's")
