"""Pictures in the text line: PNG and JPEG at the size that CSS gives them, with their text for who can't see them."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

from briefgen.findings.diagnostics import Span, error
from briefgen.model import images
from briefgen.writers.assets import Refused, locate
from briefgen.writers.docx.names import PIC, A, R, escape
from briefgen.writers.docx.package import Relations, member
from briefgen.writers.docx.session import Session, place

EMU_PER_PIXEL = 9525  # 914400 to the inch, 96 CSS pixels to the inch
_EMU_PER_TWIP = 635


def picture(image: Element, session: Session, relations: Relations) -> str:
    """Return the run that shows `image`; where it can't be shown, its alternative text, and report an error."""
    source = image.get("src", "")
    try:
        content, size = _read(source, session.document.roots)
    except (Refused, OSError, ValueError) as fault:
        shown = source.rpartition("/")[2] if source.startswith("file:") else source
        text = f"the picture {shown!r} can't be shown: {_why(fault)}"
        session.report(error("DOCX-02", text, _place(image, session), _cure(source)))
        return f"<w:r><w:t>[{escape(image.get('alt', ''))}]</w:t></w:r>"
    name = _part(session, content)
    wide, high = _fitted(image, size, session.base.text_width)
    identifier = relations.add(f"{R}/image", name.removeprefix("word/"))
    return _drawing(session.drawing(), identifier, image.get("alt", ""), wide, high)


def _read(source: str, roots: tuple[Path, ...]) -> tuple[bytes, tuple[int, int]]:
    """Return a picture and its size in pixels; an SVG stands for the PNG of the same name beside it."""
    if source.lower().endswith(".svg"):
        source = f"{source[:-4]}.png"
    content = locate(source, roots).read_bytes()
    return content, images.size(content)


def _place(image: Element, session: Session) -> Span | None:
    """Return the line that names a picture: of the brand for its logo, else of the template."""
    tokens = session.document.tokens
    logo = (tokens.get("logo") or {}).get("file") == image.get("src")
    span: Span | None = tokens["places"]["logo"] if logo else place(image)
    return span


def _why(fault: Exception) -> str:
    return "there is no such file" if isinstance(fault, FileNotFoundError) else str(fault)


def _cure(source: str) -> str:
    if source.lower().endswith(".svg"):
        return f"Word takes no SVG here: put {Path(source).stem}.png of the same picture beside it"
    return "name a PNG or JPEG file inside the project's folders"


def _part(session: Session, content: bytes) -> str:
    """Return the name of the part that holds a picture; the same bytes are kept once."""
    for name, known in session.media.items():
        if known.data == content:
            return name
    ending = "png" if content.startswith(images.PNG) else "jpeg"
    name = f"word/media/brief{len(session.media) + 1}.{ending}"
    session.media[name] = member(name, content, packed=True)
    return name


def _fitted(image: Element, size: tuple[int, int], text_width: int) -> tuple[int, int]:
    """Return width and height in EMU: as the attributes say, else the picture's own, never wider than the column."""
    wide, high = (max(n, 1) for n in size)
    given = [float(text) if (text := image.get(name, "")).isdigit() else 0.0 for name in ("width", "height")]
    if given[0] and not given[1]:
        given[1] = given[0] * high / wide
    elif given[1] and not given[0]:
        given[0] = given[1] * wide / high
    elif not given[0]:
        given = [float(wide), float(high)]
    scale = min(1.0, text_width * _EMU_PER_TWIP / (given[0] * EMU_PER_PIXEL))
    return round(given[0] * EMU_PER_PIXEL * scale), round(given[1] * EMU_PER_PIXEL * scale)


def _drawing(number: int, identifier: str, alt: str, wide: int, high: int) -> str:
    text = escape(alt)
    properties = f'id="{number}" name="Picture {number}" descr="{text}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr {properties}/><wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{A}" noChangeAspect="1"/>'
        f'</wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="{PIC}"><pic:pic><pic:nvPicPr><pic:cNvPr {properties}/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{identifier}"/><a:stretch><a:fillRect/>'
        f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )
