"""What `briefgen check --waive` writes: a person accepts what was found, with name, reason and the words that are accepted.

In: a summary with its source, `CODE@ITEM`, who and why. Out: the waivers in its file, and lines that tell them. Only what a check
finds now is waived; a code or an item that there is not is refused with the nearest names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefgen.findings.codes import RuleSet
from briefgen.findings.diagnostics import BriefgenError, Diagnostic, UsageError
from briefgen.findings.near import did_you_mean, nearest
from briefgen.findings.renamed import current
from briefgen.load.added import added
from briefgen.load.edit import save
from briefgen.load.source import Source, parse
from briefgen.pipeline import ground
from briefgen.pipeline.check import examine
from briefgen.project.project import Project
from briefgen.rules.context import Context
from briefgen.rules.references import TOP_LEVEL
from briefgen.rules.run import breaks, covered, expired, within

LONGEST = 300
"""Characters of a text that are written as the words accepted, where a finding names none: they are enough to know it again."""


class Accepted(NamedTuple):
    """What is to be accepted: findings of a code on an item, by whom, and why."""

    code: str
    item: str
    by: str
    reason: str


def accepted(given: str, by: str, reason: str) -> Accepted:
    """Return what `CODE@ITEM` means; raise UsageError where a part of it is missing."""
    code, _, item = (part.strip() for part in given.partition("@"))
    who, why = " ".join(by.split()), " ".join(reason.split())
    if not code or not item:
        raise UsageError(f"--waive takes CODE@ITEM, not {given!r}", "such as --waive NUM-04@D2, or COR-03@sources")
    if not who or not why:
        raise UsageError("a waiver needs a name and a reason", "--by NAME --reason WORDS")
    return Accepted(current(code), item, who, why)


def waive(source: Source, project: Project, asked: Sequence[Accepted]) -> list[str]:
    """Write the waivers into the file of a summary, and return a line for each.

    Raises UsageError for a code or an item that there is not, or where nothing is to be waived; Rejected where the summary can't
    be read as one; BriefgenError where the file changed meanwhile or can't be edited safely.
    """
    alone = parse(source.text, source.path, source.name)  # without the project's defaults
    if "waivers" in source.values and "waivers" not in alone.values:
        raise BriefgenError(f"{source.name} could not be edited safely", "its waivers stand in the project's file: add it there")
    summary, found, _ = examine(source, project, ground.compared)
    context = Context(summary, source)
    rows = [row for one in asked for row in _waivers(context, one, found, project.rules.every)]
    rows = [dict(pairs) for pairs in dict.fromkeys(tuple(row.items()) for row in rows)]
    save(alone, added(alone, "waivers", rows))
    return [_told(source, row) for row in rows]


def _told(source: Source, row: dict[str, str]) -> str:
    words = f", “{row['words']}”" if "words" in row else ""
    return f"{source.name}: waived {row['code']} for {row['item']}{words}"


def _waivers(context: Context, one: Accepted, found: Sequence[Diagnostic], rules: RuleSet) -> Iterator[dict[str, str]]:
    """Yield a waiver for each finding that is meant, with the words that it accepts; raise UsageError where none is."""
    _known(context, one, rules)
    there = [row for row in found if _open(context, row, one.item)]
    meant = [row for row in there if row.code == one.code]
    if not meant:
        others = sorted({row.code for row in there} & {rule.code for rule in rules.rules})
        hint = f"it finds {', '.join(others)} there" if others else "`briefgen check -v` lists what it finds"
        raise UsageError(f"check finds no {one.code} at {one.item} that is not accepted already", hint)
    for row in meant:
        words = " ".join(_begun(row.words or _text(context, row.path or "")).split())
        about = {"words": words} if words else {}
        yield {"code": one.code, "item": one.item, **about, "reason": one.reason, "by": one.by}


def _open(context: Context, row: Diagnostic, item: str) -> bool:
    """Return whether a finding lies in an item, and no waiver holds for it."""
    if row.path is None or within(context, row.path, item) is None:
        return False
    return not any(covered(context, waiver, row) and not expired(context, waiver) for waiver in context.summary.waivers)


def _text(context: Context, path: str) -> str:
    """Return the text of a field; nothing of an item or a list."""
    texts = dict(context.words)
    return texts.get(path) or texts.get(f"{path}/full") or ""


def _begun(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(None, 1)[0]


def _known(context: Context, one: Accepted, rules: RuleSet) -> None:
    """Raise UsageError for a code that no rule has or that can't be waived, and for an item that there is not, or has no id."""
    codes = [rule.code for rule in rules.rules]
    if one.code not in codes:
        near = nearest(one.code.upper(), codes, 0.3)
        why = "no rule finds it, and only what rules find can be waived" if one.code in rules.codes else "there is no such check"
        raise UsageError(f"{one.code} can't be waived: {why}", did_you_mean(near, "docs/errors.md lists them", form="{}"))
    if breaks(one.code, rules):
        raise UsageError(f"{one.code} can't be waived: printing it would break, or harm", "mend it")
    shown = dict(zip(context.shown.values(), context.shown, strict=False))
    if one.item not in shown and one.item not in TOP_LEVEL:
        near = nearest(one.item, [*shown, *sorted(TOP_LEVEL)], 0.4)
        raise UsageError(f"there is no item {one.item!r}", did_you_mean(near, f"there are {', '.join(shown)}", form="{}"))
    if one.item in shown and one.item not in context.by_id and one.item not in TOP_LEVEL:
        place = context.place(shown[one.item])
        raise UsageError(f"{one.item} is no id that stands in the file", f"add `id: {one.item}` to the item at {place}")
