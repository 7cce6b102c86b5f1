"""The command that builds a report into a file."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from audits.models import Audit, Report
from tests.factories import AuditFactory, SchoolFactory, UserFactory, small_framework

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit():
    """A submitted audit."""
    return AuditFactory(
        school=SchoolFactory(name="Wenlock Brook Primary School"),
        version=small_framework(sections=1, statements=1),
        status="submitted",
        submitted_at=timezone.now(),
        submitted_by=UserFactory(),
    )


def build(audit, output):
    """Run the command and return what it printed."""
    out = StringIO()
    call_command("build_report", str(audit), output=output, stdout=out)
    return out.getvalue()


def test_writes_the_report_and_says_what_it_wrote(audit, tmp_path):
    output = tmp_path / "report.pdf"
    told = build(audit.pk, output)
    assert output.read_bytes().startswith(b"%PDF-1.7")
    assert told.startswith(f"{output}: ")
    assert " pages, " in told
    assert "Baseline self-audit of Wenlock Brook Primary School, 2026 to 2027." in told


def test_leaves_nothing_else_behind(audit, tmp_path):
    build(audit.pk, tmp_path / "report.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]
    assert not Report.objects.exists()


def test_replaces_an_older_file(audit, tmp_path):
    output = tmp_path / "report.pdf"
    output.write_text("older")
    build(audit.pk, output)
    assert output.read_bytes().startswith(b"%PDF")


def test_refuses_an_audit_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="There is no self-audit with the number 4711"):
        build(4711, tmp_path / "report.pdf")


def test_refuses_an_audit_that_is_open(audit, tmp_path):
    Audit.objects.update(status="in_progress")
    with pytest.raises(CommandError, match="has not been submitted"):
        build(audit.pk, tmp_path / "report.pdf")
    assert list(tmp_path.iterdir()) == []


def test_refuses_a_folder_that_is_not_there(audit, tmp_path):
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        build(audit.pk, tmp_path / "nowhere" / "report.pdf")


def test_refuses_a_folder_as_the_file(audit, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        build(audit.pk, tmp_path)
    assert list(tmp_path.iterdir()) == []
