"""Draws docs/images/preview.png: the preview of the example as a browser shows it. `python -m tools.docs --images` calls it.

It needs Playwright and a Chromium of this machine.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

SIZE = {"width": 1180, "height": 760}
COLOURS = 256


def draw(example: Path, file: Path) -> Path:
    """Write the picture of an example's preview, and return its file; raise LookupError where there is no Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise LookupError("there is no Chromium on this machine: tools/bootstrap judges")
    sync_api: Any = import_module("playwright.sync_api")
    command = [sys.executable, "-m", "briefgen", "preview", str(example), "-a", "adviser", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process, sync_api.sync_playwright() as driver:
        try:
            assert process.stdout is not None
            browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_page(viewport=SIZE)
            page.goto(process.stdout.readline().strip())
            page.wait_for_selector("#light[data-state=good]")
            seen = page.screenshot()
            browser.close()
        finally:
            process.terminate()
    image: Any = import_module("PIL.Image").open(io.BytesIO(seen))
    image.convert("RGB").quantize(COLOURS).save(file, optimize=True)
    return file
