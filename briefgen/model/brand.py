"""A house style: `templates/brand.yaml`. What an organisation puts in place of the packaged design tokens."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

_HEX = r"^#[0-9A-Fa-f]{6}$"
_FAMILY = r"^[^\W_][\w .&+'-]{0,59}$"  # it goes into the style sheet: no quotation mark, no brace
_FILE = r"^[^\x00-\x1f\\:?#%]+$"
_MARGIN = Field(ge=15, le=50)
LOGO_HEIGHTS = (5.0, 25.0)
"""Millimetres: a lower logo can't be read, a higher one leaves the page no room."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Organisation(_Part):
    """Who publishes."""

    name: str = Field(min_length=1, description="Its name, as it stands in full.", examples=["European Affairs Institute"])
    short: str = Field("", description="Its short name.", examples=["EAI"])
    desk: str = Field(
        "",
        description="The desk; it stands in the page header of summaries without `series`.",
        examples=["European Affairs Desk"],
    )


class Logo(_Part):
    """The picture in the page header."""

    file: str = Field(
        pattern=_FILE,
        description="PNG, JPEG or SVG beside this file or in a folder below it; for Word, an SVG needs a PNG of the same name.",
        examples=["logo.png"],
    )
    alt: str = Field(pattern=r"\S", description="What it says to who can't see it.", examples=["European Affairs Institute"])
    height: str = Field("9mm", pattern=r"^\d{1,2}(\.\d+)? ?(mm)?$", description="Its height, 5 to 25 mm.", examples=["9mm"])
    place: Literal["top-left", "top-right"] = Field("top-left", description="Where it stands.", examples=["top-right"])

    @field_validator("height")
    @classmethod
    def _sane(cls, value: str) -> str:
        low, high = LOGO_HEIGHTS
        if not low <= float(value.removesuffix("mm")) <= high:
            raise ValueError(f"a logo is {low:g} to {high:g} mm high")
        return value

    @property
    def millimetres(self) -> float:
        """Return its height."""
        return float(self.height.removesuffix("mm"))


class Paper(_Part):
    """The page."""

    size: Literal["A4", "Letter"] = Field("A4", description="The paper.", examples=["Letter"])
    margins: tuple[Annotated[float, _MARGIN], Annotated[float, _MARGIN], Annotated[float, _MARGIN], Annotated[float, _MARGIN]] = (
        Field((20, 25, 20, 25), description="Millimetres: top, right, bottom, left; each 15 to 50.", examples=[[25, 25, 20, 30]])
    )


class Fonts(_Part):
    """The type."""

    body: str | None = Field(
        None, pattern=_FAMILY, description="The family of the text, by its own or by Word's name.", examples=["Liberation Serif"]
    )
    headings: str | None = Field(
        None, pattern=_FAMILY, description="The family of title and headings; `same` is that of the text.", examples=["same"]
    )
    size: float | None = Field(
        None, ge=9.5, le=13, description="The text in points, 9.5 to 13; all other sizes go with it.", examples=[10.5]
    )


class Colours(_Part):
    """The colours, as `"#RRGGBB"` in quotation marks. Those of severities and of markings stay."""

    ink: str | None = Field(None, pattern=_HEX, description="The text.", examples=["#1A1A1A"])
    title: str | None = Field(None, pattern=_HEX, description="Title, lower headings, row heads.", examples=["#12263F"])
    accent: str | None = Field(None, pattern=_HEX, description="Headings, rules of boxes, note numbers.", examples=["#1F4E79"])
    tint: str | None = Field(None, pattern=_HEX, description="The ground of boxes and table heads.", examples=["#EAF1F8"])
    grey: str | None = Field(
        None, pattern=_HEX, description="What stands above the title, and in the footer.", examples=["#595959"]
    )
    soft: str | None = Field(None, pattern=_HEX, description="Subtitle, captions, notes, table heads.", examples=["#3A4654"])
    link: str | None = Field(None, pattern=_HEX, description="Links.", examples=["#0563C1"])
    rule: str | None = Field(None, pattern=_HEX, description="Lines of boxes.", examples=["#8A94A0"])
    rule_light: str | None = Field(None, pattern=_HEX, description="Lines between rows and above headings.", examples=["#C9D1DA"])


class Contact(_Part):
    """Whom to ask, where a summary names nobody."""

    name: str = Field(min_length=1, description="Person or desk.", examples=["European Affairs Desk"])
    email: str | None = Field(None, pattern=r"^[^@\s<>]+@[^@\s<>]+$", description="Mail address.", examples=["desk@eai.example"])


class Brand(_Part):
    """What `templates/brand.yaml` can hold. Every key may be left out."""

    organisation: Organisation | None = Field(
        None, description="Who publishes.", examples=[{"name": "European Affairs Institute", "desk": "European Affairs Desk"}]
    )
    logo: Logo | None = Field(
        None, description="The picture in the page header.", examples=[{"file": "logo.png", "alt": "European Affairs Institute"}]
    )
    reference: str | None = Field(
        None, pattern=_FILE, description="The organisation's own Word file: its styles win in DOCX.", examples=["house.docx"]
    )
    page: Paper | None = Field(None, description="Paper and margins.", examples=[{"size": "Letter"}])
    fonts: Fonts | None = Field(None, description="Families and size.", examples=[{"body": "Liberation Serif", "size": 11}])
    colours: Colours | None = Field(None, description="Colours.", examples=[{"accent": "#6B1F3A"}])
    contact: Contact | None = Field(None, description="Whom to ask.", examples=[{"name": "European Affairs Desk"}])
    texts: dict[str, str | dict[str, str]] = Field(
        default_factory=dict,
        description="Texts by name, each one text or one a language; an audience prints those that its `texts` name.",
        examples=[{"disclaimer": {"en": "The views are those of the authors."}}],
    )
