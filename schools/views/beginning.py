"""The confirmed schools of a year, noted together as having begun."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from schools.decorators import requires
from schools.forms.participation import BeginForm
from schools.models import ProgrammeYear
from schools.services.beginning import Begun, begin_parts, confirmed_parts, parts_of
from schools.services.errors import ProgrammeError


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.MANAGE_PROGRAMME)
def begin(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """Look the confirmed schools through, then note that those which stay ticked have begun."""
    year = get_object_or_404(ProgrammeYear, pk=year_pk)
    if request.method != "POST":
        return _page(request, year, BeginForm(parts=confirmed_parts(year)))
    form = BeginForm(request.POST, parts=parts_of(year))
    if not form.is_valid():
        return _page(request, year, BeginForm(request.POST, parts=confirmed_parts(year)), status=422)
    try:
        chosen, today = form.cleaned_data["parts"], timezone.localdate()
        _tell(request, begin_parts(year=year, parts=chosen, by=request.user, today=today))
    except ProgrammeError as refusal:
        messages.error(request, str(refusal))
    return redirect("schools:year", year.pk)


def _tell(request: SignedInRequest, what: Begun) -> None:
    if what.begun:
        messages.success(request, f"Schools that have begun: {len(what.begun)}. Each is active now.")
    if what.left:
        messages.info(request, f"Left as confirmed: {', '.join(what.left)}.")
    if what.passed:
        told = ", ".join(f"{school} ({status})" for school, status in what.passed)
        messages.warning(request, f"Passed over, since not confirmed any more: {told}.")


def _page(
    request: SignedInRequest, year: ProgrammeYear, form: BeginForm, *, status: int = 200
) -> HttpResponse:
    first = Crumb("Programme", reverse("schools:programme"))
    here = Crumb(year.name, reverse("schools:year", args=[year.pk]))
    crumbs = [first, here, Crumb("Note that schools have begun")]
    context = {"year": year, "form": form, "breadcrumbs": crumbs}
    return render(request, "schools/year_begin.html", context, status=status)
