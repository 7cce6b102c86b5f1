"""Makers of rows, one module an app; each makes the least that is valid."""

from tests.factories.accounts import UserFactory
from tests.factories.audits import (
    AuditFactory,
    FrameworkVersionFactory,
    ReportFactory,
    SectionFactory,
    StatementFactory,
    small_framework,
)
from tests.factories.schools import (
    CohortFactory,
    InvitationFactory,
    MembershipFactory,
    ParticipationFactory,
    ProgrammeYearFactory,
    SchoolContactFactory,
    SchoolFactory,
)
from tests.factories.visits import (
    ActionFactory,
    AttendanceFactory,
    FamiliesEditionFactory,
    FamiliesLineFactory,
    FamiliesPageFactory,
    LocalSupportFactory,
    ThemeFactory,
    ThemeGroupFactory,
    VisitFactory,
    VisitNotesFactory,
    VisitSummaryFactory,
)

__all__ = [
    "ActionFactory",
    "AttendanceFactory",
    "AuditFactory",
    "CohortFactory",
    "FamiliesEditionFactory",
    "FamiliesLineFactory",
    "FamiliesPageFactory",
    "FrameworkVersionFactory",
    "InvitationFactory",
    "LocalSupportFactory",
    "MembershipFactory",
    "ParticipationFactory",
    "ProgrammeYearFactory",
    "ReportFactory",
    "SchoolContactFactory",
    "SchoolFactory",
    "SectionFactory",
    "StatementFactory",
    "ThemeFactory",
    "ThemeGroupFactory",
    "UserFactory",
    "VisitFactory",
    "VisitNotesFactory",
    "VisitSummaryFactory",
    "small_framework",
]
