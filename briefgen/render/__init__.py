"""Brief × TemplateSet → Document: Jinja in a sandbox, parsed once, checked against the vocabulary."""

from briefgen.render.render import render
from briefgen.render.templates import TemplateSet

__all__ = ["TemplateSet", "render"]
