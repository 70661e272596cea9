"""Diagnostics as text for people, as JSON and as GitHub annotations for machines.

In: diagnostics, and for the text a way to look up a line of a file. Out: strings; nothing is printed here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from briefgen.findings.codes import SHIPPED, RuleSet
from briefgen.findings.diagnostics import Diagnostic, Severity, Span, Verdict
from briefgen.findings.excerpt import COLOURS, Lines, excerpt, gutter, paint, plain
from briefgen.findings.groups import Block, blocks, chosen, headline
from briefgen.findings.rows import EVIDENCE, STYLE

NAMED, LONGEST = 6, 40
"""How many things the head of a block names, and how many characters of each."""
_IS = {  # what the head of a block says of its things
    Verdict.CONTRADICTED: "contradicted",
    Verdict.INVENTED: "in no article",
    Verdict.NOT_FOUND: "not in what it rests on",
}
_QUOTED = "not in its quotes"


def text(
    diagnostics: Sequence[Diagnostic],
    lines: Lines,
    *,
    verbose: bool = False,
    style: bool = True,
    colour: bool = False,
    whole: str = "check -v",
    files: int = 1,
    rules: RuleSet = SHIPPED,
) -> str:
    """Return the findings as text, each with its line, a caret and its cures, and the headline at the end.

    What a comparison says of one text is one block: a head that counts and names the things, then each with its own line. House
    style comes last; without `style` it is counted only. Without `verbose`, the third finding of one code (the fifth of what was
    not found, the tenth of an error) folds the rest, at most five things to improve are shown, the most valuable, and what is
    waived is counted only; what befell a batch is shown as errors are. `whole` says where all of them stand, `rules` what weighs
    how much. Of several `files` each has its own headline. Empty where there is nothing to say.
    """
    every = blocks(diagnostics, rules)
    content = [block for block in every if block.weight != STYLE]
    shown = content if verbose else chosen(content, rules)
    hidden = sum(len(block.rows) for block in shown) < sum(len(block.rows) for block in content)
    shown = [*shown, *(block for block in every if style and block.weight == STYLE)]
    head = _headline(diagnostics, rules, whole if hidden else "", "" if style else whole)
    heads = [*_heads(diagnostics, rules), f"all {files}: {head}"] if files > 1 and head else [head]
    return "\n\n".join([*(_block(block, lines, colour, rules) for block in shown), *filter(None, ["\n".join(heads)])])


def _headline(diagnostics: Iterable[Diagnostic], rules: RuleSet, whole: str, style: str) -> str:
    """Return the counts, with where all of what is hidden stands."""
    if whole and whole == style != "check -v":  # one place holds both
        return f"{headline(diagnostics, rules)} (all of them: {whole})"
    where = "check --style" if style == "check -v" else style
    head = headline(diagnostics, rules, f" ({where} shows them)" if style else "")
    content, apart, folded = head.partition(" · style: ")
    return f"{content} (all of them: {whole}){apart}{folded}" if whole else head


def _heads(diagnostics: Iterable[Diagnostic], rules: RuleSet) -> Iterator[str]:
    """Yield the headline of each file that something was found in."""
    by_file: dict[str, list[Diagnostic]] = {}
    for row in diagnostics:
        if row.span:
            by_file.setdefault(row.span.file, []).append(row)
    yield from (f"{plain(file)}: {headline(rows, rules)}" for file, rows in by_file.items())


def _block(block: Block, lines: Lines, colour: bool, rules: RuleSet) -> str:
    first = block.first
    if len(block.rows) > 1 and any(row.verdict for row in block.rows):
        place = f"{plain(str(min(map(_place, block.rows))))}: " if first.span else ""
        made = [f"{place}{paint(first.severity, COLOURS[first.severity], colour)} {plain(_things(block.rows, rules))}"]
        made += _each(block.rows, lines, colour)
    else:
        made = list(_alike(block.rows, lines, colour))
    if block.more:
        made.append(f"{_indent(first, lines)}= and {block.more} more {first.code}")
    return "\n".join(made)


def _indent(row: Diagnostic, lines: Lines) -> str:
    return " " * (gutter(row.span) + 1) if excerpt(row, lines) else "   "


def _alike(rows: Sequence[Diagnostic], lines: Lines, colour: bool) -> Iterator[str]:
    """Yield one finding, or several of one place: each in a line, then the place, then the cures."""
    for row in rows:
        place = f"{plain(str(row.span))}: " if row.span else ""
        yield f"{place}{_told(row, colour)}"
    yield from excerpt(rows[0], lines, colour)
    indent = _indent(rows[0], lines)
    yield from (f"{indent}= {plain(hint)}" for hint in dict.fromkeys(hint for row in rows for hint in row.hints) if hint)


def _told(row: Diagnostic, colour: bool, *, item: bool = True) -> str:
    """Return severity, code, verdict and fact of one finding."""
    code = paint(f"{row.severity} {row.code}", COLOURS[row.severity], colour)
    of = [row.item] if item and row.item else []
    verdict = f"{plain(', '.join([*of, row.verdict]))}: " if row.verdict else ""
    return f"{code} {verdict}{plain(row.message)}"


def _things(rows: Sequence[Diagnostic], rules: RuleSet) -> str:
    """Return the head of a block: `D2: 3 things are not in its quotes: “the EU”, “6 November”, “two thirds”`; errors first."""
    clauses: dict[str, list[Diagnostic]] = {}
    for row in sorted(rows, key=lambda row: (not row.is_error, not row.verdict, *_place(row))):
        clauses.setdefault(_is(row, rules), []).append(row)
    told = "; ".join(_clause(words, found) for words, found in clauses.items())
    return f"{rows[0].item}: {told}" if rows[0].item else told


def _place(row: Diagnostic) -> Span:
    return row.span or Span("")


def _is(row: Diagnostic, rules: RuleSet) -> str:
    """Return what is said of one thing; nothing where nothing was compared. Rules of evidence compare with quotes."""
    if row.verdict is Verdict.NOT_FOUND and getattr(rules.codes.get(row.code), "scope", "") == EVIDENCE:
        return _QUOTED
    return _IS[row.verdict] if row.verdict else ""


def _clause(words: str, rows: Sequence[Diagnostic]) -> str:
    things = "1 thing" if len(rows) == 1 else f"{len(rows)} things"
    told = f"{things} {'is' if len(rows) == 1 else 'are'} {words}" if words else f"{things} to mend"
    said = list(dict.fromkeys(_short(row.said.words) for row in rows if row.said and row.said.words))
    more = [f"{len(said) - NAMED} more"] if len(said) > NAMED else []
    return f"{told}: {', '.join([*said[:NAMED], *more])}" if said else told


def _short(words: str) -> str:
    line = " ".join(words.split())
    return f"“{line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + '…'}”"


def _each(rows: Sequence[Diagnostic], lines: Lines, colour: bool) -> Iterator[str]:
    """Yield each thing of a block with its own line and its own cures, and at the end the cures that several share."""
    times = Counter(hint for row in rows for hint in dict.fromkeys(row.hints) if hint)
    shared = [hint for hint, count in times.items() if count > 1]
    before: list[str] = []
    for row in sorted(rows, key=_place):
        bar, marked = " " * gutter(row.span), excerpt(row, lines, colour)
        yield from marked if marked != before else ()
        before = marked
        yield f"{bar} | {_told(row, colour, item=False)}"
        yield from (f"{bar} |   = {plain(hint)}" for hint in dict.fromkeys(row.hints) if times[hint] == 1)
    yield from (f"{' ' * gutter(rows[-1].span)} = {plain(hint)}" for hint in shared)


def as_json(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Return one plain mapping a finding: severity, code, message, file, line, column, length, path, hints, verdict."""
    return [
        {
            "severity": row.severity.value,
            "code": row.code,
            "message": row.message,
            "file": row.span.file if row.span else None,
            "line": row.span.line or None if row.span else None,
            "column": row.span.column or None if row.span else None,
            "length": row.span.length if row.span and row.span.column else None,
            "path": row.path,
            "hints": list(row.hints),
            "verdict": row.verdict.value if row.verdict else None,
        }
        for row in diagnostics
    ]


def github(diagnostics: Iterable[Diagnostic]) -> str:
    """Return workflow commands of GitHub Actions, each with its line end: they annotate the lines of a pull request."""
    return "".join(f"{_command(row)}\n" for row in diagnostics)


def _command(row: Diagnostic) -> str:
    name = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}[row.severity]
    place = {"file": row.span.file, **_position(row.span)} if row.span else {}
    fields = {**place, "title": f"{row.code} {row.verdict or ''}".strip()}
    properties = ",".join(f"{key}={_escape(value, ':,')}" for key, value in fields.items())
    return f"::{name} {properties}::{_escape(chr(10).join((row.message, *row.hints)))}"


def _position(span: Span) -> dict[str, str]:
    numbers = {"line": span.line, "col": span.column, "endColumn": span.column and span.column + span.length}
    return {key: str(number) for key, number in numbers.items() if number}


def _escape(value: str, more: str = "") -> str:
    # As actions/toolkit's core.issueCommand does; the per cent sign first.
    for character in "%\r\n" + more:
        value = value.replace(character, f"%{ord(character):02X}")
    return value
