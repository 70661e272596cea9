"""The sources of a brief for analysts: each title once, long panels over two pages, origins by name."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from briefgen.model.document import classes
from tests.builders import maximal
from tests.mini import Mini


def section(mini: Mini, data: dict[str, Any], name: str) -> Element:
    root = mini.document(data, "analyst").tree
    return next(element for element in root.iter("section") if element.get("id") == name)


def test_a_title_with_an_address_is_the_link_and_stands_once(mini: Mini) -> None:
    data = maximal()
    data["sources"][0] |= {"title": "Harbour crews walk out", "url": "https://example.eu/harbour"}
    printed = section(mini, data, "sources-table")
    assert [a.text for a in printed.iter("a") if a.get("href") == "https://example.eu/harbour"] == ["Harbour crews walk out"]
    assert "".join(printed.itertext()).count("Harbour crews walk out") == 1


def test_a_panel_of_many_sources_may_break_and_a_short_one_stays_whole(mini: Mini) -> None:
    data = maximal()
    more = [{**data["sources"][0], "id": f"Z{n}", "title": f"Text {n}"} for n in range(12)]
    [short] = section(mini, data, "source-panel").iter("table")
    data["sources"] += more
    [long] = section(mini, data, "source-panel").iter("table")
    assert ("keep" in classes(short), "keep" in classes(long)) == (True, False)


def test_origins_are_named_as_the_summary_writes_them(mini: Mini) -> None:
    assert "Harbour News" in "".join(section(mini, maximal(), "source-panel").itertext()).partition("independent origins")[2]
