"""The page of one section: answered in a browser without JavaScript, and statement by statement by htmx."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from audits.models import Answer, SectionNote, Statement
from audits.services.answering import AnswerValues
from audits.services.reviewing import send_back
from audits.services.sharing import take_back_section
from audits.services.submission import submit
from core.models import ProgrammeSettings
from tests.audits.pages import fill, form_on, said_in, said_on, sent, stored, texts_on
from tests.factories import AuditFactory, FrameworkVersionFactory, SectionFactory, StatementFactory

pytestmark = pytest.mark.django_db


class TestWithoutJavaScript:
    """The whole section is one form."""

    def test_every_kind_of_answer_is_saved_at_once(self, head, audit, url, section):
        rated, not_applicable, unknown = section.statements.all()
        data = form_on(head.get(url))
        data |= fill(rated, answer="3", evidence_note="Calm\ncorridors", come_back="on")
        data |= fill(not_applicable, answer="not_applicable", reason="No hall.")
        data |= fill(unknown, answer="dont_know")
        response = head.post(url, sent(data))
        assert (response.status_code, response.url) == (302, reverse("audits:tasks", args=[audit.pk]))
        assert stored(rated) == AnswerValues("rated", 3, "", "Calm\ncorridors", come_back=True)
        assert stored(not_applicable) == AnswerValues("not_applicable", None, "No hall.")
        assert stored(unknown) == AnswerValues("dont_know")

    def test_what_was_saved_stands_on_the_page_again(self, head, url, statement):
        data = form_on(head.get(url)) | fill(statement, answer="3", evidence_note="Calm\ncorridors")
        head.post(url, sent(data))
        again = form_on(head.get(url))
        assert again[f"{statement.key}-answer"] == "3"
        assert again[f"{statement.key}-evidence_note"] == "Calm\ncorridors"

    def test_staying_leads_back_to_the_section(self, head, url):
        response = head.post(url, form_on(head.get(url)) | {"stay": "1"})
        assert (response.status_code, response.url) == (302, url)

    def test_a_page_sent_back_as_it_was_writes_nothing(self, head, colleague, url, given, statement):
        head.post(url, sent(form_on(head.get(url)) | fill(statement, answer="2") | {"notes-by_teacher": "4"}))
        before = list(Answer.objects.values()), list(SectionNote.objects.values())
        assert colleague.post(url, sent(form_on(colleague.get(url)))).status_code == 302
        assert (list(Answer.objects.values()), list(SectionNote.objects.values())) == before

    def test_the_same_sending_twice_is_as_good_as_once(self, head, url, statement):
        data = sent(form_on(head.get(url)) | fill(statement, answer="2") | {"notes-strengths": "Kind staff"})
        assert head.post(url, data).status_code == 302
        before = list(Answer.objects.values()), list(SectionNote.objects.values())
        assert head.post(url, data).status_code == 302
        assert (list(Answer.objects.values()), list(SectionNote.objects.values())) == before

    def test_a_reason_is_dropped_when_a_level_is_chosen(self, head, url, statement):
        head.post(url, form_on(head.get(url)) | fill(statement, answer="2", reason="No hall."))
        assert stored(statement) == AnswerValues("rated", 2)

    def test_not_applicable_may_wait_for_its_reason(self, head, url, statement):
        head.post(url, form_on(head.get(url)) | fill(statement, answer="not_applicable", reason="  "))
        assert stored(statement) == AnswerValues("not_applicable")

    def test_a_mark_to_come_back_can_be_taken_away(self, head, url, statement):
        head.post(url, form_on(head.get(url)) | fill(statement, answer="2", come_back="on"))
        data = form_on(head.get(url))
        del data[f"{statement.key}-come_back"]
        head.post(url, data)
        assert stored(statement) == AnswerValues("rated", 2)

    def test_notes_and_counts_are_saved(self, head, url, people):
        head.post(
            url,
            form_on(head.get(url))
            | {
                "notes-strengths": "Kind staff",
                "notes-development_area": "Lunch",
                "notes-by_teacher": "4",
                "notes-by_pupil": "0",
            },
        )
        note = SectionNote.objects.get()
        assert (note.strengths, note.development_area, note.contributors) == (
            "Kind staff",
            "Lunch",
            {"teacher": 4},
        )
        assert note.noted_by == people.head

    def test_a_part_that_did_not_come_is_left_alone(self, head, url, section):
        first, second, _ = section.statements.all()
        head.post(url, form_on(head.get(url)) | fill(first, answer="2") | {"notes-strengths": "Kind staff"})
        response = head.post(url, fill(second, answer="3"))
        assert response.status_code == 302
        assert (stored(first), stored(second)) == (AnswerValues("rated", 2), AnswerValues("rated", 3))
        assert SectionNote.objects.get().strengths == "Kind staff"

    @pytest.mark.parametrize("kept", [{}, {"keep": "mine"}], ids=["alone", "with a choice"])
    def test_a_seal_without_what_it_seals_changes_nothing(self, head, url, statement_url, statement, kept):
        head.post(
            url, form_on(head.get(url)) | fill(statement, answer="2") | {"notes-strengths": "Kind staff"}
        )
        page = form_on(head.get(url))
        part = fill(statement, seen=page[f"{statement.key}-seen"], **kept)
        note = {f"notes-{name}": value for name, value in ({"seen": page["notes-seen"]} | kept).items()}
        head.post(url, part | note)
        head.post(statement_url, part)
        assert stored(statement) == AnswerValues("rated", 2)
        assert SectionNote.objects.get().strengths == "Kind staff"

    def test_what_is_wrong_is_said_and_everything_else_is_saved(self, head, url, section):
        first, second, _ = section.statements.all()
        data = form_on(head.get(url)) | fill(first, answer="2")
        data |= fill(second, answer="3", evidence_note="x" * 2001) | {"notes-by_pupil": "-1"}
        response = head.post(url, data)
        assert response.status_code == 422
        assert stored(first) == AnswerValues("rated", 2)
        assert stored(second) == AnswerValues()
        said = said_on(response)
        assert "Shorten “What shows this?” to 2,000 characters or fewer. It has 2,001." in said
        assert "The number for “Pupils” cannot be below 0." in said
        assert form_on(response)[f"{second.key}-evidence_note"] == "x" * 2001

    def test_after_mending_nothing_is_a_conflict_with_oneself(self, head, url, section):
        """What was saved beside the mistake comes back with its new seal."""
        first, second, _ = section.statements.all()
        data = form_on(head.get(url)) | fill(first, answer="2") | {"notes-strengths": "Kind staff"}
        page = head.post(url, data | fill(second, answer="3", evidence_note="x" * 2001))
        mended = form_on(page) | fill(first, answer="1") | fill(second, evidence_note="Short.")
        assert head.post(url, mended | {"notes-strengths": "Kind and calm staff"}).status_code == 302
        assert (stored(first).rating, stored(second).evidence_note) == (1, "Short.")
        assert SectionNote.objects.get().strengths == "Kind and calm staff"

    @pytest.mark.parametrize("answer", ["5", "0", "-1", "yes", "blank", "²"])
    def test_an_answer_that_is_not_in_the_list_is_refused(self, head, url, statement, answer):
        response = head.post(url, form_on(head.get(url)) | fill(statement, answer=answer))
        assert response.status_code == 422
        assert "That answer is not in the list" in said_on(response)
        assert Answer.objects.count() == 0


class TestByHtmx:
    """One statement at a time, as it is answered."""

    @time_machine.travel(datetime(2026, 11, 23, 14, 2, tzinfo=UTC), tick=False)
    def test_says_when_it_was_saved_and_gives_a_new_seal(self, head, url, statement_url, statement):
        old = form_on(head.get(url))[f"{statement.key}-seen"]
        data = fill(statement, answer="3", seen=old)
        response = head.post(statement_url, data, headers={"HX-Request": "true"})
        assert response.status_code == 200
        assert texts_on(response, "pins-saved") == ["Saved 2:02pm by Head"]
        new = form_on(response)
        assert set(new) == {f"{statement.key}-seen"}
        assert new[f"{statement.key}-seen"].startswith("1-")
        assert "data-acknowledged" in response.content.decode()
        assert stored(statement) == AnswerValues("rated", 3)

    def test_the_line_that_folds_the_answer_says_it_too(self, head, url, statement_url, statement):
        page = head.post(statement_url, fill(statement, answer="3")).content.decode()
        words = '<span class="pins-chip pins-chip--3">3 Established</span>'
        assert f'hx-swap-oob="innerHTML:#statement-{statement.key} > .pins-answer > summary">{words}' in page
        assert words in head.get(url).content.decode()

    def test_the_new_seal_serves_for_the_next_saving(self, head, statement_url, statement):
        first = head.post(statement_url, fill(statement, answer="3"))
        head.post(statement_url, form_on(first) | fill(statement, answer="4"))
        answer = Answer.objects.get()
        assert (answer.rating, answer.revision) == (4, 2)

    def test_sending_it_again_writes_nothing(self, head, statement_url, statement):
        data = fill(statement, answer="3")
        head.post(statement_url, data)
        before = Answer.objects.values().get()
        response = head.post(statement_url, data)
        assert Answer.objects.values().get() == before
        assert "Saved" in texts_on(response, "pins-saved")[0]

    def test_what_is_wrong_is_said_and_not_acknowledged(self, head, statement_url, statement):
        response = head.post(statement_url, fill(statement, answer="3", evidence_note="a\x00b"))
        assert response.status_code == 200
        assert texts_on(response, "govuk-error-message")[0].strip() == (
            "Not saved. Remove the hidden character from “What shows this?”. It comes after “a”."
        )
        assert "data-acknowledged" not in response.content.decode()
        assert Answer.objects.count() == 0

    def test_after_submission_nothing_is_saved_or_acknowledged(
        self, head, answered, statement_url, statement, people
    ):
        submit(audit=answered, by=people.head)
        response = head.post(statement_url, fill(statement, answer="4", seen="1-000000000000"))
        assert "Not saved. This self-audit has been submitted" in said_in(response)
        assert "data-acknowledged" not in response.content.decode()
        assert stored(statement).rating == 2

    def test_notes_are_saved_alone(self, head, url, section):
        response = head.post(f"{url}notes/", {"notes-strengths": "Kind staff", "notes-by_teacher": "4"})
        assert form_on(response)["notes-seen"].startswith("1-")
        assert "data-acknowledged" in response.content.decode()
        note = SectionNote.objects.get()
        assert (note.section, note.strengths, note.contributors) == (section, "Kind staff", {"teacher": 4})
        assert Answer.objects.count() == 0

    def test_notes_that_are_wrong_are_not_acknowledged(self, head, url):
        response = head.post(f"{url}notes/", {"notes-by_teacher": "many"})
        assert "Not saved. Enter a whole number for “Teachers”, like 12" in said_in(response)
        assert "data-acknowledged" not in response.content.decode()
        assert SectionNote.objects.count() == 0

    def test_notes_after_submission_are_not_acknowledged(self, head, answered, url, people):
        submit(audit=answered, by=people.head)
        response = head.post(f"{url}notes/", {"notes-strengths": "Kind staff"})
        assert "Not saved. This self-audit has been submitted" in said_in(response)
        assert SectionNote.objects.count() == 0

    @pytest.mark.parametrize("path", ["statements/{key}/", "notes/"])
    def test_reading_is_not_saving(self, head, url, statement, path):
        assert head.get(url + path.format(key=statement.key)).status_code == 405


class TestSubmitted:
    """A submitted audit is read-only; what came too late is kept in sight."""

    def test_what_was_typed_stands_on_the_page(self, head, answered, url, statement, people):
        data = form_on(head.get(url)) | fill(statement, answer="4", evidence_note="Typed too late.")
        submit(audit=answered, by=people.head)
        response = head.post(url, data | {"notes-strengths": "Also typed"})
        assert response.status_code == 409
        assert "This self-audit has been submitted, so its answers can no longer be changed." in said_on(
            response
        )
        kept = form_on(response)
        assert kept[f"{statement.key}-evidence_note"] == "Typed too late."
        assert kept[f"{statement.key}-answer"] == "4"
        assert kept["notes-strengths"] == "Also typed"
        assert stored(statement).rating == 2
        assert SectionNote.objects.count() == 0

    def test_the_page_is_for_reading(self, head, answered, url, people):
        submit(audit=answered, by=people.head)
        response = head.get(url)
        assert "so its answers are read-only" in said_on(response)
        assert "3 of 3 answered." in said_on(response)
        assert "<form method" not in response.content.decode().split("<main")[1]


class TestWhoReads:
    """Who may read but not answer reads the section as it stands."""

    def test_a_colleague_is_told_how_to_get_it(self, colleague, url):
        said = said_on(colleague.get(url))
        assert "This section is not yours to answer" in said
        assert "A school lead can give it to you." in said

    def test_the_forum_is_not_told_that_it_could_be_given(self, sign_in, people, url):
        said = said_on(sign_in(people.liaison).get(url))
        assert "This section is not yours to answer" in said
        assert "can give it to you" not in said

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("head", "Teachers: 4 Parent carers: 3 Pupils: 13"),
            ("governor", "Teachers: 4 Parent carers: 3 Pupils: 13"),
            ("liaison", "Teachers: 4 Parent carers: 3 Pupils: 13"),
            (
                "programme",
                (
                    "Teachers: 4 Parent carers: fewer than 5 Pupils: about 15 "
                    "Numbers of parent carers and pupils are rounded, and small ones are not told exactly."
                ),
            ),
        ],
    )
    def test_small_numbers_are_exact_for_the_school_and_the_forum_alone(
        self, answered, section, url, people, sign_in, name, words
    ):
        counts = {"teacher": 4, "parent_carer": 3, "pupil": 13}
        SectionNote.objects.create(audit=answered, section=section, contributors=counts)
        submit(audit=answered, by=people.head)
        response = sign_in(getattr(people, name)).get(url)
        assert f"Who helped {words} Back" in said_on(response)

    @pytest.fixture
    def told(self, answered, section, people):
        """The audit, submitted with a count of 7 parent carers, told as "about 5"."""
        SectionNote.objects.create(audit=answered, section=section, contributors={"parent_carer": 7})
        submit(audit=answered, by=people.head)
        return answered

    def test_another_threshold_gives_no_second_published_value_of_a_count(self, told, url, people, sign_in):
        ProgrammeSettings(pk=1, small_number_threshold=10).save()
        said = said_on(sign_in(people.programme).get(url))
        assert "Who helped Parent carers: about 5 Numbers of parent carers" in said
        assert "fewer than 10" not in said

    def test_nothing_is_told_of_a_report_that_cannot_be_read(self, told, url, people, sign_in):
        told.reports.update(snapshot={"format": 99})
        said = said_on(sign_in(people.programme).get(url))
        assert "Who helped Not said" in said


class TestWhoseItIs:
    """404 for another's, 403 for what is not yours to do."""

    def test_a_statement_of_another_section_is_not_found(self, head, audit, url):
        other = audit.version.sections.get(position=2).statements.first()
        assert head.post(f"{url}statements/{other.key}/", fill(other, answer="2")).status_code == 404
        assert Answer.objects.count() == 0

    def test_a_statement_of_another_framework_is_not_found(self, head, url, section):
        elsewhere = SectionFactory(version=FrameworkVersionFactory(version="2.0"), area=section.area)
        other = StatementFactory(section=elsewhere, key="only-there")
        assert head.post(f"{url}statements/only-there/", fill(other, answer="2")).status_code == 404

    def test_other_statements_in_a_whole_section_are_not_taken(self, head, audit, url):
        other = audit.version.sections.get(position=2).statements.first()
        head.post(url, form_on(head.get(url)) | fill(other, answer="2"))
        assert Answer.objects.count() == 0

    def test_another_schools_audit_is_not_found(self, head, people, audit, section, statement):
        other = AuditFactory(school=people.other_school, version=audit.version)
        url = reverse("audits:section", args=[other.pk, section.area.key])
        for path in (url, f"{url}notes/", f"{url}statements/{statement.key}/"):
            assert head.post(path, fill(statement, answer="2")).status_code == 404
        assert head.get(url).status_code == 404

    def test_an_area_that_the_version_does_not_ask_about_is_not_found(self, head, audit):
        url = reverse("audits:section", args=[audit.pk, "no-such-area"])
        assert [head.get(url).status_code, head.post(url, {}).status_code] == [404, 404]

    def test_a_number_that_no_database_holds_is_not_found(self, head, section):
        url = reverse("audits:section", args=[10**30, section.area.key])
        assert head.get(url).status_code == 404

    @pytest.mark.parametrize(
        ("name", "reads", "writes"),
        [
            ("admin", 200, 403),
            ("liaison", 200, 403),
            ("programme", 403, 403),
            ("trainer", 404, 404),
            ("colleague", 200, 403),
            ("governor", 403, 403),
            ("other_head", 404, 404),
        ],
    )
    def test_while_it_is_open(self, people, sign_in, url, statement, name, reads, writes):
        client, statement_url = sign_in(getattr(people, name)), f"{url}statements/{statement.key}/"
        data = fill(statement, answer="4") | {"notes-strengths": "Mine"}
        assert client.get(url).status_code == reads
        assert [client.post(path, data).status_code for path in (url, statement_url, f"{url}notes/")] == [
            writes
        ] * 3
        assert (Answer.objects.count(), SectionNote.objects.count()) == (0, 0)

    @pytest.mark.parametrize("name", ["programme", "governor"])
    @pytest.mark.parametrize("is_again", [True, False])
    def test_who_reads_what_is_submitted_is_told_why_not_now(
        self, people, sign_in, url, answered, name, is_again
    ):
        if is_again:
            submit(audit=answered, by=people.head)
            send_back(audit=answered, by=people.liaison, note="Look at lunch.")
        response = sign_in(getattr(people, name)).get(url)
        assert response.status_code == 403
        words = "The school is changing its answers. You can read them once it has submitted again."
        assert (words in said_on(response)) == is_again

    def test_a_colleague_answers_what_was_given_and_nothing_else(
        self, colleague, audit, given, url, statement
    ):
        assert (
            colleague.post(url, form_on(colleague.get(url)) | fill(statement, answer="3")).status_code == 302
        )
        other = reverse("audits:section", args=[audit.pk, audit.version.sections.get(position=2).area.key])
        assert colleague.post(other, {}).status_code == 403

    def test_a_colleague_whose_section_was_taken_back_sees_what_they_typed(
        self, colleague, people, audit, given, url, statement
    ):
        data = form_on(colleague.get(url)) | fill(statement, answer="3", evidence_note="Half an hour’s work.")
        take_back_section(audit=audit, section=given, by=people.head)
        response = colleague.post(url, data)
        assert response.status_code == 403
        assert "Nothing was saved: this section is not yours to answer now." in said_on(response)
        assert form_on(response)[f"{statement.key}-evidence_note"] == "Half an hour’s work."
        assert Answer.objects.count() == 0


def test_tells_how_many_statements_and_how_long(head, url):
    assert "3 statements, about 5 minutes." in said_on(head.get(url))


def test_numbers_the_statements_in_their_order(head, url, section):
    for number, text in enumerate(
        Statement.objects.filter(section=section).values_list("text", flat=True), 1
    ):
        assert f"{number}. {text}" in said_on(head.get(url))
