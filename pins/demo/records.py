"""What was written down at the visits of the demonstration that were held: made-up words, and nobody in them."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.models import User
from schools.models import Area
from visits.enums import AFTER_IT, Kind, RolePresent, Scope
from visits.models import Attendance, LocalSupport, SafeguardingAnswer, Signposting, Theme, Visit, VisitNotes

_S, _W = Scope.SCHOOL, Scope.WIDER
_GOOD, _BETTER, _ASK, _IDEA = Kind.WORKING_WELL, Kind.COULD_BE_BETTER, Kind.QUESTION, Kind.IDEA
SAID = (
    ("environment", _S, _GOOD, "The quiet room at lunch makes the afternoons easier.", 5),
    ("communication", _S, _BETTER, "Changes of the timetable are heard of too late, on the day itself.", 6),
    ("parent-carers", _S, _GOOD, "The SENCo answers e-mails within two days.", 4),
    ("readiness", _S, _BETTER, "Mornings at the gate are loud and crowded.", 7),
    ("mental-health", _W, _BETTER, "Nobody says how long the wait for an assessment will be.", 8),
    ("teaching", _S, _IDEA, "Show homework as a picture plan as well as in words.", 3),
    ("environment", _S, _BETTER, "The dining hall echoes; some eat little there.", 5),
    ("leadership", _S, _GOOD, "Assemblies speak of difference as something ordinary.", 2),
    ("communication", _S, _ASK, "Who tells supply teachers what helps in a classroom?", 3),
    ("mental-health", _S, _GOOD, "There is an adult whom everybody knows to go to.", 6),
    ("parent-carers", _S, _IDEA, "A parent carer could show new families round.", 2),
    ("pupil-voice", _S, _BETTER, "The school council hears from those who like to speak up.", 3),
    ("readiness", _S, _GOOD, "Movement breaks are offered to the whole class.", 4),
    ("teaching", _S, _BETTER, "Homework takes up the evening when instructions are long.", 5),
    ("communication", _W, _ASK, "Whom does one ask once a place at secondary school is named?", 4),
    ("environment", _S, _IDEA, "Ear defenders in a basket by the door, for anybody.", 3),
)
CAME = (7, 11, 4, 0, 9, 14, 3, 6, 0, 12, 5, 8)
"""How many parent carers came, visit by visit; nobody at some."""
TOLD = (
    "Praised the calm start of the day; asked for changes of the timetable to be told the evening before.",
    "Passed on what works well at lunch, and that the dining hall is hard for some.",
    "Nobody came this time: agreed to invite by text message and to meet before pick-up.",
)
FOLLOW = ("Send the leaflet about the wait for assessments.", "Ask about the hall for the next meeting.", "")
_ROLES = (
    [RolePresent.SENCO.value],
    [RolePresent.HEAD_TEACHER.value, RolePresent.SENCO.value],
    [RolePresent.PINS_LEAD.value, RolePresent.TEACHING_ASSISTANT.value],
)


def seed_records(people: Mapping[str, User]) -> int:
    """Write a record for each visit that was held and has none, dated to its day; returns how many."""
    held = Visit.objects.filter(status__in=AFTER_IT, attendance=None).order_by("starts_at", "pk")
    areas = {area.key: area for area in Area.objects.all()}
    supports = list(LocalSupport.objects.filter(is_shown=True))
    made = 0
    for number, visit in enumerate(held):
        with transaction.atomic():
            _Writer(visit, number, people["liaison"]).write(areas, supports)
        made += 1
    return made


def write_who_came(visit: Visit, *, came: int, by: User, number: int = 0) -> None:
    """All of a record but what was said, as a worker leaves it in the car park; nothing where there is one already."""
    if Attendance.objects.filter(visit=visit).exists():
        return
    saved: dict[str, Any] = {"visit": visit, "saved_by": by, "saved_at": _in_the_car_park(visit)}
    roles = _ROLES[number % len(_ROLES)]
    Attendance.objects.create(**saved, parent_carers=came, roles_present=roles)
    told = TOLD[number % 2] if came else TOLD[-1]
    VisitNotes.objects.create(**saved, told_leaders=told, follow_ups=FOLLOW[number % len(FOLLOW)])
    SafeguardingAnswer.objects.create(**saved, was_passed_on=False)


def _in_the_car_park(visit: Visit) -> datetime:
    return visit.ends_at + timedelta(minutes=20) if visit.ends_at else visit.changed_at


class _Writer:
    """Writes one record; what it says depends on nothing but its number."""

    def __init__(self, visit: Visit, number: int, by: User) -> None:
        self.visit, self.number = visit, number
        self.came = CAME[number % len(CAME)]
        self.by = by
        self.at = _in_the_car_park(visit)
        self.saved: dict[str, Any] = {"visit": visit, "saved_by": by, "saved_at": self.at}

    def write(self, areas: Mapping[str, Area], supports: list[LocalSupport]) -> None:
        """Every part."""
        number = self.number
        write_who_came(self.visit, came=self.came, by=self.by, number=number)
        if not self.came:
            return
        Theme.objects.bulk_create(self._themes(areas))
        Signposting.objects.bulk_create(
            Signposting(visit=self.visit, support=one, added_by=self.by, added_at=self.at)
            for place, one in enumerate(supports)
            if (place + number) % 2
        )

    def _themes(self, areas: Mapping[str, Area]) -> Iterator[Theme]:
        for place in range(3 + self.number % 3):
            key, scope, kind, text, raised = SAID[(self.number * 3 + place) % len(SAID)]
            area = areas.get(key) or next(iter(areas.values()))
            raised_by = min(raised, self.came)
            yield Theme(**self.saved, area=area, scope=scope, kind=kind, text=text, raised_by=raised_by)
