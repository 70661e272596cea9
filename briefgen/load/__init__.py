"""Read what people write: text → values with their places → models."""

from briefgen.load.source import Source, line_of, parse, read
from briefgen.load.validate import check_model, validate

__all__ = ["Source", "check_model", "line_of", "parse", "read", "validate"]
