"""How well saved pages are read: snippets of the article that are there, snippets of what stands around it that are not.

In: a folder with `evaldata.json` (address → {file, with, without}, as in trafilatura's evaluation) and its pages in `cache/` or
`eval/`. Out: counts. A page that our reader refuses holds nothing: all its snippets are missed.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from briefgen import BriefgenError, Rejected, readers

KINDS = {(True, True): "found", (True, False): "missed", (False, True): "intruding", (False, False): "kept out"}


def counted(folder: Path) -> Counter[str]:
    """Return how many snippets were found, missed, intruding and kept out, of how many pages, and how many were refused."""
    made: Counter[str] = Counter()
    for page in json.loads((folder / "evaldata.json").read_text(encoding="utf-8")).values():
        file = next((path for name in ("cache", "eval") if (path := folder / name / page["file"]).exists()), None)
        if file is not None:
            made["pages"] += 1
            text = _read(file)
            made["refused"] += not text
            for wanted, key in ((True, "with"), (False, "without")):
                made.update(KINDS[wanted, _flat(snippet) in text] for snippet in page.get(key) or ())
    return made


def precision(counts: Counter[str]) -> float:
    """Return which share of the snippets that are there belong there."""
    return counts["found"] / max(1, counts["found"] + counts["intruding"])


def recall(counts: Counter[str]) -> float:
    """Return which share of the article's snippets are there."""
    return counts["found"] / max(1, counts["found"] + counts["missed"])


def _read(file: Path) -> str:
    try:
        return _flat(readers.read(file).text)
    except (Rejected, BriefgenError):
        return ""


def _flat(text: str) -> str:
    return " ".join(text.split())
