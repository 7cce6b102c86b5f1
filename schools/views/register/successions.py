"""Successions that the register leaves to a person."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from schools.decorators import requires
from schools.forms.register import DecisionForm
from schools.models import SchoolUrn, SuccessionToReview
from schools.services import successions as services
from schools.services.errors import RegisterError


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def index(request: SignedInRequest) -> HttpResponse:
    """Those that wait, schools of the programme first; with ?decided=1 those that were decided."""
    decided = request.GET.get("decided") == "1"
    found = SuccessionToReview.objects.programme_first().select_related("decided_by")
    asked_for = found.filter(decided_at__isnull=False) if decided else found.undecided()
    page = Paginator(asked_for, 50).get_page(request.GET.get("page"))
    urns = {urn for one in page.object_list for urn in (one.old_urn, one.new_urn)}
    names = dict(SchoolUrn.objects.filter(urn__in=urns).values_list("urn", "school__name"))
    rows = [(one, names.get(one.old_urn, ""), names.get(one.new_urn, "")) for one in page.object_list]
    query = "?decided=1" if decided else ""
    context = {"page": page, "rows": rows, "decided": decided, "query": query}
    return render(request, "schools/register/successions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.MANAGE_PROGRAMME)
def one(request: SignedInRequest, succession_pk: int) -> HttpResponse:
    """The two schools side by side, and the decision."""
    found = get_object_or_404(
        SuccessionToReview.objects.select_related("decided_by", "run"), pk=succession_pk
    )
    if request.method != "POST":
        return _page(request, found, DecisionForm(initial={"first_day": services.ends_of(found).first_day}))
    form = DecisionForm(request.POST, allowed=services.ends_of(found).names)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        _decide(found, form, request)
    except RegisterError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, form, status=409)
    messages.success(request, f"Decided about {found.old_urn} and {found.new_urn}. It is in the history.")
    return redirect("schools:successions")


def _decide(found: SuccessionToReview, form: DecisionForm, request: SignedInRequest) -> None:
    wanted = form.cleaned_data
    if wanted["decision"] == SuccessionToReview.Decision.SEPARATE:
        services.keep_separate(succession=found, reason=wanted["reason"], by=request.user)
    else:
        services.continue_as(
            succession=found, first_day=wanted["first_day"], reason=wanted["reason"], by=request.user
        )


def _page(
    request: SignedInRequest, found: SuccessionToReview, form: DecisionForm, *, status: int = 200
) -> HttpResponse:
    ends = services.ends_of(found)
    both = [
        (label, urn, end)
        for label, urn, end in (("Older", found.old_urn, ends.old), ("Newer", found.new_urn, ends.new))
    ]
    context = {"succession": found, "ends": ends, "both": both, "form": form}
    return render(request, "schools/register/succession.html", context, status=status)
