"""The same small article in every form that a reader knows, made in memory."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import docx

TITLE = "Harbour fees rise in Larvik"
PARAGRAPHS = (
    "The harbour board of Larvik said on Tuesday that fees for ferries will rise by up to 12 percent from the next season on.",
    "Two shipping lines have asked the board for a later start, because tickets for the summer are sold to many families.",
    "A decision of the town council is expected in May, and the lines say that they do not want to leave the harbour before it.",
)


def as_text() -> bytes:
    return "\n\n".join((TITLE, *PARAGRAPHS)).encode()


def as_markdown() -> bytes:
    return f"# {TITLE}\n\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}\n\n{PARAGRAPHS[2]}\n".encode()


def as_html(extra: str = "", head: str = "") -> bytes:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{TITLE} | The Coast</title>{head}</head>"
        f"<body><nav><a href=/>Home</a></nav><article><h1>{TITLE}</h1>{body}{extra}</article><footer>Imprint</footer></body>"
    ).encode()


def as_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE, style="Title")
    for text in PARAGRAPHS:
        document.add_paragraph(text)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def as_odt() -> bytes:
    rows = "".join(f"<text:p>{text}</text:p>" for text in PARAGRAPHS)
    return odt(f'<text:h text:outline-level="1">{TITLE}</text:h>{rows}')


ODT = "urn:oasis:names:tc:opendocument:xmlns:"


def odt(body: str, styles: str = "", **parts: str) -> bytes:
    """Return an OpenDocument text with this XML as its body and its automatic styles; `parts` are more members."""
    names = {name: f"{ODT}{name}:1.0" for name in ("office", "text", "table", "style", "meta")} | {
        "draw": f"{ODT}drawing:1.0",
        "svg": f"{ODT}svg-compatible:1.0",
    }
    spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in names.items()) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    kept = BytesIO()
    with ZipFile(kept, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text.replace(" SPACES", f" {spaces}"))
    return kept.getvalue()


def as_pdf(pages: list[list[str]] | None = None) -> bytes:
    """Return a PDF of lines; without argument the article, wrapped to lines of 60 with a hyphenated word."""
    from textwrap import wrap

    rows = [TITLE, "", *(line for text in PARAGRAPHS for line in [*wrap(text, 60), ""])]
    return pdf(pages if pages is not None else [rows])


def pdf(pages: list[list[str]]) -> bytes:
    """Return a PDF whose pages hold these lines, one Tj each; an empty line is a gap."""
    return placed([[(50, 780 - 14 * at, 10, line) for at, line in enumerate(lines) if line] for lines in pages])


def placed(pages: list[list[tuple[float, float, float, str]]]) -> bytes:
    """Return a PDF whose pages hold these texts, each with its place from the left and the foot and its size."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    kids = []
    for rows in pages:
        drawn = []
        for left, up, size, text in rows:
            escaped = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            drawn.append(b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET" % (size, left, up, escaped))
        stream = b"\n".join(drawn)
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>" % len(objects)
        )
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    made, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + tail


FORMS = {".odt": as_odt, ".txt": as_text, ".md": as_markdown, ".html": as_html, ".htm": as_html, ".docx": as_docx, ".pdf": as_pdf}
