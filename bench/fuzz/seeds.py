"""What is changed: small projects made of the repository's own fixtures, each with the one file that a case damages.

In: the number that a run starts from. Out: by kind, projects as path → bytes, the file to change, and the commands to run.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bench.measure import ROOT

CHECKS = (("check", "summary.yaml"), ("check", "--fix", "summary.yaml"))
READS = (("check", "quoting.json"), ("draft", "{}", "-o", "drafted.yaml"))
MAIL = ("draft", "article.eml", "-o", "drafted.yaml")
HTML = ("render", "summary.yaml", "-a", "executive", "-t", "html", "-o", "out")
PDF, WORD = ((*HTML[:5], form, *HTML[6:]) for form in ("pdf", "docx"))
TEMPLATES = ROOT / "templates/default"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="20"'
    ' viewBox="0 0 40 20"><defs><linearGradient id="a"><stop offset="0%" stop-color="#6B1F3A"/></linearGradient>'
    '<g id="g"><path d="M0 0L9 9z"/></g></defs>'
    '<style>rect{fill:#fff}</style><use xlink:href="#g" transform="scale(2)"/><text x="1" y="9">Desk</text><rect width="40" '
    'height="20" fill="url(#a)"/></svg>'
)
BRAND = "organisation: {name: Institute}\nlogo: {file: logo.svg, alt: Institute}\n"
AUDIENCE = "templates/audiences/executive.yaml"


class Seed(NamedTuple):
    """A project: its files, the one that is changed, and the commands of which a case runs one."""

    files: Mapping[str, bytes]
    target: str
    commands: tuple[tuple[str, ...], ...]


def by_kind(start: int) -> dict[str, list[Seed]]:
    """Return the seeds of each kind."""
    made = {
        "yaml": list(_summaries(start)),
        "mail": [_article("article.eml", mail)._replace(commands=(MAIL,)) for mail in _mails()],
    }
    forms: Mapping[str, Any] = import_module("tests.readers.made").FORMS
    for ending, make in forms.items():
        if ending != ".htm":
            made[ending[1:]] = [_article(f"article{ending}", make())]
    made["html"].append(_article("article.html", forms[".html"](_RICH, _HEAD)))
    base = {"summary.yaml": _minimal()}
    styles = [Seed({**base, f"templates/default/{name}.css": b""}, f"templates/default/{name}.css", (HTML, PDF)) for name in _CSS]
    made["css"] = [_filled(seed, TEMPLATES / Path(seed.target).name) for seed in styles]
    drawn = {**base, "templates/brand.yaml": BRAND.encode(), "templates/logo.svg": SVG.encode()}
    made["svg"] = [Seed(drawn, "templates/logo.svg", (HTML, PDF))]
    own = [f"templates/default/{path.relative_to(TEMPLATES)}" for path in sorted(TEMPLATES.glob("sections/*.html"))]
    made["template"] = [
        _filled(Seed(base, name, (HTML,)), ROOT / name) for name in (*own, AUDIENCE, "templates/default/tokens.yaml")
    ]
    made["template"].append(Seed(drawn, "templates/brand.yaml", (HTML,)))
    reference = "templates/default/reference.docx"
    made["reference"] = [_filled(Seed(base, reference, (WORD,)), ROOT / reference)]
    return made


_CSS = ("style", "screen")
_HEAD = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Harbour fees rise", "datePublished": "2025-03-04",'
    ' "author": [{"name": "Åse Nor"}]}</script>'
)
_RICH = (
    "<table><tr><td>EUR 320<sup>1</sup> million<td>&euro;&#8239;5</table><blockquote><p>We wait.<br><br>And see.</blockquote>"
    "<ul><li>One<li>Two</ul><form><p>Fees rise by 12 percent in the harbour of Larvik.</form><svg><use href='#a'/></svg>"
)


def _filled(seed: Seed, file: Path) -> Seed:
    return seed._replace(files={**seed.files, seed.target: file.read_bytes()})


def _minimal() -> bytes:
    text = (ROOT / "inputs/minimal.yaml").read_text(encoding="utf-8")
    return text.replace(", file: articles/us-russia-reset-analysis.md", "").encode()


def _summaries(start: int) -> Iterator[Seed]:
    commands = (*CHECKS, *CHECKS, *((*each, "--review") for each in (HTML, HTML, WORD, PDF)))
    articles = {f"articles/{path.name}": path.read_bytes() for path in (ROOT / "inputs/articles").iterdir()}
    for path in (*sorted((ROOT / "inputs").glob("*.yaml")), *sorted((ROOT / "tests/fixtures").glob("ferry-*.yaml"))):
        yield Seed({**articles, "summary.yaml": path.read_bytes()}, "summary.yaml", commands)
    for data in invented(start):
        for flow in (None, True):
            text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_flow_style=flow)
            yield Seed({"summary.yaml": text.encode()}, "summary.yaml", commands)


def invented(start: int, count: int = 12) -> list[Any]:
    """Return valid summaries that hypothesis makes up, the same ones for the same number."""
    hypothesis = import_module("hypothesis")
    made: list[Any] = []

    def keep(data: Any) -> None:  # noqa: ANN401 - what a summary's YAML holds
        made.append(data)

    settings = hypothesis.settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        hypothesis.seed(start)(settings(hypothesis.given(import_module("tests.strategies").summaries())(keep)))()
    return made


def _article(name: str, content: bytes) -> Seed:
    evidence = [{"source": "S1", "quote": "fees for ferries will rise by up to 12 percent", "locator": "¶2"}]
    item = {"headline": "Fees", "text": "The board said that fees will rise.", "status": "reported", "evidence": evidence}
    source = {"id": "S1", "title": "Harbour fees rise", "published": "unknown", "file": name}
    summary = {"title": "Fees rise", "language": "en-GB", "key_developments": [item], "sources": [source]}
    reads = tuple(tuple(word.format(name) for word in command) for command in READS)
    return Seed({"quoting.json": json.dumps(summary).encode(), name: content}, name, reads)


def _mails() -> Iterator[bytes]:
    made = import_module("tests.readers.made")
    plain = EmailMessage()
    plain["Subject"], plain["From"], plain["Date"] = "Fees", "Desk <desk@eai.example>", "Mon, 03 Mar 2025 08:00:00 +0100"
    plain.set_content(made.as_text().decode() + "\n\nOn Monday, Ann wrote:\n> Fees rise.\n-- \nAnn\n", cte="quoted-printable")
    yield plain.as_bytes()
    plain.add_alternative(made.as_html().decode(), subtype="html")
    plain.add_attachment(made.as_pdf(), maintype="application", subtype="pdf", filename="fees.pdf")
    whole = EmailMessage()
    whole["Subject"], whole["From"] = "Fwd: Fees", "=?utf-8?q?=C3=85se?= <ase@eai.example>"
    whole.set_content("See below.")
    whole.add_attachment(plain)
    yield whole.as_bytes()
