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

__all__ = [
    "AuditFactory",
    "CohortFactory",
    "FrameworkVersionFactory",
    "InvitationFactory",
    "MembershipFactory",
    "ParticipationFactory",
    "ProgrammeYearFactory",
    "ReportFactory",
    "SchoolContactFactory",
    "SchoolFactory",
    "SectionFactory",
    "StatementFactory",
    "UserFactory",
    "small_framework",
]
