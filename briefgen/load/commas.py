"""Words that a comma cuts off in `{…}` and `[…]` → the line that keeps them, to paste.

In flow style a comma ends a text without quotation marks: of `{for: Works there, where it counts}` YAML makes the text “Works
there” and a key without value. In: the words cut off, and the value before them. Out: one error for each, at the comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from briefgen.findings.diagnostics import Diagnostic, error, info
from briefgen.load.lines import quoted, shorten, unmarked
from briefgen.load.pages import Page

PROSE = 4
"""Words of an entry from which on it is prose, and no name."""
_TAIL, _HEAD = re.compile(r"(?<![\d,.])\d{1,3}$"), re.compile(r"\d{3}(?!\d)")
_NUMBER = re.compile(r"[\d.]+")


class Written(NamedTuple):
    """A text as a file writes it: its offsets and its value."""

    start: int
    end: int
    value: str


class Cut(NamedTuple):
    """Words behind a comma, and the text that they belong to, None where no text stands before them; `entry` is one of a list."""

    start: int
    end: int
    before: Written | None
    entry: bool = False


def findings(page: Page, cuts: Sequence[Cut]) -> list[Diagnostic]:
    """Return an error for each text that is cut, at its first comma; those on one line have one cure, which mends them all."""
    first: dict[int, Cut] = {}
    for cut in cuts:
        at = cut.before.start if cut.before else cut.start
        first[at] = first.get(at, cut)._replace(end=cut.end)
    return [
        error("YML-12", _message(page, cut), page.span(*_comma(page, cut)), cure(page, cut, cuts), *_or_else(page, cut))
        for cut in first.values()
    ]


def _or_else(page: Page, cut: Cut) -> tuple[str, ...]:
    words = page.text[cut.start : cut.end]
    return (f"or leave out “{words.split()[0]}”, if this is an entry of its own",) if cut.entry and goes_on(words) else ()


def cure(page: Page, cut: Cut, others: Iterable[Cut] = ()) -> str:
    """Return the line with the whole text in quotation marks, and with those of the other cuts that stand on it."""
    if cut.before is None:
        return "in braces stand keys with values, `{key: value}`; a text stands there without braces, or in quotation marks"
    whole: dict[int, tuple[int, str]] = {}
    for each in (*others, cut):
        if each.before is not None and whole.get(each.before.start, (0, ""))[0] < each.end:
            text = unmarked(each.before.value + page.text[each.before.end : each.end])
            whole[each.before.start] = each.end, quoted(" ".join(text.split()))
    end, words = whole[cut.before.start]
    line, first = page.line_start(cut.before.start), page.span(cut.before.start, end).line
    if page.span(end - 1, end).line != first:
        return f"put the whole text in quotation marks: {words}"
    mended = page.line(first)
    for start, (stop, text) in sorted(whole.items(), reverse=True):
        if line <= start and stop <= line + len(page.line(first)):
            mended = mended[: start - line] + text + mended[stop - line :]
    return f"write: {mended.strip()}"


def splits_figure(text: str, before: Written, start: int, end: int) -> bool:
    """Return whether the comma between two items of a list stands in a figure, as in `[24,000 tonnes]`; `[100, 400]` are two."""
    words = text[start:end]
    joined = text[before.end : start] == "," and _TAIL.search(before.value) and _HEAD.match(words)
    return bool(joined) and (words.startswith("0") or not (_NUMBER.fullmatch(before.value) and _NUMBER.fullmatch(words)))


def goes_on(text: str) -> bool:
    """Return whether an entry of a list begins as only the rest of a sentence does: “and who pays”, “which is late”."""
    first, _, rest = text.partition(" ")
    if not rest or first != first.lower():
        return False
    from briefgen.language.wordlists import every  # only here: few files hold such an entry

    return first in every("sentences", "onward")


def closes(before: str, text: str) -> bool:
    """Return whether an entry of a list closes the quotation marks or the bracket that the one before opened."""
    return any(before.count(mark) > before.count(end) and end in text for mark, end in ("“”", "„“", "«»", "»«", "()"))


def may_go_on(before: str, text: str) -> bool:
    """Return whether an entry may be the rest of the one before: that is prose with a capital, and this has none."""
    words = before.split()
    return len(words) >= PROSE and words[0][:1].isupper() and text[:1].islower() and " " in text


def doubt(page: Page, cut: Cut) -> Diagnostic:
    """Return the information that an entry of a list may belong to the one before."""
    words = shorten(page.text[cut.start : cut.end], 40)
    hint = f"if it belongs to the text before, {cure(page, cut)}; else begin it with a capital, as the other entries"
    return info("YML-13", f"this comma makes “{words}” an entry of its own", page.span(*_comma(page, cut)), hint)


def _comma(page: Page, cut: Cut) -> tuple[int, int]:
    at = page.text.rfind(",", 0 if cut.before is None else cut.before.end, cut.start)
    return (at, at + 1) if at >= 0 and cut.before is not None else (cut.start, cut.end)


def _message(page: Page, cut: Cut) -> str:
    words = shorten(page.text[cut.start : cut.end], 40)
    return f"this comma ends the text: “{words}” is cut off" if cut.before else f"“{words}” is no key with a value"
