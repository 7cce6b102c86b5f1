"""What the guard marks in the notes that a school is about to read, and nobody has looked at yet."""

from core.guard import Reading, read, unanswered
from schools.models import Area
from visits.models import LocalSupport, Theme, Visit, VisitNotes

TO_BE_READ = "told_leaders"
"""Of the notes only this goes to the school; follow-ups stay with the forum."""


def innocent_names(visit: Visit) -> list[str]:
    """Names that name no person: the school and its town, areas of practice, local support; two queries."""
    areas = Area.objects.values_list("name", flat=True)
    supports = LocalSupport.objects.values_list("name", flat=True)
    return [visit.school.name, visit.school.town, *areas, *supports]


def marked_in_notes(visit: Visit) -> list[Reading]:
    """The texts with marks of which no worker has said that they may stay as they are; four queries."""
    allowed = innocent_names(visit)
    texts, accepted = [], set()
    for text, left in Theme.objects.filter(visit=visit).values_list("text", "left_as_read"):
        texts.append(text)
        accepted.add(left)
    notes = VisitNotes.objects.filter(visit=visit).first()
    if notes is not None:
        texts.append(notes.told_leaders)
        accepted.add(str(notes.left_as_read.get(TO_BE_READ, "")))
    return unanswered([read(text, allowed=allowed) for text in texts], accepted)
