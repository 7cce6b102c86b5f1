"""PDF files from HTML: PDF/UA-1, no fetch of any kind, every table header with its scope.

Laying out takes half a second of processor time for ten pages, so this runs in a worker or a command and
never in a request.
"""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import pydyf
from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

VARIANT = "pdf/ua-1"


class PdfError(Exception):
    """The document could not be made; the message says why."""


@dataclass(frozen=True)
class Pdf:
    """A finished file."""

    content: bytes
    pages: int


class NoFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Refuses every address of another place: what a document needs is in its HTML and its stylesheet."""

    def __init__(self, picture: str = "") -> None:
        super().__init__()
        self.picture = picture
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The one picture that was given; anything else stops the rendering, so that nothing is ever missing."""
        if self.picture and url == self.picture:
            return super().fetch(url, headers)
        self.refused.append(url)  # WeasyPrint swallows what an image inside an SVG raises
        raise FatalURLFetchingError(f"A document may fetch nothing, but it asked for {url[:200]}")


@cache
def _fonts() -> FontConfiguration:
    """One for the life of the process: making it anew costs a tenth of a short document."""
    return FontConfiguration()


@lru_cache(maxsize=4)
def _added_style(css: str) -> CSS:
    """A forum's own colours, on top of a stylesheet of ours."""
    return CSS(string=css, url_fetcher=NoFetcher(), font_config=_fonts())


@cache
def _stylesheet(name: str) -> CSS:
    """A stylesheet of ours under static/, parsed once for the life of the process."""
    path = settings.BASE_DIR / "static" / name
    return CSS(filename=str(path), url_fetcher=NoFetcher(), font_config=_fonts())


def render_pdf(html: str, *, stylesheet: str, added_css: str = "", picture: str = "") -> Pdf:
    """The HTML as PDF/UA-1, laid out once; raises PdfError when it asks for anything outside itself.

    `stylesheet` is a path below static/, `added_css` what holds on top of it, `picture` the only address that an image
    of the HTML may have, as `png_in_page` makes it. The HTML carries its language, title and alternatives itself.
    """
    fetcher = NoFetcher(picture)
    styles = [_stylesheet(stylesheet), *([_added_style(added_css)] if added_css else [])]
    try:
        document = HTML(string=html, base_url=None, url_fetcher=fetcher).render(
            font_config=_fonts(), stylesheets=styles, pdf_variant=VARIANT
        )
        content = document.write_pdf(finisher=_give_headers_their_scope, pdf_variant=VARIANT)
    except FatalURLFetchingError as error:
        raise PdfError(str(error)) from error
    if fetcher.refused:
        raise PdfError(f"A document may fetch nothing, but it asked for {fetcher.refused[0][:200]}")
    return Pdf(content, len(document.pages))


def png_in_page(content: bytes) -> str:
    """The address of a PNG that holds the picture itself."""
    return f"data:image/png;base64,{b64encode(content).decode()}"


def _give_headers_their_scope(document: Document, pdf: pydyf.PDF) -> None:  # noqa: ARG001
    """WeasyPrint links cells to headers by id; some readers go by the header's scope, so it is said too."""
    for header in _elements(pdf, "/TH"):
        row = _parent(pdf, header)
        in_head = _parent(pdf, row)["S"] == "/THead"
        header["A"]["Scope"] = "/Column" if in_head else "/Row"


def _elements(pdf: pydyf.PDF, tag: str) -> Iterator[Any]:
    return (one for one in pdf.objects if isinstance(one, pydyf.Dictionary) and one.get("S") == tag)


def _parent(pdf: pydyf.PDF, element: Any) -> Any:
    """The structure element above, found by its reference ("12 0 R")."""
    return pdf.objects[int(element["P"].split()[0])]
