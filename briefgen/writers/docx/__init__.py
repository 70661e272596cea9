"""Document → Word. In comes the parsed brief, out come the bytes of a .docx whose parts are Word's own: heading, list
and caption styles, footnotes, repeated header rows, fields. Nothing here reads a clock, the environment or an article.

The steps: a *base* (what the reference or the tokens give, made once per process) → *walk* (the tree as paragraphs and
tables) → *furniture* (header, footer) → *package* (the zip file). Only this folder writes raw Open XML.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from briefgen.model.document import Document, Written
from briefgen.writers.docx import properties
from briefgen.writers.docx.base import Base
from briefgen.writers.docx.bases import base_for
from briefgen.writers.docx.furniture import Furniture
from briefgen.writers.docx.names import (
    DECLARATION,
    MAIN,
    MAIN_TYPE,
    REL_CORE,
    REL_CUSTOM,
    REL_EXTENDED,
    REL_MAIN,
    STORY_NAMESPACES,
    WORD,
    R,
)
from briefgen.writers.docx.package import (
    RELS_NAME,
    TYPES_NAME,
    Member,
    Relation,
    Relations,
    assemble,
    content_types,
    member,
    rels_name,
)
from briefgen.writers.docx.session import Session
from briefgen.writers.docx.walk import Walk

__all__ = ["write"]

_NOTES, _NUMBERING, _COMMENTS = "word/footnotes.xml", "word/numbering.xml", "word/comments.xml"


def write(document: Document) -> Written:
    """Return the Word file of a document and what could not be carried into it.

    Raises ValueError for an element outside the vocabulary (a bug: rendering rejects it), Rejected for a reference that
    is no Word file.
    """
    base = base_for(document)
    session = Session(document, base)
    body = document.tree.find("body")
    body = body if body is not None else Element("body")
    furniture = Furniture(session)
    furniture.write(body)
    text = Walk(session).body(body)
    section = f"<w:sectPr>{furniture.references}{base.section}</w:sectPr>"
    story = f"{DECLARATION}<w:document {STORY_NAMESPACES}><w:body>{text}{section}</w:body></w:document>"
    members = [
        member(MAIN, story),
        *furniture.members,
        *_own_parts(session),
        *_frame(session, furniture),
        *base.members,
    ]
    return Written(assemble([*members, *session.media.values()]), (*base.findings, *session.findings))


def _own_parts(session: Session) -> list[Member]:
    """Return notes and numbering, and relate the document to them."""
    base = session.base
    session.relations.add(f"{R}/footnotes", "footnotes.xml")
    session.relations.add(f"{R}/numbering", "numbering.xml")
    members = [
        member(_NOTES, session.notes.xml(base.notes)),
        member(_NUMBERING, session.numbers.xml(base.numbering)),
    ]
    if session.comments.anchored:
        session.relations.add(f"{R}/comments", "comments.xml")
        members.append(member(_COMMENTS, session.comments.xml()))
    members.append(member(rels_name(MAIN), session.relations.xml()))
    if session.notes.relations.rows:
        members.append(member(rels_name(_NOTES), session.notes.relations.xml()))
    return members


def _frame(session: Session, furniture: Furniture) -> list[Member]:
    """Return what every package has: its relationships, its content types, its properties."""
    base, metadata = session.base, session.document.metadata
    relations = Relations(
        (
            Relation("rId1", REL_MAIN, MAIN),
            Relation("rId2", REL_CORE, properties.CORE),
            Relation("rId3", REL_EXTENDED, properties.APP),
            Relation("rId4", REL_CUSTOM, properties.CUSTOM),
        )
    )
    types = {
        MAIN: MAIN_TYPE,
        _NOTES: f"{WORD}footnotes+xml",
        _NUMBERING: f"{WORD}numbering+xml",
        **({_COMMENTS: f"{WORD}comments+xml"} if session.comments.anchored else {}),
        **properties.TYPES,
        **furniture.types,
        **base.types,
    }
    return [
        member(RELS_NAME, relations.xml()),
        member(TYPES_NAME, content_types(dict(base.defaults), types)),
        member(properties.CORE, properties.core(metadata, base.language)),
        member(properties.APP, properties.app(metadata, _company(base))),
        member(properties.CUSTOM, properties.custom(metadata, base.custom, base.first_custom)),
    ]


def _company(base: Base) -> str:
    return str((base.tokens.get("organisation") or {}).get("name") or "")
