"""A school reads in its own report what it typed itself; whoever else reads it, published counts."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from audits.models import Audit, Report, SectionNote
from audits.snapshot import take_snapshot
from tests.factories import AuditFactory, ReportFactory

pytestmark = pytest.mark.django_db

EXACT = "Teachers (4), Parent carers (3), Pupils (13)"
PUBLISHED = "Teachers (4), Parent carers (fewer than 5), Pupils (about 15)"
ROUNDED = "Numbers of parent carers and pupils are rounded, and small ones are not told exactly."


@pytest.fixture
def report(people, settings, tmp_path):
    """A report that is ready, of an audit whose first section three parent carers helped to answer."""
    settings.MEDIA_ROOT = tmp_path
    now = timezone.now()
    audit = AuditFactory(school=people.school, status="submitted", submitted_at=now, submitted_by=people.head)
    SectionNote.objects.create(
        audit=audit,
        section=audit.version.sections.get(position=1),
        contributors={"teacher": 4, "parent_carer": 3, "pupil": 13},
        noted_at=now - timedelta(hours=1),
        noted_by=people.head,
    )
    return ReportFactory(
        audit=audit,
        snapshot=take_snapshot(audit),
        requested_by=people.head,
        status=Report.Status.READY,
        file=default_storage.save("reports/1.pdf", ContentFile(b"%PDF-1.7")),
        sha256="0" * 64,
        pages=6,
        built_at=now,
    )


@pytest.fixture
def read_by(sign_in, people, report):
    """The report's page as this one of the cast sees it."""
    return lambda name: sign_in(getattr(people, name)).get(reverse("audits:report", args=[report.pk])).text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("head", EXACT),
        ("governor", EXACT),
        ("admin", EXACT),
        ("liaison", EXACT),
        ("programme", PUBLISHED),
    ],
)
def test_small_numbers_are_exact_for_the_school_and_the_forum_alone(read_by, name, words):
    assert f"Who helped: {words}</p>" in read_by(name)


def test_the_snapshot_and_so_the_pdf_hold_published_counts_alone(report):
    (told, _) = (area["contributors"] for area in report.snapshot["areas"])
    assert [one["words"] for one in told] == ["4", "fewer than 5", "about 15"]


@pytest.mark.parametrize(("name", "times"), [("head", 0), ("liaison", 0), ("programme", 1)])
def test_that_numbers_are_rounded_is_said_once_where_they_are(read_by, name, times):
    assert read_by(name).count(ROUNDED) == times


def test_a_report_of_staff_alone_does_not_speak_of_rounding(read_by, report):
    report.snapshot["areas"][0]["contributors"] = [{"role": "teacher", "label": "Teachers", "words": "4"}]
    report.save()
    assert ROUNDED not in read_by("programme")


@pytest.mark.parametrize(("name", "words"), [("head", EXACT), ("programme", PUBLISHED)])
def test_a_rounded_number_of_an_older_snapshot_is_said_to_be_one(read_by, report, name, words):
    report.snapshot["areas"][0]["contributors"][2]["words"] = "15"
    report.save()
    assert f"Who helped: {words}</p>" in read_by(name)


def test_a_section_noted_since_keeps_the_published_counts_of_its_report(read_by, report, people):
    SectionNote.objects.update(contributors={"teacher": 9, "parent_carer": 4}, noted_at=timezone.now())
    assert f"Who helped: {PUBLISHED}</p>" in read_by("head")


def test_an_older_edition_keeps_its_published_counts(read_by, report):
    newer = ReportFactory(audit=report.audit, edition=2, snapshot=report.snapshot)
    Report.objects.filter(pk=report.pk).update(superseded_by=newer)
    Audit.objects.update(submitted_at=timezone.now())
    assert f"Who helped: {PUBLISHED}</p>" in read_by("head")
