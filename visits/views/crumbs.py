"""Where a page about visits stands."""

from django.urls import reverse

from accounts.requests import SignedInRequest
from core.look import Crumb
from schools.views.crumbs import school_crumbs
from visits.models import Visit


def visit_crumbs(request: SignedInRequest, visit: Visit, *inside: Crumb) -> list[Crumb]:
    """The school's workspace, the visit, then what is inside it."""
    own = Crumb(str(visit.step), visit.get_absolute_url() if inside else "")
    return school_crumbs(request, visit.school, own, *inside)


def planner_crumb() -> Crumb:
    """The planner."""
    return Crumb("Visits", reverse("visits:planner"))
