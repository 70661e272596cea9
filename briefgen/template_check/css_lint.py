"""Style sheets: what paper does not do, what the PDF engine does not know, and what does harm; each at the line that says it.

In: the style sheets of a set, which are Jinja templates, and the tokens. Out: warnings. A sheet is filled in once more with marks
that say from which line each piece comes, so that what a loop or a macro prints is told at its own line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import TemplateError

from briefgen.findings.diagnostics import Diagnostic, Span, warning
from briefgen.registry import resolve
from briefgen.render.templates import SCREEN
from briefgen.template_check.environment import Kitchen, Written

_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_KEPT = re.compile(r"/\*.*?(?:\*/|\Z)|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)
_MARK = re.compile(r"/\*@(\d+)\*/")
_POSITION = re.compile(r" ?at (\d+):(\d+)")
_CHECKS = (
    (
        re.compile(
            r"(?<![-\w])(?:-\w+-)?(?:transition|animation|cursor|scroll|caret|user-select|pointer-events|resize)[\w-]*(?=\s*:[^:])"
            r"|@(?:-\w+-)?keyframes\b",
            re.I,
        ),
        "{0} does nothing on paper",
        "leave it out, or move it to screen.css, which the HTML file alone uses",
    ),
    (
        re.compile(r"(?<![-\w])position\s*:\s*(?:fixed|sticky|absolute)", re.I),
        "{0} takes a box out of the text: it covers what stands below, and Word has no place for it",
        'write it between the blocks, or into page furniture: <div data-slot="header">',
    ),
    (
        re.compile(r"(?<![-\w])font-(?:variant|kerning|feature-settings|variation-settings)[\w-]*\s*:(?!\s*normal)", re.I),
        "{0} is never freed by the PDF engine: each brief of a batch costs memory",
        "leave it out; ligatures are off already",
    ),
    (
        re.compile(r"(?<![\w.#-])[\d.]+(?:[sldp]?v(?:w|h|i|b|min|max))(?!\w)", re.I),
        "{0} is a part of the window: on paper it is another length than on the screen",
        "write it in pt, mm or per cent",
    ),
    (
        re.compile(r":{1,2}(?:hover|focus[\w-]*|active|visited|target|checked|enabled|disabled)(?![\w-])", re.I),
        "{0} never happens on paper",
        "move the rule to screen.css, which the HTML file alone uses",
    ),
    (
        re.compile(r"@media\s+(?:only\s+)?screen\b", re.I),
        "{0} is for a screen: the PDF passes it over",
        "move the rule to screen.css, which the HTML file alone uses",
    ),
    (
        re.compile(r"(?<![-\w])content\s*:[^;{}]*?[\"'][^\"']*[^\W\d_]{2}[^\"']*[\"']", re.I),
        "words stand in the style sheet: {0}",
        "print them in the template, through a label: Word shows no words of a style sheet",
    ),
)
_CURES = {
    "unknown property": "check how it is written; the engine knows most of CSS 2.1 and of CSS for paged media",
    "selector": "select by element, by class or by attribute",
}


def check(kitchen: Kitchen) -> list[Diagnostic]:
    """Return what the style sheets for paper say in vain or to their harm; one that can't be filled in is told elsewhere."""
    found: list[Diagnostic] = []
    for sheet in kitchen.written:
        if sheet.name.endswith(".css") and sheet.name != SCREEN:
            marked = _filled(sheet, kitchen)
            found += _harmful(sheet)
            found += _unknown(sheet, marked, kitchen) if marked is not None else []
    return list(dict.fromkeys(found))


def _filled(sheet: Written, kitchen: Kitchen) -> str | None:
    """Return a style sheet with its tokens filled in, and a mark where each piece of its own text begins."""
    tokens = kitchen.templates.tokens
    try:
        return str(kitchen.environment.from_string(marked(sheet.text)).render(**tokens, tokens=tokens))
    except TemplateError:
        return None


def marked(text: str) -> str:
    """Return a style sheet with `/*@line*/` before each line, and after each filled-in value where a comment may stand."""
    closed = [False] * (len(text) + 1)  # whether a comment at this place would be in a string, in another comment, in Jinja
    for match in _KEPT.finditer(text):
        closed[match.start() + 1 : match.end()] = [True] * (match.end() - match.start() - 1)
    made: list[str] = []
    line, start = 1, True
    for place, sign in enumerate(text):
        after = text[:place].endswith("}}") and sign in " ;}" if sign in " ;}" else False
        if (start or after) and not closed[place]:
            made.append(f"/*@{line}*/")
        made.append(sign)
        start = sign == "\n"
        line += start
    return "".join(made)


def _harmful(sheet: Written) -> Iterator[Diagnostic]:
    """Yield what a pattern finds in the text itself: it stands there, whether any brief comes by or not."""
    plain = re.sub(r"/\*.*?\*/|\{#.*?#\}", lambda match: re.sub(r"[^\n]", " ", match[0]), sheet.text, flags=re.DOTALL)
    for pattern, message, hint in _CHECKS:
        for match in pattern.finditer(plain):
            line = plain.count("\n", 0, match.start()) + 1
            column = match.start() - plain.rfind("\n", 0, match.start())
            shown = " ".join(match[0].split()).rstrip(": ")
            yield warning("TPL-34", message.format(shown), Span(sheet.file, line, column, len(match[0].split("\n")[0])), hint)


def _unknown(sheet: Written, marked_css: str, kitchen: Kitchen) -> Iterator[Diagnostic]:
    """Yield what the PDF engine does not understand, at the line of the sheet that says it."""
    if resolve("briefgen.writers.pdf:available")() is not None:
        return
    lines = marked_css.split("\n")
    told: set[tuple[Span, str]] = set()  # a loop says the same many times
    for said in resolve("briefgen.writers.pdf:complaints")(marked_css, kitchen.templates.tokens):
        place = _POSITION.search(said)
        span = _origin(sheet, lines, int(place[1]), int(place[2])) if place else _quoted(sheet, said)
        message = _MARK.sub("", _POSITION.sub("", said)).strip().rstrip(".")
        property_ = message.partition(":")[0]
        if (span, property_) in told:
            continue
        told.add((span, property_))
        hint = next((cure for word, cure in _CURES.items() if word in said), "")
        yield warning("TPL-33", message[:1].lower() + message[1:], span, hint)


def _origin(sheet: Written, lines: list[str], line: int, column: int) -> Span:
    """Return the line of the sheet that a place in the filled-in one comes from: that of the last mark before it."""
    for number in range(min(line, len(lines)) - 1, -1, -1):
        text = lines[number][: column - 1] if number == line - 1 else lines[number]
        marks = _MARK.findall(text)
        if marks:
            return Span(sheet.file, int(marks[-1]))
    return Span(sheet.file)


def _quoted(sheet: Written, said: str) -> Span:
    """Return the line with what a message quotes, where it names no place."""
    quoted = re.search(r"'([^']+)'", said)
    at = sheet.text.find(quoted[1].strip()) if quoted else -1
    return Span(sheet.file, sheet.text.count("\n", 0, at) + 1) if at >= 0 else Span(sheet.file)
