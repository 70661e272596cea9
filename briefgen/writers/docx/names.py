"""The names of Open XML: namespaces, content types, relationship types, and text made safe for XML."""

from __future__ import annotations

import re

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STORY_NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:pic="{PIC}"'

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
OFFICE = "application/vnd.openxmlformats-officedocument."
MAIN = "word/document.xml"
MAIN_TYPE = f"{WORD}document.main+xml"

REL_MAIN = f"{R}/officeDocument"
REL_CUSTOM = f"{R}/custom-properties"
REL_EXTENDED = f"{R}/extended-properties"
REL_CORE = f"{PACKAGE}/relationships/metadata/core-properties"

# XML 1.0 §2.2: these code points can't stand in a document, not even as references.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def escape(text: str) -> str:
    """Return `text` for content or an attribute in double quotes; characters that XML can't hold are left out."""
    if not text.isalnum():
        text = _ILLEGAL.sub("", text)
        if "&" in text:
            text = text.replace("&", "&amp;")
        if "<" in text:
            text = text.replace("<", "&lt;")
        if ">" in text:
            text = text.replace(">", "&gt;")
        if '"' in text:
            text = text.replace('"', "&quot;")
    return text
