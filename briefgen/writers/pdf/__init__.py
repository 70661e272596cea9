"""PDF/UA-1 by WeasyPrint. Nothing here imports WeasyPrint before a document is laid out."""

from briefgen.writers.pdf.boxes import Block
from briefgen.writers.pdf.engine import Part, available, doctor
from briefgen.writers.pdf.faults import Fault
from briefgen.writers.pdf.fonts import FontStatus, fonts_status
from briefgen.writers.pdf.layout import Layout, complaints, layout, write

__all__ = [
    "Block",
    "Fault",
    "FontStatus",
    "Layout",
    "Part",
    "available",
    "complaints",
    "doctor",
    "fonts_status",
    "layout",
    "write",
]
