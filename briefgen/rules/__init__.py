"""What an editor would ask of a summary: every rule is a generator, and a row in `findings/rule_table.py`.

In: a valid `Summary` and who knows the places of its fields. Out: diagnostics. A rule knows field paths only; it reads
no file, no clock and no article. Time is counted from `as_of`, never from today.
"""

from briefgen.findings.codes import RuleSet, rule_set
from briefgen.findings.rows import Rule
from briefgen.findings.rule_table import RULES
from briefgen.rules.context import Context, Finding, Locator, finding
from briefgen.rules.run import breaks, check, evidence

__all__ = ["RULES", "Context", "Finding", "Locator", "Rule", "RuleSet", "breaks", "check", "evidence", "finding", "rule_set"]
