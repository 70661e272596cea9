"""The labelled set: every label stands where it says, none is missing; and what the score counts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from bench.draft import labels, score
from bench.draft.labels import FLAGS, SECTIONS, Label, Labelled
from briefgen.drafters.actors import gazetteer
from briefgen.drafters.features import read
from briefgen.model.terms import Kind

FILES = sorted(labels.FOLDER.glob("*/*.yaml"))
WORDS = (220, 310)


def test_the_halves_part_by_topic() -> None:
    topics = {name: {each.topic for each in labels.half(name)} for name in ("dev", "hidden")}
    assert not topics["dev"] & topics["hidden"]
    assert len(topics["dev"] | topics["hidden"]) == 8
    for name in topics:
        assert Counter(each.genre for each in labels.half(name)) == {"news": 4, "analysis": 4, "opinion": 4}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_label_stands_where_it_says(path: Path) -> None:
    one = labels.labelled(path)
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    assert WORDS[0] <= len(text.split()) <= WORDS[1]
    before = 0
    for label in one.sentences:
        sentence = text[label.start : label.end]
        assert sentence.startswith(label.begins)
        assert sentence == sentence.strip()
        assert sentence[-1] in ".?!”"
        assert label.start >= before
        assert sentence in next(p.text for p in one.article.paragraphs if p.number == label.paragraph)
        assert set(label.fit) <= set(SECTIONS)
        assert set(label.fit.values()) <= {1, 2}
        assert label.flags <= set(FLAGS)
        assert label.event is None or label.event[0] == "e"
        assert label.event or 2 not in label.fit.values()
        before = label.end


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_sentence_is_without_label(path: Path) -> None:
    """The labels cover their paragraphs but for the blanks between them; only the top and the author's line have none."""
    one = labels.labelled(path)
    text = one.article.text
    assert text == path.with_suffix(".txt").read_text(encoding="utf-8").rstrip("\n")
    covered = {label.paragraph for label in one.sentences}
    for paragraph in one.article.paragraphs:
        inside = [label for label in one.sentences if label.paragraph == paragraph.number]
        if inside:
            assert sum(label.end - label.start for label in inside) + len(inside) - 1 == len(paragraph.text)
            assert inside[0].start == paragraph.start
    first, last = min(covered), max(covered)
    assert covered == set(range(first, last + 1))
    assert first <= 2
    assert last >= one.article.paragraphs[-1].number - 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_stakeholders_are_named_once_and_of_a_kind(path: Path) -> None:
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))["stakeholders"]
    assert {row["wanted"] for row in rows} <= {"must", "optional"}
    assert {row["kind"] for row in rows} <= set(Kind)
    assert len({row["name"] for row in rows}) == len(rows)


# ---- the score


def _labelled() -> Labelled:
    return labels.half("dev")[0]


def test_the_baseline_takes_as_many_from_the_ends() -> None:
    one = _labelled()
    taken = score.lead(one, Counter(developments=2, risks=1, outlook=2))
    rows = one.sentences
    assert [picked[0] for _, picked in taken] == [*rows[:2], rows[-3], *rows[-2:]]


def test_a_pick_that_does_not_fit_is_no_hit() -> None:
    good, bad = Label(0, 1, 1, "", {"risks": 2}, event="e1"), Label(2, 3, 1, "", {}, event="e2")
    one = Labelled(Path("x"), "t", "news", _labelled().article, (good, bad), {})
    made = score.Scored(Counter(), Counter())
    score._selection(made, "", one, [("risks", [good]), ("risks", [bad]), ("outlook", [good])])
    assert (made.hits["precision"], made.totals["precision"]) == (1, 3)
    assert (made.hits["event recall"], made.totals["event recall"]) == (1, 1)
    assert made.hits["redundancy"] == 1


def test_the_drafter_beats_the_baseline_where_it_is_tuned() -> None:
    made = score.total(score.scored(each) for each in labels.half("dev"))
    for name in ("precision", "event recall"):
        assert made.hits[name] > 1.2 * made.hits[f"lead {name}"]
    assert made.hits["verbatim"] == made.totals["verbatim"] > 200
    assert all(len(row) == 3 for row in score.table(made))


def test_every_label_of_the_tuned_half_meets_its_sentence() -> None:
    """The splitter finds the sentences that a person sees: each label is one sentence, but for those too short to quote."""
    missed = []
    for one in labels.half("dev"):
        starts = {each.sentence.start for each in read(one.article, 0, gazetteer("en")).sentences}
        missed += [label.begins for label in one.sentences if label.start not in starts and label.end - label.start > 20]
    assert missed == []
