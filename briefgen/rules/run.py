"""Run the rules over a summary: place, weigh by stage, apply waivers. The rules' rows stand in `findings/rule_table.py`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import import_module
from types import FunctionType

from briefgen.findings.codes import SHIPPED, RuleSet
from briefgen.findings.diagnostics import BriefgenError, Diagnostic, Rejected, Said, Severity, Verdict
from briefgen.findings.renamed import covers, current, old_names, said
from briefgen.findings.rows import BRIEF, EVIDENCE, Rule
from briefgen.model import pointers
from briefgen.model.article import Article
from briefgen.model.audience import Audience
from briefgen.model.brief import Brief
from briefgen.model.parts import Waiver
from briefgen.model.project_file import Checks
from briefgen.model.summary import Stage, Summary
from briefgen.rules.context import Context, Finding, Locator

Generator = Callable[[Context], Iterable[Finding]]


def check(
    summary: Summary,
    source: Locator,
    *,
    asked: Collection[str] = (),
    audiences: Collection[str] = (),
    public: Collection[str] = ("public",),
    checks: Checks | None = None,
    levels: Mapping[str, Audience] | None = None,
    today: date | None = None,
    articles: Mapping[str, Article] | None = None,
    briefs: Collection[Brief] | None = None,
    known: Mapping[str, Sequence[Finding]] | None = None,
    rules: RuleSet = SHIPPED,
) -> list[Diagnostic]:
    """Return all that the rules found, in the order of the file.

    `asked` are the audiences asked for by name, `audiences` all that there are, `public` those of them that are published;
    `levels` are the audiences whose wordings and limits the rules on prose read. `checks` are the project's settings. `today`
    brings a later day in than the cut-off, for dates to watch and the age of sources. `articles` are the texts of the sources by
    id; without them the rules of evidence don't run, save those whose findings are `known` (`evidence`). `briefs` are what its
    levels can come to, uncut and cut; without them the rules of scope `brief` don't run. `rules` are briefgen's, or those with a
    desk's own behind them (`rule_set`).
    In a draft an error of a rule is a warning, except where printing it would break or harm. A finding that is waived in the
    file is an information. Nothing is raised: the caller decides what blocks.
    """
    checks = checks or Checks()
    context = Context(summary, source, asked, audiences, public, checks, levels or {}, today, articles, briefs)
    known = known or {}
    able = _able(context, known, rules)
    wanted = [rule for rule in able if rule.always or not covers(checks.ignore, rule.code)]
    functions = [(rule, _saying(rule, known)) for rule in wanted]  # one that is not there is told before any of them speaks
    found = [row for rule, function in functions for row in _run(rule, function, context)]
    return sorted(_waived(context, found, rules, {rule.code for rule in able}), key=_order)


def evidence(
    summary: Summary, source: Locator, articles: Mapping[str, Article], checks: Checks
) -> dict[str, tuple[Finding, ...]]:
    """Return what each of briefgen's own rules of evidence finds, by code, before it is weighed or waived.

    It depends on these four alone: neither on audiences nor on the day, so that it can be kept and be `known` later.
    """
    context = Context(summary, source, checks=checks, articles=articles)
    rows = [rule for rule in SHIPPED.rules if rule.scope == EVIDENCE]
    return {rule.code: () if covers(checks.ignore, rule.code) else tuple(generator(rule)(context)) for rule in rows}


def _able(context: Context, known: Collection[str], rules: RuleSet) -> list[Rule]:
    """Return the rules that have all that they need, or whose findings are known."""
    lacks = {EVIDENCE: context.articles is None, BRIEF: context.briefs is None}
    return [rule for rule in rules.rules if rule.code in known or not lacks.get(rule.scope, False)]


def _saying(rule: Rule, known: Mapping[str, Sequence[Finding]]) -> Generator:
    """Return the function of a rule, or one that repeats what is known already."""
    rows = known.get(rule.code)
    return generator(rule) if rows is None else lambda _context: rows


def generator(rule: Rule) -> Generator:
    """Return the function of a rule; raise BriefgenError that names the rule where it has none."""
    if not isinstance(rule.run, str):
        return rule.run
    theme, _, name = rule.run.partition(":")
    try:
        found = generators(f"{__package__}.{theme}").get(name)
    except ModuleNotFoundError as fault:
        raise BriefgenError(f"{rule.code}: there is no module of rules {theme!r}") from fault
    if found is None:
        raise BriefgenError(f"{rule.code}: there is no generator {name!r} in {theme!r}")
    return found


@cache
def generators(module: str) -> Mapping[str, Generator]:
    """Return the generators of a module by name; raise BriefgenError that names one without a row."""
    home = import_module(module)
    found = {name: value for name, value in vars(home).items() if isinstance(value, FunctionType) and _is_rule(value, module)}
    theme = module.rpartition(".")[2]
    rowless = [name for name in found if f"{theme}:{name}" not in _NAMED]
    if rowless:
        raise BriefgenError(f"{theme}:{rowless[0]} is a rule without a row", "give it one in findings/rule_table.py")
    return found


_NAMED = frozenset(rule.run for rule in SHIPPED.rules)


def _is_rule(function: FunctionType, module: str) -> bool:
    public = not function.__name__.startswith("_")
    return public and function.__module__ == module and function.__annotations__.get("return") == "Iterator[Finding]"


def breaks(code: str, rules: RuleSet = SHIPPED) -> bool:
    """Return whether a finding stops a draft and a review copy, too: printing it would break, or harm."""
    return code in rules.stopping


def _order(diagnostic: Diagnostic) -> tuple[str, int, int]:
    span = diagnostic.span
    return (span.file, span.line, span.column) if span else ("", 0, 0)


def _run(rule: Rule, function: Generator, context: Context) -> Iterator[Diagnostic]:
    severity = rule.severity
    if severity is Severity.ERROR and context.summary.stage is Stage.DRAFT and not rule.always:
        severity = Severity.WARNING
    try:
        found = list(function(context))
    except Rejected as fault:  # a desk's own rule that failed: the others speak all the same
        drafted = context.summary.stage is Stage.DRAFT and not rule.always
        yield from (replace(row, severity=Severity.WARNING if drafted else row.severity) for row in fault.diagnostics)
        return
    for row in found:
        yield _placed(rule.code, severity, row, context)


def _placed(code: str, severity: Severity, row: Finding, context: Context) -> Diagnostic:
    locator = context.locator
    words = None
    if row.words:
        words = Said(locator.words(row.path, *row.words), locator.words_spans(row.path, *row.words))
    span = words.spans[0] if words else locator.span(row.path)
    if row.verdict is Verdict.NOT_FOUND and severity is Severity.ERROR:
        severity = Severity.WARNING
    return Diagnostic(severity, code, row.message, span, row.hints, row.path, row.verdict, context.item_of(row.path), words)


def _waived(context: Context, found: list[Diagnostic], rules: RuleSet, able: Collection[str]) -> Iterator[Diagnostic]:
    """Yield the findings, the waived ones as information, and what is wrong with the waivers; `able` could run."""
    waivers = [(f"/waivers/{index}", waiver) for index, waiver in enumerate(context.summary.waivers)]
    used: set[str] = set()
    for row in found:
        covering = [(p, w) for p, w in waivers if covered(context, w, row)]
        if not covering or breaks(row.code, rules):
            yield row
            continue
        pointer, waiver = next(((p, w) for p, w in covering if not expired(context, w)), covering[0])
        used.add(pointer)
        if expired(context, waiver):
            yield row
        else:
            message = f"{row.message} (waived by {waiver.by}: {waiver.reason})"
            yield replace(row, severity=Severity.INFO, message=message, hints=())
    yield from _renamed(context)
    for pointer, waiver in waivers:
        yield from _about_waiver(context, pointer, waiver, pointer in used, rules, able)


def waived(context: Context, code: str, path: str, words: str = "") -> bool:
    """Return whether the file waives what a check finds in a field, or in some words of it."""
    row = Diagnostic(Severity.INFO, code, "", path=path, said=Said(words, ()))
    return any(covered(context, waiver, row) for waiver in context.summary.waivers)


def _renamed(context: Context) -> Iterator[Diagnostic]:
    """Yield what each code with a new name is called, at the first waiver that has the old one."""
    written = [waiver.code for waiver in context.summary.waivers]
    for old, now in old_names(written):
        row = Finding(f"/waivers/{written.index(old)}/code", said(old, now), ("`briefgen check --fix` writes the new name",))
        yield _placed("WVR-03", Severity.WARNING, row, context)


def _about_waiver(
    context: Context, pointer: str, waiver: Waiver, used: bool, rules: RuleSet, able: Collection[str]
) -> Iterator[Diagnostic]:
    code = current(waiver.code)
    if code not in rules.codes:
        row = Finding(f"{pointer}/code", f"there is no check {waiver.code[:20]}", ("`briefgen check` prints the codes",))
        yield _placed("WVR-02", Severity.WARNING, row, context)
    elif not used and (code in able or code not in {rule.code for rule in rules.rules}):
        about = f"{waiver.item}, “{waiver.words}”" if waiver.words else waiver.item
        cures = ("remove it", *(("or accept the words as they are now",) if waiver.words else ()))
        row = Finding(pointer, f"nothing needs the waiver of {waiver.code} for {about}", cures)
        yield _placed("WVR-02", Severity.WARNING, row, context)
    elif used and expired(context, waiver):
        row = Finding(f"{pointer}/until", f"the waiver of {waiver.code} ran out on {waiver.until}", ("renew or remove it",))
        yield _placed("WVR-01", Severity.WARNING, row, context)


def covered(context: Context, waiver: Waiver, row: Diagnostic) -> bool:
    """Return whether a waiver means a finding: same code, its field lies in the item that is named, and the words are there."""
    if current(waiver.code) != row.code or row.path is None:
        return False
    below = within(context, row.path, waiver.item)
    if below is None or (waiver.field is not None and pointers.parts(below)[:1] != [waiver.field]):
        return False
    if waiver.words is None:
        return True
    text = context.text(row.path)
    return holds(text, waiver.words) and (not row.words or _meet(text, row.words, waiver.words))


def _meet(text: str, found: str, accepted: str) -> bool:
    """Return whether the words of a finding lie where accepted words stand, at least in part; the same words elsewhere do not."""
    plain = " ".join(text.split())
    spots = [[match.span() for match in re.finditer(_pattern(words), plain)] for words in (found, accepted)]
    return any(start < last and first < end for start, end in spots[0] for first, last in spots[1])


def within(context: Context, path: str, item: str) -> str | None:
    """Return where a field lies in an item or a top-level part, as the rest of its path; None where it lies elsewhere."""
    named = [p for p, shown in context.shown.items() if shown == item] or [f"/{item}"]
    return next((path[len(p) :] for p in named if path == p or path.startswith(f"{p}/")), None)


def holds(text: str, words: str) -> bool:
    """Return whether a text holds some words, and not as parts of other ones; every space is like every other."""
    return re.search(_pattern(words), " ".join(text.split())) is not None


def _pattern(words: str) -> str:
    return rf"(?<!\w){re.escape(' '.join(words.split()))}(?!\w)"


def expired(context: Context, waiver: Waiver) -> bool:
    """Return whether a waiver ran out before the cut-off."""
    last = waiver.until.last if waiver.until else None
    return bool(last and context.summary.as_of and last < context.summary.as_of)
