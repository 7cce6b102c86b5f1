"""What ties schools together: federations and clusters, and other programmes, for administrators."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from schools.decorators import requires
from schools.forms.links import GroupDraftForm, GroupForm, OtherProgrammeForm
from schools.models import OtherProgramme, SchoolGroup
from schools.queries.links import find_in_programme
from schools.services.links import remove_group as remove
from schools.services.links import save_group
from schools.services.programme import save_row
from schools.views.editing import EDIT, RowPage, edit, sent

MOST_FOUND = 50


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def add_group(request: SignedInRequest) -> HttpResponse:
    """A new federation or cluster."""
    return _group(request, SchoolGroup(), "Add a federation or cluster")


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def change_group(request: SignedInRequest, group_pk: int) -> HttpResponse:
    """Name and schools of a group."""
    group = get_object_or_404(SchoolGroup, pk=group_pk)
    return _group(request, group, f"Change {group}")


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def remove_group(request: SignedInRequest, group_pk: int) -> HttpResponse:
    """Take a group away, after a page that says what is lost."""
    group = get_object_or_404(SchoolGroup, pk=group_pk)
    if request.method == "POST":
        remove(group=group, by=request.user)
        messages.success(request, f"Removed: {group}. Its schools stay as they are.")
        return redirect(_programme("groups"))
    back = reverse("schools:change_group", args=[group.pk])
    crumbs = [Crumb("Programme", _programme("groups")), Crumb(group.name, back), Crumb("Remove")]
    members = group.schools.order_by("name", "pk")
    context = {"group": group, "members": members, "back": back, "breadcrumbs": crumbs}
    return render(request, "schools/group_remove.html", context)


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def add_other_programme(request: SignedInRequest) -> HttpResponse:
    """A new other programme."""
    return _other_programme(request, OtherProgramme(), "Add another programme")


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def change_other_programme(request: SignedInRequest, programme_pk: int) -> HttpResponse:
    """The name of another programme."""
    other = get_object_or_404(OtherProgramme, pk=programme_pk)
    return _other_programme(request, other, f"Change {other}")


def _other_programme(request: SignedInRequest, other: OtherProgramme, title: str) -> HttpResponse:
    form = OtherProgrammeForm(sent(request), instance=other)
    back = _programme("other-programmes")
    return edit(request, form, save=save_row, back=back, crumbs=[Crumb("Programme", back), Crumb(title)])


def _group(request: SignedInRequest, group: SchoolGroup, title: str) -> HttpResponse:
    """The page of a group. Looking for schools leads to the same page with all that was typed in its address."""
    if "find" in request.POST:
        return redirect(f"{request.path}?{_carried(request)}#schools")
    draft = GroupDraftForm(request.GET)
    typed = draft.typed()
    q = draft.cleaned_data.get("q", "")
    found = list(find_in_programme(request.user, q)[: MOST_FOUND + 1])
    form = GroupForm(sent(request), instance=group, by=request.user, found=found[:MOST_FOUND], initial=typed)
    back = _programme("groups")
    more = {"draft": draft, "q": q, "found": len(found), "most": MOST_FOUND, "group": group}
    crumbs = [Crumb("Programme", back), Crumb(title)]
    page = RowPage("schools/group.html", more)
    return edit(request, form, save=save_group, back=back, crumbs=crumbs, page=page)


def _carried(request: SignedInRequest) -> str:
    """What was typed and ticked, as the end of an address."""
    draft = GroupDraftForm(request.POST)
    draft.full_clean()
    kept = {name: "on" if value is True else value for name, value in draft.cleaned_data.items() if value}
    return urlencode({"seen": "", **kept}, doseq=True)


def _programme(place: str) -> str:
    return f"{reverse('schools:programme')}#{place}"
