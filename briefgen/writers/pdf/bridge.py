"""The only module that imports WeasyPrint at its top; `engine.load()` imports it, quickly and late."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import weasyprint
from cssselect2 import ElementWrapper
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from briefgen.writers.assets import Refused, locate

VERSION: str = weasyprint.VERSION
# WeasyPrint joins relative addresses to this folder, which does not exist; `Fetcher` takes it off again.
BASE = "file:///.briefgen/"


class Tree(weasyprint.HTML):
    """A document that is parsed already: what `HTML.__init__` leaves behind, without serialising and parsing again.

    WeasyPrint reads the tree and never changes it; `data-*` attributes do not reach the PDF.
    """

    def __init__(self, tree: Element, fetcher: URLFetcher) -> None:
        """Take the `<html>` element as it stands."""
        self.base_url = BASE
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = ElementWrapper.from_html_root(tree)
        self.etree_element = self.wrapper_element.etree_element


class Fetcher(URLFetcher):
    """Serves files under the document's roots and nothing else: no network, no `data:`, no way out by a link."""

    def __init__(self, roots: Sequence[Path]) -> None:
        """Keep the folders that may be read."""
        super().__init__(allowed_protocols=("file",), allow_redirects=False)
        self._roots = tuple(roots)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the file that `url` names; raise Refused or FileNotFoundError."""
        if not url.startswith("file:"):
            raise Refused(f"{url.partition(':')[0]} addresses are not read")
        path = locate(url.removeprefix(BASE), self._roots)
        return URLFetcherResponse(path.as_uri(), path.read_bytes())


def render(tree: Element, css: str, fonts_conf: Path, roots: Sequence[Path]) -> Any:  # noqa: ANN401 - untyped library
    """Return the laid out `weasyprint.Document`."""
    html = Tree(tree, Fetcher(roots))
    return html.render(font_config=font_configuration(fonts_conf), stylesheets=[stylesheet(css, fonts_conf)])


@lru_cache(maxsize=4)
def font_configuration(fonts_conf: Path) -> FontConfiguration:
    """Return the fonts of one stack. Made once: a configuration per document costs 0.3 MB that never comes back."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(fonts_conf)
    try:
        return FontConfiguration()  # fontconfig reads the variable here, and only here
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


@lru_cache(maxsize=16)
def stylesheet(css: str, fonts_conf: Path) -> weasyprint.CSS:
    """Return the parsed style sheet."""
    return weasyprint.CSS(string=css, base_url=BASE, url_fetcher=Fetcher(()), font_config=font_configuration(fonts_conf))
