"""Documents for the tests of the PDF and HTML writers."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import tinyhtml5
import yaml

from briefgen.model.document import Document, Metadata

HERE = Path(__file__).parent
TOKENS = yaml.safe_load((HERE.parents[1] / "templates/default/tokens.yaml").read_text(encoding="utf-8"))
CSS = (HERE / "brief.css").read_text(encoding="utf-8")
METADATA = Metadata(
    title="Washington weighs relief",
    language="en-GB",
    identifier="us-russia-reset",
    authors=("Ada Example", "Jan Šíma"),
    description="What relief would mean",
    keywords=("sanctions", "Russia"),
    created=date(2025, 3, 4),
    marking="TLP:GREEN",
    audience="analyst",
)


def parse(html, **changes):
    """Return a document around a whole HTML page."""
    tree = tinyhtml5.parse(html, namespace_html_elements=False)
    return replace(Document("brief", tree, METADATA, CSS, TOKENS, None, (HERE,)), **changes)


def page(main, head="<h1>Title</h1>", **changes):
    """Return a document around the content of its `main`."""
    html = f'<!DOCTYPE html><html lang="en-GB"><head><title>T</title></head><body><header>{head}</header><main>{main}</main></body></html>'
    return parse(html, **changes)


def brief(**changes):
    """Return the two-page brief."""
    return parse((HERE / "brief.html").read_text(encoding="utf-8"), **changes)
