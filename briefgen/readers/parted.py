"""A part of a file as an article of its own, with a text to be saved."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from briefgen.model.article import Article, Role, paragraphs

HEADLINE = 160  # characters


def as_text(article: Article, name: str, rows: Sequence[tuple[Role, str]], origin: str) -> Article:
    """Return an article that has no file of its own as one: saved as `text` under its name, it reads as it is here.

    What it was part of stands in its `origins`, for the field `file`.
    """
    title = rows[0][1][:HEADLINE].rstrip(" .,;…") if rows[0][0] is Role.TITLE else ""
    rows = [(Role.TITLE, title or name), *(rows[1:] if rows[0][0] is Role.TITLE else rows)]
    origins = {**article.origins, "file": origin}
    made = article.model_copy(update={"name": name, "paragraphs": paragraphs(rows), "title": rows[0][1], "origins": origins})
    return made.model_copy(update={"sha256": sha256(made.text.encode()).hexdigest()})
