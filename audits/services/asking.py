"""Asking schools for their self-audit."""

from datetime import date

from django.db import transaction

from accounts.models import User
from audits import emails
from audits.enums import Round
from audits.models import Audit, FrameworkVersion
from audits.services.errors import AuditError
from audits.whom_to_ask import schools_to_ask
from core import history
from schools.models import ProgrammeYear


def ask_for_audits(
    *,
    programme_year: ProgrammeYear,
    round: Round,  # noqa: A002 - the field's own word
    wanted_by: date,
    by: User,
) -> list[Audit]:
    """Open an audit for each school that takes part fully in the year and has none for the round; mail their leads.

    Returns the audits that were opened, none when every school has one. Raises AuditError while no framework
    version is published.
    """
    with transaction.atomic():
        ProgrammeYear.objects.select_for_update().get(pk=programme_year.pk)  # two who ask at once take turns
        version = FrameworkVersion.objects.published().first()
        if version is None:
            raise AuditError("Publish a version of the framework first: there is nothing to answer yet.")
        opened = []
        for school in schools_to_ask(programme_year, round):
            audit = Audit.objects.create(
                school=school,
                programme_year=programme_year,
                round=round,
                version=version,
                wanted_by=wanted_by,
            )
            history.record(
                "audit.asked", f"{by} asked for the self-audit.", by=by, target=audit, school=school
            )
            emails.audit_asked(audit=audit)
            opened.append(audit)
    return opened
