"""Invisible marks around printed fields, so that each element of the document knows which fields it prints.

A phrase is printed between private-use characters that name its path; after parsing, the marks become `data-path`
attributes and go. Loading refuses those characters in content, so that nothing can imitate a mark.
"""

from __future__ import annotations

import re
from typing import Any

from briefgen.model.brief import Phrase

OPEN, SHUT, END = "\ue000", "\ue001", "\ue002"
_ANY = re.compile(f"{OPEN}([^{SHUT}]*){SHUT}|{END}")


def marked(value: Any) -> Any:  # noqa: ANN401 - only phrases change
    """Return a phrase between its marks, anything else as it is."""
    return f"{OPEN}{value.path}{SHUT}{value}{END}" if isinstance(value, Phrase) else value


def split(text: str) -> tuple[str, list[str]]:
    """Return a text without its marks, and the paths that they named."""
    paths: list[str] = []

    def gather(match: re.Match[str]) -> str:
        if match[1]:
            paths.append(match[1])
        return ""

    return _ANY.sub(gather, text), paths
