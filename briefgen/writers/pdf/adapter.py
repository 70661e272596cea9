"""The only module that imports WeasyPrint at its top; `engine.load` imports it, late. Whoever calls it holds `engine.alone`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from logging import LogRecord
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import cffi
import weasyprint
from cssselect2 import ElementWrapper
from weasyprint.text import ffi
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from briefgen.findings.diagnostics import BriefgenError
from briefgen.findings.overheard import overheard
from briefgen.writers import libraries
from briefgen.writers.assets import Refused, locate, picture
from briefgen.writers.pdf import messages
from briefgen.writers.pdf.adjacent import ADJACENT
from briefgen.writers.pdf.footnotes import BREAK

# WeasyPrint joins relative addresses to this folder, which does not exist; `Fetcher` takes it off again.
BASE = messages.BASE
# What every document needs, whatever its style sheet says. WeasyPrint 70 asks whether the last note ends below its area
# without allowing for rounding: with lengths that are no whole pixels (11pt, 1.5mm) a note may go to a page of its own, and
# a tenth of a pixel below the notes leaves room for that. Its own style for list markers switches a font feature, which is
# never freed. Two notes at one place would read as one number. And a note must not stand a page after its mark.
CARE = weasyprint.CSS(
    string="@page { @footnote { padding-bottom: .1px } }"
    "::marker { font-variant-numeric: normal }"
    f"[{BREAK}] {{ break-before: page }}"
    f'[{ADJACENT}]::footnote-call {{ content: ", " counter(footnote) }}'
)


class Tree(weasyprint.HTML):  # type: ignore[misc] # untyped library
    """A document that is parsed already: what `HTML.__init__` leaves behind, without serialising and parsing again.

    WeasyPrint reads the tree and never changes it; `data-*` attributes do not reach the PDF.
    """

    context: Any = None

    def __init__(self, tree: Element, fetcher: URLFetcher) -> None:
        """Take the `<html>` element as it stands."""
        self.base_url = BASE
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = ElementWrapper.from_html_root(tree)
        self.etree_element = self.wrapper_element.etree_element


class Fetcher(URLFetcher):  # type: ignore[misc] # untyped library
    """Serves files under the document's roots and nothing else: no network, no `data:`, no way out by a link."""

    def __init__(self, roots: Sequence[Path]) -> None:
        """Keep the folders that may be read."""
        super().__init__(allowed_protocols=("file",), allow_redirects=False)
        self._roots = tuple(roots)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the file that `url` names; raise Refused or FileNotFoundError, which WeasyPrint logs."""
        if not url.startswith("file:"):
            raise Refused(f"{url.partition(':')[0]} addresses are not read")
        path = locate(url.removeprefix(BASE), self._roots)
        return URLFetcherResponse(path.as_uri(), picture(path))


class Rendering(weasyprint.Document):  # type: ignore[misc] # untyped library
    """Laid out pages that keep the context of their layout, so that `layout_tree.untie` can free it."""

    context: Any = None

    @classmethod
    def _build_layout_context(cls, html: Tree, *rest: Any) -> Any:  # noqa: ANN401
        html.context = super()._build_layout_context(html, *rest)
        return html.context


def render(tree: Element, css: str, fonts_conf: Path, roots: tuple[Path, ...]) -> tuple[weasyprint.Document, list[LogRecord]]:
    """Return the laid out document, and what was said while its style sheet was read."""
    sheet, said = stylesheet(css, fonts_conf)
    html = Tree(tree, _fetcher(roots))
    options = {**weasyprint.DEFAULT_OPTIONS, "stylesheets": [CARE, sheet]}
    rendering = Rendering._render(html, font_configuration(fonts_conf), None, None, options)  # what html.render() does
    rendering.context, html.context = html.context, None
    return rendering, said


def can_subset() -> bool:
    """Return whether the quick way to embed part of a font is there."""
    return ffi.harfbuzz_subset is not None


class Fonts(FontConfiguration):  # type: ignore[misc] # untyped library
    """The fonts that one fontconfig file shows. WeasyPrint's own reads what the environment names, and that is the program's."""

    def __init__(self, fonts_conf: Path) -> None:
        """Do what `FontConfiguration.__init__` does, with a configuration of our own."""
        self._config = ffi.ffi.cast("FcConfig *", _configuration(fonts_conf))
        self.font_map = ffi.ffi.gc(ffi.pangoft2.pango_ft2_font_map_new(), ffi.gobject.g_object_unref)
        ffi.pangoft2.pango_fc_font_map_set_config(ffi.ffi.cast("PangoFcFontMap *", self.font_map), self._config)
        ffi.fontconfig.FcConfigDestroy(self._config)  # the font map holds it
        self._folder = None
        self.strut_layouts: dict[Any, Any] = {}
        self.font_features: dict[Any, Any] = {}


def _configuration(fonts_conf: Path) -> int:
    """Return the address of what fontconfig makes of a file: what FcInitLoadConfigAndFonts does with FONTCONFIG_FILE."""
    own = cffi.FFI()
    own.cdef("void *FcConfigCreate(void); int FcConfigParseAndLoad(void *, const char *, int); int FcConfigBuildFonts(void *);")
    fontconfig = libraries.opened(own, "fontconfig")
    made = fontconfig.FcConfigCreate()
    if not fontconfig.FcConfigParseAndLoad(made, str(fonts_conf).encode(), 1) or not fontconfig.FcConfigBuildFonts(made):
        raise BriefgenError(f"fontconfig can't read {fonts_conf}", "remove its folder; it is made anew")
    return int(own.cast("uintptr_t", made))


# What follows is made once per process: a font configuration costs 0.3 MB that never comes back, a style sheet some
# milliseconds, and a fetcher is a circle that only the garbage collector frees. The engine's lock is held meanwhile.
_fetcher = lru_cache(maxsize=16)(Fetcher)
font_configuration = lru_cache(maxsize=4)(Fonts)


@lru_cache(maxsize=16)
def stylesheet(css: str, fonts_conf: Path) -> tuple[weasyprint.CSS, list[LogRecord]]:
    """Return the parsed style sheet, and what was said about it: it is said again for every document that uses it."""
    with overheard() as said:
        fonts = font_configuration(fonts_conf)
        sheet = weasyprint.CSS(string=css, base_url=BASE, url_fetcher=_fetcher(()), font_config=fonts)
    return sheet, said
