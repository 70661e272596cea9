"""What an editor would ask of a summary: every rule is a generator, and a row in `RULES`.

In: a valid `Summary` and who knows the places of its fields. Out: diagnostics. A rule knows field paths only; it reads
no file, no clock and no article. Time is counted from `as_of`, never from today.
"""

from briefgen.rules.context import Finding, Locator
from briefgen.rules.run import RULES, Rule, breaks, check

__all__ = ["RULES", "Finding", "Locator", "Rule", "breaks", "check"]
