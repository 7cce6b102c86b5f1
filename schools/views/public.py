"""The public list of participating schools, as a page and as files; no session is needed for any of them."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from core.same_page import render_same_page
from core.spreadsheets import Table, csv_response, excel_response
from schools.forms.public import PublicListForm
from schools.queries.public import (
    FILE_COLUMNS,
    FileRow,
    nearest_schools,
    public_cohorts,
    public_page,
    public_rows,
    public_schools,
    with_years,
)

FILE_NAME = "schools-taking-part"
NOTHING_ASKED = {"q": "", "cohort": ""}


@login_not_required
@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """Schools that take part and agreed to be named, found by name or town and by the years in which they joined."""
    cohorts = public_cohorts()
    form = PublicListForm(request.GET, cohorts=cohorts) if request.GET else None
    asked = form.asked if form else NOTHING_ASKED
    query = urlencode({name: value for name, value in asked.items() if value})
    page = public_page(**asked, number=request.GET.get("page", ""))
    nearest = nearest_schools(asked["q"]) if asked["q"] and not page.object_list else []
    context = {
        "form": form,
        "cohorts": cohorts,
        "asked": asked,
        "query": f"?{query}" if query else "",
        "page": page,
        "nearest": nearest,
        "listed": with_years(page.object_list, cohorts),
    }
    contents = (cohorts, page.paginator.count, tuple(page.object_list), tuple(nearest))
    return render_same_page(request, "schools/public_list.html", context, contents=contents)


@login_not_required
@require_safe
def public_csv(request: HttpRequest) -> HttpResponse:
    """The whole list, narrowed like the page, as CSV."""
    form = _asked(request)
    return csv_response(_table(form), FILE_NAME) if form.is_valid() else _refusal(form)


@login_not_required
@require_safe
def public_excel(request: HttpRequest) -> HttpResponse:
    """The same for Excel."""
    form = _asked(request)
    return excel_response(_table(form), FILE_NAME) if form.is_valid() else _refusal(form)


@login_not_required
@require_safe
def public_json(request: HttpRequest) -> HttpResponse:
    """The same as JSON: how many, and each school with the columns of the other files."""
    form = _asked(request)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors.get_json_data()}, status=400)
    schools = [dict(zip(FILE_COLUMNS, row, strict=True)) for row in _rows(form)]
    return JsonResponse({"count": len(schools), "schools": schools})


def _asked(request: HttpRequest) -> PublicListForm:
    return PublicListForm(request.GET, cohorts=public_cohorts())


def _rows(form: PublicListForm) -> Iterable[FileRow]:
    return with_years(public_rows(public_schools(**form.asked)), form.cohorts)


def _table(form: PublicListForm) -> Table:
    return Table("Schools taking part", list(FILE_COLUMNS.values()), _rows(form))


def _refusal(form: PublicListForm) -> HttpResponse:
    words = " ".join(str(text) for texts in form.errors.values() for text in texts)
    return HttpResponseBadRequest(words, content_type="text/plain; charset=utf-8")
