"""Case files: good and bad examples of one rule each, the expectation as a comment at the line that it concerns.

A file begins with what the rule asks for, in comments (`# asked: public` names audiences asked for by name). `=== good` and
`=== bad` begin an example, `--- S1` the article of its source S1, up to the next of these lines. What an example leaves out of a
summary (title, language, sources) is added below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from briefgen.findings.diagnostics import Diagnostic
from briefgen.load import parse, validate
from briefgen.model.audience import Audience
from briefgen.pipeline.check import versions
from briefgen.project.project import Project
from briefgen.readers import plain
from briefgen.rules import check

FOLDER = Path(__file__).parent / "cases"
AUDIENCES = ("executive", "adviser", "analyst", "public")
NEEDED = {"title": "title: T", "language": "language: en", "sources": "sources: [{id: S1, title: T}]"}
EXPECTED = re.compile(r"#((?: [A-Z]{2,3}-\d\d)+)$")


@dataclass(frozen=True)
class Example:
    """One example of a case file."""

    code: str
    good: bool
    text: str
    asked: tuple[str, ...]
    articles: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.code}-{'good' if self.good else 'bad'}"

    @property
    def expected(self) -> list[int]:
        """Return the lines at which the rule must speak, a line once for each finding."""
        lines = enumerate(self.text.splitlines(), 1)
        marked = ((number, match[1].split()) for number, line in lines if (match := EXPECTED.search(line)))
        return [number for number, codes in marked for code in codes if code == self.code]

    def found(self, extra: str = "") -> list[Diagnostic]:
        """Return what the rule says of the example."""
        written = {line.split(":")[0] for line in self.text.splitlines()}
        added = [line for key, line in NEEDED.items() if key not in written]
        source = parse("\n".join([self.text, *added, extra]), Path("case.yaml"))
        articles = {name: plain.read(Path(f"{name}.txt"), text.encode()) for name, text in self.articles}
        summary = validate(source)
        briefs = versions(summary, levels().values())
        found = check(summary, source, asked=self.asked, audiences=AUDIENCES, articles=articles, levels=levels(), briefs=briefs)
        return [finding for finding in found if finding.code == self.code]


@cache
def levels() -> dict[str, Audience]:
    """Return the packaged audiences by name."""
    return {audience.name: audience for audience in Project(FOLDER.parents[2]).audiences()}


def examples() -> list[Example]:
    """Return every example of every case file."""
    return [example for path in sorted(FOLDER.glob("*.yaml")) for example in _read(path)]


def _read(path: Path) -> list[Example]:
    head, *parts = re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))
    asked = re.search(r"# asked: (.*)", head)
    names = tuple(asked[1].split()) if asked else ()
    return [_example(path.stem, part.startswith("good"), part.partition("\n")[2], names) for part in parts]


def _example(code: str, good: bool, text: str, asked: tuple[str, ...]) -> Example:
    written, *articles = re.split(r"(?m)^--- (\w+)\n", text)
    return Example(code, good, written, asked, tuple(zip(articles[::2], articles[1::2], strict=True)))
