"""Where an image of a document may come from: a file under the document's roots, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from briefgen.model.drawing import Unfit, proportions


class Refused(ValueError):
    """An address that no writer reads; the message says why."""


def picture(path: Path) -> bytes:
    """Return the bytes of a picture; raise Refused for a drawing that acts, leads elsewhere or never ends, OSError."""
    found = path.read_bytes()
    if path.suffix.lower() == ".svg":
        try:
            proportions(found, path.name)
        except Unfit as fault:
            raise Refused(fault.why) from fault
    return found


def locate(address: str, roots: Iterable[Path]) -> Path:
    """Return the file that `address` (a path or a `file:` address) names; relative ones are tried in each root in turn.

    Raises Refused for what is on a network, in the address itself, or outside the roots once links are followed, and
    FileNotFoundError for a file that does not exist.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("", "file") or parts.netloc:
        raise Refused(f"{parts.scheme or 'network'} addresses are not read")
    name = unquote(parts.path)
    if "\0" in name:
        raise Refused("no file has such a name")
    real_roots = [root.resolve() for root in roots]
    for path in [root / name for root in real_roots] or [Path(name)]:
        real = path.resolve()
        if not any(real.is_relative_to(root) for root in real_roots):
            raise Refused("it is outside the project's folders")
        if real.is_file():
            return real
    raise FileNotFoundError("there is no such file")
