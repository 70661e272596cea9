"""Which base a document has, made once per process.

It comes from the design tokens alone (`packaged`) or from an organisation's own Word file (`foreign.reference`).
"""

from __future__ import annotations

from collections.abc import Callable
from os import SEEK_END
from pathlib import Path
from threading import Lock

from briefgen.findings.diagnostics import BriefgenError
from briefgen.model.document import Document, classes
from briefgen.writers.docx.base import Base
from briefgen.writers.docx.package import SIGNATURE


def _ours(path: Path) -> bool:
    """Return whether a reference is as `tools.make_reference` made it: then the brand's tokens go before its styles."""
    if not path.is_file():
        raise BriefgenError(f"can't read {path}: it is no file", "put a Word file in its place")
    with path.open("rb") as file:
        file.seek(-min(len(SIGNATURE), path.stat().st_size), SEEK_END)
        return file.read() == SIGNATURE


_BASES: dict[object, Base] = {}
_LIMIT = 32
_ALONE = Lock()


def base_for(document: Document) -> Base:
    """Return the base of a document: by its reference, tokens, language and size of type."""
    body = document.tree.find("body")
    large = body is not None and "large" in classes(body)
    language = document.tree.get("lang") or document.metadata.language
    reference = document.reference
    stamp: object = None
    if reference is not None:
        try:
            status = reference.stat()
        except OSError as fault:
            raise BriefgenError(f"can't read {reference}", "make it anew, or put a Word file in its place") from fault
        stamp = (str(reference), status.st_mtime_ns, status.st_size)
    key = (stamp, repr(document.tokens), large, language)
    with _ALONE:  # of several threads that need the same, one makes it
        base = _BASES.get(key)
        if base is None:
            if len(_BASES) >= _LIMIT:
                _BASES.clear()
            base = _BASES[key] = _builder(document)(document, large, language)
        return base


def _builder(document: Document) -> Callable[[Document, bool, str], Base]:
    # Imported late: lxml and zipfile cost three times what a brief takes, and only a foreign file needs them.
    if document.reference is None or _ours(document.reference):
        from briefgen.writers.docx.packaged import build

        return build
    from briefgen.writers.docx.foreign.reference import build as complete

    return complete
