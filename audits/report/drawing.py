"""The chart of a report, for page and paper. Apart from the layout of the PDF, which no web process needs to load."""

from django.utils.safestring import SafeString

from audits.report.charts import NARROW, WIDE, Layout, profile
from audits.report.content import ReportContent

PAPER_FONT = "Liberation Sans"
PAGE_FONT = "system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, Arial, sans-serif"


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
