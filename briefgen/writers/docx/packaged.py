"""The packaged reference, straight from the design tokens: what `reference.docx` holds, without opening it.

Nothing is read and no library imported, so that a brief in Word costs little more than starting Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefgen.model.document import Document
from briefgen.writers.docx import lists, notes
from briefgen.writers.docx.base import Base
from briefgen.writers.docx.languages import default_lang_xml, is_rtl, word_tag
from briefgen.writers.docx.names import DECLARATION, OFFICE, WORD, A, R, W, escape
from briefgen.writers.docx.package import Relation, member
from briefgen.writers.docx.styles import (
    TABLES,
    Tokens,
    character_style,
    colour,
    fonts_xml,
    kind,
    paragraph_style,
    specs,
    style_id,
    table_style,
    word_font,
)

SIZES = {"A4": (11906, 16838), "LETTER": (12240, 15840)}
MODERN = 'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"'
BULLETS, NUMBERS = 0, 1  # w:abstractNum
BULLET_NUM, NUMBER_NUM = 1, 2  # w:num
_MILLIMETRE = 1440 / 25.4
DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
}
_PALETTE = {
    **{"dk1": "ink", "lt1": "FFFFFF", "dk2": "title", "lt2": "tint", "accent1": "accent", "accent2": "rule"},
    **{"accent3": "soft", "accent4": "grey", "accent5": "rule_light", "accent6": "title"},
    **{"hlink": "link", "folHlink": "link"},
}
_MARGINS = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))
)
_FIXED = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
    '<w:uiPriority w:val="1"/><w:semiHidden/></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    f"<w:tblCellMar>{_MARGINS}</w:tblCellMar></w:tblPr></w:style>"
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/>'
    "<w:semiHidden/></w:style>"
)
PARTS = {
    "word/styles.xml": ("styles", f"{WORD}styles+xml"),
    "word/settings.xml": ("settings", f"{WORD}settings+xml"),
    "word/fontTable.xml": ("fontTable", f"{WORD}fontTable+xml"),
    "word/theme/theme1.xml": ("theme", f"{OFFICE}theme+xml"),
}


def build(document: Document, large: bool, language: str) -> Base:
    """Return the base of a document without a reference of its own."""
    return build_from(document.tokens, large=large, language=language)


def build_from(tokens: Tokens, *, large: bool, language: str) -> Base:
    """Return the base of a set of tokens. Raises ValueError where there are none."""
    if "styles" not in tokens:
        raise ValueError("the document has no design tokens")
    width, section = page(tokens, language)
    looks = specs(tokens, large=large)
    looks["list"]["number"], looks["list_number"]["number"] = BULLET_NUM, NUMBER_NUM
    looks["header"]["tabs"] = looks["furniture"]["tabs"] = width
    ids = {key: style_id(str(row["word"])) for key, row in looks.items()}
    ids |= {key: style_id(name) for key, name in TABLES.items()}
    ids |= {"default_character": "DefaultParagraphFont", "default_table": "TableNormal"}
    return Base(
        styles=ids,
        specs=looks,
        tokens=tokens,
        language=language,
        text_width=width,
        section=section,
        members=(
            member("word/styles.xml", styles_part(tokens, looks, ids, language)),
            member("word/settings.xml", settings_part(language)),
            member("word/fontTable.xml", font_table(tokens)),
            member("word/theme/theme1.xml", theme(tokens)),
        ),
        relations=tuple(
            Relation(f"rId{n}", f"{R}/{short}", name.removeprefix("word/"))
            for n, (name, (short, _)) in enumerate(PARTS.items(), 1)
        ),
        types={name: content_type for name, (_, content_type) in PARTS.items()},
        defaults=DEFAULTS,
        notes=notes.HEAD,
        numbering=numbering_head(tokens, looks, language),
        first_num=NUMBER_NUM + 1,
        bullets=BULLETS,
        numbers=NUMBERS,
        bullet_num=BULLET_NUM,
    )


def numbering_head(tokens: Tokens, looks: Mapping[str, Mapping[str, Any]], language: str) -> str:
    """Return the numbering part up to the first number of a document: bullets, numbers, and one list of each."""
    bullets, numbers = (
        lists.abstract_xml(number, language, ordered=number == NUMBERS, specs=looks, tokens=tokens)
        for number in (BULLETS, NUMBERS)
    )
    nums = lists.num_xml(BULLET_NUM, BULLETS) + lists.num_xml(NUMBER_NUM, NUMBERS)
    return lists.part_head(bullets + numbers, nums)


def page(tokens: Tokens, language: str) -> tuple[int, str]:
    """Return the width of the text and the inside of `w:sectPr`: paper, margins, direction."""
    sheet = tokens["page"]
    wide, high = SIZES[str(sheet["size"]).upper()]
    above, after, below, before = sheet["margins"]
    head, foot = sheet.get("furniture", (0, 0))
    top, right, bottom, left = (round(n * _MILLIMETRE) for n in (above + head, after, below + foot, before))
    logo = (tokens.get("logo") or {}).get("pixels", 0) * 25.4 / 96
    # As in the PDF: a line with a marking ends 3 mm above the text, or starts 2 mm below it, rule and all.
    header, footer = (round(max(n, 5) * _MILLIMETRE) for n in (above - max(5, logo), below - 7))
    bidi = "<w:bidi/>" if is_rtl(language) else ""
    xml = (
        f'<w:pgSz w:w="{wide}" w:h="{high}"/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" '
        f'w:left="{left}" w:header="{header}" w:footer="{footer}" w:gutter="0"/>{bidi}'
    )
    return wide - left - right, xml


def styles_part(tokens: Tokens, looks: Mapping[str, Mapping[str, Any]], ids: Mapping[str, str], language: str) -> str:
    """Return `styles.xml`: defaults, Word's four unavoidable styles, then one style for every key."""
    usual = fonts_xml(word_font(tokens, "body")) + default_lang_xml(language)
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{usual}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        # Latent styles stay out of Word's gallery until somebody uses one.
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1" '
        'w:defQFormat="0" w:count="376"/>'
    )
    ordered = ["body", *sorted(looks.keys() - {"body"})]
    own = "".join(style(key, looks[key], ids, tokens) for key in ordered)
    tables = "".join(table_style(key, ids, tokens) for key in TABLES)
    return f'{DECLARATION}<w:styles xmlns:w="{W}">{defaults}{_FIXED}{own}{tables}</w:styles>'


def style(key: str, spec: Mapping[str, Any], ids: Mapping[str, str], tokens: Tokens) -> str:
    """Return the style behind a key, of whatever type."""
    if kind(key) == "table":
        return table_style(key, ids, tokens)
    make = character_style if kind(key) == "character" else paragraph_style
    return make(key, spec, ids, tokens)


def settings_part(language: str) -> str:
    """Return `settings.xml`. Compatibility mode 15 is Word 2013 and later; without it Word lays out as in 2007."""
    names = [*(f"accent{n}" for n in range(1, 7)), "hyperlink", "followedHyperlink"]
    mapping = " ".join(f'w:{name}="{name}"' for name in names)
    return (
        f'{DECLARATION}<w:settings xmlns:w="{W}"><w:defaultTabStop w:val="720"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/>{notes.SETTINGS}'
        f"<w:compat><w:compatSetting {MODERN}/></w:compat>"
        f'<w:themeFontLang w:val="{word_tag(language)}"/><w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" '
        f'w:t2="dark2" {mapping}/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def font_table(tokens: Tokens) -> str:
    """Return `fontTable.xml`: each font with its metric twin, for a machine that has only the other."""
    twins = {word: own for own, word in tokens["fonts"].get("word", {}).items()}
    alternative = {name: f'<w:altName w:val="{escape(str(twin))}"/>' for name, twin in twins.items()}
    names = dict.fromkeys((word_font(tokens, "body"), word_font(tokens, "headings")))
    rows = "".join(
        f'<w:font w:name="{escape(name)}">'
        f"{alternative.get(name, '')}"
        '<w:charset w:val="00"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name in names
    )
    return f'{DECLARATION}<w:fonts xmlns:w="{W}">{rows}</w:fonts>'


def theme(tokens: Tokens) -> str:
    """Return the theme: the brand's colours and fonts, where Word's own menus offer them."""
    colours = "".join(f'<a:{k}><a:srgbClr val="{colour(tokens, v)}"/></a:{k}>' for k, v in _PALETTE.items())
    other = '<a:ea typeface=""/><a:cs typeface=""/>'
    fonts = "".join(
        f'<a:{part}><a:latin typeface="{escape(word_font(tokens, key))}"/>{other}</a:{part}>'
        for part, key in (("majorFont", "headings"), ("minorFont", "body"))
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    formats = (
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
    )
    return (
        f'{DECLARATION}<a:theme xmlns:a="{A}" name="Brief"><a:themeElements>'
        f'<a:clrScheme name="Brief">{colours}</a:clrScheme><a:fontScheme name="Brief">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="Brief">{formats}</a:fmtScheme></a:themeElements></a:theme>'
    )
