"""The report on a snapshot as a PDF, and its chart for page and paper."""

from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from audits.report.charts import NARROW, WIDE, Layout, profile
from audits.report.content import (
    ON_LEAST_PAPER,
    ON_LITTLE_PAPER,
    ON_PAPER,
    Limits,
    ReportContent,
    build_content,
)
from audits.snapshot import Snapshot
from core.models import Logo, ProgrammeSettings
from core.pdf import Pdf, png_in_page, render_pdf

MOST_PAGES = 12
STYLESHEET = "css/report.css"
PAPER_FONT = "Liberation Sans"
PAGE_FONT = "system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, Arial, sans-serif"


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


def chart_on_paper(report: ReportContent) -> SafeString:
    """The profile for paper. Readers of a PDF hear the title alone, so it says everything."""
    return _chart(report, WIDE, PAPER_FONT, f"Profile of the areas. {_said(report)}")


def chart_on_page(report: ReportContent) -> SafeString:
    """The profile for the screen, readable at 320 pixels."""
    return _chart(report, NARROW, PAGE_FONT, "Profile of the areas")


def chart_on_wide_page(report: ReportContent) -> SafeString:
    """The profile for a screen with room beside the names."""
    return _chart(report, WIDE, PAGE_FONT, "Profile of the areas")


def _chart(report: ReportContent, layout: Layout, font: str, title: str) -> SafeString:
    return profile(report.chart_rows, layout, title=title, description=_said(report), font=font)


def _said(report: ReportContent) -> str:
    """What the picture shows, in words."""
    return " ".join(f"{line.name}: {line.words}" for line in report.lines)
