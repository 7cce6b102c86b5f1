"""The public list of participating schools, as a page and as files; no session is needed for any of them."""

from collections.abc import Callable, Sequence

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from core.public_texts import shown as text_shown
from core.public_texts import wording
from core.same_page import render_same_page, same_file
from core.spreadsheets import Cell, Table, csv_response, excel_response
from schools.forms.public import PublicListForm
from schools.public_words import whole_miles
from schools.queries.listing import Asked, find, whole_list, whole_list_now
from schools.queries.public import public_cohorts
from schools.views.list_page import ListPage

FILE_NAME = "schools-taking-part"
TITLE = "Schools taking part"
COLUMNS = {
    "name": "School",
    "town": "Town",
    "phase": "Phase",
    "cohort": "Cohort",
    "website": "Website",
    "joined_in": "Joined in",
}
"""What the files hold: beside the cohort's name the years in which it joined, as the page has them."""
MILES = {"miles": "Miles away, about"}
"""What they hold besides when a postcode was asked for."""

FileRows = list[tuple[Cell, ...]]
Builder = Callable[[dict[str, str], FileRows], HttpResponse]


@login_not_required
@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """Schools that take part and agreed to be named, as a list and a map: searched, narrowed, page by page."""
    cohorts, whole = public_cohorts(), whole_list()
    form = PublicListForm(request.GET, cohorts=cohorts, phases=whole.phases) if request.GET else None
    asked = form.asked if form else Asked()
    shown = ListPage(whole, cohorts, asked, number=request.GET.get("page", ""))
    text = wording("not-listed")
    context = {"form": form, "shown": shown, "not_listed": SimpleLazyObject(lambda: text_shown(text))}
    return render_same_page(request, "schools/public_list.html", context, contents=(shown.contents, text))


@login_not_required
@require_safe
def public_csv(request: HttpRequest) -> HttpResponse:
    """The whole list, narrowed and in order like the page, as CSV."""
    return _file(request, lambda columns, rows: csv_response(_table(columns, rows), FILE_NAME), _refusal)


@login_not_required
@require_safe
def public_excel(request: HttpRequest) -> HttpResponse:
    """The same for Excel."""
    return _file(request, lambda columns, rows: excel_response(_table(columns, rows), FILE_NAME), _refusal)


@login_not_required
@require_safe
def public_json(request: HttpRequest) -> HttpResponse:
    """The same as JSON: how many, and each school with the columns of the other files."""

    def build(columns: dict[str, str], rows: FileRows) -> HttpResponse:
        schools = [dict(zip(columns, row, strict=True)) for row in rows]
        return JsonResponse({"count": len(schools), "schools": schools})

    def refusal(form: PublicListForm) -> HttpResponse:
        return JsonResponse({"errors": form.errors.get_json_data()}, status=400)

    return _file(request, build, refusal)


def _file(
    request: HttpRequest, build: Builder, refusal: Callable[[PublicListForm], HttpResponse]
) -> HttpResponse:
    cohorts, whole = public_cohorts(), whole_list_now()
    form = PublicListForm(request.GET, cohorts=cohorts, phases=whole.phases)
    if not form.is_valid():
        return refusal(form)
    found = find(whole, form.asked, cohorts)
    years = {cohort.name: cohort.years for cohort in cohorts}
    columns = COLUMNS | (MILES if found.middle else {})
    rows: FileRows = [
        (one.name, one.town, one.phase, one.cohort, one.website, years.get(one.cohort, ""))
        + ((whole_miles(one, found.middle),) if found.middle else ())
        for one in found.schools
    ]
    return same_file(request, lambda: build(columns, rows), contents=(tuple(columns.values()), rows))


def _table(columns: dict[str, str], rows: Sequence[Sequence[Cell]]) -> Table:
    return Table(TITLE, list(columns.values()), rows)


def _refusal(form: PublicListForm) -> HttpResponse:
    words = " ".join(str(text) for texts in form.errors.values() for text in texts)
    return HttpResponseBadRequest(words, content_type="text/plain; charset=utf-8")
