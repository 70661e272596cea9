"""placeholder"""

from briefgen.diagnostics import Diagnostic, error
from briefgen.load.pages import Page
from typing import Any, Callable


def explain(page: Page, fault: Any, first_fault: Callable[[str], Any]) -> list[Diagnostic]:
    mark = getattr(fault, "problem_mark", None)
    return [
        error(
            "YML-01", str(getattr(fault, "problem", fault)), page.at(mark.line + 1, mark.column + 1) if mark else None
        )
    ]
