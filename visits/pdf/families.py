"""The sheet for families: the words of a published edition as an accessible PDF."""

from django.template.loader import render_to_string

from core import pdf_files
from core.models import ProgrammeSettings
from core.paper_look import NO_LOOK, PaperLook, paper_look
from core.pdf import Pdf, render_pdf
from schools.qr import qr_code
from visits.addresses import where_published
from visits.models import FamiliesEdition
from visits.queries.families import read_content

STYLESHEET = "css/families.css"
NOT_LAID_OUT = "Something on this sheet could not be laid out. The page itself is not touched by that."


def build(pk: int) -> None:
    """Build the sheet of an edition if it is to be built and can be claimed; see core.pdf_files."""
    pdf_files.build(_MAKING, pk)


def sheet_html(edition: FamiliesEdition, look: PaperLook = NO_LOOK) -> str:
    """The words of an edition as the HTML that the PDF is laid out from."""
    where = where_published(edition.school.slug, edition.published_at)
    context = {
        "words": read_content(edition),
        "look": look,
        "programme": ProgrammeSettings.load(),
        "code": qr_code(where["address"]),
        **where,
    }
    return render_to_string("pdf/families_sheet.html", context)


def sheet_pdf(edition: FamiliesEdition, look: PaperLook = NO_LOOK) -> Pdf:
    """The words of an edition as a PDF/UA-1 file."""
    return render_pdf(sheet_html(edition, look), stylesheet=STYLESHEET, added_css=look.css, picture=look.logo)


def _lay_out(edition: FamiliesEdition) -> Pdf:
    return sheet_pdf(edition, paper_look())


_MAKING = pdf_files.Making(
    model=FamiliesEdition, folder="families", lay_out=_lay_out, not_laid_out=NOT_LAID_OUT
)
