"""One conversation with a model: the question, the gate as the validator of its answers, and an end within bounds.

In: a prompt, a gate, settings. Out: an `Answer`. What the server or the network does wrong becomes a BriefgenError that names
neither the key nor what a server says of it. pydantic-ai (the extra `llm`) is imported on use only.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from briefgen.drafters.llm.asked import INSTRUCTIONS, mend
from briefgen.drafters.llm.gate import Gate, GateFault
from briefgen.drafters.llm.proposal import Proposal, items, plain
from briefgen.findings.diagnostics import BriefgenError
from briefgen.model.drafting import ModelSettings
from briefgen.registry import lacking

if TYPE_CHECKING:
    from pydantic_ai import Agent
    from pydantic_ai.models import Model
    from pydantic_ai.usage import RunUsage

MAX_TOKENS = 16_000  # of one answer: some forty items
_SETTINGS = "look at `draft.model` in briefgen.yaml"


@dataclass(slots=True)
class Answer:
    """What came of it: the proposal without what is not borne out, why each part went, and what it took."""

    proposal: Proposal | None = None
    dropped: list[GateFault] = field(default_factory=list)
    usage: RunUsage | None = None
    note: str = ""
    bug: Exception | None = None  # of ours: told as such, not as a fault of the server


def ask(text: str, gate: Gate, chosen: ModelSettings, key: str | None, model: Model | None = None) -> Answer:
    """Return a model's answer; `model` stands in for the one that the settings name.

    A fault after an answer that can be used in part keeps that part, and the answer's note says so. Raises BriefgenError where
    there is nothing to keep, and where the library is missing.
    """
    answer = Answer()
    _load()
    try:
        asyncio.run(_conversation(text, gate, chosen, key, model, answer))
    except BriefgenError as fault:
        if answer.proposal is None:
            raise
        answer.note = f"{fault.message}; the draft is what its best answer until then holds"
    return answer


def _load() -> None:
    """Load the library for the first time; raise BriefgenError where it is missing."""
    try:
        import pydantic_ai.usage  # noqa: F401
    except ImportError as fault:
        raise lacking(fault, "the drafter llm", "llm") from fault


async def _conversation(
    text: str, gate: Gate, chosen: ModelSettings, key: str | None, model: Model | None, answer: Answer
) -> None:
    from pydantic_ai.usage import RunUsage

    from briefgen.drafters.llm import providers

    answer.usage = RunUsage()
    if model is not None:
        await _asked(_agent(model, chosen, gate, answer), text, chosen, answer, key)
        return
    try:
        http = providers.client(chosen)
        built = providers.build(chosen, key, http)
    except ImportError as fault:
        raise lacking(fault, f"a model of {chosen.provider}", "llm") from fault
    async with http:
        await _asked(_agent(built, chosen, gate, answer), text, chosen, answer, key)


def _agent(model: Model, chosen: ModelSettings, gate: Gate, answer: Answer) -> Agent[None, Proposal]:
    from pydantic_ai import Agent, ModelRetry, RunContext

    agent: Agent[None, Proposal] = Agent(
        model, deps_type=type(None), output_type=Proposal, instructions=INSTRUCTIONS, retries=chosen.retries
    )

    @agent.output_validator
    def _borne_out(context: RunContext[None], proposal: Proposal) -> Proposal:
        try:
            kept, dropped = gate.kept(proposal)
        except Exception as bug:
            answer.bug = bug
            raise
        # A model that is told of faults may send less than before: the answer of which most holds is the draft.
        if answer.proposal is None or _size(kept) >= _size(answer.proposal):
            answer.proposal, answer.dropped = kept, dropped
        if dropped and context.retry < chosen.retries:
            raise ModelRetry(mend(dropped))
        return kept

    return agent


def _size(proposal: Proposal) -> int:
    return sum(1 for _ in items(proposal))


async def _asked(agent: Agent[None, Proposal], text: str, chosen: ModelSettings, answer: Answer, key: str | None) -> None:
    from pydantic_ai.exceptions import AgentRunError, UserError

    # One clock for an answer, the client's own tries included, and one for all of them.
    settings: Any = {
        "temperature": 0.0,
        "max_tokens": MAX_TOKENS,
        "timeout": chosen.seconds,
        "request_timeout": chosen.seconds,
    }
    whole = chosen.seconds * (chosen.retries + 1) + 5
    try:
        await agent.run(text, model_settings=settings, usage=answer.usage, timeout=whole)
    except (AgentRunError, UserError) as fault:
        raise _told(fault, chosen, key) from None  # its text can hold what the server says of a key
    except Exception as fault:
        if answer.bug:
            raise
        if _too_large(fault):
            raise _endless(chosen) from None
        # An answer that the library stumbles over: no choices in it, a list in place of a mapping.
        cure = "look at `draft.model.url`: is it the address of the protocol, with its /v1?"
        raise BriefgenError(f"the answer of {chosen.name} can't be read ({type(fault).__name__})", cure) from None


def _told(fault: Exception, chosen: ModelSettings, key: str | None) -> BriefgenError:
    """Return a fault of the library as a sentence and its cure."""
    from pydantic_ai import exceptions as known

    if isinstance(fault, known.ModelHTTPError):
        return _refused(fault.status_code, fault.retry_after, fault.body, chosen, key)
    if isinstance(fault, known.ModelTimeoutError | known.ModelRequestTimeout | known.RunTimedOut):
        cure = "set `draft.model.seconds` higher, or send fewer articles"
        unit = "second" if chosen.seconds == 1 else "seconds"
        return BriefgenError(f"{chosen.name} gave no answer in {chosen.seconds:g} {unit}", cure)
    if _too_large(fault):
        return _endless(chosen)
    if isinstance(fault, known.ModelAPIError):
        if status := getattr(fault.__cause__, "status_code", None):  # a redirect: the library has no name for it
            return _refused(int(status), None, None, chosen, key)
        cure = "look at `draft.model.url` in briefgen.yaml, whether the server runs, and at the network"
        return BriefgenError(f"the server of {chosen.name} can't be reached, or breaks off", cure)
    if isinstance(fault, known.UnexpectedModelBehavior):
        cure = "try again, or with a larger model; the drafter `extractive` needs none"
        tries = "1 try" if chosen.retries == 0 else f"{chosen.retries + 1} tries"
        return BriefgenError(f"{chosen.name} gave no answer that is a draft in {tries}", cure)
    return BriefgenError(f"{chosen.name} can't be asked: {_clean(str(fault), key)}", _SETTINGS)


def _too_large(fault: BaseException | None) -> bool:
    """Return whether a fault comes from an answer over the limit: the libraries wrap what their client raises."""
    from briefgen.drafters.llm.providers import TooLarge

    while fault is not None and not isinstance(fault, TooLarge):
        fault = fault.__cause__ or fault.__context__
    return fault is not None


def _endless(chosen: ModelSettings) -> BriefgenError:
    from briefgen.drafters.llm.providers import MAX_ANSWER

    cure = "look at `draft.model.url`: is it the server of the model? Else try again, or with another model"
    return BriefgenError(f"an answer of {chosen.name} has more than {MAX_ANSWER // 1_000_000} MB, and was left", cure)


def _refused(status: int, wait: float | None, body: object, chosen: ModelSettings, key: str | None) -> BriefgenError:
    """Return what an HTTP status means. What a server says is told, save where it is about the key."""
    name = chosen.name
    if status in (401, 403):
        variable = f"the variable {chosen.key}" if chosen.key else "`draft.model.key`, which names none"
        return BriefgenError(f"the server of {name} refuses the key ({status})", f"look at {variable}")
    if status == 429:
        later = f"in {wait:.0f} seconds" if wait else "later"
        return BriefgenError(f"the server of {name} has no room for more requests now (429)", f"try again {later}")
    if status >= 500:
        return BriefgenError(f"the server of {name} has a fault ({status})", "try again later")
    if 300 <= status < 400:
        cure = "articles go to the named server only: write the right address in `draft.model.url`"
        return BriefgenError(f"the server of {name} sends elsewhere ({status})", cure)
    said = body.get("message") or body.get("error") or "" if isinstance(body, dict) else body or ""
    words = f": {_clean(str(said), key)}" if said else ""
    return BriefgenError(f"the server of {name} refuses the request ({status}){words}", _SETTINGS)


def _clean(said: str, key: str | None) -> str:
    """Return a text of others on one line, short, without the key."""
    shown = str(plain(said.replace(key, "…") if key else said))
    return shown if len(shown) <= 200 else f"{shown[:200].rstrip()} …"
