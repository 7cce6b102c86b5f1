"""The support report: on its way, ready to read and to download, or failed with a way to try again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from audits.access import may_read_exact_counts
from audits.exports import answers_table
from audits.models import Report
from audits.queries import latest_report
from audits.report.content import ON_PAGE, build_content
from audits.report.drawing import chart_on_page, chart_on_wide_page
from audits.report.own_counts import with_own_counts
from audits.report.progress import progress_of
from audits.services import reports as services
from audits.services.errors import AuditError
from audits.snapshot import read_snapshot
from core.spreadsheets import csv_response, excel_response
from schools.access import may

LOOK_AGAIN_SECONDS = 5


def _report_or_404(request: SignedInRequest, report_pk: int) -> Report:
    reports = Report.objects.visible_to(request.user).select_related("audit__school")
    report = get_object_or_404(reports, pk=report_pk)
    if not may(request.user, Verb.READ_REPORT, report.audit.school):
        raise PermissionDenied
    return report


def _may_retry(request: SignedInRequest, report: Report) -> bool:
    school = report.audit.school
    return may(request.user, Verb.LEAD_AUDIT, school) or may(request.user, Verb.REVIEW_AUDIT, school)


def _note(request: SignedInRequest, report: Report, how: str) -> None:
    if request.method == "GET":
        services.note_opened(report=report, by=request.user, how=how)


@never_cache
@require_safe
def report(request: SignedInRequest, report_pk: int) -> HttpResponse:
    """The report as a page once it is ready; until then how far it is, looking again by itself."""
    found = _report_or_404(request, report_pk)
    if found.is_waiting:
        context = {"report": found, "progress": progress_of(found), "seconds": LOOK_AGAIN_SECONDS}
        response = render(request, "audits/report_waiting.html", context)
        response["Refresh"] = str(LOOK_AGAIN_SECONDS)
        return response
    if not found.has_file:
        context = {"report": found, "may_retry": _may_retry(request, found)}
        return render(request, "audits/report_failed.html", context)
    _note(request, found, "as a page")
    snapshot = read_snapshot(found.snapshot)
    if may_read_exact_counts(request.user, found.audit):
        snapshot = with_own_counts(snapshot, found)
    content = build_content(snapshot, ON_PAGE)
    context = {
        "row": found,
        "newest": latest_report(found.audit) if found.superseded_by_id else None,
        "report": content,
        "chart": chart_on_page(content),
        "wide_chart": chart_on_wide_page(content),
    }
    return render(request, "audits/report.html", context)


@never_cache
@require_safe
def download(request: SignedInRequest, report_pk: int) -> HttpResponse:
    """The PDF under a plain name; the page of the report says why when there is none."""
    found = _report_or_404(request, report_pk)
    if found.status != Report.Status.READY or not found.has_file:
        return redirect(found)
    _note(request, found, "as a PDF")
    with found.file.open("rb") as stored:  # at most 150 KB, so it need not be streamed
        response = HttpResponse(stored.read(), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.file_stem}.pdf"'
    return response


@never_cache
@require_safe
def answers_csv(request: SignedInRequest, report_pk: int) -> HttpResponse:
    """Every answer of the report as CSV."""
    found = _report_or_404(request, report_pk)
    _note(request, found, "as CSV")
    return csv_response(answers_table(read_snapshot(found.snapshot)), f"{found.file_stem}-answers")


@never_cache
@require_safe
def answers_excel(request: SignedInRequest, report_pk: int) -> HttpResponse:
    """Every answer of the report as an Excel file."""
    found = _report_or_404(request, report_pk)
    _note(request, found, "as an Excel file")
    return excel_response(answers_table(read_snapshot(found.snapshot)), f"{found.file_stem}-answers")


@require_POST
def retry(request: SignedInRequest, report_pk: int) -> HttpResponse:
    """Have a report built again that could not be built."""
    found = _report_or_404(request, report_pk)
    if not _may_retry(request, found):
        raise PermissionDenied
    try:
        services.retry(report=found, by=request.user)
    except AuditError as refusal:
        messages.info(request, str(refusal))
    return redirect(found)
