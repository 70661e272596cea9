"""Summaries by the hundred, each another: for measuring a batch, and for its tests.

In: how many, and a folder. Out: a project there (`briefgen.yaml`, `inputs/*.json`). The same number gives the same summary.
The words are made up; lengths, likelihoods, how many items there are and which parts are missing vary.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from bench.long import summary as real_size

Data = dict[str, Any]
_TOPICS = (
    "Port fees",
    "Grain transit",
    "Grid links",
    "Rail gauge",
    "Fishing quotas",
    "Chip exports",
    "Gas storage",
    "Visa rules",
)
_WHO = ("Norland", "Estmark", "the Harbour Council", "the Commission", "the Transit Union", "Sundby", "the Ministry of Trade")
_WHAT = ("delays the vote", "signs the annex", "asks for talks", "closes one crossing", "doubles its checks", "renews the lease")
_WHY = ("because its budget runs out in spring", "after two meetings without result", "while its neighbours wait for a signal")
_LIKELY = ("unlikely", "likely", "highly likely", "realistic possibility")
_DAY = "2025-03-{:02d}"


def summary(number: int, *, tiny: bool = False) -> Data:
    """Return one summary as the data of its file; a `tiny` one is laid out in a fraction of the time."""
    chance = Random(number)
    topic, who = chance.choice(_TOPICS), chance.choice(_WHO)
    made: Data = {
        "language": "en-GB",
        "as_of": _DAY.format(chance.randint(1, 28)),
        "title": f"{topic}: {_clause(chance)} in round {number}",
        "bottom_line": f"Reports say that {who} {chance.choice(_WHAT)}, {chance.choice(_WHY)}.",
        "key_developments": [_development(chance, n) for n in range(1 if tiny else chance.randint(2, 5))],
        "sources": [{"id": f"S{n}", "title": f"{topic} bulletin {number}-{n}", "published": "2025-02"} for n in (1, 2)],
    }
    if not tiny:
        made["stakeholders"] = [{"name": name, "role": _sentence(chance)} for name in chance.sample(_WHO, chance.randint(2, 5))]
        made["risks"] = [_risk(chance, n) for n in range(chance.randint(1, 4))]
        made["outlook"] = {
            "watch": [{"date": "unknown", "event": _clause(chance).capitalize()} for _ in range(chance.randint(1, 4))]
        }
        made["background"] = {"text": " ".join(_sentence(chance) for _ in range(chance.randint(2, 6)))}
        made["why_it_matters"] = " ".join(_sentence(chance) for _ in range(chance.randint(1, 3)))
    return made


def project(folder: Path, count: int, *, tiny: bool = False, long: bool = False, **job: Any) -> list[Path]:  # noqa: ANN401
    """Write a project of `count` summaries, with one job of these settings, `all`; return the paths of the summaries.

    `long` ones have the size of the shipped example (`bench.long`).
    """
    settings = {"jobs": {"all": {"inputs": ["inputs/*.json"], **job}}}
    (folder / "inputs").mkdir(parents=True, exist_ok=True)
    (folder / "briefgen.yaml").write_text(json.dumps(settings), encoding="utf-8")  # JSON is YAML
    made = (real_size(number) if long else summary(number, tiny=tiny) for number in range(count))
    return list(_written(folder / "inputs", made))


def _written(folder: Path, summaries: Iterable[Data]) -> Iterator[Path]:
    for number, made in enumerate(summaries):
        path = folder / f"s{number:05d}.json"
        path.write_text(json.dumps(made, ensure_ascii=False, indent=1), encoding="utf-8")
        yield path


def _clause(chance: Random) -> str:
    return f"{chance.choice(_WHO)} {chance.choice(_WHAT)} {chance.choice(_WHY)}"


def _sentence(chance: Random) -> str:
    clause = _clause(chance)
    return f"{clause[0].upper()}{clause[1:]}, and that is told in {chance.randint(2, 40)} pages."


def _development(chance: Random, number: int) -> Data:
    text = " ".join(_sentence(chance) for _ in range(chance.randint(1, 3)))
    evidence = [{"source": f"S{chance.randint(1, 2)}", "quote": _clause(chance), "locator": f"¶{number + 1}"}]
    return {"headline": _clause(chance).capitalize(), "text": text, "status": "reported", "evidence": evidence}


def _risk(chance: Random, number: int) -> Data:
    term = _LIKELY[(number + chance.randint(0, 3)) % len(_LIKELY)]
    article = "a " if term == "realistic possibility" else ""
    return {
        "title": f"Risk {number + 1}: {chance.choice(_TOPICS).lower()}",
        "mechanism": f"If {_clause(chance)}, then firms leave, because they can't plan. This is {article}{term}.",
        "likelihood": term,
        "impact": chance.randint(1, 5),
    }
