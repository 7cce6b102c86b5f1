"""The report on a snapshot as a PDF, laid out."""

from django.template.loader import render_to_string

from audits.report.content import (
    ON_LEAST_PAPER,
    ON_LITTLE_PAPER,
    ON_PAPER,
    Limits,
    build_content,
)
from audits.report.drawing import chart_on_paper
from audits.snapshot import Snapshot
from core.models import Logo, ProgrammeSettings
from core.pdf import Pdf, png_in_page, render_pdf

MOST_PAGES = 12
STYLESHEET = "css/report.css"


def report_html(snapshot: Snapshot, limits: Limits = ON_PAPER) -> str:
    """The report as the HTML that the PDF is laid out from, with the logo of the day on which it is made."""
    report = build_content(snapshot, limits)
    programme = ProgrammeSettings.load()
    context = {
        "report": report,
        "chart": chart_on_paper(report),
        "on_paper": True,
        "programme": programme,
        "logo": _logo(programme.logo_digest),
    }
    return render_to_string("pdf/support_report.html", context)


def report_pdf(snapshot: Snapshot) -> Pdf:
    """The report as a PDF/UA-1 file; laid out again, shorter, only while it runs over 12 pages."""
    programme = ProgrammeSettings.load()
    css, picture = programme.look.paper_css, _logo(programme.logo_digest)
    for limits in (ON_PAPER, ON_LITTLE_PAPER, ON_LEAST_PAPER):
        pdf = render_pdf(report_html(snapshot, limits), stylesheet=STYLESHEET, added_css=css, picture=picture)
        if pdf.pages <= MOST_PAGES:
            break
    return pdf


def _logo(digest: str) -> str:
    """The forum's logo as an address that a PDF may use; blank where there is none."""
    found = Logo.objects.filter(digest=digest).first() if digest else None
    return png_in_page(bytes(found.content)) if found else ""
