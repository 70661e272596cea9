"""What a verdict does to the weight of a finding."""

from __future__ import annotations

import pytest

from briefgen.findings.diagnostics import Said, Severity, Span, Verdict
from briefgen.rules import run
from briefgen.rules.context import Context, Finding
from tests.builders import minimal, summary


class Nowhere:
    """Knows no place."""

    def span(self, pointer: str) -> Span:
        """Return a file."""
        return Span("x.yaml")

    def words_spans(self, pointer: str, start: int, end: int) -> tuple[Span, ...]:
        """Return a file."""
        return (Span("x.yaml"),)

    def words(self, pointer: str, start: int, end: int) -> str:
        """Return some words."""
        return "some words"


@pytest.mark.parametrize(
    ("verdict", "weight"),
    [
        (None, Severity.ERROR),
        (Verdict.CONTRADICTED, Severity.ERROR),
        (Verdict.INVENTED, Severity.ERROR),
        (Verdict.NOT_FOUND, Severity.WARNING),
    ],
)
def test_what_was_not_found_asks_and_does_not_block(verdict: Verdict | None, weight: Severity) -> None:
    context = Context(summary(minimal()), Nowhere())
    placed = run._placed("NUM-04", Severity.ERROR, Finding("/title", "a message", verdict=verdict), context)
    assert (placed.severity, placed.verdict) == (weight, verdict)


def test_a_finding_knows_its_item_and_its_words() -> None:
    context = Context(summary(minimal()), Nowhere())
    placed = run._placed("NUM-04", Severity.ERROR, Finding("/title", "a message", words=(2, 4)), context)
    assert (placed.item, placed.said, placed.span) == ("title", Said("some words", (Span("x.yaml"),)), Span("x.yaml"))
    pointer, shown = next(iter(context.shown.items()))
    assert run._placed("NUM-04", Severity.ERROR, Finding(f"{pointer}/text/full", "a message"), context).item == shown
