"""An organisation's logo, looked at before anything shows it: a picture, not too large, and nothing in it that acts.

Nothing is fetched and no picture decoded: its first bytes, and for an SVG its elements, say all that is needed.
"""

from __future__ import annotations

from pathlib import Path

from briefgen.model import images
from briefgen.model.drawing import Unfit as Unfit
from briefgen.model.drawing import proportions

MAX_BYTES, MAX_PIXELS = 5_000_000, 20_000_000
_ENDINGS = {".png": images.PNG, ".jpg": images.JPEG, ".jpeg": images.JPEG}


def aspect(path: Path) -> float:
    """Return width by height of a logo; raise Unfit for what is no picture, too large, or not content with being one."""
    ending, cure = path.suffix.lower(), "save it as PNG, JPEG or SVG"
    if ending not in _ENDINGS and ending != ".svg":
        raise Unfit(f"{path.name} is neither PNG nor JPEG nor SVG", cure)
    if not path.is_file():
        raise Unfit(f"{path.name} is no file", cure)
    if path.stat().st_size > MAX_BYTES:
        size = path.stat().st_size / 1_000_000
        raise Unfit(
            f"{path.name} has {size:.0f} MB, and a logo at most {MAX_BYTES // 1_000_000}", "save it smaller: 600 pixels do"
        )
    content = path.read_bytes()
    if ending == ".svg":
        wide, high = proportions(content, path.name)
    else:
        wide, high = _pixels(content, path.name, _ENDINGS[ending])
    return wide / high


def _pixels(content: bytes, name: str, signature: bytes) -> tuple[float, float]:
    cure = "open it in a picture program and save it again"
    if not content.startswith(signature):
        raise Unfit(f"{name} is not the kind of picture that its name says", cure)
    try:
        wide, high = images.size(content)
    except ValueError as fault:
        raise Unfit(f"{name} can't be read: {fault}", cure) from fault
    if not wide or not high or (signature == images.PNG and b"IEND" not in content[-64:]):
        raise Unfit(f"{name} is damaged: its end is missing", cure)
    if wide * high > MAX_PIXELS:
        raise Unfit(
            f"{name} has {wide * high / 1e6:.0f} megapixels, and a logo at most {MAX_PIXELS // 1_000_000}", "600 pixels do"
        )
    return wide, high
