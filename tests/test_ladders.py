"""Once a rung fits the page budget, every deeper one does: the search for the mildest cut halves the ladder on that ground.

All rungs are laid out by the layout engine itself. Which summaries: the shipped ones, samples of `template check` that reach
their budget, and a long generated one that every hard budget has to cut. `make bench-full` takes all samples and more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pytest

from bench import ladders
from briefgen.model.audience import Audience
from tests.builders import developments, minimal, summary
from tests.mini import Mini
from tests.test_fit import Fake

SAMPLES = ("every field", "sixty items", "long German words", "Ukrainian")
LONG, ROOM = 4, 8
WITHOUT = {*ladders.HEAVY, ("sixty items", "public")}
SHIPPED = dict(ladders.shipped())
TRIED = {name: summary for name, summary in ladders.tried() if name in SAMPLES}
CORPUS = {**SHIPPED, **TRIED}


@pytest.mark.parametrize("name", CORPUS)
def test_the_rungs_fit_in_order(name: str) -> None:
    assert [each for each in ladders.every([(name, CORPUS[name])], WITHOUT) if not each.in_order] == []


def test_the_corpus_is_there() -> None:
    assert set(CORPUS) == {"minimal", "us-russia-reset", *SAMPLES}


def test_the_rungs_of_a_long_summary_fit_in_order_and_every_budget_cuts_it() -> None:
    laid_out = list(ladders.every(ladders.real_size([LONG])))
    assert {each.audience for each in laid_out} == {"executive", "adviser", "public"}
    for each in laid_out:
        assert each.in_order
        assert not each.fits[0]
        assert each.fits[-1]
        assert len(each.fits) > 5


@dataclass
class Falling(Fake):
    """A layout in which one length takes a page more, as if something had fallen over a page break."""

    @property
    def pages(self) -> int:
        return 2 if self.height == self.room - 3 else max(1, math.ceil(self.height / self.room))


@pytest.mark.parametrize(("layout", "fits"), [(Fake, "nnnnYYYY"), (Falling, "nnnnYnYY")])
def test_a_rung_that_is_too_long_after_one_that_fits_is_found(mini: Mini, layout: type[Fake], fits: str) -> None:
    data = minimal(key_developments=developments(8), outlook={"gaps": ["A gap.", "Another gap."]})
    cut = [{"drop": "developments_list", "down_to": 1}]
    board = {"name": "board", "sections": ["developments_list", "gaps"], "budget": {"pages": 1, "hard": True}, "cut": cut}
    audience = Audience.model_validate(board)
    made = ladders.laid_out("made up", summary(data), audience, mini.project, lambda document: layout(document, ROOM))
    assert "".join("nY"[each] for each in made.fits) == fits
    assert made.in_order == (layout is Fake)
