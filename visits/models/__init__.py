"""Visits, their times and links, what was written down, and what families were told of."""

from visits.models.families import FamiliesEdition, FamiliesLine, FamiliesPage
from visits.models.groups import ThemeGroup
from visits.models.links import CalendarFeed, VisitLink
from visits.models.presence import Presence
from visits.models.records import Attendance, SafeguardingAnswer, Theme, VisitNotes, Written
from visits.models.reminders import VisitReminder
from visits.models.removed import RemovedTheme
from visits.models.sharing import Receipt, Reply, VisitSummary
from visits.models.support import LocalSupport, Signposting
from visits.models.visits import ProposedTime, Visit, VisitQuerySet, VisitStep

__all__ = [
    "Attendance",
    "CalendarFeed",
    "FamiliesEdition",
    "FamiliesLine",
    "FamiliesPage",
    "LocalSupport",
    "Presence",
    "ProposedTime",
    "Receipt",
    "RemovedTheme",
    "Reply",
    "SafeguardingAnswer",
    "Signposting",
    "Theme",
    "ThemeGroup",
    "Visit",
    "VisitLink",
    "VisitNotes",
    "VisitQuerySet",
    "VisitReminder",
    "VisitStep",
    "VisitSummary",
    "Written",
]
