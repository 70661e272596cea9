"""Summary × Audience → Brief: what one level shows, in which wording and order."""

from briefgen.tailor.ladder import extremes, ladder
from briefgen.tailor.parts import origin_names
from briefgen.tailor.tailor import Cuts, hidden_in, marking_of, releasable, tailor
from briefgen.tailor.views import phrases

__all__ = ["Cuts", "extremes", "hidden_in", "ladder", "marking_of", "origin_names", "phrases", "releasable", "tailor"]
