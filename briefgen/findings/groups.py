"""What findings come to: how much each weighs, which belong together, which a short report shows, and the headline.

In: diagnostics and the rules that say what weighs how much. Out: blocks of findings, and one line of counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from briefgen.findings.codes import SHIPPED, RuleSet
from briefgen.findings.diagnostics import Diagnostic, Severity, Verdict
from briefgen.findings.rows import CONTENT, STYLE

ERROR, FINAL, NOT_FOUND, IMPROVE, INFO, WAIVED = WEIGHTS = ("error", "final", "not found", "improve", "info", "waived")
SHOWN_OF_A_CODE = {ERROR: 10, FINAL: 3, NOT_FOUND: 5, IMPROVE: 3, INFO: 3, WAIVED: 0, STYLE: 0}
SHOWN_TO_IMPROVE = 5
_SAID = {FINAL: "to fix before final", NOT_FOUND: "not found", IMPROVE: "to improve", INFO: "for information", WAIVED: WAIVED}


class Block(NamedTuple):
    """Findings that are told together: one, or all that a comparison says of one text. `more` are of its kind and not shown."""

    rows: tuple[Diagnostic, ...]
    weight: str
    more: int = 0

    @property
    def first(self) -> Diagnostic:
        """Return the finding that weighs most."""
        return min(self.rows, key=lambda row: _GRAVITY[row.severity])


_GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def weight(row: Diagnostic, rules: RuleSet = SHIPPED) -> str:
    """Return what is to be done about a finding, one of `WEIGHTS`; house style that blocks no brief is `style`."""
    known = rules.codes.get(row.code)
    if row.is_error:
        return ERROR
    if row.severity is Severity.INFO and known and known.severity is not Severity.INFO:
        return WAIVED  # what weighs more by its code was accepted in the file: it is listed by `check -v` only
    if row.severity is not Severity.INFO and row.verdict is Verdict.NOT_FOUND:
        return NOT_FOUND
    if row.severity is not Severity.INFO and row.code in rules.before_final:
        return FINAL
    if (known.group if known else CONTENT) == STYLE:
        return STYLE
    return INFO if row.severity is Severity.INFO else IMPROVE


def headline(diagnostics: Iterable[Diagnostic], rules: RuleSet = SHIPPED, style: str = "") -> str:
    """Return `3 to fix before final · 9 to improve`; errors that stop a draft, too, come first as `2 errors`.

    Where a comparison speaks, its verdicts are counted: `2 errors (1 contradicted, 1 other)`. House style comes last; `style`
    says, behind it, where it is told.
    """
    rows = [(weight(row, rules), row.verdict) for row in diagnostics]
    counts = Counter(each for each, _ in rows)
    parts = [f"{counts[each]} {_words(each, counts)}{_verdicts(each, rows)}" for each in WEIGHTS if counts[each]]
    if counts[STYLE]:
        parts.append(f"style: {counts[STYLE]} thing{'s' * (counts[STYLE] > 1)}{style}")
    return " · ".join(parts)


def _words(each: str, counts: Mapping[str, int]) -> str:
    return _SAID.get(each) or ("error" if counts[each] == 1 else "errors")


def _verdicts(each: str, rows: Iterable[tuple[str, Verdict | None]]) -> str:
    found = Counter(verdict for weight, verdict in rows if weight == each)
    told = [f"{found[verdict]} {verdict}" for verdict in Verdict if found[verdict]]
    if not told or each not in (ERROR, FINAL):
        return ""
    return f" ({', '.join([*told, *([f'{found[None]} other'] if found[None] else [])])})"


def blocks(diagnostics: Sequence[Diagnostic], rules: RuleSet = SHIPPED) -> list[Block]:
    """Return the findings in the order given, those together that belong so, with the first of them.

    What weighs in one text that was compared belongs together, and what one code says of one place, finding after finding.
    """
    weights = [weight(row, rules) for row in diagnostics]
    texts: dict[tuple[str, str], list[Diagnostic]] = {}
    for row, each in zip(diagnostics, weights, strict=True):
        if (row.verdict or row.said) and row.path is not None and each not in _ALONE:
            texts.setdefault(_text(row), []).append(row)
    compared = {id(row): rows for rows in texts.values() if any(row.verdict for row in rows) for row in rows}
    told: set[int] = set()
    made: list[Block] = []
    for row, each in zip(diagnostics, weights, strict=True):
        together = compared.get(id(row))
        if together is None:
            if made and _same(made[-1], row, each):
                made[-1] = made[-1]._replace(rows=(*made[-1].rows, row))
            else:
                made.append(Block((row,), each))
        elif id(together) not in told:
            told.add(id(together))
            made.append(Block(tuple(together), min((weight(one, rules) for one in together), key=WEIGHTS.index)))
    return made


_ALONE = (INFO, WAIVED, STYLE)


def _same(block: Block, row: Diagnostic, each: str) -> bool:
    """Return whether a block is what the same code says of the same place."""
    last = block.rows[-1]
    place = row.span is not None and row.span.line > 0 and row.span == last.span and row.said == last.said
    return place and (block.weight, last.code, last.verdict, row.verdict) == (each, row.code, None, None)


def _text(row: Diagnostic) -> tuple[str, str]:
    return row.span.file if row.span else "", (row.path or "").removesuffix("/full")


def chosen(made: Sequence[Block], rules: RuleSet = SHIPPED) -> list[Block]:
    """Return the blocks that a short report shows, in the order given, each with how many of its kind it stands for."""
    kinds: dict[tuple[str, str], list[Block]] = {}
    for block in made:
        kinds.setdefault((block.weight, block.first.code), []).append(block)
    worth = {code: place for place, code in enumerate(rules.codes)}
    more: dict[int, int] = {}
    room = SHOWN_TO_IMPROVE
    for each, code in sorted(kinds, key=lambda key: worth.get(key[1], len(worth))):
        rows = kinds[each, code]
        limit = ERROR if code.startswith("BAT") else each  # what befell a batch is nothing to be weighed against style
        count = min(len(rows), SHOWN_OF_A_CODE[limit], room if limit == IMPROVE else len(rows))
        room -= count if limit == IMPROVE else 0
        more |= {id(row): 0 for row in rows[:count]}
        if count:
            more[id(rows[count - 1])] = sum(len(row.rows) for row in rows[count:])
    return [block._replace(more=more[id(block)]) for block in made if id(block) in more]
