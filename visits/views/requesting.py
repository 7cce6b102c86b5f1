"""One more visit at a school, on request."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from schools.models import ProgrammeYear
from schools.services.errors import ProgrammeError
from schools.views.fetching import school_to_change
from visits.forms.requesting import WhichVisitForm
from visits.services import requesting
from visits.services.errors import VisitError


@require_POST
def request_visit(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """Put the visit that was named, or the school's next, on the list of what is to be planned this year."""
    school = school_to_change(request, school_pk, Verb.RECORD_VISITS)
    form = WhichVisitForm(request.POST)
    year = form.cleaned_data.get("year") or _this_year() if form.is_valid() else None
    try:
        if not form.is_valid():
            messages.error(request, f"Nothing was planned. {next(iter(form.errors.values()))[0]}")
        elif year is None:
            messages.error(request, "No programme year runs today, so there is none to plan a visit in.")
        else:
            visit = requesting.request_visit(
                school=school, year=year, by=request.user, number=form.cleaned_data["number"]
            )
            messages.success(request, f"Visit {visit.step_id} is on the list of what is to be planned.")
    except requesting.ItIsThere as done:
        messages.info(request, str(done))
    except (VisitError, ProgrammeError) as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('workspace', args=[school.pk])}#visits")


def _this_year() -> ProgrammeYear | None:
    today = timezone.localdate()
    return ProgrammeYear.objects.filter(starts_on__lte=today, ends_on__gte=today).first()
