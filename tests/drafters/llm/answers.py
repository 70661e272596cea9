"""What a model could answer, and a model that answers it: no network, no service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pydantic_ai.models
from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, ToolCallPart
from pydantic_ai.models.function import AgentInfo, FunctionModel

from briefgen.drafters import Drafted, Settings
from briefgen.drafters.llm import draft
from briefgen.model.article import Article
from briefgen.model.drafting import ModelSettings
from tests.drafters.made import article

pydantic_ai.models.ALLOW_MODEL_REQUESTS = False

Data = dict[str, Any]
CLOSES = "The ferry line Nordwind will close its route to Gotland"
LOST = "the line lost 40 million euros last year"
VOTE = "The shareholders will vote on 12 May 2025"
DENIED = "denied that Warsaw had blocked a rescue"


def anchor(quote: str = CLOSES, source: str = "S1", **more: str) -> Data:
    return {"source": source, "quote": quote, **more}


def development(text: str = "Nordwind said that its route to Gotland will close.", *evidence: Data, **more: Any) -> Data:
    return {"headline": "Route to close", "text": text, "status": "claimed", "evidence": list(evidence) or [anchor()], **more}


GOOD: Data = {
    "title": "Nordwind will close its route to Gotland",
    "key_developments": [development(attribution="the company")],
    "stakeholders": [
        {
            "name": "European Commission",
            "kind": "eu_body",
            "role": "Warned of a loss of fuel.",
            "position": "Islands could lose their supply.",
            "evidence": [anchor("islands in the Baltic could lose their supply of fuel")],
        }
    ],
    "risks": [
        {
            "title": "Islands without fuel",
            "mechanism": "If the route closes, then islands lose their fuel, because nobody else carries it.",
            "evidence": [anchor("islands in the Baltic could lose their supply of fuel")],
        }
    ],
    "watch": [{"event": "Vote of the shareholders on 12 May 2025", "evidence": [anchor(VOTE)]}],
}


class Answers:
    """A model that gives its answers one after the other, the last for ever; it keeps what it was asked."""

    def __init__(self, *answers: Data | str) -> None:
        self.answers = answers
        self.asked: list[list[ModelMessage]] = []
        self.model = FunctionModel(self._answer)

    def _answer(self, messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        self.asked.append(list(messages))
        answer = self.answers[min(len(self.asked), len(self.answers)) - 1]
        if isinstance(answer, str):
            return ModelResponse(parts=[TextPart(answer)])
        return ModelResponse(parts=[ToolCallPart(info.output_tools[0].name, answer)])

    def told(self, number: int) -> str:
        """Return the last message of a request: what was sent back."""
        return str(self.asked[number][-1].parts[-1].content)  # type: ignore[union-attr]


def drafted(
    answers: Answers, articles: Sequence[Article] | None = None, *, retries: int = 1, title: str | None = None, **model: Any
) -> Drafted:
    settings = Settings(title=title, model=ModelSettings(name="test", retries=retries, **model))
    return draft(articles or [article()], settings, answers.model)
