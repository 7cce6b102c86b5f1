"""The pages about outgoing mail, and the outbox of the demonstration."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from core.models import OutgoingEmail

pytestmark = pytest.mark.django_db
LIST, CSV, EXCEL, TEST, OUTBOX = (
    reverse(n) for n in ("mail", "mail_csv", "mail_excel", "mail_test", "outbox")
)


def email(**fields) -> OutgoingEmail:
    given = {"to": "a@pins.example", "subject": "Subject", "body": "The words", "kind": "Kind", **fields}
    if given.get("status") == "sent":
        given.setdefault("sent_at", timezone.now())
    return OutgoingEmail.objects.create(**given)


TOO_LONG = f"{'a' * 242}@pins.example"


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def admin(people, sign_in):
    return sign_in(people.admin)


class TestTheList:
    def test_it_says_what_happened_and_what_comes_next(self, admin):
        email(failure="No answer", not_before=timezone.now() + timedelta(minutes=5))
        page = text(admin.get(LIST))
        assert "No answer. Tried next at" in page
        assert "The words" not in page

    def test_it_is_narrowed_to_a_status(self, admin):
        email(subject="One that went", status="sent")
        email(subject="One that did not", status="failed")
        page = text(admin.get(LIST, {"status": "failed"}))
        assert "One that did not" in page
        assert "One that went" not in page

    def test_a_status_that_does_not_exist_shows_none_and_says_so(self, admin):
        email()
        page = text(admin.get(LIST, {"status": "<x>"}))
        assert "<table" not in page
        assert "is not in the list" in page

    def test_fifty_to_a_page(self, admin):
        OutgoingEmail.objects.bulk_create(
            OutgoingEmail(to=f"p{n}@pins.example", subject="S", kind="K") for n in range(51)
        )
        assert text(admin.get(LIST)).count("@pins.example</td>") == 50
        assert text(admin.get(LIST, {"page": 2})).count("@pins.example</td>") == 1

    @pytest.mark.parametrize("rows", [1, 3])
    def test_it_takes_five_queries(self, admin, django_assert_num_queries, rows):
        for _ in range(rows):
            email()
        with django_assert_num_queries(5):  # session, person, count, page, names of the programme
            admin.get(LIST)

    def test_while_empty_it_says_what_will_be_here(self, admin):
        assert "E-mails appear as soon as there is something to send" in text(admin.get(LIST))


class TestTheFiles:
    def test_csv_holds_the_same_rows_without_bodies(self, admin):
        email(subject="=HYPERLINK(1)", status="failed", failure="Why")
        email(status="sent")
        content = admin.get(CSV, {"status": "failed"}).content.decode("utf-8-sig")
        head, row = csv.reader(io.StringIO(content))
        assert head[1:3] == ["To", "Subject"]
        assert row[1:5] == ["a@pins.example", "'=HYPERLINK(1)", "Kind", "Failed"]
        assert "The words" not in content

    def test_excel_too(self, admin):
        email(subject="=1+1")
        sheet = load_workbook(io.BytesIO(admin.get(EXCEL).content)).active
        assert [cell.value for cell in sheet[2]][1:3] == ["a@pins.example", "=1+1"]
        assert sheet["C2"].data_type == "s"


class TestATest:
    def test_its_page_shows_what_becomes_of_it(self, admin, people, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks() as wake_ups:
            response = admin.post(TEST, {"to": "b@pins.example"})
        waiting = admin.get(response.url)
        assert "Queued" in text(waiting)
        assert waiting["Refresh"] == "3"
        wake_ups[0]()
        done = admin.get(response.url)
        assert "Sent" in text(done)
        assert "Refresh" not in done

    def test_an_address_that_is_none_is_said_at_the_field(self, admin):
        response = admin.post(TEST, {"to": "nobody"})
        assert response.status_code == 422
        assert '<a href="#id_to">Enter an e-mail address in the right form' in text(response)
        assert not OutgoingEmail.objects.exists()

    def test_an_address_that_cannot_be_stored_is_said_at_the_field(self, admin):
        response = admin.post(TEST, {"to": TOO_LONG})
        assert response.status_code == 422
        assert "Shorten “Send a test to” to 254 characters or fewer. It has 255." in text(response)
        assert not OutgoingEmail.objects.exists()


class TestOne:
    def page(self, admin, **fields) -> str:
        return text(admin.get(reverse("mail_one", args=[email(**fields).pk])))

    def test_it_shows_the_words(self, admin):
        assert "The words &lt;b&gt;" in self.page(admin, body="The words <b>")

    def test_never_those_of_sign_in_mail(self, admin):
        assert "The words" not in self.page(admin, is_secret=True)

    def test_but_in_the_demonstration(self, admin, settings):
        settings.DEMO = True
        assert "The words" in self.page(admin, is_secret=True)

    def test_a_failed_one_can_be_tried_again(self, admin):
        failed = email(status="failed", failure="Why")
        url = reverse("mail_retry", args=[failed.pk])
        assert url in text(admin.get(reverse("mail_one", args=[failed.pk])))
        admin.post(url)
        failed.refresh_from_db()
        assert failed.status == "queued"

    def test_a_sent_one_cannot(self, admin):
        done = email(status="sent")
        url = reverse("mail_retry", args=[done.pk])
        assert url not in text(admin.get(reverse("mail_one", args=[done.pk])))
        assert "not waiting for another try" in text(admin.post(url, follow=True))

    @pytest.mark.parametrize(
        ("demo", "backend", "fields", "says"),
        [
            (True, "dummy", {"status": "sent", "to": "head@school.org.uk"}, True),
            (True, "dummy", {"status": "sent"}, False),
            (True, "dummy", {"status": "queued", "to": "head@school.org.uk"}, False),
            (True, "smtp", {"status": "sent", "to": "head@school.org.uk"}, False),
            (False, "dummy", {"status": "sent", "to": "head@school.org.uk"}, False),
        ],
    )
    def test_one_to_an_outside_address_that_stayed_here_says_so(
        self, admin, settings, demo, backend, fields, says
    ):
        settings.DEMO = demo
        settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
        assert ("It did not leave this computer" in self.page(admin, **fields)) == says

    def test_one_that_does_not_exist(self, admin):
        assert admin.get(reverse("mail_one", args=[0])).status_code == 404


class TestTheOutbox:
    def test_in_the_demonstration_anybody_reads_it(self, client, settings):
        settings.DEMO = True
        email(is_secret=True, body="Your code is\n\n    123456")
        assert "123456" in text(client.get(OUTBOX))

    def test_the_newest_comes_first(self, client, settings):
        settings.DEMO = True
        email(subject="Older", queued_at=timezone.now() - timedelta(hours=1))
        email(subject="Newer")
        page = text(client.get(OUTBOX))
        assert page.index("Newer") < page.index("Older")

    def test_links_in_it_can_be_followed_and_nothing_else_is_markup(self, client, settings):
        settings.DEMO = True
        email(body="<script>x</script> http://localhost:8000/accounts/")
        page = text(client.get(OUTBOX))
        assert 'href="http://localhost:8000/accounts/"' in page
        assert "<script>x" not in page

    def test_never_what_went_to_a_real_address(self, client, settings):
        settings.DEMO = True
        email(to="head@school.org.uk", is_secret=True, body="Your code is\n\n    123456")
        assert "Nothing was sent yet" in text(client.get(OUTBOX))

    @pytest.mark.parametrize(
        ("backend", "promises"),
        [("dummy", True), ("console", True), ("locmem", True), ("filebased", True), ("smtp", False)],
    )
    def test_nothing_leaves_this_computer_is_said_where_it_is_so(self, client, settings, backend, promises):
        settings.DEMO = True
        settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
        page = text(client.get(OUTBOX))
        assert ("no e-mail leaves this computer" in page) == promises
        assert ("e-mail to any other address is really sent" in page) != promises

    def test_elsewhere_it_does_not_exist_for_anybody(self, client, admin):
        assert client.get(OUTBOX).status_code == 404
        assert admin.get(OUTBOX).status_code == 404
