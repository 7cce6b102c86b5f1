"""Home: what this person should do next."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import Role, Verb
from accounts.requests import SignedInRequest
from pins.home import MOST_STEPS, home_of
from pins.home_coming import coming_to_own_schools, coming_visits
from schools.access import may, own_schools, schools_of


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """A short list; nothing competes with it but a quiet line for a report that was read."""
    found = home_of(request.user, today=timezone.localdate())
    visits = may(request.user, Verb.RECORD_VISITS)
    context = {
        "coming": coming_visits(request.user) if visits else coming_to_own_schools(request.user),
        "visits": visits,
        "steps": found.steps[:MOST_STEPS],
        "more": max(0, len(found.steps) - MOST_STEPS),
        "reports": found.reports,
        "reviews": may(request.user, Verb.REVIEW_AUDIT),
        "trains": request.user.site_roles == {Role.TRAINER},
        "answers": bool(own_schools(request.user, Verb.ANSWER_AUDIT)),
        "sees_dashboards": may(request.user, Verb.SEE_DASHBOARDS),
        "belongs": bool(schools_of(request.user)),
    }
    return render(request, "pins/home.html", context)
