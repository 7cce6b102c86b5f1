"""The summary's pages: the forum's preview, the school's page, and the e-mailed link."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.models import HistoryEntry, ProgrammeSettings
from schools.models import Action, Membership
from tests.factories import (
    ActionFactory,
    AttendanceFactory,
    SchoolContactFactory,
    ThemeFactory,
    VisitFactory,
    VisitNotesFactory,
    VisitSummaryFactory,
)
from tests.visits.pages import form_on
from visits.enums import Kind, LinkPurpose, Scope, VisitStatus
from visits.links import make_link
from visits.models import Receipt, Reply, Visit, VisitLink
from visits.services.sharing import MOST_REPLIES

pytestmark = pytest.mark.django_db
S = VisitStatus


def words_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()).replace("\xa0", " "))


def told(people, status=S.SHARED, came=7, **fields):
    """A visit with four themes."""
    visit = VisitFactory(school=people.school, status=status, **fields)
    by = people.liaison
    AttendanceFactory(visit=visit, parent_carers=came, roles_present=["governor", "senco"], saved_by=by)
    VisitNotesFactory(visit=visit, follow_ups="Ring about the hall.", saved_by=by)
    for kind, scope, text, raised_by in (
        (Kind.COULD_BE_BETTER, Scope.SCHOOL, "Lunch is loud.", 3),
        (Kind.WORKING_WELL, Scope.SCHOOL, "The gate is calm.", 6),
        (Kind.QUESTION, Scope.WIDER, "How long is the wait?", 2),
    ):
        ThemeFactory(visit=visit, kind=kind, scope=scope, text=text, raised_by=raised_by, saved_by=by)
    if visit.is_with_the_school:
        VisitSummaryFactory(visit=visit)
    return visit


def link_to(visit, email) -> str:
    expires_at = timezone.now() + timedelta(days=60)
    _, token = make_link(
        visit=visit, purpose=LinkPurpose.READ_THE_SUMMARY, email=email, name="Helen", expires_at=expires_at
    )
    return token


class TestSharing:
    def shared(self, people, sign_in) -> str:
        url = reverse("visits:share", args=[told(people, S.NOTES_WRITTEN).pk])
        return words_of(sign_in(people.liaison).post(url, follow=True))

    def test_it_says_to_whom_it_was_written(self, people, sign_in):
        assert f"A link was e-mailed to {people.head.email}." in self.shared(people, sign_in)

    def test_it_says_that_nobody_could_be_written_to_and_what_to_do(self, people, sign_in):
        Membership.objects.filter(school=people.school).delete()
        page = self.shared(people, sign_in)
        assert "Nobody could be written to" in page
        assert "Invite a school lead" in page
        assert "e-mailed to" not in page


class TestThePage:
    def page(self, people, sign_in, visit, who="head") -> str:
        return words_of(sign_in(people.named()[who]).get(reverse("visits:summary", args=[visit.pk])))

    def test_strengths_come_first_and_the_wider_system_stands_apart(self, people, sign_in):
        page = self.page(people, sign_in, told(people))
        order = [
            *(
                "At this school",
                "What works well",
                "The gate is calm.",
                "What could be better",
                "Lunch is loud.",
            ),
            *("In the wider SEND system", "Questions", "How long is the wait?", "What leaders were told"),
        ]
        places = [page.index(words) for words in order]
        assert places == sorted(places)

    def test_counts_are_published_and_what_is_internal_stays_inside(self, people, sign_in):
        page = self.page(people, sign_in, told(people))
        assert "About 5 parent carers came. From the school: SENCo, Governor." in page
        assert "raised by fewer than 5 parent carers" in page
        assert "Ring about the hall" not in page

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({}, "To do by"),
            ({"due_on": date(2020, 1, 10)}, "Overdue since"),
            ({"status": "done", "what_changed": "It is open."}, "Done : It is open."),
            ({"status": "not_going_ahead", "reason": "No room."}, "Not going ahead : No room."),
        ],
    )
    def test_what_was_decided_is_told_as_it_stands_today(self, people, sign_in, fields, words):
        visit = told(people)
        action = ActionFactory(school=people.school, due_on=timezone.localdate() + timedelta(days=9))
        visit.themes.filter(text="Lunch is loud.").update(action=action, outcome="action")
        Action.objects.filter(pk=action.pk).update(**fields)
        page = self.page(people, sign_in, visit)
        assert words in page[page.index("What happens next") :]
        assert "Still to decide" not in page

    def test_what_nobody_decided_is_counted(self, people, sign_in):
        assert "Still to decide: 1 " in self.page(people, sign_in, told(people))

    def test_nobody_came(self, people, sign_in):
        assert "No parent carers came." in self.page(people, sign_in, told(people, came=0))

    def test_another_threshold_hides_more(self, people, sign_in):
        settings = ProgrammeSettings.load()
        settings.small_number_threshold = 10
        settings.save()
        page = self.page(people, sign_in, told(people))
        assert "Fewer than 10 parent carers came." in page
        assert "about 5" not in page

    def test_the_forum_sees_what_the_school_would_read(self, people, sign_in):
        page = self.page(people, sign_in, told(people, S.HELD), "liaison")
        assert "This is how the school will read it" in page
        assert "About 5 parent carers came." in page

    def test_the_school_reads_nothing_before_it_is_shared(self, people, sign_in):
        page = self.page(people, sign_in, told(people, S.NOTES_WRITTEN))
        assert "are not shared with the school yet" in page
        assert "Lunch is loud" not in page

    def test_both_texts_stand_side_by_side(self, people, sign_in):
        visit = told(people)
        Reply.objects.create(
            visit=visit, verdict="not_accurate", comment="Lunch is staggered.", replier="Head"
        )
        page = self.page(people, sign_in, visit, "governor")
        assert "Lunch is loud." in page
        assert "The school says: not accurate Lunch is staggered." in page

    def test_exact_counts_change_no_byte(self, people, sign_in):
        first, second = told(people), told(people, number=2)
        for visit, counts in ((first, (5, 1)), (second, (7, 4))):
            visit.attendance.parent_carers = counts[0]
            visit.attendance.save()
            visit.themes.update(raised_by=counts[1])
            visit.summary.delete()
            VisitSummaryFactory(visit=type(visit).objects.get(pk=visit.pk))
        shown = [
            self.page(people, sign_in, visit).partition("met parent carers")[2].partition("Home")[0]
            for visit in (first, second)
        ]
        assert shown[0] == shown[1]

    @pytest.mark.parametrize("themes", [1, 3])
    def test_queries_do_not_grow_with_the_themes(self, people, sign_in, themes, django_assert_num_queries):
        visit = VisitFactory(school=people.school, status=S.SHARED)
        for number in range(themes):
            ThemeFactory(visit=visit, text=f"Theme {number}", saved_by=people.liaison)
        VisitSummaryFactory(visit=visit)
        client = sign_in(people.head)
        with django_assert_num_queries(10):
            client.get(reverse("visits:summary", args=[visit.pk]))


class TestTheLink:
    def test_opening_reads_and_writes_nothing(self, people, client):
        token = link_to(told(people), people.head.email)
        page = client.get(reverse("visits:summary_by_link", args=[token]))
        assert (page.status_code, "Lunch is loud." in words_of(page)) == (200, True)
        assert (Receipt.objects.exists(), HistoryEntry.objects.exists()) == (False, False)

    def test_the_button_notes_the_receipt_and_the_link_goes_on_working(self, people, client):
        token = link_to(told(people), people.head.email)
        for _ in range(2):
            assert client.post(reverse("visits:receipt_by_link", args=[token])).status_code == 302
        assert Receipt.objects.get().reader == "Helen"
        assert VisitLink.objects.get().used_at is not None
        page = client.get(reverse("visits:summary_by_link", args=[token]))
        assert "It is noted that you have read it." in words_of(page)

    def test_a_reply_by_the_link(self, people, client):
        visit = told(people)
        token = link_to(visit, people.head.email)
        data = {"verdict": "accurate", "comment": "Thank you."}
        assert client.post(reverse("visits:reply_by_link", args=[token]), data).status_code == 302
        assert (visit.reply.verdict, visit.reply.replier) == ("accurate", "Helen")
        assert Receipt.objects.get().reader == "Helen"

    def test_a_reply_too_many_says_so_and_keeps_what_was_typed(self, people, client):
        url = reverse("visits:reply_by_link", args=[link_to(told(people), people.head.email)])
        for number in range(MOST_REPLIES):
            form = {**form_on(client.get(url)), "verdict": "accurate", "comment": f"Number {number}"}
            assert client.post(url, form).status_code == 302
        answer = client.post(url, {**form_on(client.get(url)), "comment": "One more."})
        assert answer.status_code == 409
        assert "Many replies were sent for this visit already. Please ring or write" in words_of(answer)
        assert form_on(answer)["comment"] == "One more."

    def test_two_who_reply_at_once_see_both(self, people, client):
        visit = told(people)
        token = link_to(visit, people.head.email)
        Reply.objects.create(visit=visit, verdict="accurate", comment="Ours.", replier="Head")
        data = {"verdict": "not_accurate", "comment": "Mine.", "seen": ""}
        page = client.post(reverse("visits:reply_by_link", args=[token]), data)
        assert page.status_code == 409
        assert "Ours." in words_of(page)
        assert Reply.objects.get().comment == "Ours."

    @pytest.mark.parametrize("column", ["expires_at", "ended_at"])
    def test_one_that_has_run_out_opens_nothing(self, people, client, column):
        token = link_to(told(people), people.head.email)
        before = {"sent_at": timezone.now() - timedelta(days=61)}
        VisitLink.objects.update(**before, **{column: timezone.now() - timedelta(seconds=1)})
        for name, method in (
            ("summary_by_link", client.get),
            ("reply_by_link", client.post),
            ("receipt_by_link", client.post),
        ):
            page = method(reverse(f"visits:{name}", args=[token]))
            assert (page.status_code, people.school.name in page.content.decode()) == (410, False)
        assert not Receipt.objects.exists()

    @pytest.mark.parametrize("alter", [lambda token: token[:-1], lambda token: f"{token}x", lambda _: "x"])
    def test_an_altered_one_opens_nothing(self, people, client, alter):
        token = alter(link_to(told(people), people.head.email))
        assert client.get(reverse("visits:summary_by_link", args=[token])).status_code == 404

    def test_one_for_another_purpose_opens_nothing(self, people, client):
        _, token = make_link(
            visit=told(people),
            purpose=LinkPurpose.PICK_A_TIME,
            email=people.head.email,
            expires_at=timezone.now() + timedelta(days=1),
        )
        assert client.get(reverse("visits:summary_by_link", args=[token])).status_code == 404

    def test_who_leads_the_school_no_more_reads_no_more(self, people, client):
        token = link_to(told(people), people.head.email)
        Membership.objects.filter(user=people.head).update(ended_at=timezone.now())
        assert client.get(reverse("visits:summary_by_link", args=[token])).status_code == 410

    def test_a_head_teacher_without_an_account_reads(self, people, client):
        SchoolContactFactory(school=people.school, email="head.teacher@school.example")
        token = link_to(told(people), "head.teacher@school.example")
        assert client.get(reverse("visits:summary_by_link", args=[token])).status_code == 200


class TestSharingFromThePage:
    def test_it_says_whom_it_goes_to(self, people, sign_in):
        visit = told(people, S.NOTES_WRITTEN)
        page = words_of(sign_in(people.liaison).get(reverse("visits:share", args=[visit.pk])))
        assert f"Head, {people.head.email}" in page
        assert "ten school days from now" in page

    def test_and_warns_where_nobody_would_get_it(self, people, sign_in):
        Membership.objects.all().update(ended_at=timezone.now())
        visit = told(people, S.NOTES_WRITTEN)
        page = words_of(sign_in(people.liaison).get(reverse("visits:share", args=[visit.pk])))
        assert "Nobody gets an e-mail" in page

    def test_what_is_refused_is_said(self, people, sign_in):
        visit = VisitFactory(school=people.school, status=S.HELD)
        page = sign_in(people.liaison).post(reverse("visits:finish_notes", args=[visit.pk]), follow=True)
        assert "Before that, say how many parent carers came" in words_of(page)


class TestTheSafeguardingQuestion:
    UNANSWERED = "The safeguarding question is not answered yet"

    def finish(self, client, visit, **typed):
        return client.post(reverse("visits:finish_notes", args=[visit.pk]), typed)

    def test_is_asked_once_more_before_the_notes_are_finished(self, people, sign_in):
        visit = told(people, S.HELD)
        page = self.finish(sign_in(people.liaison), visit)
        assert self.UNANSWERED in words_of(page)
        assert "There is a problem" not in words_of(page)
        assert Visit.objects.get(pk=visit.pk).status == S.HELD

    def test_neither_answered_nor_ticked_is_a_fault(self, people, sign_in):
        page = self.finish(sign_in(people.liaison), told(people, S.HELD), asked="True")
        assert page.status_code == 422
        assert "Answer the safeguarding question, or tick that it is to stay open" in words_of(page)

    def test_is_left_open_where_somebody_ticks_it(self, people, sign_in):
        visit = told(people, S.HELD)
        self.finish(sign_in(people.liaison), visit, asked="True", stays_open="on")
        assert Visit.objects.get(pk=visit.pk).status == S.NOTES_WRITTEN

    @pytest.mark.parametrize(("who", "is_told"), [("liaison", True), ("head", False)])
    def test_stands_unanswered_on_the_visit_for_the_forum_alone(self, people, sign_in, who, is_told):
        visit = told(people)
        page = words_of(sign_in(people.named()[who]).get(reverse("visits:visit", args=[visit.pk])))
        assert ("Safeguarding question" in page) is is_told


class TestBesideTheNotes:
    def test_the_reply_stands_on_the_visit_and_in_the_loop(self, people, sign_in):
        visit = told(people)
        Reply.objects.create(visit=visit, verdict="not_accurate", comment="Lunch is calm.", replier="Head")
        client = sign_in(people.liaison)
        for url in (visit.get_absolute_url(), reverse("visits:loop", args=[visit.school_id])):
            assert "Lunch is calm." in words_of(client.get(url))

    def test_what_happened_has_its_line(self, people, sign_in):
        visit = told(people)
        url = reverse("visits:reply", args=[visit.pk])
        client = sign_in(people.head)
        seen = client.get(url).context["form"].initial["seen"]
        client.post(url, {"verdict": "accurate", "comment": "", "seen": seen})
        assert "replied to the notes" in words_of(sign_in(people.liaison).get(visit.get_absolute_url()))


def test_a_preview_says_that_nobody_wrote_yet_how_many_came(people, sign_in):
    visit = VisitFactory(school=people.school, status=S.HELD)
    page = words_of(sign_in(people.liaison).get(reverse("visits:summary", args=[visit.pk])))
    assert "How many parent carers came is not written down yet." in page
    assert "No parent carers came" not in page

    def test_who_is_switched_off_reads_no_more_although_still_a_contact(self, people, client):
        SchoolContactFactory(school=people.school, role="head_teacher", email=people.head.email.title())
        token = link_to(told(people), people.head.email)
        assert client.get(reverse("visits:summary_by_link", args=[token])).status_code == 200
        User.objects.filter(pk=people.head.pk).update(is_active=False)
        assert client.get(reverse("visits:summary_by_link", args=[token])).status_code == 410
