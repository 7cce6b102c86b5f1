"""The self-audits that a person can see, and the task list of one."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from audits.access import (
    may_lead,
    may_read_answers,
    may_review,
    only_answers_given,
    standing_for,
    tells_open_apart,
)
from audits.enums import Standing
from audits.exports import audits_table
from audits.forms import AuditFilterForm
from audits.models import Audit
from audits.models.audit import AuditQuerySet
from audits.queries import (
    SectionProgress,
    WhereIStopped,
    is_ready_to_submit,
    latest_report,
    minutes_left,
    minutes_to_submit,
    progress,
    sections_given_to,
    sections_left_to,
    sitting_minutes,
    where_to_go_on,
)
from audits.views.fetching import audit_with_people_or_404
from core.spreadsheets import Table, csv_response, excel_response
from schools.access import may, own_schools


def _filters(request: SignedInRequest) -> AuditFilterForm:
    """Whoever belongs to a school is told how far it is, so they may ask for it."""
    apart = tells_open_apart(request.user) or not may(request.user, Verb.READ_REPORT)
    return AuditFilterForm(request.GET, tells_open_apart=apart)


def _listed(request: SignedInRequest, filters: AuditFilterForm) -> AuditQuerySet:
    """The audits that the filter asks for, what waits for somebody first; none when the filter is wrong."""
    audits = Audit.objects.visible_to(request.user).with_names().what_waits_first()
    if not filters.is_valid():
        return audits.none()
    standing = filters.cleaned_data["status"]
    return audits.standing(Standing(standing)) if standing else audits


@require_safe
def audit_list(request: SignedInRequest) -> HttpResponse:
    """All audits of the schools whose workspace this person may open: what waits, then the latest year."""
    filters = _filters(request)
    page = Paginator(_listed(request, filters), 50).get_page(request.GET.get("page"))
    reads_all = may(request.user, Verb.READ_REPORT)
    context = {
        "filters": filters,
        "page": page,
        "rows": [(audit, standing_for(request.user, audit)) for audit in page.object_list],
        "query": request.GET.urlencode(),
        "may_ask": may(request.user, Verb.MANAGE_PROGRAMME),
        "reads_all": reads_all,
        "reads": reads_all or bool(own_schools(request.user, Verb.READ_REPORT)),
    }
    return render(request, "audits/list.html", context)


@require_safe
def task_list(request: SignedInRequest, audit_pk: int) -> HttpResponse:
    """The eight sections with status and honest minutes left, and what this person can do next."""
    audit = audit_with_people_or_404(request, audit_pk)
    sections = progress(audit)
    leads, reads = may_lead(request.user, audit), may_read_answers(request.user, audit)
    mine = sections_given_to(request.user, sections)
    my_part = only_answers_given(request.user, audit)
    left_to_me = mine if my_part else sections_left_to(request.user, sections)
    context = {
        "audit": audit,
        "sections": sections,
        "done": sum(section.is_done for section in sections),
        "minutes_left": minutes_to_submit(audit, sections),
        "sitting_minutes": max((sitting_minutes(one.total) for one in sections), default=0),
        "mine": mine,
        "my_part": my_part,
        "my_done": sum(section.is_done for section in mine),
        "my_minutes_left": minutes_left(left_to_me),
        "leads": leads,
        "ready": leads and is_ready_to_submit(sections),
        "go_on": _where_to_go_on(audit, left_to_me, sections if leads else mine),
        "reviews": may_review(request.user, audit),
        "reads": reads,
        "report": latest_report(audit),
    }
    return render(request, "audits/tasks.html", context)


def _where_to_go_on(
    audit: Audit, own: list[SectionProgress], open_to_me: list[SectionProgress]
) -> WhereIStopped | None:
    """Among one's own sections, and only then among those that somebody else was asked to answer."""
    if not audit.is_answerable:
        return None
    return where_to_go_on(audit, [one for one in own if one in open_to_me]) or where_to_go_on(
        audit, open_to_me
    )


def _table(request: SignedInRequest) -> Table:
    return audits_table(_listed(request, _filters(request)), request.user)


@require_safe
def audit_list_csv(request: SignedInRequest) -> HttpResponse:
    """The same list as CSV."""
    return csv_response(_table(request), "self-audits")


@require_safe
def audit_list_excel(request: SignedInRequest) -> HttpResponse:
    """The same list for Excel."""
    return excel_response(_table(request), "self-audits")
