"""The first work of a process, done by several threads at once. Run by test_threads.py.

usage: cold_threads.py THREADS. Prints one line for each piece of work, in the order of the work: its name and a hash of what came
of it. With one thread these are what the others are compared with.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import sha256
from threading import Barrier

SUMMARY = "inputs/us-russia-reset.yaml"


def rendered(audience: str, to: str) -> bytes:
    """Return a brief, its pages and what was said of it."""
    from briefgen import render_brief

    made = render_brief(SUMMARY, audience, to)
    return made.content + repr((made.pages, made.diagnostics)).encode()


def checked() -> bytes:
    """Return what is found in the summary."""
    from briefgen import check_summary

    return repr(check_summary(SUMMARY)).encode()


def drawn(text: str) -> bytes:
    """Return what is said of a page that names a picture that is not there: to whom is it said?"""
    from briefgen.writers import pdf
    from tests.writers import pdf_samples

    found = pdf.write(pdf_samples.page(f'<p>{text}</p><img src="{text}.png" alt="x">', css=f"p {{ {text}: 1 }}")).diagnostics
    return repr(found).encode()


WORK = {
    "executive pdf": partial(rendered, "executive", "pdf"),
    "adviser docx": partial(rendered, "adviser", "docx"),
    "check": checked,
    "public html": partial(rendered, "public", "html"),
    "said of one": partial(drawn, "one"),
    "said of two": partial(drawn, "two"),
    "adviser pdf": partial(rendered, "adviser", "pdf"),
    "check again": checked,
}


def main(threads: int) -> None:
    """Begin together, and print what came of it."""
    start = Barrier(threads)

    def begun(name: str) -> str:
        if list(WORK).index(name) < threads:
            start.wait()
        return sha256(WORK[name]()).hexdigest()

    with ThreadPoolExecutor(threads) as pool:
        for name, made in zip(WORK, pool.map(begun, WORK), strict=True):
            print(name, made)


if __name__ == "__main__":
    main(int(sys.argv[1]))
