"""Jobs that cannot be lost, on the outgoing mail as the plainest of them."""

import time
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from core import emails, jobs
from core.models import OutgoingEmail

Status = OutgoingEmail.Status
pytestmark = pytest.mark.django_db


def an_email(**fields) -> OutgoingEmail:
    return OutgoingEmail.objects.create(to="head@pins.example", subject="Hello", kind="Test", **fields)


def stored(email: OutgoingEmail) -> OutgoingEmail:
    return OutgoingEmail.objects.get(pk=email.pk)


class TestClaim:
    def test_a_queued_job_is_claimed_by_one_worker(self):
        email = an_email()
        assert OutgoingEmail.objects.claim(email.pk) is not None
        assert OutgoingEmail.objects.claim(email.pk) is None
        assert stored(email).attempts == 1

    def test_a_job_held_back_is_not_claimed_yet(self):
        email = an_email(not_before=timezone.now() + timedelta(minutes=1))
        assert OutgoingEmail.objects.claim(email.pk) is None

    def test_a_job_that_is_gone_is_not_claimed(self):
        assert OutgoingEmail.objects.claim(0) is None

    def test_a_job_whose_worker_died_is_claimed_again_once_its_lease_has_run_out(self):
        email = an_email()
        first = OutgoingEmail.objects.claim(email.pk)
        OutgoingEmail.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        second = OutgoingEmail.objects.claim(email.pk)
        assert first is not None
        assert second is not None
        assert first.token != second.token


class TestAfterTheLeaseWasLost:
    @pytest.fixture
    def lost(self) -> tuple[OutgoingEmail, jobs.Claim]:
        email = an_email()
        claim = OutgoingEmail.objects.claim(email.pk)
        assert claim is not None
        OutgoingEmail.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        assert OutgoingEmail.objects.claim(email.pk)
        return email, claim

    def test_the_first_worker_cannot_renew(self, lost):
        assert OutgoingEmail.objects.renew(lost[1]) is False

    def test_the_first_worker_cannot_finish(self, lost):
        assert OutgoingEmail.objects.finish(lost[1], sent_at=timezone.now()) is False
        assert stored(lost[0]).status == Status.SENDING

    def test_the_first_worker_cannot_fail_it(self, lost):
        assert OutgoingEmail.objects.fail(lost[1], "No line.") is False
        assert stored(lost[0]).failure == ""


class TestFail:
    def test_with_a_time_it_is_queued_again_for_then(self):
        email = an_email()
        later = timezone.now() + timedelta(minutes=5)
        OutgoingEmail.objects.fail(OutgoingEmail.objects.claim(email.pk), "No line.", retry_at=later)
        again = stored(email)
        assert (again.status, again.not_before, again.failure) == (Status.QUEUED, later, "No line.")

    def test_without_a_time_it_has_failed(self):
        email = an_email()
        OutgoingEmail.objects.fail(OutgoingEmail.objects.claim(email.pk), "No such address.")
        assert stored(email).status == Status.FAILED


class TestSweep:
    def test_it_hands_over_what_is_due_and_nothing_else(self):
        due = an_email()
        an_email(not_before=timezone.now() + timedelta(hours=1))
        an_email(status=Status.FAILED)
        assert jobs.sweep() == 1
        assert stored(due).status == Status.SENT

    def test_it_gives_up_on_a_job_that_was_begun_too_often(self):
        hopeless = an_email(attempts=jobs.MOST_ATTEMPTS)
        assert jobs.sweep() == 0
        assert stored(hopeless).status == Status.FAILED
        assert "never finished" in stored(hopeless).failure

    def test_twice_does_a_job_once(self):
        email = an_email()
        jobs.sweep()
        jobs.sweep()
        assert stored(email).attempts == 1


class TestHandOver:
    def test_a_job_is_handed_over_when_its_cause_is_committed(self, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            email = emails.queue(to="head@pins.example", subject="Hello", body="Words", kind="Test")
            assert stored(email).status == Status.QUEUED
        assert stored(email).status == Status.SENT

    def test_a_job_whose_cause_is_undone_is_gone_too(self, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True) as waking, transaction.atomic():
            emails.queue(to="head@pins.example", subject="Hello", body="Words", kind="Test")
            transaction.set_rollback(True)
        assert waking == []
        assert not OutgoingEmail.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestKeepLease:
    @pytest.fixture(autouse=True)
    def a_short_lease(self, settings):
        settings.JOB_LEASE_SECONDS = 0.3
        settings.CELERY_TASK_ALWAYS_EAGER = False

    def test_the_lease_is_renewed_while_the_work_goes_on(self):
        email = an_email()
        claim = OutgoingEmail.objects.claim(email.pk)
        until = stored(email).lease_until
        with jobs.keep_lease(OutgoingEmail.objects.all(), claim):
            deadline = time.monotonic() + 10
            while stored(email).lease_until == until and time.monotonic() < deadline:
                time.sleep(0.05)
        assert stored(email).lease_until > until

    def test_a_database_that_is_away_for_a_moment_does_not_lose_the_lease(self):
        tries = []

        class Flaky:
            def renew(self, claim: jobs.Claim) -> bool:
                tries.append(claim)
                if len(tries) == 1:
                    raise DatabaseError("away")
                return True

        with jobs.keep_lease(Flaky(), jobs.Claim(1, None)):
            deadline = time.monotonic() + 10
            while len(tries) < 2 and time.monotonic() < deadline:
                time.sleep(0.05)
        assert len(tries) >= 2
