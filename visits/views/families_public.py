"""What families read of a school's changes, at its public address: as a page and as a sheet for printing."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from core.page_card import PageCard
from core.same_page import render_same_page, same_file
from schools.public_words import school_path
from schools.queries.listing import PublicSchool, public_school
from schools.views.public_school import not_listed
from visits.addresses import where_published
from visits.models import FamiliesEdition
from visits.queries.families import read_content
from visits.queries.families_public import edition_of


@login_not_required
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The published words; 404 where there are none, and for every school that is not on the public list."""
    school = public_school(slug)
    edition = edition_of(school.pk) if school else None
    if school is None:
        return not_listed(request)
    if edition is None:
        return _nothing_yet(request, school, slug)
    has_sheet = edition.status == FamiliesEdition.Status.READY
    context = {
        "words": read_content(edition),
        "school_path": school_path(school),
        **where_published(slug, edition.published_at),
        "sheet_url": reverse("visits:families_sheet", args=[slug]) if has_sheet else "",
        "sheet_pages": edition.pages,
        "card": SimpleLazyObject(lambda: _card(school, slug)),
    }
    contents = (school, edition.pk, edition.digest, has_sheet)
    return render_same_page(
        request, "visits/families/public.html", context, contents=contents, address=f"you-said/{slug}"
    )


@login_not_required
@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for printing; 404 as above until a worker has made it."""
    school = public_school(slug)
    edition = edition_of(school.pk) if school else None
    if school is not None and edition is None:
        return _nothing_yet(request, school, slug)
    if edition is None or edition.status != FamiliesEdition.Status.READY or not edition.has_file:
        return not_listed(request)

    def build() -> HttpResponse:
        with edition.file.open("rb") as stored:  # a page or two, so it need not be streamed
            response = HttpResponse(stored.read(), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="you-said-{slug}.pdf"'
        return response

    return same_file(request, build, contents=(edition.pk, edition.sha256))


def _nothing_yet(request: HttpRequest, school: PublicSchool, slug: str) -> HttpResponse:
    context = {"school": school.name, "school_path": school_path(school)}
    return render_same_page(
        request,
        "visits/families/nothing_yet.html",
        context,
        contents=(school, "nothing yet"),
        status=404,
        address=f"you-said/{slug}",
    )


def _card(school: PublicSchool, slug: str) -> PageCard:
    return PageCard(
        title=f"You said, we are doing, done: {school.name}",
        description=(
            f"What parent carers said at {school.name}, what the school is doing about it, what is done, and what it "
            "cannot change alone."
        ),
        path=reverse("visits:families_public", args=[slug]),
    )
