"""What is changed about one school: who looks after it and what it belongs to, and whether it is named publicly."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from schools.forms.links import ConsentForm, SchoolForm
from schools.models import School
from schools.queries.public import public_schools
from schools.services.links import save_consent, save_school
from schools.views.crumbs import school_crumbs
from schools.views.editing import EDIT, RowPage, edit, sent
from schools.views.fetching import school_to_change


@require_http_methods(EDIT)
def change_school(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """Link worker, other programmes, federations and clusters."""
    school = school_to_change(request, school_pk, Verb.MANAGE_PROGRAMME)
    form = SchoolForm(sent(request), instance=school)
    crumbs = school_crumbs(request, school, Crumb("Link worker, programmes and groups"))
    return edit(request, form, save=save_school, back=_workspace(school), crumbs=crumbs)


@require_http_methods(EDIT)
def consent(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """Whether the school is named on the public list, after saying exactly what families see then."""
    school = school_to_change(request, school_pk, Verb.NAME_PUBLICLY)
    form = ConsentForm(sent(request), instance=school)
    is_listed = public_schools().filter(pk=school.pk).exists()
    page = RowPage("schools/consent.html", {"school": school, "is_listed": is_listed})
    crumbs = school_crumbs(request, school, Crumb("Named on the public list"))
    return edit(request, form, save=save_consent, back=_workspace(school), crumbs=crumbs, page=page)


def _workspace(school: School) -> str:
    return reverse("workspace", args=[school.pk])
