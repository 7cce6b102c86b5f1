"""The report on a snapshot as a PDF, and its chart for page and paper."""

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


def chart_on_paper(report: ReportContent) -> SafeString:
    """The profile for paper. Readers of a PDF hear the title alone, so it says everything."""
    return _chart(report, WIDE, PAPER_FONT, f"Profile of the areas. {_said(report)}")


def chart_on_page(report: ReportContent) -> SafeString:
    """The profile for the screen, readable at 320 pixels."""
    return _chart(report, NARROW, PAGE_FONT, "Profile of the areas")


def chart_on_wide_page(report: ReportContent) -> SafeString:
    """The profile for a screen with room beside the names."""
    return _chart(report, WIDE, PAGE_FONT, "Profile of the areas")


def _logo(digest: str) -> str:
    """The forum's logo as an address that a PDF may use; blank where there is none."""
    found = Logo.objects.filter(digest=digest).first() if digest else None
    return png_in_page(bytes(found.content)) if found else ""


def _chart(report: ReportContent, layout: Layout, font: str, title: str) -> SafeString:
    return profile(report.chart_rows, layout, title=title, description=_said(report), font=font)


def _said(report: ReportContent) -> str:
    """What the picture shows, in words."""
    return " ".join(f"{line.name}: {line.words}" for line in report.lines)
