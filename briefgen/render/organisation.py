"""What templates may print of an organisation: plain values, so that a project without a brand pays nothing for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from briefgen.findings.diagnostics import Rejected, error


@dataclass(frozen=True, slots=True)
class Logo:
    """The logo as templates print it: its address, its words, its height in CSS pixels, where it stands."""

    src: str
    alt: str
    pixels: int
    place: str


class Wording(NamedTuple):
    """A text, and its language where that is not the brief's."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """What templates may print of an organisation; empty where there is no brand."""

    name: str = ""
    short: str = ""
    desk: str = ""
    logo: Logo | None = None
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def texts(self, names: Sequence[str], language: str) -> list[Wording]:
        """Return texts of the brand in a language, else in English; raise Rejected for a name that it does not have."""
        unknown = [name for name in names if name not in self.words]
        if unknown:
            there = f"there are {', '.join(self.words)}" if self.words else "the brand has no texts yet"
            raise Rejected(
                [
                    error(
                        "BRD-05",
                        f"the audience names the text {name!r}, which templates/brand.yaml does not have",
                        None,
                        f"write it below `texts:` there; {there}",
                    )
                    for name in unknown
                ]
            )
        return [in_language(self.words[name], language) for name in names]


def in_language(words: Mapping[str, str], language: str) -> Wording:
    """Return the wording of a language: of `de-AT` that of `de`, else English, else the first."""
    keys = (language, language.split("-")[0], "", "en", *words)
    key = next((key for key in keys if key in words), "")
    return Wording(words.get(key, ""), "" if key in keys[:3] else key)
