"""A mail → its parts, in their order: of texts that say the same the best one, attached mails and files each as they are.

In: a message (RFC 5322, MIME). Out: its leaves. Nothing is decoded here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

_NO_WORDS = re.compile(rb"<(head|style|script)\b.*?</\1\s*>|<[^>]*>|&nbsp;|&#160;", re.IGNORECASE | re.DOTALL)
MOST_PARTS = 200
DEPTH = 40  # levels of parts within parts
HTML = "text/html"
PLAIN = "text/plain"
"""What a mail's own text is written in; of two that say the same, the page is read."""


def parsed(content: bytes) -> EmailMessage | None:
    """Return the mail in bytes; None where it is nested beyond what is read."""
    try:
        return message_from_bytes(content, policy=policy.default)
    except RecursionError:
        return None


def parts(message: EmailMessage, missed: Callable[[str], None]) -> Iterator[EmailMessage]:
    """Yield the parts of a mail that hold something: texts, files, attached mails; what is passed over is told to `missed`."""
    waiting: list[tuple[Any, int]] = [(message, 0)]
    seen = 0
    while waiting:
        part, depth = waiting.pop()
        seen += 1
        if seen > MOST_PARTS or depth > DEPTH:
            missed(f"more than {MOST_PARTS} parts, or {DEPTH} levels of them; the rest was not read")
            return
        if part.get_content_maintype() != "multipart":
            yield part
            continue
        if not part.is_multipart():  # the boundary that its head names stands nowhere: it is one text
            yield _as_text(part)
            continue
        rows = list(part.iter_parts())
        if part.get_content_subtype() == "alternative":
            rows = list(_best(rows))
        waiting.extend((row, depth + 1) for row in reversed(rows))


def _best(rows: list[EmailMessage]) -> Iterator[EmailMessage]:
    """Yield of parts that say the same the one to read, and all that are no text."""
    best = next((row for kind in (HTML, PLAIN) for row in rows if _holds(row, kind)), None)
    if best is None:
        best = next((row for row in rows if row.get_content_maintype() == "text"), None)
    for row in rows:
        if row is best or (row.get_content_maintype() not in ("text", "multipart") or row.get_content_type() == "text/calendar"):
            yield row


def _holds(part: Any, kind: str) -> bool:  # noqa: ANN401 - a part is typed as any message
    """Return whether a part is of a kind, or holds one that is, to the depth that mail programs write."""
    level = [part]
    for _ in range(6):
        if any(row.get_content_type() == kind and not row.is_attachment() and _says(row) for row in level):
            return True
        level = [inner for row in level if row.get_content_maintype() == "multipart" for inner in row.iter_parts()]
    return False


def _says(part: Any) -> bool:  # noqa: ANN401
    """Return whether a text holds a word: many mails have a page that is empty beside their text."""
    raw = part.get_payload(decode=True) or b""
    return bool(_NO_WORDS.sub(b"", raw).strip() if part.get_content_type() == HTML else raw.strip())


def _as_text(part: Any) -> EmailMessage:  # noqa: ANN401
    raw = str(part.get_payload() or "").encode("utf-8", "surrogateescape")
    return message_from_bytes(b"Content-Type: text/plain\n\n" + raw, policy=policy.default)
