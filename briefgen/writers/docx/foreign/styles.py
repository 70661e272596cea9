"""The styles of somebody else's Word file: found by name, completed from the design tokens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from briefgen.writers.docx import packaged
from briefgen.writers.docx.foreign.package import parse
from briefgen.writers.docx.languages import default_lang_xml
from briefgen.writers.docx.names import W
from briefgen.writers.docx.styles import TABLES, kind, style_id

Element = etree._Element
_Q = f"{{{W}}}"


class StyleSheet:
    """`styles.xml` of a reference. `made` lists the names of the styles that it lacked."""

    def __init__(self, content: bytes | None, specs: dict[str, dict[str, Any]], tokens: Mapping[str, Any]) -> None:
        """Read the part, or start an empty one; `specs` say what is needed and how it looks."""
        self.root = parse(content) if content else etree.Element(f"{_Q}styles", nsmap={"w": W})
        self.specs, self._tokens = specs, tokens
        self.made: list[str] = []
        self._all = self.root.findall(f"{_Q}style")
        self._by_id = {str(style.get(f"{_Q}styleId")): style for style in self._all}
        names = {key: str(row["word"]) for key, row in specs.items()} | TABLES
        self._found = {key: self._find(name, kind(key)) for key, name in names.items()}
        if self._found["body"] is None:
            self._found["body"] = self._default("paragraph")
        self._names = names

    def _find(self, name: str, type_: str) -> Element | None:
        """Return the style of a name, whatever its case, else that of the id which Word gives to the name."""
        wanted, identifier = name.lower(), style_id(name)
        same = [style for style in self._all if style.get(f"{_Q}type", "paragraph") == type_]
        by_name = [style for style in same if _value(style, "name").lower() == wanted]
        by_id = [style for style in same if style.get(f"{_Q}styleId") == identifier]
        return next(iter(by_name or by_id), None)

    def _default(self, type_: str) -> Element | None:
        return next((s for s in self._all if s.get(f"{_Q}type") == type_ and s.get(f"{_Q}default") in ("1", "true", "on")), None)

    def complete(self) -> dict[str, str]:
        """Make every style that is missing; return the style ids by key."""
        ids: dict[str, str] = {}
        taken = set(self._by_id)
        for key, name in self._names.items():
            found = self._found[key]
            identifier = str(found.get(f"{_Q}styleId")) if found is not None else _free(style_id(name), taken)
            taken.add(identifier)
            ids[key] = identifier
        for key, type_ in (("default_character", "character"), ("default_table", "table")):
            base = self._default(type_)
            if base is not None:
                ids[key] = str(base.get(f"{_Q}styleId"))
        for key, name in self._names.items():
            if self._found[key] is None:
                self.made.append(name)
                xml = packaged.style(key, self.specs.get(key, {}), ids, self._tokens)
                self.root.append(parse(f'<w:x xmlns:w="{W}">{xml}</w:x>'.encode())[0])
        return ids

    def looks(self) -> dict[str, dict[str, Any]]:
        """Return what the walk must know of each style: space above and below in points, and whether it is bold."""
        return {key: self._look(key, row) for key, row in self.specs.items()}

    def _look(self, key: str, row: Mapping[str, Any]) -> dict[str, Any]:
        if self._found.get(key) is None:
            return dict(row)
        before, after = (self._inherited(key, "pPr", "spacing", side) for side in ("before", "after"))
        bold = self._toggle(key)
        unsized = all(style.find(f"{_Q}rPr/{_Q}sz") is None for style in self._chain(key) if style is not self._found["body"])
        return {**row, "before": int(before or 0) / 20, "after": int(after or 0) / 20, "bold": bold, "unsized": unsized}

    def _toggle(self, key: str) -> bool:
        for style in self._chain(key):
            found = style.find(f"{_Q}rPr/{_Q}b")
            if found is not None:
                return found.get(f"{_Q}val", "1") not in ("0", "false", "off")
        return False

    def number(self, key: str) -> int | None:
        """Return the number of the list that a style belongs to, None where it has none."""
        value = next((v for s in self._chain(key) if (v := _at(s, f"{_Q}pPr/{_Q}numPr/{_Q}numId", "val"))), None)
        return int(value) if value and value.isdigit() and value != "0" else None

    def tabs(self, key: str) -> tuple[int, ...]:
        """Return the places of the tab stops that a style brings along."""
        positions = {
            round(float(str(tab.get(f"{_Q}pos"))))
            for style in self._chain(key)
            for tab in style.findall(f"{_Q}pPr/{_Q}tabs/{_Q}tab")
            if tab.get(f"{_Q}val") != "clear"
        }
        return tuple(sorted(positions))

    def has(self, key: str) -> bool:
        """Return whether the file has a style for this key."""
        return self._found.get(key) is not None

    def value(self, key: str, group: str, name: str, attributes: tuple[str, ...]) -> str | None:
        """Return what a style says, itself or by what it is based on: the first of some attributes at the first that has any."""
        places = [style.find(f"{_Q}{group}/{_Q}{name}") for style in self._chain(key)]
        places.append(self.root.find(f"{_Q}docDefaults/{_Q}{group}Default/{_Q}{group}/{_Q}{name}"))
        given = (place.get(f"{_Q}{a}") for place in places if place is not None for a in attributes)
        return next((text for text in given if text), None)

    def _inherited(self, key: str, group: str, name: str, attribute: str) -> str | None:
        path = f"{_Q}{group}/{_Q}{name}"
        own = next((v for style in self._chain(key) if (v := _at(style, path, attribute))), None)
        return own or _at(self.root, f"{_Q}docDefaults/{_Q}{group}Default/{path}", attribute)

    def _chain(self, key: str) -> list[Element]:
        """Return a style and those that it is based on."""
        chain: list[Element] = []
        style = self._found.get(key)
        while style is not None and style not in chain:
            chain.append(style)
            style = self._by_id.get(_value(style, "basedOn"))
        return chain

    def set_language(self, language: str) -> None:
        """Set the language of the defaults, which Word's spelling check goes by."""
        defaults = _child(self.root, "docDefaults", 0)
        properties = _child(_child(defaults, "rPrDefault", 0), "rPr", 0)
        for old in properties.findall(f"{_Q}lang"):
            properties.remove(old)
        properties.append(parse(f'<w:x xmlns:w="{W}">{default_lang_xml(language)}</w:x>'.encode())[0])
        late = properties.findall(f"{_Q}eastAsianLayout") + properties.findall(f"{_Q}specVanish")
        properties.extend(late)  # CT_RPr (ECMA-376, 17.3.2): these stand after w:lang


def _child(parent: Element, name: str, place: int) -> Element:
    found = parent.find(f"{_Q}{name}")
    if found is None:
        found = etree.Element(f"{_Q}{name}")
        parent.insert(place, found)
    return found


def _value(element: Element, name: str) -> str:
    return _at(element, f"{_Q}{name}", "val") or ""


def _at(element: Element, path: str, attribute: str) -> str | None:
    found = element.find(path)
    return found.get(f"{_Q}{attribute}") if found is not None else None


def _free(identifier: str, taken: set[str]) -> str:
    number, name = 1, identifier
    while name in taken:
        number += 1
        name = f"{identifier}{number}"
    return name
