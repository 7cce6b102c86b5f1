"""What families read, taken down: gone at once, told to both sides, and approved anew before it comes back."""

import pytest
from django.urls import reverse

from core.models import HistoryEntry, OutgoingEmail, ProgrammeSettings
from schools.models import ProgrammeYear
from tests.factories import FamiliesLineFactory, MembershipFactory
from visits.models import FamiliesEdition, FamiliesPage
from visits.queries.families import standing_of, words_of
from visits.services import families
from visits.services.errors import NothingToPublish, ReadInANewerEdition

pytestmark = pytest.mark.django_db
WHY = "A family can be recognised."


@pytest.fixture
def sheet(people):
    line = FamiliesLineFactory(page__school=people.school, page__programme_year=ProgrammeYear.objects.get())
    return line.page


def publish(sheet, people) -> FamiliesEdition:
    sheet = FamiliesPage.objects.get(pk=sheet.pk)
    for side, by in (("school", people.head), ("forum", people.liaison)):
        families.approve(page=sheet, side=side, seen=words_of(sheet).digest, by=by)
    return families.publish(page=sheet, by=people.liaison)


@pytest.fixture
def gone(people, sheet) -> FamiliesEdition:
    edition = publish(sheet, people)
    OutgoingEmail.objects.all().delete()
    families.withdraw(edition=edition, reason=WHY, by=people.head)
    return edition


@pytest.mark.usefixtures("gone")
class TestWhatWasTakenDown:
    def test_is_not_put_up_again_without_new_approvals(self, people, sheet):
        with pytest.raises(NothingToPublish):
            families.publish(page=sheet, by=people.liaison)

    def test_is_published_again_once_both_approved_it_anew(self, people, sheet):
        assert publish(sheet, people).edition == 2

    def test_is_told_to_the_others_of_both_sides_with_the_reason(self, people):
        mail = OutgoingEmail.objects.get()
        assert mail.to == ProgrammeSettings.load().contact_email
        assert mail.subject == f"Taken down: what families of {people.school} read"
        assert f"{people.head} took down" in mail.body
        assert f"Why: {WHY}" in mail.body

    def test_stands_with_its_reason_on_the_page_of_the_year(self, people, sheet, sign_in):
        html = sign_in(people.liaison).get(sheet.get_absolute_url()).content.decode()
        assert f"Nothing: {people.head} took edition 1 down on" in html
        assert WHY in html


def test_the_leads_are_told_what_the_forum_takes_down(people, sheet):
    edition = publish(sheet, people)
    families.withdraw(edition=edition, reason=WHY, by=people.liaison)
    told = OutgoingEmail.objects.filter(subject__startswith="Taken down")
    assert people.head.email in told.values_list("to", flat=True)
    assert people.liaison.email not in told.values_list("to", flat=True)


class TestAnEditionThatANewerOneFollowed:
    @pytest.fixture
    def old(self, people, sheet):
        old = publish(sheet, people)
        sheet.lines.update(you_said="Lunch is loud.")
        publish(sheet, people)
        return old

    def test_is_not_said_to_be_taken_down(self, people, old):
        with pytest.raises(ReadInANewerEdition, match="number 2"):
            families.withdraw(edition=old, reason=WHY, by=people.head)
        assert not HistoryEntry.objects.filter(kind="families.withdrawn").exists()

    def test_leads_who_pressed_an_old_page_to_what_families_read(self, people, old, sign_in):
        url = reverse("visits:take_families_down", args=[people.school.pk, old.pk])
        page = sign_in(people.head).post(url, {"reason": WHY}, follow=True).content.decode()
        assert "Nothing was taken down: families read a newer edition by now, number 2." in page
        assert "It is taken down" not in page


class TestSomebodyOfTheForumWhoLeadsTheSchoolToo:
    """The forum approves for no school, whoever else its people are."""

    @pytest.fixture
    def both(self, people):
        MembershipFactory(user=people.liaison, school=people.school, role="school_lead")
        people.liaison.__dict__.pop("_memberships", None)
        return people.liaison

    def test_does_not_approve_for_the_school(self, both, people, sheet, sign_in):
        url = reverse("visits:approve_families_school", args=[people.school.pk, sheet.programme_year_id])
        answer = sign_in(both).post(url, {"school-words": words_of(sheet).digest})
        assert answer.status_code == 403
        assert "somebody else approves for the school" in answer.content.decode()
        assert not standing_of(FamiliesPage.objects.get(pk=sheet.pk)).school.stands

    def test_is_not_asked_to(self, both, sheet, sign_in):
        html = sign_in(both).get(sheet.get_absolute_url()).content.decode()
        assert f"Approve for {sheet.school}" not in html
        assert "Approve for PACC" in html
