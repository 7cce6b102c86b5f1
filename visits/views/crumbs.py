"""Where a page about visits stands."""

from django.urls import reverse

from core.look import Crumb


def planner_crumb() -> Crumb:
    """The planner."""
    return Crumb("Visits", reverse("visits:planner"))
