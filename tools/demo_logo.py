"""Draws the logo of the second house style in the gallery: `python -m tools.demo_logo` writes `docs/examples/brand/logo.png`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[1] / "docs/examples/brand/logo.png"
SIDE, FINER = 320, 4  # pixels; drawn larger and made smaller, for smooth edges
WINE, GOLD = "#6B1F3A", "#C8A24A"


def drawn() -> Any:  # noqa: ANN401 - Pillow is untyped here
    """Return the picture: a lighthouse that throws two beams."""
    pictures, drawing = import_module("PIL.Image"), import_module("PIL.ImageDraw")
    unit = SIDE * FINER / 32
    picture = pictures.new("RGBA", (SIDE * FINER, SIDE * FINER), (255, 255, 255, 0))
    pen = drawing.Draw(picture)

    def shape(colour: str, *points: tuple[float, float]) -> None:
        pen.polygon([(x * unit, y * unit) for x, y in points], fill=colour)

    pen.rounded_rectangle((0, 0, 32 * unit - 1, 32 * unit - 1), radius=3 * unit, fill=WINE)
    shape(GOLD, (14, 8), (3, 4.5), (3, 10.5))
    shape(GOLD, (18, 8), (29, 4.5), (29, 10.5))
    shape("#FFFFFF", (13.2, 5.8), (16, 3), (18.8, 5.8))
    shape("#FFFFFF", (14, 6.6), (18, 6.6), (18, 9.6), (14, 9.6))
    shape("#FFFFFF", (12.6, 10.6), (19.4, 10.6), (19.4, 12), (12.6, 12))
    shape("#FFFFFF", (13.6, 13), (18.4, 13), (20.4, 27), (11.6, 27))
    shape("#FFFFFF", (8, 28), (24, 28), (24, 29.4), (8, 29.4))
    return picture.resize((SIDE, SIDE), pictures.Resampling.LANCZOS).quantize(64)


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    drawn().save(FILE, optimize=True)
