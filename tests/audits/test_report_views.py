"""Pages of the report: on its way, ready, failed; who reads it; what is written down."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audits.models import Report
from audits.tasks import build_report
from core.models import Heartbeat, HistoryEntry
from tests.audits.report_samples import full
from tests.factories import AuditFactory, ReportFactory, small_framework

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(people, settings, tmp_path):
    """A queued report of the head's school."""
    settings.MEDIA_ROOT = tmp_path
    now = timezone.now()
    audit = AuditFactory(
        school=people.school,
        version=small_framework(),
        status="submitted",
        submitted_at=now,
        submitted_by=people.head,
    )
    return ReportFactory(audit=audit, snapshot=full(), requested_by=people.head)


@pytest.fixture
def ready(report):
    """The same, built."""
    name = default_storage.save(f"reports/{report.pk}/1-made.pdf", ContentFile(b"%PDF-1.7 made"))
    Report.objects.filter(pk=report.pk).update(
        status="ready", file=name, sha256="0" * 64, pages=9, built_at=timezone.now()
    )
    report.refresh_from_db()
    return report


@pytest.fixture
def failed(report):
    """The same, given up."""
    Report.objects.update(status="failed", attempts=3, failure="The disk was full.")
    report.refresh_from_db()
    return report


def page(report, name="report"):
    """The address of one of its pages."""
    return reverse(f"audits:{name}", args=[report.pk])


class TestOnItsWay:
    def test_says_that_it_waits_and_looks_again(self, report, people, sign_in):
        response = sign_in(people.head).get(page(report))
        assert response.headers["Refresh"] == "5"
        assert "The report is in the queue" in response.text
        assert "before it" not in response.text
        assert "longer than usual" not in response.text

    def test_says_how_many_are_before_it(self, report, people, sign_in):
        for _ in range(2):
            earlier = ReportFactory()
            Report.objects.filter(pk=earlier.pk).update(queued_at=report.queued_at - timedelta(seconds=9))
        assert "2 other reports are before it" in sign_in(people.head).get(page(report)).text

    def test_says_that_it_is_being_built(self, report, people, sign_in):
        Report.objects.claim(report.pk)
        assert "Building the report, about 20 seconds" in sign_in(people.head).get(page(report)).text

    def test_says_when_a_worker_was_last_heard_of_if_it_takes_long(self, report, people, sign_in):
        Report.objects.update(queued_at=timezone.now() - timedelta(seconds=61))
        assert "has not been heard of yet" in sign_in(people.head).get(page(report)).text
        Heartbeat.objects.create(name=Heartbeat.WORKER, at=timezone.now())
        assert "was last heard of at" in sign_in(people.head).get(page(report)).text

    def test_says_when_it_is_tried_again(self, report, people, sign_in):
        Report.objects.update(failure="The disk was full.", not_before=timezone.now() + timedelta(seconds=20))
        text = sign_in(people.head).get(page(report)).text
        assert "The last try did not work: The disk was full. It is tried again by itself at" in text

    def test_has_nothing_to_download_yet(self, report, people, sign_in):
        response = sign_in(people.head).get(page(report, "report_download"))
        assert response.url == page(report)

    def test_writes_nothing_down(self, report, people, sign_in):
        sign_in(people.head).get(page(report))
        sign_in(people.head).get(page(report, "report_download"))
        assert not HistoryEntry.objects.exists()


class TestReady:
    def test_is_the_report_as_a_page(self, ready, people, sign_in):
        response = sign_in(people.head).get(page(ready))
        assert "Refresh" not in response.headers
        assert "Areas for improvement" in response.text
        assert page(ready, "report_download") in response.text

    def test_downloads_under_a_plain_name(self, ready, people, sign_in):
        response = sign_in(people.head).get(page(ready, "report_download"))
        assert response.headers["Content-Disposition"] == (
            'attachment; filename="support-report-wenlock-brook-primary-school-baseline-2026-11-23.pdf"'
        )
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.content == b"%PDF-1.7 made"

    @pytest.mark.parametrize(
        ("name", "how"),
        [
            ("report", "as a page"),
            ("report_download", "as a PDF"),
            ("report_answers_csv", "as CSV"),
            ("report_answers_excel", "as an Excel file"),
        ],
    )
    def test_each_opening_is_one_line_of_history(self, ready, people, sign_in, name, how):
        sign_in(people.governor).get(page(ready, name))
        (line,) = HistoryEntry.objects.all()
        assert (line.kind, line.summary) == ("report.opened", f"Governor opened report 1 {how}.")
        assert line.target_id == str(ready.pk)
        assert line.school_id == str(people.school.pk)

    def test_asking_for_the_head_alone_writes_nothing(self, ready, people, sign_in):
        sign_in(people.head).head(page(ready))
        sign_in(people.head).head(page(ready, "report_download"))
        assert not HistoryEntry.objects.exists()

    def test_exports_every_answer(self, ready, people, sign_in):
        rows = sign_in(people.head).get(page(ready, "report_answers_csv")).content.decode("utf-8-sig")
        lines = rows.splitlines()
        assert lines[0] == '"Area","Statement","Answer","Level","Why it does not apply"'
        assert len(lines) == 1 + 48

    def test_once_superseded_says_so_and_links_to_the_newest(self, ready, people, sign_in):
        newer = ReportFactory(audit=ready.audit, edition=2)
        newest = ReportFactory(audit=ready.audit, edition=3)
        Report.objects.filter(pk=ready.pk).update(superseded_by=newer)
        Report.objects.filter(pk=newer.pk).update(superseded_by=newest)
        text = sign_in(people.head).get(page(ready)).text
        assert "There is a newer report" in text
        assert page(newest) in text

    def test_says_so_when_the_file_is_gone(self, ready, people, sign_in):
        ready.file.storage.delete(ready.file.name)
        text = sign_in(people.head).get(page(ready)).text
        assert "The file that was made is no longer there." in text
        assert sign_in(people.head).get(page(ready, "report_download")).url == page(ready)

    def test_takes_the_same_queries_whatever_its_size(
        self, ready, people, sign_in, django_assert_num_queries
    ):
        client = sign_in(people.head)
        with django_assert_num_queries(7):
            client.get(page(ready))


class TestFailed:
    def test_says_why_and_offers_to_try_again(self, failed, people, sign_in):
        text = sign_in(people.head).get(page(failed)).text
        assert "The disk was full." in text
        assert page(failed, "report_retry") in text

    @pytest.mark.parametrize("name", ["colleague", "governor"])
    def test_does_not_offer_it_to_those_who_may_not(self, failed, people, sign_in, name):
        client = sign_in(getattr(people, name))
        assert page(failed, "report_retry") not in client.get(page(failed)).text
        assert client.post(page(failed, "report_retry")).status_code == 403

    @pytest.mark.parametrize("name", ["head", "liaison", "programme", "admin"])
    def test_is_queued_again_by_the_button(self, failed, people, sign_in, name):
        response = sign_in(getattr(people, name)).post(page(failed, "report_retry"))
        failed.refresh_from_db()
        assert response.url == page(failed)
        assert (failed.status, failed.attempts, failed.failure) == ("queued", 0, "")
        assert HistoryEntry.objects.get().kind == "report.retried"

    def test_the_button_pressed_twice_asks_once(self, failed, people, sign_in):
        client = sign_in(people.head)
        client.post(page(failed, "report_retry"))
        response = client.post(page(failed, "report_retry"), follow=True)
        assert "there already, or on its way" in response.text
        assert HistoryEntry.objects.count() == 1

    def test_wakes_a_worker(self, failed, people, sign_in, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            sign_in(people.head).post(page(failed, "report_retry"))
        failed.refresh_from_db()
        assert failed.status == "ready"

    def test_asking_again_locks_the_report_alone(self, failed, people, sign_in):
        with CaptureQueriesContext(connection) as asked:
            sign_in(people.head).post(page(failed, "report_retry"))
        locked = [query["sql"].partition("FOR UPDATE ")[2] for query in asked if "FOR UPDATE" in query["sql"]]
        assert locked == (['OF "audits_report"'] if connection.features.has_select_for_update_of else [])

    def test_a_lost_file_can_be_made_again(self, ready, people, sign_in):
        ready.file.storage.delete(ready.file.name)
        sign_in(people.head).post(page(ready, "report_retry"))
        build_report(ready.pk)
        ready.refresh_from_db()
        assert ready.has_file


class TestWhoReadsIt:
    READERS = ("head", "colleague", "governor", "admin", "liaison", "programme")

    @pytest.mark.parametrize("name", READERS)
    def test_the_school_the_forum_and_programme_leads(self, ready, people, sign_in, name):
        for url in ("report", "report_download", "report_answers_csv", "report_answers_excel"):
            assert sign_in(getattr(people, name)).get(page(ready, url)).status_code == 200

    @pytest.mark.parametrize("name", ["other_head", "trainer"])
    def test_to_anybody_else_it_does_not_exist(self, ready, people, sign_in, name):
        client = sign_in(getattr(people, name))
        for url in ("report", "report_download", "report_answers_csv", "report_answers_excel"):
            assert client.get(page(ready, url)).status_code == 404
        assert client.post(page(ready, "report_retry")).status_code == 404

    def test_somebody_signed_out_is_asked_to_sign_in(self, ready, sign_in):
        assert sign_in(None).get(page(ready)).url.startswith(reverse("account_login"))
