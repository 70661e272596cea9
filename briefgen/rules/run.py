"""Run the rules over a summary: place, weigh by stage, apply waivers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from briefgen.findings.codes import CODES
from briefgen.findings.diagnostics import Diagnostic, Severity
from briefgen.model.article import Article
from briefgen.model.audience import Audience
from briefgen.model.brief import Brief
from briefgen.model.parts import Waiver
from briefgen.model.project_file import Checks
from briefgen.model.summary import Stage, Summary
from briefgen.registry import resolve
from briefgen.rules.context import Context, Finding, Locator


class Rule(NamedTuple):
    """One row: the code, what it needs (a summary, a brief, the articles), and the dotted name of its generator.

    `always` says that a draft is stopped, too: printing it would break, or harm.
    """

    code: str
    run: str
    scope: str = "summary"
    always: bool = False

    @property
    def severity(self) -> Severity:
        """Return how much a finding weighs in a final brief."""
        return CODES[self.code].severity

    @property
    def about(self) -> str:
        """Return one line that says what it finds."""
        return CODES[self.code].about


def _row(code: str, run: str, *, always: bool = False, scope: str = "summary") -> Rule:
    return Rule(code, f"briefgen.rules.{run}", scope, always=always)


def _evidence(code: str, run: str) -> Rule:
    return _row(code, run, scope="evidence")


# In the order of worth: a short report shows the first ones.
RULES: tuple[Rule, ...] = (
    _row("REF-02", "ids:shared", always=True),
    _row("REF-01", "ids:dangling", always=True),
    _row("REF-05", "ids:cycles", always=True),
    _row("MRK-02", "marking:public", always=True),
    _row("MRK-03", "marking:imitation", always=True),
    _row("MRK-04", "marking:higher", always=True),
    _row("SRC-01", "structure:files", always=True),
    _row("LIK-01", "likelihood:outside", always=True),
    _row("ASK-01", "structure:recommended", always=True),
    _row("STR-01", "structure:nothing"),
    _evidence("EVD-03", "quotes:changed"),
    _evidence("EVD-01", "quotes:missing"),
    _evidence("EVD-02", "quotes:altered"),
    _evidence("NUM-04", "support:figure"),
    _evidence("NUM-02", "support:bound"),
    _evidence("DAT-14", "support:day"),
    _evidence("NEG-01", "support:denial"),
    _evidence("NAM-01", "support:name"),
    _evidence("CPY-01", "quotes:copied"),
    _evidence("CPY-02", "quotes:long_quotes"),
    _evidence("EVD-05", "quotes:elsewhere"),
    _evidence("EVD-06", "quotes:empty"),
    _evidence("EVD-04", "quotes:unread"),
    _row("STA-01", "sourcing:established"),
    _row("STA-05", "sourcing:opinion"),
    _row("CNF-01", "sourcing:confident"),
    _row("COR-01", "sourcing:contradicted"),
    _row("ATT-05", "loaded:labelled"),
    _row("STA-02", "status:hedged"),
    _row("STA-03", "status:strengthened"),
    _row("ATT-01", "attribution:relayed"),
    _row("NUM-01", "figures:unsourced"),
    _row("LIK-09", "wording_likelihood:differs"),
    _row("LIK-03", "wording_likelihood:borrowed"),
    _row("LIK-05", "wording_likelihood:mixed"),
    _row("LIK-06", "wording_likelihood:certain"),
    _row("LIK-10", "wording_likelihood:weasel_judgement"),
    _row("STK-01", "actors:inferred"),
    _row("DAT-01", "relative:unresolved"),
    _row("LEN-04", "first_lines:introducing"),
    _row("LEN-03", "first_lines:long"),
    _row("CHG-02", "first_lines:moved"),
    _row("STA-04", "levels:hedge"),
    _row("LVL-01", "levels:figure"),
    _row("LVL-02", "levels:bound"),
    _row("LVL-03", "levels:day"),
    _row("LVL-04", "levels:denial"),
    _row("LVL-05", "levels:term"),
    _row("LVL-07", "levels:one_sided", scope="brief"),
    _row("LVL-06", "levels:name"),
    _row("SCN-01", "likelihood:sums"),
    _row("SCN-02", "likelihood:feasible"),
    _row("LIK-08", "structure:likelihoods"),
    _row("RSK-01", "structure:risks"),
    _row("SCN-04", "structure:indicators"),
    _row("DAT-12", "dates:happened"),
    _row("DAT-07", "dates:published_late"),
    _row("DAT-08", "dates:read_early"),
    _row("DAT-11", "dates:outlook"),
    _row("DAT-04", "dates:watched"),
    _row("DIS-01", "structure:sides"),
    _row("CNF-02", "sourcing:unreasoned"),
    _row("CHG-01", "structure:unchanged"),
    _row("DAT-02", "structure:published"),
    _row("AI-01", "structure:unreviewed"),
    _row("FIN-01", "structure:needed"),
    _row("FIN-02", "structure:open_reviews"),
    _row("FIN-03", "structure:unwritten"),
    _row("TXT-03", "structure:blank"),
    _row("COR-02", "sourcing:independent"),
    _row("COR-03", "sourcing:alone"),
    _row("LIK-07", "likelihood:gaps"),
    _row("RSK-04", "likelihood:alike"),
    _row("COR-04", "timing:differing"),
    _row("ATT-04", "loaded:loaded"),
    _row("ATT-03", "attribution:unnamed"),
    _row("ATT-02", "attribution:agentless"),
    _row("LIK-04", "wording_likelihood:with_confidence"),
    _row("LIK-02", "wording_likelihood:weasel"),
    _row("DAT-03", "relative:stale"),
    _row("NUM-05", "figures:units"),
    _row("SCN-05", "paths:baseline"),
    _row("RSK-03", "paths:legal"),
    _row("STA-06", "status:personal"),
    _row("ACR-01", "acronyms:unexpanded"),
    _row("ACR-03", "acronyms:jargon"),
    _row("RDL-01", "reading_level:long_sentences"),
    _row("STK-02", "actors:missing"),
    _row("STY-03", "style:spellings"),
    _row("STY-02", "style:us_spelling"),
    _row("STY-01", "style:forms"),
    _row("STK-04", "actors:order"),
    _row("RDL-03", "reading_level:long_paragraphs"),
    _row("REF-03", "ids:kinds"),
    _row("REF-04", "ids:gone"),
    _row("MRK-05", "marking:unknown"),
    _row("MRK-06", "marking:above"),
    _row("DAT-10", "dates:deadline"),
    _row("DAT-09", "dates:read_late"),
    _row("DAT-13", "dates:signed"),
    _row("TXT-01", "structure:variants"),
    _row("TXT-04", "structure:long_words"),
    _row("EDN-01", "structure:itself"),
    _row("URL-01", "structure:unreachable"),
    _row("REF-06", "ids:unused"),
    _row("SCN-03", "paths:one_sided"),
    _row("RSK-02", "paths:elsewhere"),
    _row("RSK-05", "paths:no_chain"),
    _row("RDL-04", "reading_level:hard"),
    _row("RDL-02", "reading_level:passive"),
    _row("ACR-02", "acronyms:once"),
    _row("STR-02", "first_lines:labels"),
    _row("LNG-01", "wording:untabled"),
)


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
) -> list[Diagnostic]:
    """Return all that the rules found, in the order of the file.

    `asked` are the audiences asked for by name, `audiences` all that there are, `public` those of them that are published;
    `levels` are the audiences whose wordings and limits the rules on prose read. `checks` are the project's settings. `today`
    brings a later day in than the cut-off, for dates to watch and the age of sources. `articles` are the texts of the sources by
    id; without them the rules of evidence don't run. `briefs` are what its levels can come to, uncut and cut; without them the
    rules of scope `brief` don't run.
    In a draft an error of a rule is a warning, except where printing it would break or harm. A finding that is waived in the
    file is an information. Nothing is raised: the caller decides what blocks.
    """
    checks = checks or Checks()
    context = Context(summary, source, asked, audiences, public, checks, levels or {}, today, articles, briefs)
    scopes = {"summary", *(() if articles is None else ("evidence",)), *(() if briefs is None else ("brief",))}
    wanted = [rule for rule in RULES if rule.scope in scopes and (rule.always or not covers(checks.ignore, rule.code))]
    found = [row for rule in wanted for row in _run(rule, context)]
    return sorted(_waived(context, found), key=_order)


def covers(named: Collection[str], code: str) -> bool:
    """Return whether a code is among those named; a theme (`STA`) or a beginning (`LIK-0`) names all that begin so."""
    return any(code == name or (code.startswith(name) and ("-" in name or code.startswith(f"{name}-"))) for name in named)


def breaks(code: str) -> bool:
    """Return whether a finding stops a draft and a review copy, too: printing it would break, or harm."""
    return any(rule.code == code and rule.always for rule in RULES)


def _order(diagnostic: Diagnostic) -> tuple[str, int, int]:
    span = diagnostic.span
    return (span.file, span.line, span.column) if span else ("", 0, 0)


def _run(rule: Rule, context: Context) -> Iterator[Diagnostic]:
    severity = rule.severity
    if severity is Severity.ERROR and context.summary.stage is Stage.DRAFT and not rule.always:
        severity = Severity.WARNING
    for row in resolve(rule.run)(context):
        yield _placed(rule.code, severity, row, context)


def _placed(code: str, severity: Severity, row: Finding, context: Context) -> Diagnostic:
    locator = context.locator
    span = locator.words_span(row.path, *row.words) if row.words else locator.span(row.path)
    return Diagnostic(severity, code, row.message, span, row.hints, row.path)


def _waived(context: Context, found: list[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the findings, the waived ones as information, and what is wrong with the waivers."""
    waivers = [(f"/waivers/{index}", waiver) for index, waiver in enumerate(context.summary.waivers)]
    used: set[str] = set()
    for row in found:
        pointer, waiver = next(((p, w) for p, w in waivers if _covers(context, w, row)), ("", None))
        if waiver is None or breaks(row.code):
            yield row
            continue
        used.add(pointer)
        if _expired(context, waiver):
            yield row
        else:
            message = f"{row.message} (waived by {waiver.by}: {waiver.reason})"
            yield replace(row, severity=Severity.INFO, message=message, hints=())
    for pointer, waiver in waivers:
        yield from _about_waiver(context, pointer, waiver, pointer in used)


def waived(context: Context, code: str, path: str) -> bool:
    """Return whether the file waives what a check finds in a field."""
    row = Diagnostic(Severity.INFO, code, "", path=path)
    return any(_covers(context, waiver, row) for waiver in context.summary.waivers)


def _about_waiver(context: Context, pointer: str, waiver: Waiver, used: bool) -> Iterator[Diagnostic]:
    if waiver.code not in CODES:
        row = Finding(f"{pointer}/code", f"there is no check {waiver.code[:20]}", ("`briefgen check` prints the codes",))
        yield _placed("WVR-02", Severity.WARNING, row, context)
    elif not used and _ran(context, waiver.code):
        row = Finding(pointer, f"nothing needs the waiver of {waiver.code} for {waiver.item}", ("remove it",))
        yield _placed("WVR-02", Severity.WARNING, row, context)
    elif used and _expired(context, waiver):
        row = Finding(f"{pointer}/until", f"the waiver of {waiver.code} ran out on {waiver.until}", ("renew or remove it",))
        yield _placed("WVR-01", Severity.WARNING, row, context)


def _ran(context: Context, code: str) -> bool:
    """Return whether the rule of a code had all that it needs."""
    without = {"evidence": context.articles is None, "brief": context.briefs is None}
    return not any(rule.code == code and without.get(rule.scope, False) for rule in RULES)


def _covers(context: Context, waiver: Waiver, row: Diagnostic) -> bool:
    """Return whether a waiver means a finding: same code, and its field lies in the item (or top-level part) that is named."""
    if waiver.code != row.code or row.path is None:
        return False
    named = [p for p, shown in context.shown.items() if shown == waiver.item] or [f"/{waiver.item}"]
    below = [row.path[len(p) :] for p in named if row.path == p or row.path.startswith(f"{p}/")]
    if not below:
        return False
    return waiver.field is None or below[0].strip("/").split("/")[0] == waiver.field


def _expired(context: Context, waiver: Waiver) -> bool:
    last = waiver.until.last if waiver.until else None
    return bool(last and context.summary.as_of and last < context.summary.as_of)
