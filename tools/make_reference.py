"""Makes `templates/default/reference.docx` from `tokens.yaml`: every style that a brief uses, with a sample of each.

An organisation opens the file in Word, changes the styles, saves it under its own name and names it in `brand.yaml`. As
made here it carries a signature, so that a brand's colours and fonts go before its styles; any program that saves it drops
that. Run it after a change of the tokens:  python -m tools.make_reference
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import tinyhtml5
import yaml

from briefgen.model.document import Document, Metadata
from briefgen.writers.docx import write
from briefgen.writers.docx.package import signed

FOLDER = Path(__file__).parents[1] / "templates/default"
SAMPLE = """<html lang="en"><head><title>Reference</title></head><body><header class="title-block">
<p class="kicker">Kicker</p><p class="meta">Meta: what stands above the title</p><h1>Title</h1>
<p class="subtitle">Subtitle</p><p class="byline">Byline</p></header><main>
<aside class="callout" aria-label="Callout"><h2>Heading 1 in a callout</h2><p class="lead">Lead</p></aside>
<p class="ask"><strong>Ask</strong> for a decision.</p><h2>Heading 1</h2>
<p>Normal, with a <a href="https://example.org/">hyperlink</a>, a <span class="tag">[tag]</span>, a
<span class="status">status</span>, a marking <span class="tlp">TLP:CLEAR</span>, <code>code</code> and a
note.<span class="fn">Footnote text</span></p><h3>Heading 2</h3><ul><li>List bullet</li></ul><ol><li>List number</li></ol>
<blockquote><p>Quote</p></blockquote><dl><dt>Definition term</dt><dd>Definition</dd></dl><p class="note">Note</p>
<table class="plain"><caption>Caption of a plain table</caption><thead><tr><th scope="col">Table heading</th>
<th scope="col">Table heading</th></tr></thead><tbody><tr><th scope="row">Table text</th><td>Table text</td></tr></tbody>
</table><table class="boxed"><caption>Caption of a boxed table</caption><thead><tr><th scope="col">Table heading</th>
<th scope="col">Table heading</th></tr></thead><tbody><tr><th scope="row">Table text</th><td>Table text</td></tr></tbody>
</table><table class="matrix"><caption>Caption of a matrix</caption><thead><tr><th scope="col">Table heading</th>
<th scope="col">Table heading</th></tr></thead><tbody><tr><th scope="row">Matrix text</th><td class="sev-low">Low</td></tr>
</tbody></table><p class="sources">Sources</p></main></body></html>"""


def reference(tokens: dict[str, Any]) -> bytes:
    """Return the packaged reference of a set of tokens."""
    tree: Element = tinyhtml5.parse(SAMPLE, namespace_html_elements=False)
    document = Document("reference", tree, Metadata("Reference", "en"), tokens=tokens)
    return signed(write(document).content)


def main() -> None:
    """Write the file."""
    tokens = yaml.safe_load((FOLDER / "tokens.yaml").read_text(encoding="utf-8"))
    (FOLDER / "reference.docx").write_bytes(reference(tokens))


if __name__ == "__main__":
    main()
