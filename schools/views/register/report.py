"""One run as a page: how far it is, what it would change, why it was refused, what it has changed."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.spreadsheets import csv_response, excel_response
from schools.decorators import requires
from schools.forms.register import ApplyForm, KindForm
from schools.models import RegisterDifference, RegisterRun
from schools.models.register import RegisterDifferenceQuerySet
from schools.queries.register import counted, differences_table, field_changes, progress_of

LOOK_AGAIN_SECONDS = 3
PAGE_SIZE = 50
MOST_EXCEL_SCHOOLS = 5_000
"""Writing more takes an Excel file too long; the CSV has all of them."""


@never_cache
@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def run(request: SignedInRequest, run_pk: int) -> HttpResponse:
    """What becomes of one register file; while a worker has it, the page looks again by itself."""
    found = get_object_or_404(RegisterRun.objects.with_people(), pk=run_pk)
    if found.is_waiting:
        context = {"run": found, "progress": progress_of(found), "seconds": LOOK_AGAIN_SECONDS}
        response = render(request, "schools/register/waiting.html", context)
        response["Refresh"] = str(LOOK_AGAIN_SECONDS)
        return response
    return page_of(request, found)


def page_of(
    request: SignedInRequest, found: RegisterRun, form: ApplyForm | None = None, *, status: int = 200
) -> HttpResponse:
    """The page of a run that no worker has; with the faults of `form`, if there are any."""
    context = _context(request, found)
    if form is not None:
        context["form"] = form
    return render(request, "schools/register/run.html", context, status=status)


def _context(request: SignedInRequest, found: RegisterRun) -> dict[str, object]:
    filters = KindForm(request.GET)
    page = Paginator(_asked_for(found, filters), PAGE_SIZE).get_page(request.GET.get("page"))
    renamed = found.counts.get("renamed", 0)
    return {
        "run": found,
        "filters": filters,
        "page": page,
        "rows": [(one, field_changes(one)) for one in page.object_list],
        "query": request.GET.urlencode(),
        "counts": counted(found),
        "renames": RegisterDifference.objects.of_run(found).renames_in_programme() if renamed else [],
        "form": ApplyForm(initial={"digest": found.digest}, renamed=renamed),
        "successions": found.successions.undecided().count(),
        "changes_nothing": not any(
            found.counts.get(name) for name in ("new", "renumbered", "closed", "changed", "unheard")
        ),
    }


def _asked_for(found: RegisterRun, filters: KindForm) -> RegisterDifferenceQuerySet:
    rows = RegisterDifference.objects.of_run(found)
    return rows.of_kind(filters.cleaned_data["kind"]) if filters.is_valid() else rows.none()


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def run_csv(request: SignedInRequest, run_pk: int) -> HttpResponse:
    """What a run changes as CSV, a field a row."""
    found = get_object_or_404(RegisterRun, pk=run_pk)
    rows = _asked_for(found, KindForm(request.GET))
    return csv_response(differences_table(rows), f"register-changes-{found.pk}")


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def run_excel(request: SignedInRequest, run_pk: int) -> HttpResponse:
    """The same for Excel, of the first few thousand schools."""
    found = get_object_or_404(RegisterRun, pk=run_pk)
    rows = _asked_for(found, KindForm(request.GET))[:MOST_EXCEL_SCHOOLS]
    return excel_response(differences_table(rows), f"register-changes-{found.pk}")
