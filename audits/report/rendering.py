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
from core.paper_look import NO_LOOK, PaperLook
from core.pdf import Pdf, render_pdf

MOST_PAGES = 12
STYLESHEET = "css/report.css"


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
