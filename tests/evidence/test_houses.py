"""Names of outlets and publishers: which of them are one house."""

from __future__ import annotations

import pytest

from briefgen.evidence.houses import house, relayed


@pytest.mark.parametrize(
    "name",
    ["The Harbour Times", "Harbour Times", "HARBOUR TIMES LTD.", "Harbour Times Co., Ltd", "harbour-times", "Harbour Times.com",
     "Harbour Times via The Quay", "Harbour Times, as cited in The Quay", "Harbour Times (quoted by The Quay)", "Härbour Times"],
)  # fmt: skip
def test_forms_of_one_name(name: str) -> None:
    assert house(name) == "harbour times"


@pytest.mark.parametrize(
    ("name", "folded"),
    [("https://www.quay.example/", "quay"), ("quay.org", "quay"), ("A.P.", "ap"), ("AP", "ap"), ("The", "the"), ("…", "…"),
     ("Le Quai", "quai"), ("Ports & Quays", "ports and quays"), ("Company", "company")],
)  # fmt: skip
def test_other_names(name: str, folded: str) -> None:
    assert house(name) == folded


def test_different_names_stay_apart() -> None:
    names = ["Harbour Times", "Harbour News", "Times", "Quay Times", "Associated Press", "AP"]
    assert len({house(name) for name in names}) == len(names)


def test_who_is_relayed() -> None:
    assert relayed("Reuters via Example Times") == "Reuters"
    assert relayed("Example Times") == "Example Times"
