"""Design tokens → Word styles, and the names under which the walk asks for them.

A *key* is what the walk says (`heading1`, `table_head`); a token row gives its Word name and its look. The same
functions make the styles of the packaged reference and those that an organisation's own file lacks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefgen.writers.docx.names import escape

Tokens = Mapping[str, Any]
Spec = Mapping[str, Any]

# What Word calls its own; every other name is a custom style (ECMA-376, 17.7.4.17).
BUILT_IN = frozenset(
    {
        *("normal", "title", "subtitle", "heading 1", "heading 2", "list bullet", "list number", "caption", "quote"),
        *("footnote text", "footnote reference", "hyperlink", "header", "footer", "html code"),
    }
)
CHARACTER = frozenset({"tag", "status", "marking", "link", "code", "note_mark"})
TABLES = {"plain": "Brief Plain", "boxed": "Brief Boxed", "matrix": "Brief Matrix", "callout": "Brief Callout"}
_BAR = 26  # eighths of a point: the line at the left of a callout
HALF_BAR = round(_BAR / 8 * 20 / 2)  # twips: by this much the line makes the box wider than its cell
_KEEP_NEXT = frozenset({"title", "heading1", "heading2", "caption", "term", "figure"})
_NEXT = {"title": "subtitle", "subtitle": "body", "heading1": "body", "heading2": "body", "term": "definition"}
_OUTLINE = {"heading1": 0, "heading2": 1}
_PRIORITY = {"body": 0, "heading1": 9, "heading2": 9, "title": 10, "subtitle": 11, "quote": 29, "caption": 35}


def specs(tokens: Tokens, *, large: bool) -> dict[str, dict[str, Any]]:
    """Return the look of every style key: the tokens, one step larger where asked, and what Word alone needs."""
    rows: dict[str, dict[str, Any]] = {key: dict(row) for key, row in tokens["styles"].items()}
    if large:
        for key, row in tokens.get("large", {}).items():
            rows[key].update(row)
    derived = {
        "list_number": rows["list"] | {"word": "List Number"},
        "header": rows["furniture"] | {"word": "header", "at_least": True},
        "matrix_text": rows["table"] | {"word": "Matrix Text", "size": 8.5, "line": 10.5, "align": "center"},
        "figure": {"word": "Figure", "after": 4, "line": None},  # an exact line would cut the picture off
        "gap": {"word": "Table Gap", "size": 1, "line": 4, "after": 0},  # Word joins two tables that touch
        "code": {"word": "HTML Code"},
        "note_mark": {"word": "footnote reference", "bold": True, "colour": "accent", "align": "superscript"},
    }
    rows["sources"].setdefault("rule_space", 5)  # not a heading's 4: Word runs borders together that are the same
    rows["furniture"] |= {"rule": "rule", "rule_size": 4, "rule_space": 6, "at_least": True}  # a marking is taller
    return derived | rows


def style_id(name: str) -> str:
    """Return the id that Word gives a style of this name: `heading 1` is Heading1."""
    return "".join(word[:1].upper() + word[1:] for word in name.split()).replace("Html", "HTML")


def kind(key: str) -> str:
    """Return the type of the style behind a key."""
    return "character" if key in CHARACTER else "table" if key in TABLES else "paragraph"


def colour(tokens: Tokens, name: str) -> str:
    """Return a colour by its name in the tokens, or as it stands, as six hexadecimal digits."""
    return str(tokens["colours"].get(name, name)).lstrip("#").upper()


def word_font(tokens: Tokens, key: str) -> str:
    """Return the font that Word has for `body` or `headings`: the metric twin where there is one."""
    fonts = tokens["fonts"]
    name = fonts.get(key, "same")
    name = fonts["body"] if name == "same" else name
    return str(fonts.get("word", {}).get(name, name))


def fonts_xml(name: str) -> str:
    """Return `w:rFonts` for every script, so that no theme font comes in."""
    font = escape(name)
    return f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'


def twips(points: float) -> int:
    """Return twentieths of a point."""
    return round(points * 20)


def paragraph_style(key: str, spec: Spec, ids: Mapping[str, str], tokens: Tokens) -> str:
    """Return the `w:style` of a paragraph style."""
    base = "" if key == "body" else f'<w:basedOn w:val="{ids["body"]}"/>'
    after = f'<w:next w:val="{ids[_NEXT[key]]}"/>' if key in _NEXT else ""
    keep = "<w:keepNext/>" if key in _KEEP_NEXT else ""
    lines = "<w:keepLines/>" if key in _OUTLINE or key == "title" else ""
    widow = "<w:widowControl/>" if key == "body" else ""
    outline = f'<w:outlineLvl w:val="{_OUTLINE[key]}"/>' if key in _OUTLINE else ""
    align = f'<w:jc w:val="{spec["align"]}"/>' if spec.get("align") else ""
    properties = (
        f"{keep}{lines}{widow}{_numbering(key, spec)}{_borders(spec, tokens)}{_tabs(spec)}{_spacing(spec)}"
        f"{_indent(spec)}{align}{outline}"
    )
    default = ' w:default="1"' if key == "body" else ""
    head = _head(key, spec, ids, f"{base}{after}", default)
    return f"{head}<w:pPr>{properties}</w:pPr>{run_properties(key, spec, tokens)}</w:style>"


def character_style(key: str, spec: Spec, ids: Mapping[str, str], tokens: Tokens) -> str:
    """Return the `w:style` of a character style."""
    base = f'<w:basedOn w:val="{ids["default_character"]}"/>' if "default_character" in ids else ""
    return f"{_head(key, spec, ids, base)}{run_properties(key, spec, tokens)}</w:style>"


def _head(key: str, spec: Spec, ids: Mapping[str, str], middle: str, default: str = "") -> str:
    name = str(spec["word"])
    custom = "" if name.lower() in BUILT_IN else ' w:customStyle="1"'
    quick = "" if kind(key) == "table" or key in ("gap", "furniture", "header") else "<w:qFormat/>"
    priority = f'<w:uiPriority w:val="{_PRIORITY.get(key, 40)}"/>'
    return (
        f'<w:style w:type="{kind(key)}"{default}{custom} w:styleId="{escape(ids[key])}">'
        f'<w:name w:val="{escape(name)}"/>{middle}{priority}{quick}'
    )


def _numbering(key: str, spec: Spec) -> str:
    number = spec.get("number")
    return f'<w:numPr><w:numId w:val="{number}"/></w:numPr>' if number else ""


def _borders(spec: Spec, tokens: Tokens) -> str:
    if spec.get("rule"):
        hex_ = colour(tokens, spec["rule"])
        size, space = spec.get("rule_size", 6), spec.get("rule_space", 4)
        return f'<w:pBdr><w:top w:val="single" w:sz="{size}" w:space="{space}" w:color="{hex_}"/></w:pBdr>'
    if spec.get("border"):
        line = f'w:val="single" w:sz="6" w:color="{colour(tokens, spec["border"])}"'
        return (
            f'<w:pBdr><w:top {line} w:space="5"/><w:left {line} w:space="8"/><w:bottom {line} w:space="5"/>'
            f'<w:right {line} w:space="8"/></w:pBdr>'
        )
    return ""


def _tabs(spec: Spec) -> str:
    width = spec.get("tabs")
    if not width:
        return ""
    return f'<w:tabs><w:tab w:val="center" w:pos="{width // 2}"/><w:tab w:val="right" w:pos="{width}"/></w:tabs>'


def _spacing(spec: Spec) -> str:
    before, after, line = twips(spec.get("before", 0)), twips(spec.get("after", 0)), spec.get("line")
    rule = "atLeast" if spec.get("at_least") else "exact"
    height = f'w:line="{twips(line)}" w:lineRule="{rule}"' if line else 'w:line="240" w:lineRule="auto"'
    return f'<w:spacing w:before="{before}" w:after="{after}" {height}/>'


def _indent(spec: Spec) -> str:
    # Word draws a paragraph's border outside its indents: a box as wide as the column needs the text moved in.
    if spec.get("border"):
        return '<w:ind w:left="175" w:right="175"/>'
    if spec.get("indent") and not spec.get("number"):
        return f'<w:ind w:left="{twips(spec["indent"])}"/>'
    return ""


def run_properties(key: str, spec: Spec, tokens: Tokens) -> str:
    """Return the `w:rPr` of a style, empty where it changes nothing."""
    parts: list[str] = []
    if key == "body":
        parts.append(fonts_xml(word_font(tokens, "body")))
    elif key in ("title", *_OUTLINE) and word_font(tokens, "headings") != word_font(tokens, "body"):
        parts.append(fonts_xml(word_font(tokens, "headings")))
    elif spec.get("font"):
        parts.append(fonts_xml(spec["font"]))
    if spec.get("bold"):
        parts.append("<w:b/><w:bCs/>")
    if spec.get("italic"):
        parts.append("<w:i/><w:iCs/>")
    if spec.get("colour") or key == "body":
        parts.append(f'<w:color w:val="{colour(tokens, spec.get("colour", "ink"))}"/>')
    if spec.get("spacing"):
        parts.append(f'<w:spacing w:val="{twips(spec["spacing"])}"/>')
    if key == "body":
        parts.append('<w:kern w:val="2"/>')  # CSS kerns, Word does so only when told: without it lines break apart
    if spec.get("size"):
        size = round(spec["size"] * 2)
        parts.append(f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>')
    if spec.get("underline"):
        parts.append('<w:u w:val="single"/>')
    if key == "status":
        parts.append(f'<w:bdr w:val="single" w:sz="6" w:space="1" w:color="{colour(tokens, "rule")}"/>')
    if spec.get("align") == "superscript":
        parts.append('<w:vertAlign w:val="superscript"/>')
    return f"<w:rPr>{''.join(parts)}</w:rPr>" if parts else ""


def table_style(key: str, ids: Mapping[str, str], tokens: Tokens) -> str:
    """Return the `w:style` of one of the four kinds of table."""
    light, dark = (_line(4, colour(tokens, name)) for name in ("rule_light", "rule"))
    accent = colour(tokens, "accent")
    tint = f'<w:shd w:val="clear" w:color="auto" w:fill="{colour(tokens, "tint")}"/>'
    grid = "".join(f"<w:{side} {dark}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    borders, margins, header, fill = {
        "plain": (f"<w:bottom {light}/><w:insideH {light}/>", (56, 100, 56, 100), "", ""),
        "boxed": (grid, (60, 100, 60, 100), tint, ""),
        "matrix": (grid, (60, 40, 60, 40), tint, ""),
        "callout": (f"<w:left {_line(_BAR, accent)}/>", (160, 240, 80, 240), "", tint),
    }[key]
    cell = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in zip(("top", "left", "bottom", "right"), margins, strict=True)
    )
    below = f"<w:tcBorders><w:bottom {_line(8, accent)}/></w:tcBorders>"
    first = f'<w:tblStylePr w:type="firstRow"><w:tcPr>{below}{header}</w:tcPr></w:tblStylePr>'
    base = f'<w:basedOn w:val="{ids["default_table"]}"/>' if "default_table" in ids else ""
    return (
        f"{_head(key, {'word': TABLES[key]}, ids, base)}"
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{cell}</w:tblCellMar></w:tblPr>"
        f"{f'<w:tcPr>{fill}</w:tcPr>' if fill else ''}{'' if key == 'callout' else first}</w:style>"
    )


def _line(eighths: int, hex_: str) -> str:
    return f'w:val="single" w:sz="{eighths}" w:space="0" w:color="{hex_}"'
