"""The list of audits, and the task list of one."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audits.enums import Standing
from audits.models import Answer, Audit
from audits.services.reviewing import reopen, review, send_back
from audits.services.submission import submit
from core.words import unbroken
from schools.models import Membership, Participation, ProgrammeYear
from tests.audits.pages import EVERYBODY, said_on, statuses, texts_on
from tests.factories import AuditFactory, SchoolFactory

pytestmark = pytest.mark.django_db


class TestTaskList:
    """Sections with status and honest minutes, and what this person can do next."""

    def test_an_audit_that_nobody_began(self, sign_in, people, tasks, section):
        said = said_on(sign_in(people.head).get(tasks))
        assert "0 of 2 sections done, about 9 minutes left in all. Wanted by 3 March 2027." in said
        assert "0 of 3 answered, about 5 minutes left" in said
        assert f"Begin with “{section.area}”" in said
        assert "Check answers and submit" in said

    def test_an_audit_that_is_answered(self, sign_in, people, answered, tasks):
        said = said_on(sign_in(people.head).get(tasks))
        assert "2 of 2 sections done. Wanted by" in said
        assert "3 of 3 answered" in said
        assert "left" not in said

    def test_what_is_left_inside_a_section(self, sign_in, people, audit, statement, answer, tasks):
        answer(statement, state="not_applicable", come_back=True)
        said = said_on(sign_in(people.head).get(tasks))
        assert "1 of 3 answered, about 5 minutes left, 1 to come back to, 1 without a reason" in said
        assert f"Go on with “{statement.section.area}”" in said

    @pytest.mark.usefixtures("given")
    def test_tells_a_lead_apart_what_is_left_in_all_and_for_them(self, head, tasks):
        said = said_on(head.get(tasks))
        assert "0 of 2 sections done, about 9 minutes left in all, about 5 of them for you. Wanted by" in said

    def test_leads_a_lead_to_their_own_sections_first(self, head, audit, given, tasks):
        own = audit.version.sections.exclude(pk=given.pk).get()
        assert f"Begin with “{own.area}”" in said_on(head.get(tasks))

    def test_leads_to_what_somebody_else_was_given_when_nothing_else_is_left(
        self, head, audit, given, answer, tasks
    ):
        for statement in audit.version.sections.exclude(pk=given.pk).get().statements.all():
            answer(statement, rating=2)
        assert f"Go on with “{given.area}”, given to Colleague" in said_on(head.get(tasks))

    @pytest.mark.usefixtures("given")
    @pytest.mark.parametrize("gone", ["switched off", "left the school"])
    def test_what_was_given_to_somebody_who_is_gone_is_the_leads_again(self, head, people, tasks, gone):
        if gone == "switched off":
            User.objects.filter(pk=people.colleague.pk).update(is_active=False)
        else:
            Membership.objects.filter(user=people.colleague).update(ended_at=timezone.now())
        assert "about 9 minutes left in all. Wanted by" in said_on(head.get(tasks))

    def test_can_be_submitted_with_a_mark_to_come_back(self, head, answered, statement, answer, tasks):
        answer(statement, rating=2, come_back=True)
        page = head.get(tasks)
        assert f"Look at what you marked to come back to in “{statement.section.area}”" in said_on(page)
        assert texts_on(page, "govuk-button") == ["Check answers and submit"]

    def test_allows_time_to_look_again_at_what_came_back(self, head, people, answered, tasks):
        submit(audit=answered, by=people.head)
        send_back(audit=answered, by=people.programme, note="Look at lunch.")
        assert "2 of 2 sections done. Allow about 10 minutes to look again. Wanted by" in said_on(
            head.get(tasks)
        )

    def test_what_was_given_to_me(self, sign_in, people, given, tasks):
        said = said_on(sign_in(people.colleague).get(tasks))
        assert "0 of 1 section given to you done, about 5 minutes left for you. Wanted by 3 March" in said
        assert "in all" not in said
        assert f"Given to you {given.area}: about 5 minutes left" in said
        assert "See what is still to answer" in said
        assert "Given to Colleague" in said
        assert "Give to a colleague" not in said

    def test_what_was_sent_back_with_its_note_and_the_report_made_so_far(
        self, sign_in, people, answered, tasks
    ):
        report = submit(audit=answered, by=people.head)
        with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
            send_back(audit=answered, by=people.programme, note="Look at lunch.")
        response = sign_in(people.head).get(tasks)
        assert "Sent back with a note Programme wrote on 23 November 2026: Look at lunch." in said_on(
            response
        )
        assert f'href="{report.get_absolute_url()}"' in response.content.decode()

    def test_what_was_submitted_and_reviewed(self, sign_in, people, answered, tasks):
        submit(audit=answered, by=people.head)
        said = said_on(sign_in(people.head).get(tasks))
        assert "by Head. PACC or a programme lead reads it next." in said
        assert "Read the support report (it is being made; about a minute)" in said
        assert "Mark as reviewed" not in said
        review(audit=answered, by=people.liaison)
        assert "Reviewed by Liaison on" in said_on(sign_in(people.head).get(tasks))

    def test_a_mark_to_come_back_does_not_leave_a_submitted_section_in_progress(
        self, sign_in, people, answered, statement, tasks
    ):
        Answer.objects.filter(statement=statement).update(come_back=True)
        assert "In progress" in said_on(sign_in(people.head).get(tasks))
        submit(audit=answered, by=people.head)
        assert "In progress" not in said_on(sign_in(people.head).get(tasks))

    def test_what_a_reviewer_can_do(self, sign_in, people, answered, tasks):
        submit(audit=answered, by=people.head)
        said = said_on(sign_in(people.programme).get(tasks))
        assert "Mark as reviewed" in said
        assert "Send back with a note" in said
        review(audit=answered, by=people.liaison)
        said = said_on(sign_in(people.programme).get(tasks))
        assert "Reopen the self-audit" in said
        assert "Send back" not in said

    def test_a_programme_lead_sees_how_far_it_is_and_no_answer(self, sign_in, people, audit, tasks, url):
        response = sign_in(people.programme).get(tasks)
        assert "0 of 3 answered" in said_on(response)
        assert "Do one section at a sitting" not in said_on(response)
        assert url not in response.content.decode()

    def test_who_sees_it(self, people, sign_in, tasks):
        assert statuses(people, sign_in, tasks) == dict.fromkeys(EVERYBODY, 200) | {
            "trainer": 404,
            "other_head": 404,
        }


class TestList:
    """All audits that a person can see."""

    def test_holds_what_each_may_see(self, sign_in, people, audit):
        AuditFactory(school=people.other_school, version=audit.version)
        seen = {}
        for name in EVERYBODY:
            said = said_on(sign_in(getattr(people, name)).get(reverse("audits:list")))
            seen[name] = (people.school.name in said, people.other_school.name in said)
        own, everything = (True, False), (True, True)
        assert seen == {
            "admin": everything,
            "liaison": everything,
            "programme": everything,
            "trainer": (False, False),
            "head": own,
            "colleague": own,
            "governor": own,
            "other_head": (False, True),
        }

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("head", "Your school’s self-audits will be here"),
            ("liaison", "Schools’ self-audits will be here No school has been asked for one yet."),
            ("trainer", "There are no self-audits for you to read"),
        ],
    )
    def test_is_empty_in_words(self, sign_in, people, name, words):
        said = said_on(sign_in(getattr(people, name)).get(reverse("audits:list")))
        assert words in said
        assert ("You get an e-mail" in said) == (name == "head")

    def test_as_csv_holds_the_same_rows(self, sign_in, people, answered):
        AuditFactory(school=people.other_school, version=answered.version)
        with time_machine.travel(datetime(2026, 11, 23, 14, 2, tzinfo=UTC), tick=False):
            submit(audit=answered, by=people.head)
        response = sign_in(people.head).get(reverse("audits:list_csv"))
        assert list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")))) == [
            ["School", "Programme year", "Round", "Status", "Overdue", "Wanted by", "Submitted"],
            [
                "Wenlock Brook Primary School",
                "2026 to 2027",
                "Baseline",
                "Submitted",
                "",
                "2027-03-03",
                "2026-11-23 14:02",
            ],
        ]

    def test_as_excel_is_a_file(self, sign_in, people, audit):
        response = sign_in(people.head).get(reverse("audits:list_excel"))
        assert response.content.startswith(b"PK")
        assert response["Content-Disposition"] == 'attachment; filename="self-audits.xlsx"'

    @pytest.mark.parametrize("page", ["0", "-1", "999", "x", ""])
    def test_a_page_that_is_not_there_is_the_nearest_that_is(self, sign_in, people, audit, page):
        response = sign_in(people.head).get(reverse("audits:list"), {"page": page})
        assert people.school.name in said_on(response)


def test_the_list_is_sorted_by_year_then_school(sign_in, people, audit):
    later = AuditFactory(
        school=SchoolFactory(name="Aston Primary School", slug="aston"),
        version=audit.version,
    )
    said = said_on(sign_in(people.admin).get(reverse("audits:list")))
    assert said.index(later.school.name) < said.index(people.school.name)


class TestWhatWaits:
    """What is overdue, was sent back, is open again or waits for a review comes first, and can be asked for."""

    TODAY = datetime(2027, 3, 10, 9, tzinfo=UTC)
    TAGS = {
        "Willow": ["Not started", "Overdue"],
        "Wenlock": ["Sent back"],
        "Birch": ["Submitted"],
        "Ash": ["Not started"],
    }
    """In the order of the list, which without them would be that of the names."""

    @pytest.fixture(params=["sent_back", "reopened"])
    def tags(self, request, people, answered):
        """The tags of each school, for an audit that came back either way; its day has passed too."""
        how = send_back if request.param == "sent_back" else reopen
        words = {"note" if how is send_back else "reason": "Look at lunch."}
        submit(audit=answered, by=people.head)
        how(audit=answered, by=people.liaison, **words)

        def audit(name, **fields):
            AuditFactory(school=SchoolFactory(name=name), version=answered.version, **fields)

        audit("Ash", wanted_by=date(2027, 3, 10))
        audit("Willow", wanted_by=date(2027, 3, 9))
        at = {"submitted_at": self.TODAY, "submitted_by": people.head}
        audit("Birch", wanted_by=date(2027, 3, 9), status="submitted", **at)
        came_back = ["Sent back" if how is send_back else "Open again"]
        return self.TAGS | {"Wenlock": came_back}

    def rows(self, sign_in, people, **asked):
        """The first word of each school and the other cells of its row, from the CSV."""
        response = sign_in(people.liaison).get(reverse("audits:list_csv"), asked)
        head, *rows = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
        return [dict(zip(head, row, strict=True)) for row in rows]

    @time_machine.travel(TODAY, tick=False)
    def test_comes_first_and_says_so(self, sign_in, people, tags):
        response = sign_in(people.liaison).get(reverse("audits:list"))
        assert texts_on(response, "pins-tag") == [tag for row in tags.values() for tag in row]
        said = said_on(response)
        assert [said.index(name) for name in tags] == sorted(said.index(name) for name in tags)
        dates = texts_on(response, "pins-date")[1::4]
        assert dates == ["Not yet", "Not yet", unbroken("10 March 2027"), "Not yet"]

    @time_machine.travel(TODAY, tick=False)
    def test_is_the_same_in_the_file(self, sign_in, people, tags):
        rows = self.rows(sign_in, people)
        said = [(row["School"].split()[0], row["Status"], row["Overdue"], row["Submitted"]) for row in rows]
        yes, when = {"Willow": "yes"}, {"Birch": "2027-03-10 09:00"}
        assert said == [(name, row[0], yes.get(name, ""), when.get(name, "")) for name, row in tags.items()]

    @time_machine.travel(TODAY, tick=False)
    def test_is_what_the_filter_gives(self, sign_in, people, tags):
        for standing in Standing:
            expected = [name for name, row in tags.items() if standing.label in row]
            rows = self.rows(sign_in, people, status=standing.value)
            assert [row["School"].split()[0] for row in rows] == expected

    @time_machine.travel(TODAY, tick=False)
    def test_a_programme_lead_is_told_that_the_school_has_what_is_open(self, sign_in, people, tags):
        client = sign_in(people.programme)
        response = client.get(reverse("audits:list"))
        has = "With the school"
        assert texts_on(response, "pins-tag") == [has, "Overdue", has, "Submitted", has]
        choices = [value for value, _ in response.context["filters"].fields["status"].choices]
        assert choices == ["", "overdue", "submitted", "reviewed", "priorities_agreed", "with_school"]
        for asked, count in (({}, 4), ({"status": "with_school"}, 3), ({"status": "not_started"}, 0)):
            file = client.get(reverse("audits:list_csv"), asked).content.decode("utf-8-sig")
            rows = list(csv.DictReader(io.StringIO(file)))
            assert (len(rows), {row["Status"] for row in rows} <= {has, "Submitted"}) == (count, True)

    @time_machine.travel(TODAY, tick=False)
    def test_nothing_is_overdue_that_is_not_wanted_any_more(self, sign_in, people, audit):
        Audit.objects.filter(pk=audit.pk).update(wanted_by=date(2027, 3, 1))
        assert [row["Overdue"] for row in self.rows(sign_in, people)] == ["yes"]
        assert len(self.rows(sign_in, people, status="overdue")) == 1
        part = Participation.objects.filter(school=audit.school)
        part.update(status="withdrawn", withdrawn_on=date(2027, 3, 2), withdrawal_reason="Moved")
        assert [row["Overdue"] for row in self.rows(sign_in, people)] == [""]
        assert self.rows(sign_in, people, status="overdue") == []
        part.update(status="active", withdrawn_on=None, withdrawal_reason="")
        ProgrammeYear.objects.update(closed_at=self.TODAY, closed_by=people.admin)
        assert [row["Overdue"] for row in self.rows(sign_in, people)] == [""]
        assert self.rows(sign_in, people, status="overdue") == []

    def test_files_keep_the_filter_of_the_page(self, sign_in, people, audit):
        page = sign_in(people.liaison).get(reverse("audits:list"), {"status": "not_started"})
        assert f'href="{reverse("audits:list_csv")}?status=not_started"' in page.content.decode()
        assert f'href="{reverse("audits:list_excel")}?status=not_started"' in page.content.decode()

    def test_a_status_that_does_not_exist_shows_none_and_says_so(self, sign_in, people, audit):
        said = said_on(sign_in(people.liaison).get(reverse("audits:list"), {"status": "<x>"}))
        assert "is not in the list" in said
        assert "Choose “Any status” to see all." in said
        assert self.rows(sign_in, people, status="<x>") == []
