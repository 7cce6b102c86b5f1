"""What families read, as the school and the forum prepare it: the words, both approvals, publishing, taking down."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from schools.access import may, may_change
from schools.decorators import who_may
from schools.forms.programme import ReasonForm
from schools.models import School
from schools.services.errors import ProgrammeError
from schools.views.crumbs import school_crumbs
from schools.views.editing import EDIT, sent
from schools.views.fetching import school_to_change, school_to_read
from visits.forms.families import ApproveForm
from visits.models import FamiliesEdition, FamiliesPage
from visits.queries.families import (
    Standing,
    lines_behind,
    marked_in,
    replies_to_the_notes,
    standing_of,
    themes_to_draft,
    words_of,
    years_of,
)
from visits.services import families
from visits.services.errors import VisitError, WordsChanged

REFUSALS = (VisitError, ProgrammeError)
VERBS = {families.SCHOOL: Verb.APPROVE_FOR_FAMILIES, families.FORUM: Verb.RECORD_VISITS}
"""Whose approval counts for which side."""


@require_safe
def index(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """What families of the school read now, and the page of each programme year."""
    school = school_to_read(request, school_pk, Verb.TAKE_PART_IN_VISITS)
    editions = FamiliesEdition.objects.filter(school=school).select_related("page__programme_year")
    context = {
        "school": school,
        "years": years_of(school),
        "editions": list(editions),
        "may_write": may(request.user, Verb.RECORD_VISITS, school),
        "breadcrumbs": school_crumbs(request, school, Crumb("What families read")),
    }
    return render(request, "visits/families/index.html", context)


@require_safe
def page(request: SignedInRequest, school_pk: int, year_pk: int) -> HttpResponse:
    """The words exactly as families will read them, whose approval stands, and what is next."""
    found = page_or_404(request, school_pk, year_pk)
    return _drawn(request, found)


def page_or_404(
    request: SignedInRequest, school_pk: int, year_pk: int, *, to_change: Verb | None = None
) -> FamiliesPage:
    """The page of a year, for who reads it, or may change it by that verb."""
    school = school_to_read(request, school_pk, Verb.TAKE_PART_IN_VISITS)
    if to_change is not None and not may_change(request.user, to_change, school):
        raise PermissionDenied(who_may(to_change))
    pages = FamiliesPage.objects.visible_to(request.user).filter(school=school)
    related = ("school", "programme_year", "school_approved_by", "forum_approved_by", "change_asked_by")
    return get_object_or_404(pages.select_related(*related), programme_year=year_pk)


def families_crumbs(request: SignedInRequest, page: FamiliesPage, *inside: Crumb) -> list[Crumb]:
    """Where a page about the words of a year stands."""
    index_crumb = Crumb("What families read", reverse("visits:families", args=[page.school_id]))
    year = Crumb(page.programme_year.name, page.get_absolute_url() if inside else "")
    return school_crumbs(request, page.school, index_crumb, year, *inside)


def _drawn(
    request: SignedInRequest,
    page: FamiliesPage,
    *,
    faulty: ApproveForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    standing = standing_of(page)
    marked = marked_in(standing.words, page.school)
    context = {
        "page": page,
        "standing": standing,
        "marked": marked,
        "refusal": refusal,
        "forms": _forms(request, page, standing, faulty, marked=bool(marked)),
        "behind": list(lines_behind(page)),
        "notes": replies_to_the_notes(page, today=timezone.localdate()),
        "lines": list(page.lines.select_related("area")),
        "to_draft": len(themes_to_draft(page)),
        "is_listed": _is_listed(page.school),
        **_rights(request, page.school),
        "breadcrumbs": families_crumbs(request, page),
    }
    return render(request, "visits/families/page.html", context, status=status)


def _is_listed(school: School) -> bool:
    return School.objects.on_public_list().filter(pk=school.pk).exists()


def _rights(request: SignedInRequest, school: School) -> dict[str, bool]:
    writes = may(request.user, Verb.RECORD_VISITS, school)
    approves = may_change(request.user, Verb.APPROVE_FOR_FAMILIES, school)
    return {
        "may_write": writes,
        "may_ask": approves,
        "may_take_down": writes or approves,
        "names_publicly": may_change(request.user, Verb.NAME_PUBLICLY, school),
    }


def _forms(
    request: SignedInRequest,
    page: FamiliesPage,
    standing: Standing,
    faulty: ApproveForm | None,
    *,
    marked: bool,
) -> list[dict[str, Any]]:
    """The sides for which the reader may approve, each with its form and whether it stands already."""
    if page.programme_year.is_archive or standing.change_is_open or not standing.words.content["lines"]:
        return []
    sides = []
    for side, approval in ((families.SCHOOL, standing.school), (families.FORUM, standing.forum)):
        if _approves(request, side, page.school):
            form = ApproveForm(prefix=side, initial={"words": standing.words.digest}, marked=marked)
            form = faulty if faulty is not None and faulty.prefix == side else form
            form.helper.form_action = _address(page, f"approve_families_{side}")
            back = _address(page, f"unapprove_families_{side}")
            sides.append(
                {"is_school": side == families.SCHOOL, "form": form, "stands": approval.stands, "back": back}
            )
    return sides


def _approves(request: SignedInRequest, side: str, school: School) -> bool:
    """Whether this person approves for that side: whoever records visits for the forum, for the forum alone."""
    of_the_forum = may(request.user, Verb.RECORD_VISITS, school)
    return may_change(request.user, VERBS[side], school) and of_the_forum == (side == families.FORUM)


def _page_to_approve(request: SignedInRequest, school_pk: int, year_pk: int, side: str) -> FamiliesPage:
    found = page_or_404(request, school_pk, year_pk, to_change=VERBS[side])
    if not _approves(request, side, found.school):
        raise PermissionDenied(
            f"You record visits for {families.side_words(families.FORUM)}, so somebody else approves for the school."
        )
    return found


def _address(page: FamiliesPage, name: str) -> str:
    return reverse(f"visits:{name}", args=[page.school_id, page.programme_year_id])


@require_POST
def draft(request: SignedInRequest, school_pk: int, year_pk: int) -> HttpResponse:
    """Begin the page of a year from what was decided, or add what was decided since."""
    school = school_to_change(request, school_pk, Verb.RECORD_VISITS)
    year = get_object_or_404(school.participations.select_related("programme_year"), programme_year=year_pk)
    try:
        came = families.draft(school=school, year=year.programme_year, by=request.user)
        lines = "1 line" if came == 1 else f"{came} lines"
        messages.success(
            request, f"{lines} came from what was decided. Put them into words for families now."
        )
    except ProgrammeError as refusal:
        messages.error(request, str(refusal))
        return redirect("visits:families", school_pk)
    return redirect("visits:families_page", school_pk, year_pk)


@require_POST
def approve(request: SignedInRequest, school_pk: int, year_pk: int, side: str) -> HttpResponse:
    """Approve for one side the words that this page showed; 409 with the new words where they changed since."""
    found = _page_to_approve(request, school_pk, year_pk, side)
    is_marked = bool(marked_in(words_of(found), found.school))
    form = ApproveForm(sent(request), prefix=side, marked=is_marked)
    if not form.is_valid():
        return _drawn(request, found, faulty=form, status=422)
    try:
        seen, names_nobody = form.cleaned_data["words"], form.cleaned_data.get("names_nobody", False)
        families.approve(page=found, side=side, seen=seen, by=request.user, names_nobody=names_nobody)
        messages.success(request, f"Approved for {families.side_words(side)}.")
    except WordsChanged as refusal:
        fresh = page_or_404(request, school_pk, year_pk)
        return _drawn(request, fresh, refusal=str(refusal), status=409)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


@require_POST
def take_approval_back(request: SignedInRequest, school_pk: int, year_pk: int, side: str) -> HttpResponse:
    """No longer approve for one side."""
    found = _page_to_approve(request, school_pk, year_pk, side)
    try:
        families.take_approval_back(page=found, side=side, by=request.user)
        messages.success(
            request, "The approval is taken back. What is published stays until it is taken down."
        )
    except ProgrammeError as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


@require_http_methods(EDIT)
def publish(request: SignedInRequest, school_pk: int, year_pk: int) -> HttpResponse:
    """Ask, then put on the public address what both sides approved."""
    found = page_or_404(request, school_pk, year_pk, to_change=Verb.RECORD_VISITS)
    if request.method != "POST":
        context = {
            "page": found,
            "standing": standing_of(found),
            "behind": list(lines_behind(found)),
            "notes": replies_to_the_notes(found, today=timezone.localdate()),
            "is_listed": _is_listed(found.school),
            "breadcrumbs": families_crumbs(request, found, Crumb("Publish")),
        }
        return render(request, "visits/families/publish.html", context)
    try:
        families.publish(page=found, by=request.user)
        messages.success(
            request, "Published. Families read it now; the sheet for printing follows in a moment."
        )
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


@require_http_methods(EDIT)
def take_down(request: SignedInRequest, school_pk: int, edition_pk: int) -> HttpResponse:
    """Ask why, then take what families read off the public address at once."""
    edition = _edition_to_change(request, school_pk, edition_pk)
    form = ReasonForm(sent(request), allowed=edition.school.innocent_names)
    form.helper.submit_label = "Take it down"
    if not form.is_valid():
        crumbs = families_crumbs(request, edition.page, Crumb("Take it down"))
        context = {"form": form, "edition": edition, "breadcrumbs": crumbs}
        return render(request, "visits/families/take_down.html", context, status=422 if form.errors else 200)
    try:
        families.withdraw(edition=edition, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "It is taken down. Families find nothing at that address now.")
    except VisitError as refusal:
        messages.error(request, str(refusal))
    return redirect("visits:families", school_pk)


@require_POST
def sheet_again(request: SignedInRequest, school_pk: int, edition_pk: int) -> HttpResponse:
    """Have the sheet for printing made again that could not be made."""
    edition = _edition_to_change(request, school_pk, edition_pk)
    try:
        families.make_sheet_again(edition=edition, by=request.user)
        messages.success(request, "The sheet is being made again.")
    except VisitError as refusal:
        messages.info(request, str(refusal))
    return redirect("visits:families", school_pk)


def _edition_to_change(request: SignedInRequest, school_pk: int, edition_pk: int) -> FamiliesEdition:
    """An edition that this person may take down: the forum any, the lead of the school its own."""
    school = school_to_read(request, school_pk, Verb.TAKE_PART_IN_VISITS)
    if not _rights(request, school)["may_take_down"]:
        raise PermissionDenied(who_may(Verb.APPROVE_FOR_FAMILIES))
    editions = FamiliesEdition.objects.filter(school=school)
    return get_object_or_404(
        editions.select_related("school", "page__school", "page__programme_year"), pk=edition_pk
    )
