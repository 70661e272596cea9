"""Names that a model takes from a table which it does not know: whoever checks the model brings them along."""

from __future__ import annotations

from pydantic import AfterValidator, ValidationInfo
from pydantic_core import PydanticKnownError


def one_of(key: str, *always: str) -> AfterValidator:
    """Return a validator of a name: one of `always`, or of those that the context of the check holds under `key`.

    Without a context, any name will do: then somebody else looks it up.
    """

    def check(value: str, info: ValidationInfo) -> str:
        if info.context is not None and value not in (known := (*always, *info.context.get(key, ()))):
            raise PydanticKnownError("literal_error", {"expected": ", ".join(f"'{name}'" for name in known)})
        return value

    return AfterValidator(check)
