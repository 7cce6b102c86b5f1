"""What becomes of the themes of a visit, and who may decide it."""

from dataclasses import dataclass

from accounts.models import User
from accounts.permissions import Reach, Verb
from schools.access import may, reaches
from schools.models import Action, ActionQuerySet
from visits.models import Theme, Visit
from visits.queries.loop import LoopRow, rows_of


@dataclass(frozen=True)
class VisitOutcomes:
    """The themes of one visit with what becomes of each, for the page of the visit."""

    rows: list[LoopRow]
    may_decide: bool


def outcomes_of(visit: Visit, user: User) -> VisitOutcomes | None:
    """What becomes of what was said; None for who does not read the notes, or not yet. Three queries."""
    of_the_forum = may(user, Verb.RECORD_VISITS, visit.school)
    reads = of_the_forum or (visit.is_with_the_school and may(user, Verb.TAKE_PART_IN_VISITS, visit.school))
    if not reads or not visit.was_held:
        return None
    themes = Theme.objects.visible_to(user).filter(visit=visit)
    return VisitOutcomes(rows_of(themes, exact=of_the_forum), may_decide(user, visit))


def may_decide(user: User, visit: Visit) -> bool:
    """Whether they say what becomes of the themes: the forum once it was held, the school once it reads them."""
    found = reaches(user, Verb.CHANGE_ACTIONS, visit.school)
    if Reach.ANY in found:
        return visit.was_held
    return Reach.OWN in found and visit.is_with_the_school


def actions_to_join(visit: Visit) -> ActionQuerySet:
    """Actions of the school on their way, of which a theme may be another reason."""
    return Action.objects.live().filter(school=visit.school).order_by("due_on", "pk")
