"""Names of places in messages."""

from __future__ import annotations

from briefgen.model.ids import named


def test_a_place_is_named_by_the_id_that_is_shown_and_counted_from_one() -> None:
    shown = {"/key_developments/0": "D1", "/outlook/watch/2": "W3"}
    assert named("/key_developments/0/text", shown) == "D1 text"
    assert named("/outlook/watch/2/event", shown) == "W3 event"
    assert named("/lines_to_take/2", shown) == "lines_to_take 3"
    assert named("/key_developments/0/text") == "key_developments 1 text"
    assert named("/title", shown) == "title"
