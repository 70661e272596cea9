"""What of a web page is seen and is no banner: the rest is taken out before the article is looked for.

In: a parsed page, which is changed. Out: notes. What holds a good part of the words is never dropped for what it is wrapped in: a
form around the whole page, a class that names cookies, `aria-hidden` while a dialogue is open.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as pages

_NEVER = ("style", "template", "iframe", "svg", "select", "textarea", "input", "canvas")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]))", re.IGNORECASE)
_BANNER = re.compile(r"(?:^|[_-])(?:cookies?|consent|gdpr|newsletter|advert|sr-only|visually-hidden)(?:$|[_-])", re.IGNORECASE)
_WALL = re.compile(r"(?:^|[_-])paywall(?:$|[_-])", re.IGNORECASE)
_CONSENT = re.compile(r"(?:cookie|consent|gdpr|onetrust|didomi|usercentrics|sp_message|qc-cmp|cmpbox|truste)", re.IGNORECASE)
# names that say what a story is about, as blogs give them to what wraps it
_FILED = re.compile(r"(?:tags?|categor(?:y|ies)|cat|keyword|topic|section|postid|page-id)-", re.IGNORECASE)
_MISLEADING = re.compile(r"cookie|consent|gdpr|newsletter|paywall|premium|advert|sr-only|hidden", re.IGNORECASE)
_ENDED = re.compile(r"[.!?…:;][”»’\"')\]]*\s*$")
OTHERS = 8  # letters beside a word that is marked
NOTICE = 600  # letters that a wall before the text holds at most; what holds more is the text behind it
_GONE = "gone"
_STRUCK = ("del", "s", "strike")  # taken back by who wrote it
_WINDOW = ("dialog", "alertdialog")


def only_seen(page: pages.HtmlElement) -> tuple[str, ...]:
    """Take out of a page what no reader sees, and banners; return notes on what was kept though it is hidden."""
    etree.strip_elements(page, etree.Comment, etree.ProcessingInstruction, etree.Entity, with_tail=False)
    _drop(page, {element for element in page.iter() if _unprinted(element)})
    sizes = _sizes(page)
    hidden = {element for element in sizes if _hidden(element)}
    kept = {element for element in hidden if 2 * sizes[element] > sizes[page]}
    _drop(page, hidden - kept)
    sizes = _sizes(page)
    _drop(page, {element for element, size in sizes.items() if _left_out(element, size, sizes[page])})
    for element, size in _sizes(page).items():
        if 3 * size >= sizes[page]:
            _unwrapped(element)
    return ("the page hides most of its text until a script runs; it was read",) if kept else ()


def _unprinted(element: pages.HtmlElement) -> bool:
    if element.tag == "script":
        return "ld+json" not in (element.get("type") or "")
    return element.tag in _NEVER


def _drop(page: pages.HtmlElement, unwanted: set[pages.HtmlElement]) -> None:
    """Take elements out; what stands behind them stays. All at once: one by one takes ever longer in a long text."""
    for element in unwanted - {page}:
        element.clear(keep_tail=True)
        element.tag = _GONE
    etree.strip_elements(page, _GONE, with_tail=False)


def _sizes(page: pages.HtmlElement) -> dict[pages.HtmlElement, int]:
    """Return how many characters, blanks and links aside, stand in each element."""
    sizes: dict[pages.HtmlElement, int] = {}
    for element in reversed(list(page.iter())):
        own = letters(element.text) + sum(sizes[child] + letters(child.tail) for child in element)
        sizes[element] = own if element.tag not in ("head", "script", "a") else 0
    return dict(reversed(sizes.items()))


def letters(text: str | None) -> int:
    """Return how many characters of a text are no blanks."""
    return len("".join(text.split())) if text else 0


def in_a_sentence(element: pages.HtmlElement) -> bool:
    """Return whether an element stands in a paragraph of prose, with other words: it is one of them, whatever it marks."""
    block = next(element.iterancestors("p", "blockquote", "dd"), None)
    if block is None:
        return False
    text = block.text_content()[:100_000]
    return letters(text) - letters(element.text_content()) >= OTHERS and bool(_ENDED.search(text[-20:]))


def _hidden(element: pages.HtmlElement) -> bool:
    if element.tag in ("html", "body"):
        return False
    if "hidden" in element.attrib or (element.tag == "dialog" and "open" not in element.attrib):
        return True
    return bool(_HIDING.search((element.get("style") or "")[:2000]))


def _left_out(element: pages.HtmlElement, size: int, of: int) -> bool:
    """Return whether an element is a banner, a window over the page or a control: by its names, and by how little it holds."""
    if element.tag in ("html", "body", "article", "main"):
        return False
    names = [name for name in _names(element) if not _FILED.match(name)]
    window = _window(element)
    if any(map(_CONSENT.search, names)) and (window or "cookie" in element.text_content()[:2000].casefold()):
        return 2 * size < of
    if 3 * size >= of:
        return False
    if element.tag in _STRUCK or _button(element) or window or element.get("aria-hidden") == "true":
        return True
    return any(map(_BANNER.search, names)) or (size < NOTICE and any(map(_WALL.search, names)))


def _window(element: pages.HtmlElement) -> bool:
    return element.tag == "dialog" or element.get("role") in _WINDOW or element.get("aria-modal") == "true"


def _button(element: pages.HtmlElement) -> bool:
    """Return whether an element is a button; one in a heading or around one unfolds the text below it, and stays."""
    if "button" not in (element.tag, element.get("role")):
        return False
    return not any(part.tag in HEADINGS for part in (*element.iter(), *element.iterancestors()))


def _names(element: pages.HtmlElement) -> list[str]:
    return f"{element.get('id') or ''} {element.get('class') or ''}"[:1000].split()


def _unwrapped(element: pages.HtmlElement) -> None:
    """Take from an element that holds much of the page what would have it dropped."""
    if element.tag in ("form", "dialog", "button", "fieldset", "noscript"):
        element.tag = "div"
    for name in ("aria-hidden", "hidden", "style", "aria-modal", "role"):
        if name != "role" or element.get(name) in _WINDOW:
            element.attrib.pop(name, None)
    for name in ("id", "class"):
        if name in element.attrib:
            kept = [word for word in element.get(name, "").split() if not _FILED.match(word) and not _MISLEADING.search(word)]
            element.set(name, " ".join(kept))
