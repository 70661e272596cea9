"""Policy briefs in PDF and Word from one structured summary, at several audience levels."""

__version__ = "0.1.0"
