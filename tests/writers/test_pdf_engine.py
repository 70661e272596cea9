"""The engine: absent, it says so in one sentence; present, it leaves no garbage behind, and no process with the short cut."""

from __future__ import annotations

import gc
import os
import subprocess
import sys

import pytest

from briefgen.project.project import Project
from briefgen.writers import pdf
from briefgen.writers.pdf import engine
from tests.writers import pdf_samples as samples


def run(script: str, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    path = str(samples.HERE.parents[1])
    return subprocess.run(
        [sys.executable, "-W", "error", *options, "-c", script],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path, **environment},
        check=False,
    )


WITHOUT_PANGO = """
import cffi, sys
original = cffi.FFI.dlopen
def dlopen(self, name, flags=0):
    if "pango" in str(name):
        raise OSError("cannot load library " + str(name))
    return original(self, name, flags)
cffi.FFI.dlopen = dlopen
from briefgen.findings.diagnostics import BriefgenError
from briefgen.project.project import Project
from briefgen.writers import pdf, write
from tests.writers import pdf_samples
for attempt in range(2):
    print(pdf.available())
try:
    write(pdf_samples.brief(), "pdf")
except BriefgenError as fault:
    print(type(fault).__name__, fault.message, "|", fault.hint)
print([part.state for part in pdf.doctor()])
print(len(write(pdf_samples.brief(), "html").content) > 9000)
"""


@pytest.mark.slow
def test_without_pango_one_sentence_and_its_cure_and_html_still_works() -> None:
    done = run(WITHOUT_PANGO)
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0] == lines[1] == f"PDF needs Pango, which is not installed or can't be loaded: {engine.CURE}"
    assert lines[2] == f"BriefgenError PDF needs Pango, which is not installed or can't be loaded | {engine.CURE}"
    assert lines[3:] == ["['missing']", "True"]


WITHOUT_SUBSET = """
import cffi
original = cffi.FFI.dlopen
def dlopen(self, name, flags=0):
    if "subset" in str(name):
        raise OSError(name)
    return original(self, name, flags)
cffi.FFI.dlopen = dlopen
from briefgen.writers import pdf
from tests.writers import pdf_samples
print([(part.name, part.state, part.cure) for part in pdf.doctor()])
print(pdf.write(pdf_samples.brief()).diagnostics)
"""


@pytest.mark.slow
def test_without_harfbuzz_subset_it_is_slower_and_the_doctor_says_so() -> None:
    done = run(WITHOUT_SUBSET, "-W", "ignore::DeprecationWarning")
    assert done.stderr == ""
    rows, findings = done.stdout.splitlines()
    assert "('HarfBuzz subset', 'absent', 'apt-get install libharfbuzz-subset0')" in rows and findings == "()"


def test_a_program_that_makes_errors_of_warnings_is_told_what_the_engine_lacks() -> None:
    script = WITHOUT_SUBSET.partition("print(")[0] + "print(pdf.available())"
    done = run(script)
    assert done.stderr == "" and "HarfBuzz-Subset" in done.stdout and engine.SUBSET_CURE in done.stdout


def test_importing_the_writer_imports_no_engine() -> None:
    done = run(
        "import sys, briefgen.writers.pdf, briefgen.writers.html; print([m for m in sys.modules if 'weasy' in m or 'cffi' in m])"
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="libraries are looked up otherwise elsewhere")
def test_with_the_short_cut_loading_the_engine_starts_no_process() -> None:
    script = (
        "import subprocess, os\n"
        "def forbidden(*a, **k): raise AssertionError(f'a process was started: {a}')\n"
        "subprocess.Popen.__init__ = forbidden; os.system = os.popen = os.posix_spawn = forbidden\n"
        "from briefgen.writers import libraries; libraries.shortcut()\n"
        "from briefgen.writers.pdf import engine; engine.load(); print('loaded')"
    )
    done = run(script)
    assert (done.stdout, done.stderr) == ("loaded\n", "")


SHORTCUT = """
import ctypes.util
from briefgen.writers import libraries
before = ctypes.util.find_library
libraries.shortcut()
made = ctypes.util.find_library
libraries.shortcut()
print(ctypes.util.find_library is made, made("libpango-1.0-0"), made("harfbuzz-vector"), made("c") == before("c"))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="libraries are looked up otherwise elsewhere")
def test_the_short_cut_answers_what_it_knows_and_asks_for_the_rest() -> None:
    done = run(SHORTCUT)
    assert (done.stdout, done.stderr) == ("True libpango-1.0.so.0 None True\n", "")


def test_a_layout_that_nobody_needs_is_freed_without_the_collector() -> None:
    """A brief makes some 30,000 objects; in circles, they would wait for the collector, a fifth of the time."""
    pdf.write(samples.brief())
    document = samples.brief()
    gc.collect()
    gc.disable()
    try:
        pdf.write(document)
        assert gc.collect() < 1000
    finally:
        gc.enable()


@pytest.mark.slow
def test_documents_leave_nothing_behind() -> None:
    document = samples.brief()
    for _ in range(3):
        pdf.write(document)
    before = settled()
    for _ in range(10):
        pdf.write(document)
    assert settled() - before < 500


def settled() -> int:
    """Return how many objects there are once the collector has run over all."""
    gc.collect()
    return len(gc.get_objects())


@pytest.mark.parametrize("css", [samples.CSS, Project.find(samples.HERE).template_set.css()])
def test_no_font_feature_is_switched(css: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Pango makes of a feature is never freed: 0.1 MB a brief. Ligatures are switched off in the fonts.conf instead."""
    engine.load()
    from weasyprint.text import line_break

    switched: list[dict[str, int]] = []
    original = line_break.font_features
    monkeypatch.setattr(line_break, "font_features", lambda *style: switched.append(original(*style)) or switched[-1])
    pdf.write(samples.brief(css=css))
    assert switched and not any(switched)
