"""What the guard marks in all that a school is about to read of a visit, and nobody has looked at yet."""

from collections.abc import Sequence

from core.guard import Reading, read, unanswered
from core.seen import digest
from schools.models import Area
from visits.models import LocalSupport, Theme, Visit, VisitNotes

TO_BE_READ = "told_leaders"
"""Of the notes only this goes to the school; follow-ups stay with the forum."""


def innocent_names(visit: Visit) -> list[str]:
    """Names that name no person: the school and its town, areas of practice, local support; two queries."""
    areas = Area.objects.values_list("name", flat=True)
    supports = LocalSupport.objects.values_list("name", flat=True)
    return [*visit.school.innocent_names, *areas, *supports]


def marked_in_notes(visit: Visit) -> list[Reading]:
    """The texts with marks of which no worker has said that they may stay as they are; four queries.

    What became of a theme goes to the school with it: the reason why not, and what an action says. Only of texts
    in the record is it kept that they may stay.
    """
    allowed = innocent_names(visit)
    texts, accepted = [], set()
    written = ("text", "outcome_reason", "action__what", "left_as_read")
    for *said, left in Theme.objects.filter(visit=visit).order_by("pk").values_list(*written):
        texts += [text for text in said if text]
        accepted.add(left)
    notes = VisitNotes.objects.filter(visit=visit).first()
    if notes is not None:
        texts.append(notes.told_leaders)
        accepted.add(str(notes.left_as_read.get(TO_BE_READ, "")))
    readings = [read(text, allowed=allowed) for text in dict.fromkeys(texts)]
    return unanswered(readings, accepted)


def digest_of_marked(marked: Sequence[Reading]) -> str:
    """What somebody looked at who says that these words name nobody; empty where nothing is marked."""
    return digest(sorted(one.digest for one in marked), length=64) if marked else ""
