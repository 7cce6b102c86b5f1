"""What administrators do with outgoing mail."""

import pytest

from core.emails import AddressTooLong
from core.models import HistoryEntry, OutgoingEmail
from core.services import NotToBeRetried, send_test_email, try_email_again

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed() -> OutgoingEmail:
    return OutgoingEmail.objects.create(
        to="a@pins.example", subject="S", body="B", kind="K", status="failed", attempts=6, failure="Why"
    )


def test_a_test_is_queued_with_its_history_line(people):
    email = send_test_email(to="a@pins.example", by=people.admin)
    line = HistoryEntry.objects.get()
    assert (email.status, email.is_secret) == ("queued", False)
    assert (line.kind, line.actor_id, line.target_id) == (
        "mail.test_sent",
        str(people.admin.pk),
        str(email.pk),
    )


def test_a_failed_one_begins_afresh(people, failed, django_capture_on_commit_callbacks, mailoutbox):
    with django_capture_on_commit_callbacks(execute=True):
        try_email_again(email=failed, by=people.admin)
    failed.refresh_from_db()
    assert (failed.status, failed.attempts, failed.failure) == ("sent", 1, "")
    assert len(mailoutbox) == 1
    assert HistoryEntry.objects.get().kind == "mail.retried"


@pytest.mark.parametrize(
    "fields", [{"status": "queued"}, {"status": "sending"}, {"is_erased": True, "body": ""}]
)
def test_nothing_else_is_tried_again(people, failed, fields):
    OutgoingEmail.objects.filter(pk=failed.pk).update(**fields)
    with pytest.raises(NotToBeRetried):
        try_email_again(email=failed, by=people.admin)
    assert not HistoryEntry.objects.exists()


def test_an_address_too_long_for_its_column_is_refused_before_the_database_sees_it(people):
    with pytest.raises(AddressTooLong):
        send_test_email(to=f"{'a' * 243}@pins.example", by=people.admin)
    assert not OutgoingEmail.objects.exists()
