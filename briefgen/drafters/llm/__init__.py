"""The model drafter: articles → a draft in the model's words, none of which passes the evidence gate unproved.

In: articles and settings. Out: a draft. The gate is the validator of the model's answers: what it refuses is sent back with the
reason, a set number of times, then dropped and listed. Nothing is sent but the articles and the task; the library (pydantic-ai,
the extra `llm`) is loaded on use only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from briefgen.drafters.llm.answering import Answer, ask
from briefgen.drafters.llm.asked import INSTRUCTIONS, language, prompt
from briefgen.drafters.llm.gate import Gate
from briefgen.drafters.llm.proposal import Proposal, plain, values
from briefgen.drafters.llm.providers import address
from briefgen.drafters.llm.weaken import weakened
from briefgen.drafters.parts import Drafted, Reading, Settings
from briefgen.findings.diagnostics import UsageError
from briefgen.model.article import Article
from briefgen.model.drafting import ModelSettings
from briefgen.model.text import to_write

if TYPE_CHECKING:
    from pydantic_ai.models import Model
    from pydantic_ai.usage import RunUsage

HEAD = (
    "A draft that a model ({name}) wrote from the articles named under `sources`. Every quote was found verbatim, and no",
    "figure, date, name or denial stands in a text whose quoted paragraphs lack it; a risk was compared in figures and dates",
    "only. Whether the texts are right and fair, nobody has judged. For each item: keep it, write its words anew, or delete",
    "it; then remove `review: open`. `briefgen check` lists what is left.",
)
LEFT = {
    "/stage": ["as_of and bottom_line are yours to write, when the items below are settled."],
    "/risks": ["For each: who is exposed, likelihood, impact (1 to 5), horizon and early signs are your judgement."],
}
CHARACTERS_A_TOKEN = 4


def draft(articles: Sequence[Article], settings: Settings, model: Model | None = None) -> Drafted:
    """Return what a model makes of some articles. `model` stands in for the one that the settings name.

    Raises UsageError where no model is named, BriefgenError where the library is missing, the server does not answer, or no
    answer is a draft after all tries.
    """
    chosen = named(settings)
    gate = Gate(articles, language(articles, settings))
    answer = ask(prompt(articles, settings), gate, chosen, settings.key, model)
    return _drafted(articles, settings, gate, answer, chosen)


def named(settings: Settings) -> ModelSettings:
    """Return the model that the settings name; raise UsageError where they name none."""
    if settings.model is None:
        cure = "add `draft: {model: {name: …, url: …}}` to briefgen.yaml"
        raise UsageError("no model is named for the drafter llm", cure)
    return settings.model


def planned(articles: Sequence[Article], settings: Settings) -> str:
    """Return what `draft` would send first, and where to, without sending anything."""
    chosen = named(settings)
    text, schema = prompt(articles, settings), len(str(Proposal.model_json_schema()))
    tokens = (len(INSTRUCTIONS) + len(text) + schema) // CHARACTERS_A_TOKEN
    again = f"; sent up to {chosen.retries + 1} times, with what is to be mended" if chosen.retries else ""
    cost = f", about {tokens * chosen.price_in / 1_000_000:.4f} to send" if chosen.price_in is not None else ""
    head = [
        f"to: {address(chosen)} ({chosen.provider})",
        f"model: {chosen.name}",
        f"key: {f'from the variable {chosen.key}' if chosen.key else 'none'}",
        f"size: about {tokens} tokens{cost}, the form of an answer (a JSON Schema) among them{again}",
    ]
    return "\n".join(head) + f"\n\n{INSTRUCTIONS}\n\n{text}\n"


def _drafted(articles: Sequence[Article], settings: Settings, gate: Gate, answer: Answer, chosen: ModelSettings) -> Drafted:
    from briefgen.drafters.compose import TITLE, on_sources, source
    from briefgen.drafters.extractive import understood

    readings = understood(articles, settings)
    proposal, weaker = weakened(answer.proposal or Proposal(), gate, readings)
    held: dict[str, Any] = {
        "title": " ".join((settings.title or "").split()) or proposal.title or to_write(TITLE),
        "language": gate.language,
        "stage": "draft",
        "production": "ai_generated",
        **values(proposal, gate.anchors(proposal)),
        "sources": [source(number, reading, settings) for number, reading in enumerate(readings)],
    }
    made = {key: value for key, value in held.items() if value}
    told = dict(_comments(made, weaker, answer, chosen))
    return Drafted(made, {**told, **on_sources(readings)}, tuple(_notes(readings, weaker, answer, chosen)))


def _comments(
    made: Mapping[str, Any], weaker: Mapping[str, str], answer: Answer, chosen: ModelSettings
) -> Iterator[tuple[str, list[str]]]:
    yield "", [HEAD[0].format(name=chosen.name), *HEAD[1:]]
    yield from ((pointer, lines) for pointer, lines in LEFT.items() if pointer[1:] in made)
    yield from ((pointer, [why]) for pointer, why in weaker.items())
    if answer.dropped:
        yield "/-", ["Dropped by the evidence gate, with what was wrong:", *_lost(answer)]


def _notes(readings: Sequence[Reading], weaker: Mapping[str, str], answer: Answer, chosen: ModelSettings) -> Iterator[str]:
    for reading in readings:
        yield from (*reading.article.notes, *reading.notes)
    if answer.note:
        yield answer.note
    yield from (f"dropped: {line}" for line in _lost(answer))
    yield from (f"{pointer[1:]}: {why}" for pointer, why in weaker.items())
    proposal = answer.proposal
    if proposal is None or not any((proposal.key_developments, proposal.stakeholders, proposal.risks, proposal.watch)):
        yield f"nothing that {chosen.name} proposed is borne out: the draft holds the sources alone"
    if answer.usage:
        yield report(answer.usage, chosen)


def _lost(answer: Answer) -> list[str]:
    return [str(plain(f"{fault.about}: {fault.message}")) for fault in answer.dropped]


def report(usage: RunUsage, chosen: ModelSettings) -> str:
    """Return one line on requests, tokens and, where prices are set, cost in the currency of these."""
    requests = "1 request" if usage.requests == 1 else f"{usage.requests} requests"
    line = f"{chosen.name}: {requests}, {usage.input_tokens} tokens sent, {usage.output_tokens} answered"
    if chosen.price_in is None or chosen.price_out is None:
        return line
    cost = (usage.input_tokens * chosen.price_in + usage.output_tokens * chosen.price_out) / 1_000_000
    return f"{line}, cost {cost:.4f}"
