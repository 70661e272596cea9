"""What a project says of drafting, and the key of its model: read here from the environment, told nowhere.

In: the project's file and the environment. Out: `DraftSettings` and a key; UsageError or BriefgenError where either is wanting.
"""

from __future__ import annotations

import os

from briefgen.findings.diagnostics import BriefgenError, UsageError
from briefgen.model.drafting import DraftSettings, ModelSettings


def model(chosen: DraftSettings) -> ModelSettings:
    """Return the model that is to be asked; raise UsageError where the project names none, or a service without a key."""
    if chosen.model is None:
        cure = "add to briefgen.yaml: `draft: {model: {name: …, url: …}}`, or for a service `{provider: …, name: …, key: …}`"
        raise UsageError("no model is named for the drafter llm", cure)
    if not chosen.model.url and not chosen.model.key:
        cure = "add `key:` with the variable that holds it, or `url:` for a server of your own"
        raise UsageError(f"`draft.model` has neither `key` nor `url`: {chosen.model.provider} answers nobody without a key", cure)
    return chosen.model


def key(chosen: ModelSettings) -> str | None:
    """Return the key from the variable that the settings name, None where they name none."""
    if chosen.key is None:
        return None
    found = os.environ.get(chosen.key, "").strip()
    if not found:
        message = f"the variable {chosen.key}, which `draft.model.key` names, is not set"
        raise BriefgenError(message, f"set it before the command: export {chosen.key}=…")
    if not (found.isascii() and found.isprintable() and " " not in found):
        raise BriefgenError(f"the variable {chosen.key} holds no key: there are blanks or other signs in it", "copy the key anew")
    return found
