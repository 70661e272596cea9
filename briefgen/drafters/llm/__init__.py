"""The model drafter: articles → a draft in the model's words, none of which passes the evidence gate unproved.

The gate is the validator of the model's answers: what it refuses is sent back with the reason, a set number of times, then dropped
and listed. Nothing is sent but the articles and the task; the library (pydantic-ai, the extra `llm`) is loaded on use only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from briefgen.diagnostics import BriefgenError, UsageError
from briefgen.drafters.llm.asked import INSTRUCTIONS, prompt
from briefgen.drafters.llm.gate import Fault, Gate
from briefgen.drafters.llm.proposal import Proposal, values
from briefgen.drafters.parts import Drafted, Settings
from briefgen.model.article import Article
from briefgen.model.drafting import ModelSettings

if TYPE_CHECKING:
    from pydantic_ai import Agent
    from pydantic_ai.models import Model
    from pydantic_ai.usage import RunUsage

HEAD = (
    "A draft that a model wrote from the articles named under `sources`. Every quote was found verbatim, and no figure, date, name",
    "or denial stands in a text that its quoted paragraphs lack; whether the texts are right and fair, nobody has judged.",
    "For each item: keep it, write its words anew, or delete it; then remove `review: open`.",
)
TITLE = "the claim of this brief, not its topic"


def draft(articles: Sequence[Article], settings: Settings, model: Model | None = None) -> Drafted:
    """Return what a model makes of some articles. `model` stands in for the one that the settings name.

    Raises UsageError where no model is named, BriefgenError where the library is missing, the server does not answer, or its answers
    are no draft after all tries.
    """
    chosen = settings.model
    if chosen is None:
        cure = "add `draft: {model: {provider: openai, name: …}}` to briefgen.yaml"
        raise UsageError("no model is named for the drafter llm", cure)
    gate = Gate(articles, settings.language or next((article.language for article in articles if article.language), None) or "en")
    dropped: list[Fault] = []
    agent = _agent(_built(chosen, settings.key) if model is None else model, chosen, gate, dropped)
    proposal, usage = _answered(agent, prompt(articles, settings), chosen)
    return _drafted(articles, settings, gate, proposal, dropped, usage)


def planned(articles: Sequence[Article], settings: Settings) -> str:
    """Return what `draft` would send, and where to, without sending anything."""
    chosen = settings.model
    where = f"{chosen.name} at {chosen.url or f'the server of {chosen.provider}'}" if chosen else "no model is named"
    text = prompt(articles, settings)
    return f"to: {where}\nabout {(len(INSTRUCTIONS) + len(text)) // 4} tokens\n\n{INSTRUCTIONS}\n\n{text}\n"


def _built(chosen: ModelSettings, key: str | None) -> Model:
    """Return the model that the settings name; its library is loaded here."""
    try:
        from briefgen.drafters.llm.providers import build
    except ImportError as fault:
        raise BriefgenError("the library for models is not installed", "pip install 'briefgen[llm]'") from fault
    return build(chosen, key)


def _agent(model: Model, chosen: ModelSettings, gate: Gate, dropped: list[Fault]) -> Agent[None, Proposal]:
    from pydantic_ai import Agent, ModelRetry, RunContext

    agent: Agent[None, Proposal] = Agent(model, output_type=Proposal, instructions=INSTRUCTIONS, retries=chosen.retries)

    @agent.output_validator
    def _borne_out(context: RunContext[None], proposal: Proposal) -> Proposal:
        faults = gate.faults(proposal)
        if faults and context.retry < chosen.retries:
            raise ModelRetry(
                "Not borne out by the articles; mend or leave out: " + "; ".join(f"{f.place}: {f.message}" for f in faults)
            )
        kept, out = gate.kept(proposal)
        dropped.extend(out)
        return kept

    return agent


def _answered(agent: Agent[None, Proposal], text: str, chosen: ModelSettings) -> tuple[Proposal, RunUsage]:
    from pydantic_ai.exceptions import AgentRunError, ModelAPIError, ModelHTTPError, UnexpectedModelBehavior, UserError

    limits: Any = {"timeout": chosen.seconds, "temperature": 0.0}
    try:
        result = agent.run_sync(text, model_settings=limits)
    except ModelHTTPError as fault:
        cure = (
            "wait a while and try again" if fault.status_code == 429 else "look at `draft.model` in briefgen.yaml, and at the key"
        )
        raise BriefgenError(f"the server of {chosen.name} answers {fault.status_code}", cure) from fault
    except ModelAPIError as fault:
        raise BriefgenError(
            f"the server of {chosen.name} can't be reached", "look at `draft.model.url`, and at the network"
        ) from fault
    except UnexpectedModelBehavior as fault:
        cure = "try again, or with a larger model; the drafter `extractive` needs none"
        raise BriefgenError(f"{chosen.name} gave no draft in {chosen.retries + 1} tries", cure) from fault
    except (AgentRunError, UserError) as fault:
        raise BriefgenError(f"{chosen.name}: {fault}", "look at `draft.model` in briefgen.yaml") from fault
    return result.output, result.usage


def _drafted(
    articles: Sequence[Article], settings: Settings, gate: Gate, proposal: Proposal, dropped: Sequence[Fault], usage: RunUsage
) -> Drafted:
    from briefgen.drafters.compose import on_sources, source
    from briefgen.drafters.extractive import understood

    made = values(proposal, gate.locators(proposal), TITLE)
    if settings.title:
        made["title"] = " ".join(settings.title.split())
    readings = understood(articles, settings)
    rows, comments = [source(number, reading, settings) for number, reading in enumerate(readings)], on_sources(readings)
    held = {
        "title": made.pop("title"),
        "language": gate.language,
        "stage": "draft",
        "production": "ai_generated",
        **made,
        "sources": rows,
    }
    listed = [f"{fault.place}: {fault.message}" for fault in dropped]
    told = {"": list(HEAD), **comments, **({"/-": ["Dropped by the evidence gate:", *listed]} if listed else {})}
    notes = [f"dropped: {line}" for line in listed]
    return Drafted({key: value for key, value in held.items() if value}, told, (*notes, report(usage, settings.model)))


def report(usage: RunUsage, chosen: ModelSettings | None) -> str:
    """Return one line on requests, tokens and, where prices are set, cost."""
    line = f"{usage.requests} requests, {usage.input_tokens} tokens sent, {usage.output_tokens} answered"
    if chosen is None or chosen.price_in is None or chosen.price_out is None:
        return line
    cost = (usage.input_tokens * chosen.price_in + usage.output_tokens * chosen.price_out) / 1_000_000
    return f"{line}, cost {cost:.4f}"
