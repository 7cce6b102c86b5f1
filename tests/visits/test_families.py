"""What families read: drafted, approved by both sides in either order, published, taken down."""

from itertools import permutations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.models import HistoryEntry, OutgoingEmail
from schools.models import ProgrammeYear, School
from schools.services.errors import YearIsClosed
from tests.factories import (
    ActionFactory,
    FamiliesLineFactory,
    ThemeFactory,
    VisitFactory,
    VisitSummaryFactory,
)
from visits.enums import VisitStatus
from visits.forms.families import IntroForm, LineForm
from visits.models import FamiliesEdition, FamiliesLine, FamiliesPage, Reply
from visits.queries.families import standing_of, words_of
from visits.services import families
from visits.services.errors import (
    MarkedWords,
    NothingToPublish,
    NotOnThePublicList,
    ReasonOwed,
    WordsChanged,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(people):
    line = FamiliesLineFactory(page__school=people.school, page__programme_year=ProgrammeYear.objects.get())
    return line.page


def approve(sheet, people, *sides):
    sheet = FamiliesPage.objects.get(pk=sheet.pk)
    who = {"school": people.head, "forum": people.liaison}
    for side in sides or who:
        families.approve(page=sheet, side=side, seen=words_of(sheet).digest, by=who[side])


def published(sheet, people) -> FamiliesEdition:
    approve(sheet, people)
    return families.publish(page=sheet, by=people.liaison)


def stands(sheet) -> tuple[bool, bool]:
    standing = standing_of(FamiliesPage.objects.get(pk=sheet.pk))
    return standing.school.stands, standing.forum.stands


def change_line(sheet, people, words="Lunch is loud.", line=None):
    line = line or sheet.lines.get()
    typed = {"you_said": words, "becomes": "doing", "answer": line.answer, "area": line.area_id}
    form = LineForm(typed | {"seen": LineForm(instance=line).initial["seen"]}, instance=line)
    assert form.is_valid(), form.errors
    return families.save_line(form=form, by=people.liaison)


class TestDrafting:
    def draft(self, people):
        return families.draft(school=people.school, year=ProgrammeYear.objects.get(), by=people.liaison)

    def theme(self, people, status=VisitStatus.SHARED, **fields):
        year = ProgrammeYear.objects.get()
        visit = VisitFactory(school=people.school, programme_year=year, status=status)
        return ThemeFactory(visit=visit, **fields)

    def test_takes_what_was_decided_and_shared(self, people):
        self.theme(people, outcome="not_going_ahead", outcome_reason="No room.")
        assert self.draft(people) == 1
        line = FamiliesLine.objects.get()
        assert (line.you_said, line.becomes, line.answer) == (
            "The dining hall is loud.",
            "not_going_ahead",
            "No room.",
        )

    @pytest.mark.parametrize(
        ("status", "fields"),
        [
            (VisitStatus.SHARED, {}),
            (VisitStatus.NOTES_WRITTEN, {"outcome": "wider_system"}),
            (VisitStatus.SHARED, {"outcome": "wider_system", "kind": "working_well"}),
        ],
        ids=["nothing decided", "not shared", "working well"],
    )
    def test_and_nothing_else(self, people, status, fields):
        self.theme(people, status, **fields)
        assert self.draft(people) == 0

    @pytest.mark.parametrize(
        ("fields", "becomes", "answer"),
        [
            ({}, "doing", "Open a quiet room at lunch."),
            ({"status": "done", "what_changed": "It is open."}, "done", "It is open."),
            ({"status": "not_going_ahead", "reason": "No room."}, "not_going_ahead", "No room."),
        ],
    )
    def test_an_action_says_how_far_it_is(self, people, fields, becomes, answer):
        action = ActionFactory(school=people.school, programme_year=ProgrammeYear.objects.get(), **fields)
        self.theme(people, outcome="action", action=action)
        self.draft(people)
        line = FamiliesLine.objects.get()
        assert (line.becomes, line.answer) == (becomes, answer)

    def test_again_adds_what_is_new_and_leaves_the_rest(self, people):
        theme = self.theme(people, outcome="wider_system")
        self.draft(people)
        FamiliesLine.objects.update(you_said="Our words.")
        ThemeFactory(visit=theme.visit, outcome="wider_system", text="Another.")
        assert self.draft(people) == 1
        assert set(FamiliesLine.objects.values_list("you_said", flat=True)) == {"Our words.", "Another."}
        assert self.draft(people) == 0

    def test_takes_both_approvals_back_when_something_came(self, people, sheet):
        approve(sheet, people)
        self.theme(people, outcome="wider_system")
        self.draft(people)
        assert stands(sheet) == (False, False)


class TestApproving:
    @pytest.mark.parametrize("order", list(permutations(("school", "forum"))))
    def test_either_may_be_first(self, people, sheet, order):
        approve(sheet, people, order[0])
        with pytest.raises(NothingToPublish):
            families.publish(page=sheet, by=people.liaison)
        approve(sheet, people, order[1])
        assert families.publish(page=sheet, by=people.liaison).is_current

    def test_pressing_twice_approves_once(self, people, sheet):
        approve(sheet, people, "school", "school")
        assert HistoryEntry.objects.filter(kind="families.approved_school").count() == 1

    def test_nobody_approves_words_that_they_did_not_read(self, people, sheet):
        read = words_of(sheet).digest
        change_line(sheet, people)
        with pytest.raises(WordsChanged):
            families.approve(page=sheet, side="school", seen=read, by=people.head)
        assert stands(sheet) == (False, False)

    def test_the_page_shows_the_new_words_then(self, people, sheet, sign_in):
        read = words_of(sheet).digest
        change_line(sheet, people)
        url = reverse("visits:approve_families_school", args=[sheet.school_id, sheet.programme_year_id])
        answer = sign_in(people.head).post(url, {"school-has_read": "on", "school-words": read})
        assert answer.status_code == 409
        html = answer.content.decode()
        assert "Lunch is loud." in html
        assert words_of(sheet).digest in html
        assert stands(sheet) == (False, False)

    def test_by_the_page_one_approves_what_it_shows(self, people, sheet, sign_in):
        client = sign_in(people.head)
        assert words_of(sheet).digest in client.get(sheet.get_absolute_url()).content.decode()
        url = reverse("visits:approve_families_school", args=[sheet.school_id, sheet.programme_year_id])
        client.post(url, {"school-has_read": "on", "school-words": words_of(sheet).digest})
        assert stands(sheet) == (True, False)

    def test_words_that_could_identify_somebody_are_marked_and_have_to_be_answered(
        self, people, sheet, sign_in
    ):
        change_line(sheet, people, "Our son Tyler in Year 4 has ADHD.")
        client = sign_in(people.head)
        assert "<mark>" in client.get(sheet.get_absolute_url()).content.decode()
        url = reverse("visits:approve_families_school", args=[sheet.school_id, sheet.programme_year_id])
        typed = {"school-has_read": "on", "school-words": words_of(sheet).digest}
        assert client.post(url, typed).status_code == 422
        with pytest.raises(MarkedWords):
            approve(sheet, people, "school")
        assert stands(sheet) == (False, False)
        client.post(url, {**typed, "school-names_nobody": "on"})
        assert stands(sheet) == (True, False)

    def test_an_empty_page_is_approved_by_nobody(self, people, sheet):
        sheet.lines.all().delete()
        with pytest.raises(NothingToPublish):
            approve(sheet, people, "school")

    def test_it_can_be_taken_back(self, people, sheet):
        approve(sheet, people)
        for _ in range(2):
            families.take_approval_back(page=sheet, side="school", by=people.head)
        assert stands(sheet) == (False, True)


class TestChangingWords:
    def change_intro(self, sheet, people):
        form = IntroForm(
            {"intro": "Thank you.", "seen": IntroForm(instance=sheet).initial["seen"]}, instance=sheet
        )
        assert form.is_valid()
        families.save_intro(form=form, by=people.liaison)

    @pytest.mark.parametrize("what", ["line", "intro", "removal", "new line"])
    def test_takes_both_approvals_back(self, people, sheet, what):
        FamiliesLineFactory(page=sheet, you_said="Another.", becomes="done")
        approve(sheet, people)
        if what == "line":
            change_line(sheet, people, line=sheet.lines.first())
        elif what == "intro":
            self.change_intro(FamiliesPage.objects.get(pk=sheet.pk), people)
        elif what == "removal":
            families.remove_line(line=sheet.lines.first(), by=people.liaison)
        else:
            FamiliesLineFactory(page=sheet, you_said="A third.")  # by whatever way: the digest tells
        assert stands(sheet) == (False, False)

    def test_and_changing_them_back_brings_none_back(self, people, sheet):
        approve(sheet, people)
        change_line(sheet, people)
        change_line(sheet, people, "The dining hall is loud.")
        assert stands(sheet) == (False, False)

    def test_saving_the_same_words_leaves_them(self, people, sheet):
        approve(sheet, people)
        assert not change_line(sheet, people, "The dining hall is loud.")
        assert stands(sheet) == (True, True)

    def test_what_is_published_stays_as_it_was(self, people, sheet, client):
        published(sheet, people)
        change_line(sheet, people)
        html = client.get(reverse("visits:families_public", args=[sheet.school.slug])).content.decode()
        assert "The dining hall is loud." in html
        assert "Lunch is loud." not in html

    def test_a_school_of_another_name_is_approved_anew(self, people, sheet):
        approve(sheet, people)
        School.objects.filter(pk=sheet.school_id).update(name="Another Primary School")
        assert stands(sheet) == (False, False)

    def test_a_closed_year_is_only_read(self, people, sheet):
        edition = published(sheet, people)
        ProgrammeYear.objects.update(closed_at=timezone.now(), closed_by=people.admin)
        sheet = FamiliesPage.objects.get(pk=sheet.pk)
        with pytest.raises(YearIsClosed):
            change_line(sheet, people)
        families.withdraw(edition=edition, reason="The school asked for it.", by=people.head)
        assert not FamiliesEdition.objects.current().exists()


class TestPublishing:
    def test_freezes_what_was_approved(self, people, sheet):
        edition = published(sheet, people)
        assert edition.snapshot == words_of(sheet).content
        assert (edition.edition, edition.is_current) == (1, True)

    def test_twice_publishes_once(self, people, sheet):
        first = published(sheet, people)
        assert families.publish(page=sheet, by=people.admin) == first
        assert HistoryEntry.objects.filter(kind="families.published").count() == 1

    def test_a_newer_edition_takes_its_place(self, people, sheet):
        published(sheet, people)
        change_line(sheet, people)
        published(sheet, people)
        assert list(FamiliesEdition.objects.values_list("edition", "is_current")) == [(2, True), (1, False)]

    def test_the_database_lets_families_read_one_at_a_time(self, people, sheet):
        published(sheet, people)
        change_line(sheet, people)
        published(sheet, people)
        with pytest.raises(IntegrityError), transaction.atomic():
            FamiliesEdition.objects.update(is_current=True)

    def test_a_school_that_is_not_on_the_public_list_is_refused_and_shown_the_way(
        self, people, sheet, sign_in
    ):
        School.objects.filter(pk=sheet.school_id).update(public_consent=False)
        approve(sheet, people)
        with pytest.raises(NotOnThePublicList):
            families.publish(page=sheet, by=people.liaison)
        html = sign_in(people.head).get(sheet.get_absolute_url()).content.decode()
        assert reverse("schools:consent", args=[sheet.school_id]) in html

    def test_taken_down_no_older_edition_comes_back(self, people, sheet, client):
        published(sheet, people)
        change_line(sheet, people)
        second = published(sheet, people)
        with pytest.raises(ReasonOwed):
            families.withdraw(edition=second, reason=" ", by=people.head)
        for _ in range(2):
            families.withdraw(edition=second, reason="A family was recognised.", by=people.head)
        assert client.get(reverse("visits:families_public", args=[sheet.school.slug])).status_code == 404
        assert HistoryEntry.objects.filter(kind="families.withdrawn").count() == 1

    def test_the_leads_of_the_school_are_told_where_families_read_it(self, people, sheet):
        published(sheet, people)
        mail = OutgoingEmail.objects.latest("pk")
        assert (mail.to, mail.subject) == (
            people.head.email,
            f"Public now: what families of {people.school} read",
        )
        assert reverse("visits:families_public", args=[people.school.slug]) in mail.body

    def test_publishing_twice_tells_them_once(self, people, sheet):
        published(sheet, people)
        written = OutgoingEmail.objects.count()
        published(sheet, people)
        assert OutgoingEmail.objects.count() == written


@pytest.mark.parametrize(("who", "page"), [("head", "families_page"), ("liaison", "publish_families")])
def test_a_decision_that_was_taken_back_since_is_said(people, sign_in, who, page):
    visit = VisitFactory(school=people.school, status=VisitStatus.SHARED)
    theme = ThemeFactory(visit=visit, kind="could_be_better")
    line = FamiliesLineFactory(
        page__school=people.school, page__programme_year=visit.programme_year, theme=theme, becomes="doing"
    )
    approve(line.page, people)
    html = sign_in(getattr(people, who)).get(
        reverse(f"visits:{page}", args=[people.school.pk, visit.programme_year_id])
    )
    assert "Not decided yet</strong> is how" in html.content.decode()


@pytest.mark.parametrize(("who", "page"), [("head", "families_page"), ("liaison", "publish_families")])
def test_what_has_moved_on_since_is_said_before_anybody_approves_or_publishes(people, sign_in, who, page):
    visit = VisitFactory(school=people.school, status=VisitStatus.SHARED)
    action = ActionFactory(school=people.school, status="done", what_changed="It is open.")
    theme = ThemeFactory(visit=visit, outcome="action", action=action, kind="could_be_better")
    line = FamiliesLineFactory(
        page__school=people.school, page__programme_year=visit.programme_year, theme=theme, becomes="doing"
    )
    approve(line.page, people)
    html = sign_in(getattr(people, who)).get(
        reverse(f"visits:{page}", args=[people.school.pk, visit.programme_year_id])
    )
    assert "stands now; the page says “we are doing”." in html.content.decode()


@pytest.mark.parametrize(("who", "page"), [("head", "families_page"), ("liaison", "publish_families")])
def test_what_the_school_says_of_the_notes_stands_beside_the_words(people, sign_in, sheet, who, page):
    visit = VisitFactory(school=people.school, programme_year=sheet.programme_year, status=VisitStatus.SHARED)
    VisitSummaryFactory(visit=visit)
    Reply.objects.create(visit=visit, verdict="not_accurate", comment="Lunch is staggered.", replier="Head")
    approve(sheet, people)
    url = reverse(f"visits:{page}", args=[people.school.pk, sheet.programme_year_id])
    html = sign_in(getattr(people, who)).get(url).content.decode()
    assert "What the school says of the notes" in html
    assert "The school says: not accurate. Lunch is staggered." in html
