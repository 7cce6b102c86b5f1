"""The report on a snapshot as a PDF, laid out."""

from typing import NamedTuple

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


class PaperLook(NamedTuple):
    """A forum's own look on paper: what stands on top of our stylesheet, its logo as an address, and its name."""

    css: str = ""
    logo: str = ""
    forum: str = ""


NO_LOOK = PaperLook()
"""Our own colours, and no logo."""


def paper_look() -> PaperLook:
    """The look of today."""
    programme = ProgrammeSettings.load()
    digest = programme.logo_digest
    found = Logo.objects.filter(digest=digest).first() if digest else None
    logo = png_in_page(bytes(found.content)) if found else ""
    return PaperLook(programme.look.paper_css, logo, programme.forum_name)


def report_html(snapshot: Snapshot, limits: Limits = ON_PAPER, look: PaperLook = NO_LOOK) -> str:
    """The report as the HTML that the PDF is laid out from."""
    report = build_content(snapshot, limits)
    context = {"report": report, "chart": chart_on_paper(report), "on_paper": True, "look": look}
    return render_to_string("pdf/support_report.html", context)


def report_pdf(snapshot: Snapshot, look: PaperLook = NO_LOOK) -> Pdf:
    """The report as a PDF/UA-1 file; laid out again, shorter, only while it runs over 12 pages."""
    for limits in (ON_PAPER, ON_LITTLE_PAPER, ON_LEAST_PAPER):
        html = report_html(snapshot, limits, look)
        pdf = render_pdf(html, stylesheet=STYLESHEET, added_css=look.css, picture=look.logo)
        if pdf.pages <= MOST_PAGES:
            break
    return pdf
