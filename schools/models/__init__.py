"""Schools, their dated URNs, people, and their part in the programme over the years."""

from schools.models.actions import ACTION_MOVES, Action, ActionMove, ActionQuerySet, action_move
from schools.models.areas import Area
from schools.models.contacts import SchoolContact, SchoolContactQuerySet
from schools.models.invitations import FormerLink, Invitation
from schools.models.links import OtherProgramme, SchoolGroup
from schools.models.memberships import Membership, MembershipQuerySet
from schools.models.outlines import MapOutline
from schools.models.programme import (
    MOVES,
    Cohort,
    Move,
    Participation,
    PartnerBody,
    ProgrammeYear,
    move_between,
)
from schools.models.register import RegisterDifference, RegisterEdition, RegisterRun, SuccessionToReview
from schools.models.schools import School, SchoolQuerySet, SchoolUrn, sees_every_school
from schools.models.terms import DayOff, Term

__all__ = [
    "ACTION_MOVES",
    "MOVES",
    "Action",
    "ActionMove",
    "ActionQuerySet",
    "Area",
    "Cohort",
    "DayOff",
    "FormerLink",
    "Invitation",
    "MapOutline",
    "Membership",
    "MembershipQuerySet",
    "Move",
    "OtherProgramme",
    "Participation",
    "PartnerBody",
    "ProgrammeYear",
    "RegisterDifference",
    "RegisterEdition",
    "RegisterRun",
    "School",
    "SchoolContact",
    "SchoolContactQuerySet",
    "SchoolGroup",
    "SchoolQuerySet",
    "SchoolUrn",
    "SuccessionToReview",
    "Term",
    "action_move",
    "move_between",
    "sees_every_school",
]
