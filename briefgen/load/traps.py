"""The usual YAML traps → the line that mends each, to paste.

In: a page that the parser refused, and its complaint. Out: errors with cures, in the order of the file. A cure is proposed
only after a trial: with the mended line in place, the parser must get past it. Going on from there finds the next trap, so
that an author sees them all at once, not one a run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import takewhile
from typing import Any, NamedTuple

from briefgen.findings.diagnostics import Diagnostic, error
from briefgen.findings.lookalikes import INVISIBLE, called
from briefgen.load import lines
from briefgen.load.pages import Page

MAX_FAULTS = 10
# Each trial reads the file again: a large file with many faults must not take a minute.
MAX_READ = 4_000_000

FirstFault = Callable[[str], Any]

_STARTS = {
    "%": "a text can't begin with %",
    "@": "a text can't begin with @",
    "`": "a text can't begin with `",
    ",": "a text can't begin with a comma",
    "*": "a text that begins with * is an alias to YAML",
    "&": "a text that begins with & is an anchor to YAML",
    "!": "a text that begins with ! is a tag to YAML",
    "|": "| opens a text on the lines below",
    ">": "> opens a text on the lines below",
    "[": "a text that begins with [ is a list to YAML",
    "{": "a text that begins with { is a mapping to YAML",
    "]": "a text can't begin with ]",
    "}": "a text can't begin with }",
    "-": "a dash after a key begins no list: a list begins on the next line",
    "?": "a text can't begin with ? and a blank",
}


class YamlFault(NamedTuple):
    """A complaint of the parser: why, where, and where what it belongs to begins; lines and columns from 1."""

    why: str
    line: int
    column: int
    context: int


class Mended(NamedTuple):
    """One cure: which line, what stands there instead, how the fault is called, and a hint in place of the line."""

    number: int
    line: str
    code: str
    message: str
    hint: str = ""


class _Trial(NamedTuple):
    """A cure that worked: the page with it, the next complaint, and the line that the parser came to."""

    mended: Mended
    page: Page
    after: Any
    reach: int


def explain(page: Page, complaint: Any, first_fault: FirstFault) -> list[Diagnostic]:  # noqa: ANN401 - a yaml.YAMLError
    """Return what is wrong: the first fault, and more as long as each could be mended."""
    found: list[Diagnostic] = []
    original, before, search = page, None, _Search(first_fault)
    while complaint is not None and len(found) < MAX_FAULTS:
        fault = _fault(page, complaint)
        worked = search.cure(page, fault)
        if worked is None:
            if before is not None and fault.line <= before.line + 1:
                # A cure that leads into a riddle on the very next line was none.
                found, fault = found[:-1], before
            return [*found, _bare(original, fault)]
        if found and worked.mended.code == found[-1].code == "YML-08":
            break  # one line put elsewhere makes those below it seem wrong
        found.append(_finding(original, worked.mended))
        page, complaint, before = worked.page, worked.after, fault
    return found


class _Search:
    """Tries cures, and counts what it reads."""

    def __init__(self, first_fault: FirstFault) -> None:
        self.first_fault = first_fault
        self.room = MAX_READ

    def cure(self, page: Page, fault: YamlFault) -> _Trial | None:
        """Return the first cure that works; of indentations the one that gets furthest."""
        best: _Trial | None = None
        for mended in _candidates(page, fault):
            if best and mended.code != "YML-08":
                break
            self.room -= len(page.text)
            worked = self.trial(page, mended, fault) if self.room > 0 else None
            if worked and mended.code != "YML-08":
                return worked
            if worked and (best is None or worked.reach > best.reach):
                best = worked
        return best

    def trial(self, page: Page, mended: Mended, fault: YamlFault) -> _Trial | None:
        """Return the mended page and its next complaint, None where the cure does not get the parser past the line."""
        if mended.line == page.line(mended.number):
            return None
        trial = _without_tabs(page, mended) if mended.code == "YML-03" else page.replace(mended.number, mended.line)
        after = self.first_fault(trial.text)
        reach = _fault(trial, after).line if after is not None else trial.lines + 1
        return _Trial(mended, trial, after, reach) if reach > max(fault.line, mended.number) else None


def _fault(page: Page, complaint: Any) -> YamlFault:  # noqa: ANN401
    problem, context = getattr(complaint, "problem_mark", None), getattr(complaint, "context_mark", None)
    why = str(getattr(complaint, "problem", None) or complaint)
    if problem is None:
        return YamlFault(why, 1, 1, 1)
    # The end of the stream is marked on a line that does not exist.
    number = min(problem.line + 1, page.lines)
    column = problem.column + 1 if number == problem.line + 1 else len(page.line(number)) + 1
    return YamlFault(why, number, column, min(context.line + 1, page.lines) if context else number)


def _finding(original: Page, mended: Mended) -> Diagnostic:
    old = original.line(mended.number)
    start = len(old) - len(old.lstrip())
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, mended.line, strict=False)))
    start = max(start, min(same, len(old.rstrip()) - 1))
    span = original.at(mended.number, start + 1, max(1, len(old.rstrip()) - start))
    return error(mended.code, mended.message, span, mended.hint or f"write: {mended.line.strip()}")


def _bare(original: Page, fault: YamlFault) -> Diagnostic:
    """Return the parser's own words, where no cure could be found."""
    hints = ["look at this line and the one above: quotation marks, brackets, colons, indentation"]
    if fault.context != fault.line:
        begins = lines.shorten(original.line(fault.context))
        hints.insert(0, f"what it belongs to begins in line {fault.context}: {begins}")
    why = lines.shorten(fault.why.replace("<", "").replace(">", ""), 90)
    return error("YML-01", f"YAML can't be read here: {why}", original.at(fault.line, fault.column), *hints)


def _candidates(page: Page, fault: YamlFault) -> Iterator[Mended]:
    """Yield cures, the likeliest first."""
    yield from _tabs(page, fault.line)
    for number in dict.fromkeys((fault.line, fault.context, max(1, fault.line - 1))):
        yield from _no_break(page, number)
    if "unexpected end of stream" in fault.why:
        yield from _unclosed_quote(page, fault.context)
    if "expected ','" in fault.why:
        yield from _unclosed_bracket(page, fault.context)
    if "could not find expected ':'" in fault.why:
        yield from _no_space(page, fault.context)
    yield from _straight(page, fault)
    if lines.has_key(page.line(fault.line)) and fault.line > 1:
        yield from _indentation(page, fault.line)
    yield from _several_lines(page, fault.line)
    yield from _text(page, fault.line)
    if fault.context + 3 > fault.line:
        yield from _text(page, fault.context)
    for number in range(fault.line, max(0, fault.line - 6), -1):
        yield from _unclosed_bracket(page, number)
        yield from _unclosed_quote(page, number)
    for number in (fault.line, fault.line - 1, fault.context):
        yield from _no_space(page, number)
    yield from _indentation(page, fault.line)
    yield from _continued(page, fault.context)


def _tabs(page: Page, number: int) -> Iterator[Mended]:
    line = page.line(number)
    indent = line[: len(line) - len(line.lstrip())]
    for step in (2, 4, 8) if "\t" in indent else ():
        hint = f"indent with blanks, {step} a step: an editor can replace all tabs at once"
        message = "a tab indents this line, and YAML knows blanks only"
        yield Mended(number, indent.replace("\t", " " * step) + line.lstrip(), "YML-03", message, hint)


def _no_break(page: Page, number: int) -> Iterator[Mended]:
    """Yield the line with blanks for the spaces of web pages and Word round its marks, and without what can't be seen there."""
    match = re.match(rf"[\s{INVISIBLE}\-]*(?:[a-z_]+:[\s{INVISIBLE}]?)?", page.line(number))
    strange = re.search(f"[{INVISIBLE}]", match[0]) if match else None
    if match and strange:
        head = re.sub(f"[{INVISIBLE}]", lambda sign: " " * sign[0].isspace(), match[0])
        why = f"{called(strange[0])} stands where YAML needs a blank"
        yield Mended(number, head + page.line(number)[match.end() :], "YML-06", why)


def _straight(page: Page, fault: YamlFault) -> Iterator[Mended]:
    """Yield the line with YAML's quotation marks for the typographic ones round a value."""
    for number in dict.fromkeys((fault.line, fault.context)):
        why = "typographic quotation marks are letters to YAML"
        yield Mended(number, lines.straightened(page.line(number)), "YML-02", why)


def _without_tabs(page: Page, mended: Mended) -> Page:
    """Return the page with the tabs that indent any line replaced as in the mended one: one finding is enough."""
    indent = re.match(r"\s*", page.line(mended.number))
    tabs = indent[0].count("\t") if indent else 0
    step = (len(mended.line) - len(page.line(mended.number)) + tabs) // max(tabs, 1)
    text = re.sub(r"(?m)^[ ]*\t[ \t]*", lambda match: match[0].replace("\t", " " * step), page.text)
    return Page(page.name, text)


def _text(page: Page, number: int) -> Iterator[Mended]:
    """Yield the line with its text in quotation marks, or all that stands after the dash."""
    line = lines.split(page.line(number))
    if line is None:
        return
    if line.value[0] in "\"'" and line.value.count(line.value[0]) == 1:
        yield from _unclosed_quote(page, number)
    yield Mended(number, line.quoted, "YML-02", _why(line.value))
    if line.key and not lines.has_key(page.line(number)):
        yield Mended(number, line.all_quoted, "YML-02", "a colon and a blank make a key of what stands before")


def _several_lines(page: Page, number: int) -> Iterator[Mended]:
    """Yield the line without its colon, where it goes on with an unquoted text that a key above begins."""
    line = page.line(number)
    indent = len(line) - len(line.lstrip())
    start = next((n for n in range(number - 1, 0, -1) if len(page.line(n)) - len(page.line(n).lstrip()) < indent), 0)
    key = lines.split(page.line(start)) if start else None
    if key and key.key and key.value[0] not in "\"'|>[{" and ": " in line and not lines.has_key(line):
        hint = f"write `{(key.dashes + key.key).strip()} >-`, and the whole text indented on the lines below it"
        mended = line.replace(": ", "  ")
        yield Mended(number, mended, "YML-02", "a colon in a text of several lines makes a key of what stands before", hint)


def _why(value: str) -> str:
    first = value[0]
    if first in "\"'":
        if len(value) == 1 or not value.endswith(first):
            return "the text goes on after its closing quotation mark"
        if "\\" in value and value.count(first) == 2:
            return "a backslash in double quotation marks begins an escape"
        return "a quotation mark inside the text ends it"
    if first in _STARTS and (first not in "-?" or value[1:2] in (" ", "")):
        return _STARTS[first]
    if re.search(r":(\s|$)", value):
        return "a colon in the text makes a second key of it"
    return "this text needs quotation marks"


def _unclosed_quote(page: Page, number: int) -> Iterator[Mended]:
    line = lines.split(page.line(number))
    if line and line.value[0] in "\"'" and not line.value[1:].endswith(line.value[0]):
        mended = line.with_value(line.value + line.value[0])
        yield Mended(number, mended, "YML-05", "the quotation mark is never closed")


def _unclosed_bracket(page: Page, number: int) -> Iterator[Mended]:
    line = lines.split(page.line(number))
    for opening, closing in ("[]", "{}") if line else ():
        missing = line.value.count(opening) - line.value.count(closing) if line else 0
        if line and missing > 0:
            mended = line.with_value(line.value.rstrip().rstrip(",") + closing * missing)
            yield Mended(number, mended, "YML-05", f"the bracket {opening} is never closed")


def _no_space(page: Page, number: int) -> Iterator[Mended]:
    """Yield the line with the blank after its colon, or the colon after its key."""
    line = page.line(number)
    if match := re.match(r"(\s*(?:- +)*)([A-Za-z_][\w-]*):(\S.*)$", line):
        mended = f"{match[1]}{match[2]}: {match[3]}"
        yield Mended(number, mended, "YML-06", f"a blank is missing after `{match[2]}:`")
    match = re.match(r"(\s*(?:- +)*)([a-z_]+)(?: +([^:]+))?$", line)
    if match and match[2] in _known_keys():
        mended = f"{match[1]}{match[2]}: {match[3] or ''}".rstrip()
        yield Mended(number, mended, "YML-06", f"a colon is missing after `{match[2]}`")


@cache
def _known_keys() -> frozenset[str]:
    from briefgen.load.fields import all_keys
    from briefgen.model.audience import Audience
    from briefgen.model.summary import Summary

    return frozenset({*all_keys(Summary), *all_keys(Audience)})


def _indentation(page: Page, number: int) -> Iterator[Mended]:
    """Yield the line at each indentation that a line above it has, the nearest first."""
    line = page.line(number)
    mine = len(line) - len(line.lstrip(" "))
    seen: dict[int, int] = {}
    for above in range(number - 1, max(0, number - 60), -1):
        match = re.match(r"( *)((?:- +)*)(?=[^\s#])", page.line(above))
        for indent in (match.end(), match.end(1)) if match else ():
            seen.setdefault(indent, above)
    for indent in sorted(seen.keys() - {mine}, key=lambda other: (abs(other - mine), other)):
        hint = f"indent it by {indent} blanks, as line {seen[indent]}"
        message = f"this line is indented by {mine}, which fits no line above"
        yield Mended(number, " " * indent + line.lstrip(" "), "YML-08", message, hint)


def _continued(page: Page, number: int) -> Iterator[Mended]:
    """Yield a line that goes on with the text above it, indented so that YAML sees it."""
    line = page.line(number)
    above = next((n for n in range(number - 1, 0, -1) if page.line(n).strip()), 0)
    key = lines.split(page.line(above)) if above else None
    if key and key.key and line.strip():
        indent = len(key.indent + key.dashes) + 2
        hint = f"indent it by {indent} blanks, or write `{key.key.strip()} >-` and the whole text indented below"
        message = "a text that goes on is indented more than its key"
        yield Mended(number, " " * indent + line.lstrip(), "YML-08", message, hint)
