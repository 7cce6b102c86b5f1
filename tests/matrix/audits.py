"""Self-audits and their reports."""

from typing import Any

from django.utils import timezone

from audits.enums import AuditStatus
from audits.models import Audit, Section, Statement
from audits.snapshot import take_snapshot
from schools.models import School
from tests.factories import AuditFactory, ReportFactory, small_framework
from tests.matrix.rows import Row
from tests.people import People


def an_audit(people: People, school: School) -> dict[str, Any]:
    """An open audit of the school, with one statement in one section, which is given to nobody."""
    return {"audit_pk": AuditFactory(school=school, version=small_framework(1, 1)).pk}


def a_submitted_audit(people: People, school: School) -> dict[str, Any]:
    """One that waits for its review."""
    arguments = an_audit(people, school)
    Audit.objects.update(status=AuditStatus.SUBMITTED, submitted_at=timezone.now(), submitted_by=people.admin)
    return arguments


def a_reviewed_audit(people: People, school: School) -> dict[str, Any]:
    """One that was reviewed."""
    arguments = a_submitted_audit(people, school)
    Audit.objects.update(status=AuditStatus.REVIEWED, reviewed_at=timezone.now(), reviewed_by=people.admin)
    return arguments


def a_section(people: People, school: School) -> dict[str, Any]:
    """The section of such an audit."""
    arguments = an_audit(people, school)
    return {**arguments, "area_key": Section.objects.get().area.key}


def a_statement(people: People, school: School) -> dict[str, Any]:
    """The statement of that section."""
    arguments = a_section(people, school)
    return {**arguments, "statement_key": Statement.objects.get().key}


def a_report(people: People, school: School) -> dict[str, Any]:
    """A report that waits to be built."""
    audit = Audit.objects.get(pk=an_audit(people, school)["audit_pk"])
    audit.submitted_at = timezone.now()
    return {"report_pk": ReportFactory(audit=audit, snapshot=take_snapshot(audit)).pk}


ROWS: dict[str, Row] = {
    # ----------------------------- out admin liais progr train head  coll  gov   other
    "GET audits:list": Row("         in  200   200   200   200   200   200   200   200"),
    "GET audits:list_csv": Row("     in  200   200   200   200   200   200   200   200"),
    "GET audits:list_excel": Row("   in  200   200   200   200   200   200   200   200"),
    "GET audits:ask": Row("          in  200   403   403   403   403   403   403   403"),
    "POST audits:ask": Row("         in  422   403   403   403   403   403   403   403"),
    "GET audits:tasks": Row("        in  200   200   200   404   200   200   200   404", an_audit),
    "GET audits:check": Row("        in  200   200   403   404   200   200   403   404", an_audit),
    "POST audits:submit": Row("      in  403   403   403   404   go    403   403   404", an_audit),
    "POST audits:review": Row("      in  go    go    go    404   403   403   403   404", an_audit),
    "GET audits:send_back": Row("    in  200   200   200   404   403   403   403   404", a_submitted_audit),
    "POST audits:send_back": Row("   in  422   422   422   404   403   403   403   404", a_submitted_audit),
    "GET audits:reopen": Row("       in  200   200   200   404   403   403   403   404", a_reviewed_audit),
    "POST audits:reopen": Row("      in  422   422   422   404   403   403   403   404", a_reviewed_audit),
    "GET audits:section": Row("      in  200   200   403   404   200   200   403   404", a_section),
    "POST audits:section": Row("     in  403   403   403   404   go    403   403   404", a_section),
    "POST audits:save_notes": Row("  in  403   403   403   404   200   403   403   404", a_section),
    "GET audits:give": Row("         in  403   403   403   404   200   403   403   404", a_section),
    "POST audits:give": Row("        in  403   403   403   404   422   403   403   404", a_section),
    "POST audits:take_back": Row("   in  403   403   403   404   go    403   403   404", a_section),
    "POST audits:save_statement": Row("in 403  403   403   404   200   403   403   404", a_statement),
    "GET audits:report": Row("       in  200   200   200   404   200   200   200   404", a_report),
    "GET audits:report_download": Row("in go   go    go    404   go    go    go    404", a_report),
    "GET audits:report_answers_csv": Row("  in 200  200 200 404  200   200   200   404", a_report),
    "GET audits:report_answers_excel": Row("in 200  200 200 404  200   200   200   404", a_report),
    "POST audits:report_retry": Row("in  go    go    go    404   go    403   403   404", a_report),
}
