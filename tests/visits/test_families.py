"""What families read: drafted, approved by both sides in either order, published, taken down."""

from itertools import permutations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.models import HistoryEntry
from schools.models import ProgrammeYear, School
from schools.services.errors import YearIsClosed
from tests.factories import ActionFactory, FamiliesLineFactory, ThemeFactory, VisitFactory
from visits.enums import VisitStatus
from visits.forms.families import IntroForm, LineForm
from visits.models import FamiliesEdition, FamiliesLine, FamiliesPage
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
def page(people):
    line = FamiliesLineFactory(page__school=people.school, page__programme_year=ProgrammeYear.objects.get())
    return line.page


def approve(page, people, *sides):
    page = FamiliesPage.objects.get(pk=page.pk)
    who = {"school": people.head, "forum": people.liaison}
    for side in sides or who:
        families.approve(page=page, side=side, seen=words_of(page).digest, by=who[side])


def published(page, people) -> FamiliesEdition:
    approve(page, people)
    return families.publish(page=page, by=people.liaison)


def stands(page) -> tuple[bool, bool]:
    standing = standing_of(FamiliesPage.objects.get(pk=page.pk))
    return standing.school.stands, standing.forum.stands


def change_line(page, people, words="Lunch is loud.", line=None):
    line = line or page.lines.get()
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

    def test_takes_both_approvals_back_when_something_came(self, people, page):
        approve(page, people)
        self.theme(people, outcome="wider_system")
        self.draft(people)
        assert stands(page) == (False, False)


class TestApproving:
    @pytest.mark.parametrize("order", list(permutations(("school", "forum"))))
    def test_either_may_be_first(self, people, page, order):
        approve(page, people, order[0])
        with pytest.raises(NothingToPublish):
            families.publish(page=page, by=people.liaison)
        approve(page, people, order[1])
        assert families.publish(page=page, by=people.liaison).is_current

    def test_pressing_twice_approves_once(self, people, page):
        approve(page, people, "school", "school")
        assert HistoryEntry.objects.filter(kind="families.approved_school").count() == 1

    def test_nobody_approves_words_that_they_did_not_read(self, people, page):
        read = words_of(page).digest
        change_line(page, people)
        with pytest.raises(WordsChanged):
            families.approve(page=page, side="school", seen=read, by=people.head)
        assert stands(page) == (False, False)

    def test_the_page_shows_the_new_words_then(self, people, page, sign_in):
        read = words_of(page).digest
        change_line(page, people)
        url = reverse("visits:approve_families_school", args=[page.school_id, page.programme_year_id])
        answer = sign_in(people.head).post(url, {"school-has_read": "on", "school-words": read})
        assert answer.status_code == 409
        html = answer.content.decode()
        assert "Lunch is loud." in html
        assert words_of(page).digest in html
        assert stands(page) == (False, False)

    def test_by_the_page_one_approves_what_it_shows(self, people, page, sign_in):
        client = sign_in(people.head)
        assert words_of(page).digest in client.get(page.get_absolute_url()).content.decode()
        url = reverse("visits:approve_families_school", args=[page.school_id, page.programme_year_id])
        client.post(url, {"school-has_read": "on", "school-words": words_of(page).digest})
        assert stands(page) == (True, False)

    def test_words_that_could_identify_somebody_are_marked_and_have_to_be_answered(
        self, people, page, sign_in
    ):
        change_line(page, people, "Our son Tyler in Year 4 has ADHD.")
        client = sign_in(people.head)
        assert "<mark>" in client.get(page.get_absolute_url()).content.decode()
        url = reverse("visits:approve_families_school", args=[page.school_id, page.programme_year_id])
        typed = {"school-has_read": "on", "school-words": words_of(page).digest}
        assert client.post(url, typed).status_code == 422
        with pytest.raises(MarkedWords):
            approve(page, people, "school")
        assert stands(page) == (False, False)
        client.post(url, {**typed, "school-names_nobody": "on"})
        assert stands(page) == (True, False)

    def test_an_empty_page_is_approved_by_nobody(self, people, page):
        page.lines.all().delete()
        with pytest.raises(NothingToPublish):
            approve(page, people, "school")

    def test_it_can_be_taken_back(self, people, page):
        approve(page, people)
        for _ in range(2):
            families.take_approval_back(page=page, side="school", by=people.head)
        assert stands(page) == (False, True)


class TestChangingWords:
    def change_intro(self, page, people):
        form = IntroForm(
            {"intro": "Thank you.", "seen": IntroForm(instance=page).initial["seen"]}, instance=page
        )
        assert form.is_valid()
        families.save_intro(form=form, by=people.liaison)

    @pytest.mark.parametrize("what", ["line", "intro", "removal", "new line"])
    def test_takes_both_approvals_back(self, people, page, what):
        FamiliesLineFactory(page=page, you_said="Another.", becomes="done")
        approve(page, people)
        if what == "line":
            change_line(page, people, line=page.lines.first())
        elif what == "intro":
            self.change_intro(FamiliesPage.objects.get(pk=page.pk), people)
        elif what == "removal":
            families.remove_line(line=page.lines.first(), by=people.liaison)
        else:
            FamiliesLineFactory(page=page, you_said="A third.")  # by whatever way: the digest tells
        assert stands(page) == (False, False)

    def test_saving_the_same_words_leaves_them(self, people, page):
        approve(page, people)
        assert not change_line(page, people, "The dining hall is loud.")
        assert stands(page) == (True, True)

    def test_what_is_published_stays_as_it_was(self, people, page, client):
        published(page, people)
        change_line(page, people)
        html = client.get(reverse("visits:families_public", args=[page.school.slug])).content.decode()
        assert "The dining hall is loud." in html
        assert "Lunch is loud." not in html

    def test_a_school_of_another_name_is_approved_anew(self, people, page):
        approve(page, people)
        School.objects.filter(pk=page.school_id).update(name="Another Primary School")
        assert stands(page) == (False, False)

    def test_a_closed_year_is_only_read(self, people, page):
        edition = published(page, people)
        ProgrammeYear.objects.update(closed_at=timezone.now(), closed_by=people.admin)
        page = FamiliesPage.objects.get(pk=page.pk)
        with pytest.raises(YearIsClosed):
            change_line(page, people)
        families.withdraw(edition=edition, reason="The school asked for it.", by=people.head)
        assert not FamiliesEdition.objects.current().exists()


class TestPublishing:
    def test_freezes_what_was_approved(self, people, page):
        edition = published(page, people)
        assert edition.snapshot == words_of(page).content
        assert (edition.edition, edition.is_current) == (1, True)

    def test_twice_publishes_once(self, people, page):
        first = published(page, people)
        assert families.publish(page=page, by=people.admin) == first
        assert HistoryEntry.objects.filter(kind="families.published").count() == 1

    def test_a_newer_edition_takes_its_place(self, people, page):
        published(page, people)
        change_line(page, people)
        published(page, people)
        assert list(FamiliesEdition.objects.values_list("edition", "is_current")) == [(2, True), (1, False)]

    def test_the_database_lets_families_read_one_at_a_time(self, people, page):
        published(page, people)
        change_line(page, people)
        published(page, people)
        with pytest.raises(IntegrityError), transaction.atomic():
            FamiliesEdition.objects.update(is_current=True)

    def test_a_school_that_is_not_on_the_public_list_is_refused_and_shown_the_way(
        self, people, page, sign_in
    ):
        School.objects.filter(pk=page.school_id).update(public_consent=False)
        approve(page, people)
        with pytest.raises(NotOnThePublicList):
            families.publish(page=page, by=people.liaison)
        html = sign_in(people.head).get(page.get_absolute_url()).content.decode()
        assert reverse("schools:consent", args=[page.school_id]) in html

    def test_taken_down_no_older_edition_comes_back(self, people, page, client):
        published(page, people)
        change_line(page, people)
        second = published(page, people)
        with pytest.raises(ReasonOwed):
            families.withdraw(edition=second, reason=" ", by=people.head)
        for _ in range(2):
            families.withdraw(edition=second, reason="A family was recognised.", by=people.head)
        assert client.get(reverse("visits:families_public", args=[page.school.slug])).status_code == 404
        assert HistoryEntry.objects.filter(kind="families.withdrawn").count() == 1

    def test_and_the_same_words_can_be_published_again(self, people, page):
        families.withdraw(edition=published(page, people), reason="By mistake.", by=people.head)
        assert families.publish(page=page, by=people.liaison).edition == 2
