"""What briefgen uses of other libraries beyond their documented interface: each name is looked for, so that a change is loud.

WeasyPrint's, Jinja's and python-docx's versions are bounded for these names in pyproject.toml; a new release is let in by
running this.
"""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from pathlib import Path
from typing import Any

import docx
import jinja2
import pytest
import weasyprint
from jinja2 import compiler, environment, nodes, runtime, sandbox
from packaging.requirements import Requirement
from weasyprint.formatting_structure import boxes
from weasyprint.text import ffi

import briefgen

HOME = Path(briefgen.__file__).parent
PROJECT = Path(__file__).parents[1] / "pyproject.toml"
NAMES = (
    (weasyprint, "DEFAULT_OPTIONS"),
    (weasyprint.Document, "_render", "_build_layout_context"),
    (ffi, "harfbuzz_subset"),
    (boxes.Box, "is_in_normal_flow", "margin_width", "margin_height", "border_width", "content_box_x", "content_box_y"),
    (boxes.Box, "descendants"),
    (compiler, "operators"),
    (compiler.CodeGenerator, "_output_child_to_const", "visit_Template", "visit_Concat", "visit_Operand", "visit_Assign"),
    (compiler.CodeGenerator, "visit_Getitem", "newline", "write", "visit"),
    (environment.Template, "_get_default_module", "make_module", "render"),
    (runtime.Context, "call"),
    (sandbox.ImmutableSandboxedEnvironment, "call_binop", "call", "is_safe_attribute", "wrap_str_format", "unsafe_undefined"),
    (sandbox.ImmutableSandboxedEnvironment, "code_generator_class", "template_class", "intercepted_binops", "compile"),
    (jinja2.StrictUndefined, "_fail_with_undefined_error"),
    (nodes, "EnvironmentAttribute", "Impossible", "TemplateData", "ExprStmt", "Operand", "Concat"),
)
SIGNATURES = {
    weasyprint.Document._render: ["html", "font_config", "counter_style", "color_profiles", "options"],
    weasyprint.Document._build_layout_context: ["html", "font_config", "counter_style", "color_profiles", "options"],
    boxes.Box.descendants: ["self", "placeholders"],
    compiler.CodeGenerator._output_child_to_const: ["self", "node", "frame", "finalize"],
    environment.Template._get_default_module: ["self", "ctx"],
    sandbox.SandboxedEnvironment.call_binop: ["self", "context", "operator", "left", "right"],
    sandbox.SandboxedEnvironment.wrap_str_format: ["self", "value"],
    sandbox.SandboxedEnvironment.unsafe_undefined: ["self", "obj", "attribute"],
}
STATEMENTS = [
    "assign",
    "assignblock",
    "for",
    "with",
    "macro",
    "callblock",
    "filterblock",
    "import",
    "fromimport",
    "include",
    "extends",
]
PAGE = (
    "<style>@page { size: 12cm; margin: 1cm } span { float: footnote }</style>"
    "<p>Text<span>A note.</span></p><img alt='' src='data:image/svg+xml,<svg/>'><table><col><tr><td>One</table>"
)


@pytest.mark.parametrize("row", NAMES, ids=lambda row: row[0].__name__)
def test_the_names_are_there(row: tuple[Any, ...]) -> None:
    assert [name for name in row[1:] if not hasattr(row[0], name)] == []


@pytest.mark.parametrize("function", SIGNATURES, ids=lambda function: function.__qualname__)
def test_the_arguments_are_those(function: Any) -> None:
    assert list(inspect.signature(function).parameters) == SIGNATURES[function]


def named(folder: str, pattern: str) -> set[str]:
    """Return the texts of a pattern that stand alone in a folder's code: names that are compared with those of classes."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (HOME / folder).rglob("*.py")]
    found = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant) and node.value}
    return {text for text in found if isinstance(text, str) and re.fullmatch(pattern, text)}


def test_each_box_that_is_compared_by_its_name_is_a_class() -> None:
    compared = named("writers/pdf", r"\w+Box")
    assert {"FootnoteAreaBox", "LineBox", "TextBox", "InlineBox", "BlockBox", "TableCellBox"} <= compared
    assert {name for name in compared if not inspect.isclass(getattr(boxes, name, None))} == set()


def test_each_node_that_is_read_by_its_name_is_a_class() -> None:
    known = {name.lower() for name, kind in vars(nodes).items() if inspect.isclass(kind) and issubclass(kind, nodes.Node)}
    texts = [path.read_text(encoding="utf-8") for path in (HOME / "template_check").glob("*.py")]
    [tree] = [ast.parse(text) for text in texts if "type(node).__name__.lower()" in text]
    methods = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    read = {name.removeprefix("_of_") for name in methods if name.startswith("_of_")}
    assert read >= {"name", "getattr", "call", "filter"}
    assert {f"_{name}" for name in STATEMENTS} <= methods
    assert (read | set(STATEMENTS)) - known == set()


def test_laid_out_boxes_have_what_is_read_of_them() -> None:
    page = weasyprint.HTML(string=PAGE).render().pages[0]._page_box
    made = {type(box).__name__: box for box in page.descendants(placeholders=True)}
    assert made.keys() >= {"FootnoteAreaBox", "LineBox", "TextBox", "TableCellBox", "BlockBox"}
    for box in (page, *made.values()):
        assert {"position_x", "position_y", "width", "height", "element", "element_tag", "style"} <= set(vars(box))
    assert isinstance(made["TextBox"].text, str)
    assert [box for box in made.values() if hasattr(box, "replacement")]
    assert [box for box in made.values() if getattr(box, "column_groups", ())]
    assert {"auto"} <= {box.style["height"] for box in made.values()}
    assert "span::footnote-call" in {box.element_tag for box in page.descendants()}


def test_a_layout_is_freed_by_these_names() -> None:
    html = weasyprint.HTML(string=PAGE)
    context = weasyprint.Document._build_layout_context(html, None, None, None, {**weasyprint.DEFAULT_OPTIONS})
    assert isinstance(context.style_for.get_computed_styles(), dict)
    assert hasattr(context.target_collector.counter_lookup_items, "clear")


def test_a_tree_is_what_html_keeps() -> None:
    html = weasyprint.HTML(string="<p>Text")
    kept = {"base_url", "url_fetcher", "media_type", "wrapper_element", "etree_element"}
    assert set(vars(html)) == kept


def test_what_a_template_is_rendered_with() -> None:
    made = jinja2.Environment()
    context = made.from_string("").new_context({"own": 1})
    assert context.parent["own"] == 1
    assert "range" in context.globals_keys
    assert hasattr(jinja2.pass_context(lambda context: None), "jinja_pass_arg")
    assert made.from_string("{{ undefined }}").render() == ""
    assert nodes.EnvironmentAttribute.fields == ("name",)


def test_blocks_of_word_know_their_elements() -> None:
    document = docx.Document()
    document.add_table(1, 1)
    assert [hasattr(block, "_tbl" if hasattr(block, "rows") else "_p") for block in document.iter_inner_content()] == [True]
    assert hasattr(document.add_paragraph(), "_p")


@pytest.mark.parametrize("name", ["jinja2", "weasyprint", "python-docx"])
def test_the_versions_are_bounded_above(name: str) -> None:
    rows = map(Requirement, tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"])
    [bounds] = [row.specifier for row in rows if row.name == name]
    assert {each.operator for each in bounds} & {"<", "=="}
