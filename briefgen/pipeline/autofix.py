"""What `briefgen check --fix` writes into a summary: digests of articles, paragraphs of quotes, new names of codes, style.

In: a valid summary with its source and its articles. Out: changes, and lines that tell them. What is said is not touched: style
changes how a date, a number or a word is written, in our own prose only. A digest that differs is never overwritten: somebody
has to read what changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from briefgen.evidence.quote import Found
from briefgen.findings.renamed import current
from briefgen.load.edit import Change, edited, save
from briefgen.load.source import Source
from briefgen.model import pointers
from briefgen.model.article import Article
from briefgen.model.project_file import Checks
from briefgen.model.summary import Summary
from briefgen.rules import style
from briefgen.rules.context import Context
from briefgen.rules.quotes import wrong_place
from briefgen.rules.run import holds, waived

FILE, QUOTE = ("file",), ("quote", "source")


def mended(
    summary: Summary,
    source: Source,
    articles: Mapping[str, Article],
    checks: Checks,
    wanted: Callable[[str], bool],
    *,
    backup: bool = True,
) -> list[str]:
    """Write the changes into the file and return one line for each; the file is not touched where there is nothing to change.

    `wanted` says of a code of style whether it is to be mended; with `backup`, what stood in the file is kept beside it. Raises
    BriefgenError where the file changed meanwhile, or can't be edited safely.
    """
    context = Context(summary, source, checks=checks, articles=articles)
    text, made = edited(
        source, [*_codes(summary), *_digests(summary, articles), *_locators(context), *_style(context, source, wanted)]
    )
    if made:
        save(source, text, backup=backup)
    return [line for change in made for line in _told(source, change)]


def _style(context: Context, source: Source, wanted: Callable[[str], bool]) -> Iterator[Change]:
    """Yield the fixes of style, and the words of waivers that hold what is mended: they go on accepting the same text."""
    made: list[tuple[str, Change]] = []
    for pointer, text, fixes in style.fixes(context):
        kept = [row for row in fixes if wanted(row.code) and not waived(context, row.code, pointer, text[row.start : row.end])]
        written = pointer if pointer in source.places else pointer.removesuffix("/full")
        value = source.value(written)
        if kept and isinstance(value, str) and value.startswith(text):
            words = tuple((row.start, row.end, row.right) for row in kept)
            made.append((text, Change(written, style.mended(text, kept) + value[len(text) :], words=words)))
    yield from (change for _, change in made)
    for index, row in enumerate(context.summary.waivers):
        if row.words and (held := _taken_along(row.words, made)) != row.words:
            yield Change(f"/waivers/{index}/words", held)


def _taken_along(held: str, made: Iterable[tuple[str, Change]]) -> str:
    """Return the words of a waiver with the fixes of each text that holds them."""
    for text, change in made:
        if holds(text, held):
            held = _mended_alike(held, text, change.words)
    return held


def _mended_alike(held: str, text: str, fixes: Iterable[tuple[int, int, str]]) -> str:
    """Return words that stand in a text with its fixes."""
    for start, end, right in fixes:
        held = held.replace(" ".join(text[start:end].split()), " ".join(right.split()))
    return held


def _codes(summary: Summary) -> Iterator[Change]:
    """Yield the new names of codes in waivers."""
    for index, row in enumerate(summary.waivers):
        if current(row.code) != row.code:
            yield Change(f"/waivers/{index}/code", current(row.code))


def _digests(summary: Summary, articles: Mapping[str, Article]) -> Iterator[Change]:
    for index, row in enumerate(summary.sources):
        if row.id in articles and not row.file_sha256:
            yield Change(f"/sources/{index}/file_sha256", articles[row.id].sha256, FILE)


def _locators(context: Context) -> Iterator[Change]:
    for row in wrong_place(context):
        assert row.located
        if row.located.found is Found.VERBATIM:
            yield Change(f"{row.pointer}/locator", f"¶{row.located.paragraph}", QUOTE)


def _told(source: Source, change: Change) -> Iterator[str]:
    """Yield what was changed, one line for each place."""
    old = source.value(change.pointer)
    if isinstance(old, str) and change.words:
        for start, end, right in change.words:
            yield f"{source.words_span(change.pointer, start, end)}: {_respelt(old, start, end, right)}"
        return
    before = source.raw(change.pointer)
    key, where = pointers.last(change.pointer), pointers.parent(change.pointer).strip("/")
    yield f"{source.name}: {key}: {change.value}" + (f" (was {before})" if before else "") + f" at {where}"


def _respelt(old: str, start: int, end: int, right: str) -> str:
    """Return a fix in words; a space is shown between what stands at its sides."""
    first = max((i + 1 for i in range(max(0, start - 40), start) if old[i].isspace()), default=max(0, start - 40))
    last = next((i for i in range(end, min(len(old), end + 40)) if old[i].isspace()), min(len(old), end + 40))
    if start == end:  # shown with what it is put into
        return f"“{' '.join(old[first:last].split())}” → “{' '.join((old[first:start] + right + old[end:last]).split())}”"
    if " ".join(old[start:end].split()) == " ".join(right.split()):
        return f"“{' '.join(old[first:last].split())}”: a hard space"
    return f"“{' '.join(old[start:end].split())}” → “{' '.join(right.split())}”"
