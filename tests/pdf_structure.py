"""What a PDF says of itself to assistive technology, read from the file."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject


@dataclass(frozen=True)
class Element:
    """One element of the structure tree, with the tags above it."""

    tag: str
    above: tuple[str, ...]
    node: DictionaryObject

    @property
    def attributes(self) -> dict[str, Any]:
        """Its attributes, such as /Scope."""
        return dict(self.node.get("/A", {}))

    @property
    def alternative(self) -> str:
        """Its alternative text."""
        return str(self.node.get("/Alt", ""))


class Structure:
    """A PDF file, opened."""

    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(content))
        self.catalogue = self.reader.trailer["/Root"]
        self.elements = list(_walk(self.catalogue["/StructTreeRoot"], ()))

    def all(self, *tags: str) -> list[Element]:
        """The elements with one of these tags, in reading order."""
        return [element for element in self.elements if element.tag in tags]

    @property
    def language(self) -> str:
        return str(self.catalogue["/Lang"])

    @property
    def title(self) -> str:
        return str(self.reader.metadata.title)

    @property
    def is_marked(self) -> bool:
        return bool(self.catalogue["/MarkInfo"]["/Marked"])

    @property
    def shows_title(self) -> bool:
        return bool(self.catalogue["/ViewerPreferences"]["/DisplayDocTitle"])

    @property
    def claims_pdf_ua(self) -> bool:
        return b"pdfuaid:part" in self.catalogue["/Metadata"].get_data()

    @property
    def headings(self) -> list[int]:
        """The levels of all headings, in reading order."""
        return [int(element.tag[1]) for element in self.all("H1", "H2", "H3", "H4", "H5", "H6")]

    @property
    def bookmarks(self) -> list[str]:
        """Every bookmark, at whatever depth."""
        return list(_titles(self.reader.outline))

    @property
    def fonts(self) -> dict[str, bool]:
        """The fonts in use, and whether each is embedded."""
        found: dict[str, bool] = {}
        for page in self.reader.pages:
            for reference in page["/Resources"].get("/Font", {}).values():
                font = reference.get_object()
                inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
                descriptor = inner["/FontDescriptor"].get_object()
                embedded = any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))
                found[str(font["/BaseFont"])] = embedded
        return found

    @property
    def addresses(self) -> set[str]:
        """Wherever a link leads."""
        return {
            str(note.get_object()["/A"]["/URI"])
            for page in self.reader.pages
            for note in page.get("/Annots", [])
            if "/URI" in note.get_object().get("/A", {})
        }


def _walk(node: Any, above: tuple[str, ...]) -> Iterator[Element]:
    if isinstance(node, IndirectObject):
        node = node.get_object()
    if isinstance(node, ArrayObject):
        for child in node:
            yield from _walk(child, above)
        return
    if not isinstance(node, DictionaryObject):
        return
    tag = str(node.get("/S", ""))[1:]
    if tag:
        yield Element(tag, above, node)
    if "/K" in node:
        yield from _walk(node["/K"], (*above, tag) if tag else above)


def _titles(outline: Any) -> Iterator[str]:
    for item in outline:
        if isinstance(item, list):
            yield from _titles(item)
        else:
            yield str(item.title)
