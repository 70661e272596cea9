"""Rules of dates: none can be where it is put. Time is counted from `as_of`; without it these rules say nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from briefgen.model.terms import Status
from briefgen.rules.context import Context, Finding, finding

HAPPENED = frozenset({Status.ESTABLISHED, Status.REPORTED})


def published_late(context: Context) -> Iterator[Finding]:
    """DAT-07: a source published after the cut-off."""
    as_of = context.summary.as_of
    for index, source in enumerate(context.summary.sources):
        first = source.published.first if source.published else None
        if as_of and first and first > as_of:
            message = f"{source.id} was published on {source.published}, after the cut-off of {as_of}"
            yield finding(f"/sources/{index}/published", message, "correct the date, or move `as_of`")


def read_early(context: Context) -> Iterator[Finding]:
    """DAT-08: a source read before it was published."""
    for index, source in enumerate(context.summary.sources):
        published = source.published.first if source.published else None
        accessed = source.accessed.last if source.accessed else None
        if published and accessed and accessed < published:
            message = f"{source.id} was read on {source.accessed}, before it was published on {source.published}"
            yield finding(f"/sources/{index}/accessed", message, "correct one of the two dates")


def read_late(context: Context) -> Iterator[Finding]:
    """DAT-09: a source read after the cut-off: what was read may say more than the brief knows."""
    as_of = context.summary.as_of
    for index, source in enumerate(context.summary.sources):
        first = source.accessed.first if source.accessed else None
        if as_of and first and first > as_of:
            message = f"{source.id} was read on {source.accessed}, after the cut-off of {as_of}"
            yield finding(f"/sources/{index}/accessed", message, "was it the same text? else move `as_of`")


def deadline(context: Context) -> Iterator[Finding]:
    """DAT-10: a deadline before the cut-off."""
    ask, now = context.summary.ask, context.now
    last = ask.deadline.last if ask and ask.deadline else None
    if ask and now and last and last < now:
        message = f"the deadline of {ask.deadline} is past {_on(context)}"
        yield finding("/ask/deadline", message, "correct the date, or take the decision out")


def outlook(context: Context) -> Iterator[Finding]:
    """DAT-11: an outlook that ends before it begins."""
    until, as_of = context.summary.outlook.until, context.summary.as_of
    if until and as_of and until < as_of:
        message = f"the outlook reaches to {until}, before the cut-off of {as_of}"
        yield finding("/outlook/until", message, "correct one of the two dates")


def watched(context: Context) -> Iterator[Finding]:
    """DAT-04: a date to watch that is past."""
    now = context.now
    for index, watch in enumerate(context.summary.outlook.watch):
        last = watch.date.last if watch.date else None
        if now and last and last < now:
            message = f"there is nothing to watch on {watch.date}: {_on(context, 'the cut-off is', 'today is')}"
            yield finding(f"/outlook/watch/{index}/date", message, "give the new date, or make it a development")


def _on(context: Context, cut_off: str = "at the cut-off of", later: str = "on") -> str:
    """Return the day that dates are compared with, as a message says it."""
    return f"{cut_off if context.now == context.summary.as_of else later} {context.now}"


def happened(context: Context) -> Iterator[Finding]:
    """DAT-12: a development that is said to have happened after the cut-off; a claim or a forecast may speak of the future."""
    as_of = context.summary.as_of
    for index, node in enumerate(context.summary.key_developments):
        first = node.date.first if node.date else None
        if as_of and first and first > as_of and node.status in HAPPENED:
            message = f"it is {node.status} to have happened on {node.date}, after the cut-off of {as_of}"
            cure = "correct the date, write `status: forecast`, or make it a watch item"
            yield finding(f"/key_developments/{index}/date", message, cure)


def signed(context: Context) -> Iterator[Finding]:
    """DAT-13: a review or a release from before the cut-off, so not of this text."""
    for pointer, what, day in _signatures(context):
        if context.summary.as_of and day < context.summary.as_of:
            message = f"the {what} of {day} is older than the cut-off of {context.summary.as_of}"
            yield finding(pointer, message, "whoever signs reads the text as it stands: renew it")


def _signatures(context: Context) -> Iterator[tuple[str, str, date]]:
    if context.summary.reviewer:
        yield "/reviewer/date", "review", context.summary.reviewer.date
    for name, release in context.summary.marking.release.items():
        yield f"/marking/release/{name}/date", "release", release.date
