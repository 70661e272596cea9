"""A library that is there and does not load is told as what failed: planted packages stand before the real ones."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mini import Mini
from tests.readers import made

BROKEN = {
    "raise ImportError('lxml.html.clean module is now a project lxml_html_clean.\\nInstall it directly.')": (
        "what {need} needs can't be loaded: lxml.html.clean module is now a project lxml_html_clean. Install it directly.",
        "pip install --upgrade 'briefgen[{extra}]' brings what it needs; `pip check` tells what does not fit",
    ),
    "import a_part_of_it": ("a_part_of_it is not installed, and {need} needs it", "pip install 'briefgen[{extra}]'"),
    "import os.nothing": (
        "what {need} needs can't be loaded: No module named 'os.nothing'; 'os' is not a package",
        "pip install --upgrade 'briefgen[{extra}]' brings what it needs; `pip check` tells what does not fit",
    ),
    "try:\n    import a_part_of_it\nexcept ImportError as fault:\n    raise ImportError('install something else') from fault": (
        "a_part_of_it is not installed, and {need} needs it",
        "pip install 'briefgen[{extra}]'",
    ),
}
DRAFT = ("draft", "-o", "x.yaml")
CALLS = {
    "trafilatura": ((*DRAFT, "a.html"), "reading this article", "articles"),
    "pypdf": ((*DRAFT, "a.pdf"), "reading this article", "articles"),
    "urllib3": ((*DRAFT, "--allow-private", "http://127.0.0.1:9/"), "fetching", "articles"),
    "watchfiles": (("preview", "talks.yaml", "--no-browser"), "the preview", "preview"),
    "distributed": (("batch", "--executor", "dask://127.0.0.1:9"), "dask://HOST:PORT", "dask"),
    "pydantic_ai": ((*DRAFT, "a.txt", "--drafter", "llm"), "the drafter llm", "llm"),
    "openai": ((*DRAFT, "a.txt", "--drafter", "llm"), "a model of openai", "llm"),
}
PROJECT = "draft: {model: {name: small, url: 'http://127.0.0.1:9/v1'}}\njobs: {morning: {inputs: [talks.yaml]}}\n"


@pytest.mark.parametrize("library", CALLS)
def test_what_failed_is_told_and_why(library: str, mini: Mini) -> None:
    mini.write("briefgen.yaml", PROJECT)
    mini.write("talks.yaml", "title: Talks\n")
    for ending in (".html", ".pdf", ".txt"):
        content = made.FORMS[ending]()
        (mini.folder / f"a{ending}").write_bytes(content if isinstance(content, bytes) else content.encode())
    call, need, extra = CALLS[library]
    for code, (message, cure) in BROKEN.items():
        mini.write(f"planted/{library}.py", code + "\n")
        done = run(mini.folder, *call)
        told = f"briefgen: {message}\n  {cure}\n".format(need=need, extra=extra)
        assert (done.returncode, done.stderr) == (4, told), (library, code, done.stdout)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(folder / "planted"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "briefgen", *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", timeout=120)
