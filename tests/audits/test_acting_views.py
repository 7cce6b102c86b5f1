"""Giving sections, checking, submitting, reviewing and returning, from their pages."""

import pytest
from django.urls import reverse

from audits.models import Answer, Audit, Report, SectionNote
from audits.services.reviewing import reopen, review
from audits.services.submission import submit
from core.models import OutgoingEmail
from tests.asked import TELLING, asked_once
from tests.audits.pages import EVERYBODY, said_on, statuses

pytestmark = pytest.mark.django_db

OPEN_ALREADY = "This self-audit is open already: the school can answer it."


class TestGiving:
    """A lead gives a section to a colleague, and takes it back."""

    @pytest.fixture
    def give(self, audit, section):
        return reverse("audits:give", args=[audit.pk, section.area.key])

    def test_says_minutes_and_date(self, sign_in, people, give):
        said = said_on(sign_in(people.head).get(give))
        assert "It takes them about 5 minutes. The self-audit is wanted by 3 March 2027." in said

    def test_gives_and_says_so(self, sign_in, people, give, section):
        response = sign_in(people.head).post(give, {"colleague": people.colleague.pk}, follow=True)
        assert f"Colleague was asked to answer “{section.area}” and gets an e-mail with a link." in said_on(
            response
        )
        assert SectionNote.objects.get().given_to == people.colleague

    def test_promises_no_email_to_oneself(self, sign_in, people, give, section):
        response = sign_in(people.head).post(give, {"colleague": people.head.pk}, follow=True)
        assert f"Head was asked to answer “{section.area}”." in said_on(response)
        assert OutgoingEmail.objects.count() == 0

    def test_nobody_chosen_is_an_error_in_words(self, sign_in, people, give):
        response = sign_in(people.head).post(give, {})
        assert response.status_code == 422
        assert "Choose a colleague, or go back to the list." in said_on(response)

    def test_takes_back(self, sign_in, people, audit, given):
        url = reverse("audits:take_back", args=[audit.pk, given.area.key])
        response = sign_in(people.head).post(url, follow=True)
        assert "is not given to anybody now. Its answers are still there." in said_on(response)
        assert SectionNote.objects.get().given_to is None

    @pytest.mark.parametrize(("name", "status"), [("give", 409), ("take_back", 200)])
    def test_is_refused_in_words_after_submission(self, sign_in, people, answered, section, name, status):
        submit(audit=answered, by=people.head)
        url = reverse(f"audits:{name}", args=[answered.pk, section.area.key])
        response = sign_in(people.head).post(url, {"colleague": people.colleague.pk}, follow=True)
        assert response.status_code == status
        assert "This self-audit has been submitted" in said_on(response)
        assert SectionNote.objects.filter(given_to__isnull=False).count() == 0

    def test_is_the_leads_alone(self, people, sign_in, audit, give):
        expected = dict.fromkeys(EVERYBODY, 403) | {"head": 200, "trainer": 404, "other_head": 404}
        assert statuses(people, sign_in, give) == expected
        assert statuses(people, sign_in, give.replace("/give/", "/take-back/"), "post") == expected | {
            "head": 302
        }


class TestCheckAndSubmit:
    """Check answers, then submit."""

    @pytest.fixture
    def check(self, audit):
        return reverse("audits:check", args=[audit.pk])

    @pytest.fixture
    def submit_url(self, audit):
        return reverse("audits:submit", args=[audit.pk])

    def test_what_stops_submission_is_linked(self, sign_in, people, audit, check, statement, url):
        response = sign_in(people.head).get(check)
        assert "Not answered yet (6)" in said_on(response)
        assert f"{statement.section.area} (3)" in said_on(response)
        assert f'href="{url}#statement-{statement.key}"' in response.content.decode()
        assert "Submit the self-audit" not in said_on(response)

    def test_what_is_worth_a_look_does_not_stop(self, sign_in, people, answered, check, statement):
        Answer.objects.filter(statement=statement).update(rating=4, come_back=True)
        said = said_on(sign_in(people.head).get(check))
        assert "Marked to come back to (1)" in said
        assert "Top level, without a note of what shows it (1) A sentence helps whoever reviews" in said
        assert "Submit the self-audit" in said

    def test_who_does_not_lead_is_told_that_a_lead_submits(self, sign_in, people, answered, check):
        said = said_on(sign_in(people.liaison).get(check))
        assert "A school lead can submit the self-audit now." in said
        assert "Submit the self-audit" not in said

    def test_a_colleague_sees_what_is_still_theirs_to_answer(self, sign_in, people, audit, given, check):
        said = said_on(sign_in(people.colleague).get(check))
        assert "Still to answer About 5 minutes left for you, in the section given to you. Wanted by" in said
        assert (
            f"Not answered yet (3) Choose a level, “not applicable” or “we don’t know yet”. {given.area} (3)"
            in said
        )
        assert str(audit.version.sections.get(position=2).area) not in said
        assert "submit" not in said

    @pytest.mark.parametrize("is_given", [True, False])
    def test_a_colleague_with_nothing_left_is_told_so(
        self, sign_in, people, answered, given, check, is_given
    ):
        if not is_given:
            SectionNote.objects.update(given_to=None, given_at=None, given_by=None)
        said = said_on(sign_in(people.colleague).get(check))
        assert ("All that was given to you is answered, thank you." in said) == is_given
        assert ("No section is given to you now" in said) == (not is_given)

    def test_submitting_leads_to_the_report(self, sign_in, people, answered, submit_url):
        response = sign_in(people.head).post(submit_url)
        assert (response.status_code, response.url) == (302, Report.objects.get().get_absolute_url())

    def test_a_second_press_makes_nothing_new_and_says_so(self, sign_in, people, answered, submit_url, tasks):
        client = sign_in(people.head)
        client.post(submit_url)
        response = client.post(submit_url)
        assert (response.status_code, response.url) == (302, tasks)
        assert "This self-audit was submitted already." in said_on(client.get(tasks))
        assert Report.objects.count() == 1

    def test_what_is_not_ready_goes_back_to_the_check(
        self, sign_in, people, audit, statement, answer, submit_url, check
    ):
        answer(statement, rating=2)
        client = sign_in(people.head)
        response = client.post(submit_url)
        assert (response.status_code, response.url) == (302, check)
        assert "Some statements still need an answer or a reason." in said_on(client.get(check))

    def test_reading_is_not_submitting(self, sign_in, people, answered, submit_url):
        assert sign_in(people.head).get(submit_url).status_code == 405
        assert Report.objects.count() == 0

    def test_a_submitted_audit_is_not_checked_again(self, sign_in, people, answered, check, tasks):
        submit(audit=answered, by=people.head)
        assert sign_in(people.head).get(check).url == tasks

    def test_who_checks_and_who_submits(self, people, sign_in, answered, check, submit_url):
        away = {"trainer": 404, "other_head": 404}
        assert statuses(people, sign_in, check) == dict.fromkeys(EVERYBODY, 200) | away | {
            "programme": 403,
            "governor": 403,
        }
        assert statuses(people, sign_in, submit_url, "post") == dict.fromkeys(EVERYBODY, 403) | away | {
            "head": 302
        }


class TestReturning:
    """Reviewing, sending back and reopening, from the page."""

    def url(self, name, audit):
        return reverse(f"audits:{name}", args=[audit.pk])

    def test_a_review(self, sign_in, people, answered, tasks):
        submit(audit=answered, by=people.head)
        response = sign_in(people.programme).post(self.url("review", answered), follow=True)
        assert "The self-audit of Wenlock Brook Primary School is reviewed." in said_on(response)

    def test_a_second_review_is_refused_in_words(self, sign_in, people, answered):
        submit(audit=answered, by=people.head)
        review(audit=answered, by=people.liaison)
        response = sign_in(people.programme).post(self.url("review", answered), follow=True)
        assert "Only a submitted self-audit can be reviewed." in said_on(response)

    @pytest.mark.parametrize("name", ["send_back", "reopen"])
    def test_a_return_tells_the_school(self, sign_in, people, answered, name):
        submit(audit=answered, by=people.head)
        client = sign_in(people.programme)
        response = client.post(self.url(name, answered), {"reason": "Look\r\nat lunch."}, follow=True)
        assert "Its leads get an e-mail with your words." in said_on(response)
        assert Audit.objects.get().returned_reason == "Look\nat lunch."

    @pytest.mark.parametrize("name", ["send_back", "reopen"])
    @pytest.mark.parametrize("reason", ["", "  \r\n"], ids=["nothing", "spaces"])
    def test_a_return_owes_a_reason(self, sign_in, people, answered, name, reason):
        submit(audit=answered, by=people.head)
        response = sign_in(people.programme).post(self.url(name, answered), {"reason": reason})
        assert response.status_code == 422
        assert "Write what the school should look at again." in said_on(response)
        assert Audit.objects.get().status == "submitted"

    @pytest.mark.parametrize("name", ["send_back", "reopen"])
    def test_words_that_may_say_who_somebody_is_are_asked_about_once(self, sign_in, people, answered, name):
        submit(audit=answered, by=people.head)
        asked_once(sign_in(people.programme), self.url(name, answered), "reason")
        assert Audit.objects.get().returned_reason == TELLING

    def test_a_stale_page_is_refused_and_keeps_the_words(self, sign_in, people, answered):
        submit(audit=answered, by=people.head)
        reopen(audit=answered, by=people.liaison, reason="New head.")
        response = sign_in(people.programme).post(
            self.url("send_back", answered), {"reason": "Look at lunch."}
        )
        assert response.status_code == 409
        assert OPEN_ALREADY in said_on(response)
        assert "Look at lunch." in response.content.decode()
        assert Audit.objects.get().returned_reason == "New head."

    @pytest.mark.parametrize(
        ("name", "status", "words"),
        [
            ("send_back", "not_started", OPEN_ALREADY),
            ("send_back", "in_progress", OPEN_ALREADY),
            ("send_back", "submitted", ""),
            ("send_back", "reviewed", "You can reopen this one."),
            ("send_back", "priorities_agreed", "You can reopen this one."),
            ("reopen", "not_started", "there is nothing to reopen."),
            ("reopen", "in_progress", OPEN_ALREADY),
            ("reopen", "submitted", ""),
            ("reopen", "reviewed", ""),
            ("reopen", "priorities_agreed", ""),
        ],
    )
    def test_the_form_opens_exactly_where_it_would_be_taken(
        self, sign_in, people, standing_at, tasks, name, status, words
    ):
        url, client = self.url(name, standing_at(status)), sign_in(people.programme)
        opened = client.get(url)
        assert (opened.status_code, opened.get("Location")) == ((302, tasks) if words else (200, None))
        if words:
            assert words in said_on(client.get(tasks))
        sent = client.post(url, {"reason": "Look at lunch."})
        assert (sent.status_code, words in said_on(sent)) == (409 if words else 302, True)
        offers = "Reopen the self-audit with these words" in said_on(sent)
        assert offers == words.startswith("You can reopen")

    def test_who_returns(self, people, sign_in, answered):
        submit(audit=answered, by=people.head)
        expected = dict.fromkeys(EVERYBODY, 403) | {"trainer": 404, "other_head": 404}
        forum = dict.fromkeys(("admin", "liaison", "programme"), 200)
        assert statuses(people, sign_in, self.url("send_back", answered)) == expected | forum
        assert statuses(people, sign_in, self.url("reopen", answered)) == expected | forum
        assert statuses(people, sign_in, self.url("review", answered), "post") == expected | dict.fromkeys(
            forum, 302
        )
