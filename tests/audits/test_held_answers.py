"""An answer sent after the session had ended: sent on, it is saved, or the way leads back to where it is mended."""

import pytest
from django.test import Client

from accounts.held_posts import KEPT_FIELD, person_token
from accounts.models import HeldPost
from audits.services.answering import AnswerValues
from tests.audits.pages import fill, form_on, said_on, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def send_on(head, people, url):
    """Sends by htmx without a session what the head's page holds, then sends it on as the kept page does."""

    def send(address: str, fields: dict[str, str]):
        htmx = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{url}"}
        Client().post(address, fields, headers={**htmx, "X-Held-For": person_token(people.head)})
        return head.post(address, {KEPT_FIELD: str(HeldPost.objects.get().token)})

    return send


def test_what_was_saved_leads_back_to_the_section(head, url, statement_url, statement, send_on):
    response = send_on(statement_url, form_on(head.get(url)) | fill(statement, answer="3"))
    assert (response.status_code, response.url) == (302, url)
    assert "What you sent is saved." in said_on(head.get(url))
    assert stored(statement).rating == 3
    assert not HeldPost.objects.exists()


def test_notes_too(head, url, send_on):
    response = send_on(f"{url}notes/", form_on(head.get(url)) | {"notes-strengths": "Kind staff"})
    assert (response.status_code, response.url) == (302, url)
    assert form_on(head.get(url))["notes-strengths"] == "Kind staff"


def test_two_versions_are_shown_and_what_was_kept_stays(
    head, colleague, url, given, statement_url, statement, send_on
):
    page = form_on(head.get(url))
    colleague.post(url, form_on(colleague.get(url)) | fill(statement, answer="2"))
    said = said_on(send_on(statement_url, page | fill(statement, answer="3")))
    assert "What you sent is not saved yet" in said
    assert "Colleague saved this at" in said
    assert stored(statement).rating == 2
    assert HeldPost.objects.exists()


def test_what_has_to_be_mended_is_said_and_what_was_kept_stays(head, url, statement_url, statement, send_on):
    fields = form_on(head.get(url)) | fill(statement, answer="3", evidence_note="x" * 2001)
    said = said_on(send_on(statement_url, fields))
    assert "What you sent is not saved yet" in said
    assert "to 2,000 characters or fewer" in said
    assert HeldPost.objects.exists()


def test_the_rating_that_the_device_kept_is_no_conflict_with_the_note_that_was_sent_on(
    head, url, statement_url, statement, send_on
):
    page = form_on(head.get(url)) | fill(statement, evidence_note="A quiet corner.")
    send_on(statement_url, page)
    assert stored(statement) == AnswerValues("blank", None, "", "A quiet corner.")
    response = head.post(statement_url, page | fill(statement, answer="3"))
    assert "data-acknowledged" in response.content.decode()
    assert stored(statement) == AnswerValues("rated", 3, "", "A quiet corner.")
