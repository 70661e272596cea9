"""PDF/UA-1 by WeasyPrint. Nothing here imports WeasyPrint before a document is laid out."""

from briefgen.writers.pdf.engine import Part, available, doctor
from briefgen.writers.pdf.faults import PageFault
from briefgen.writers.pdf.fonts import FontStatus, fonts_status
from briefgen.writers.pdf.layout import Layout, complaints, layout, write
from briefgen.writers.pdf.layout_tree import Block

__all__ = [
    "Block",
    "FontStatus",
    "Layout",
    "PageFault",
    "Part",
    "available",
    "complaints",
    "doctor",
    "fonts_status",
    "layout",
    "write",
]
