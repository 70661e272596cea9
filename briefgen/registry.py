"""Tables of interchangeable parts hold dotted names, resolved on use, so that a command imports only what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from briefgen.findings.diagnostics import BriefgenError


def resolve(dotted: str) -> Any:  # noqa: ANN401 - a table's parts differ in type; each caller knows its own
    """Return the object that `package.module:name` names.

    Raises BriefgenError when the module or the name does not exist; an ImportError inside the module stays as it is.
    """
    module, _, name = dotted.partition(":")
    try:
        return getattr(import_module(module), name)
    except ModuleNotFoundError as fault:
        if fault.name is None or not (module + ".").startswith(fault.name + "."):
            raise
        raise BriefgenError(f"there is no module {module}", "a part is named as package.module:function") from fault
    except AttributeError as fault:
        raise BriefgenError(f"{module} has no {name!r}", "a part is named as package.module:function") from fault


def lookup(table: Mapping[str, str], key: str, what: str) -> Any:  # noqa: ANN401
    """Return the part that `table` names `key`; raise BriefgenError that lists the known names where there is none."""
    if key not in table:
        raise BriefgenError(f"there is no {what} {key!r}", f"known: {', '.join(sorted(table))}")
    return resolve(table[key])
