"""Building a report: claimed, stored, said; and what happens when something goes wrong on the way."""

import hashlib
from datetime import timedelta
from typing import Never

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from audits.models import Report
from audits.report import building
from audits.tasks import build_report
from core import jobs, pdf_files
from core.pdf import PdfError
from tests.audits.report_samples import area, full, snapshot
from tests.factories import ReportFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """A storage of the test's own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def report():
    """A queued report that lays out quickly."""
    return ReportFactory(snapshot=snapshot(area("leadership", "Leadership", [1, 4])))


def files(media):
    """The names of all stored files."""
    return sorted(path.name for path in media.rglob("*.pdf"))


class TestBuilding:
    def test_makes_a_file_and_says_what_it_is(self, report, media):
        build_report(report.pk)
        report.refresh_from_db()
        assert (report.status, report.failure, report.lease_token) == ("ready", "", None)
        with report.file.open() as stored:
            content = stored.read()
        assert content.startswith(b"%PDF-1.7")
        assert report.sha256 == hashlib.sha256(content).hexdigest()
        assert 4 <= report.pages <= 12
        assert report.built_at <= timezone.now()
        assert len(files(media)) == 1

    def test_is_done_once_however_often_it_is_asked_for(self, report):
        build_report(report.pk)
        report.refresh_from_db()
        before = (report.file.name, report.attempts, report.built_at)
        build_report(report.pk)
        report.refresh_from_db()
        assert (report.file.name, report.attempts, report.built_at) == before

    def test_does_nothing_when_the_report_is_gone(self, media):
        build_report(4711)
        assert files(media) == []

    def test_leaves_a_report_in_another_builder_s_hands_alone(self, report, media):
        Report.objects.claim(report.pk)
        build_report(report.pk)
        report.refresh_from_db()
        assert report.status == "building"
        assert files(media) == []

    def test_takes_over_from_a_builder_that_was_killed(self, report):
        Report.objects.claim(report.pk)
        Report.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        build_report(report.pk)
        report.refresh_from_db()
        assert (report.status, report.attempts) == ("ready", 2)

    def test_takes_away_what_killed_builders_left(self, report, media):
        default_storage.save(f"reports/{report.pk}/1-left.pdf", ContentFile(b"%PDF half"))
        build_report(report.pk)
        report.refresh_from_db()
        assert files(media) == [report.file.name.rpartition("/")[2]]

    def test_leaves_the_files_of_other_reports_alone(self, report, media):
        default_storage.save("reports/4711/1-other.pdf", ContentFile(b"%PDF"))
        build_report(report.pk)
        assert "1-other.pdf" in files(media)

    def test_a_builder_that_lost_its_lease_takes_its_own_file_away(self, report, media, monkeypatch):
        store = pdf_files._store

        def lose_the_lease_meanwhile(*parts: object) -> str:
            Report.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
            assert Report.objects.claim(report.pk)
            return store(*parts)

        monkeypatch.setattr(pdf_files, "_store", lose_the_lease_meanwhile)
        build_report(report.pk)
        report.refresh_from_db()
        assert report.status == "building"
        assert files(media) == []


class TestFailing:
    def fail_with(self, monkeypatch, error):
        """Make every laying out fail."""

        def fail(*_: object) -> Never:
            raise error

        monkeypatch.setattr(building, "report_pdf", fail)

    def due_now(self):
        """Let the time to wait be over."""
        Report.objects.update(not_before=timezone.now())

    @pytest.mark.parametrize(
        ("error", "reason"),
        [
            (OSError("No space left on device"), pdf_files.NO_ROOM),
            (PdfError("it asked for something"), building.NOT_LAID_OUT),
            (ZeroDivisionError("a fault of ours"), building.NOT_LAID_OUT),
        ],
    )
    def test_is_queued_again_with_a_reason_in_plain_words(self, report, monkeypatch, error, reason):
        self.fail_with(monkeypatch, error)
        build_report(report.pk)
        report.refresh_from_db()
        assert (report.status, report.failure) == ("queued", reason)
        assert timedelta(seconds=15) < report.not_before - timezone.now() <= timedelta(seconds=20)

    def test_is_not_tried_before_its_time(self, report, monkeypatch):
        self.fail_with(monkeypatch, OSError())
        build_report(report.pk)
        build_report(report.pk)
        report.refresh_from_db()
        assert report.attempts == 1

    def test_fails_for_good_at_the_third_try(self, report, monkeypatch):
        self.fail_with(monkeypatch, OSError())
        for _ in range(3):
            self.due_now()
            build_report(report.pk)
        report.refresh_from_db()
        assert (report.status, report.attempts, report.failure) == ("failed", 3, pdf_files.NO_ROOM)

    def test_works_again_once_the_cause_is_gone(self, report, monkeypatch):
        with monkeypatch.context() as broken:
            self.fail_with(broken, OSError())
            build_report(report.pk)
        self.due_now()
        build_report(report.pk)
        report.refresh_from_db()
        assert (report.status, report.failure) == ("ready", "")

    def test_a_snapshot_that_cannot_be_read_fails_at_once(self):
        report = ReportFactory(snapshot={"format": 99})
        build_report(report.pk)
        report.refresh_from_db()
        assert report.status == "failed"
        assert "not in a form that can be read" in report.failure

    def test_what_cannot_be_laid_out_does_not_take_the_worker_with_it(self):
        report = ReportFactory(snapshot={"format": 1})
        build_report(report.pk)
        report.refresh_from_db()
        assert (report.status, report.failure) == ("queued", building.NOT_LAID_OUT)

    def test_a_report_claimed_too_often_is_called_failed_by_the_sweep(self, report):
        Report.objects.update(attempts=jobs.MOST_ATTEMPTS)
        jobs.sweep()
        report.refresh_from_db()
        assert report.status == "failed"


def test_the_sweep_has_every_waiting_report_built():
    reports = [ReportFactory(snapshot=full()) for _ in range(2)]
    jobs.sweep()
    assert [Report.objects.get(pk=one.pk).status for one in reports] == ["ready", "ready"]
