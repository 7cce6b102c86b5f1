"""The reach of each role over schools."""

import pytest

from accounts.permissions import Verb
from schools.access import may, only_school_of, visible_schools
from schools.models import Membership, School
from tests.factories import MembershipFactory


@pytest.mark.django_db
class TestVisibleSchools:
    def test_site_roles_see_every_school(self, people):
        for person in (people.admin, people.liaison, people.programme):
            assert set(visible_schools(person)) == {people.school, people.other_school}

    def test_members_see_their_own_school(self, people):
        for person in (people.head, people.colleague, people.governor):
            assert list(visible_schools(person)) == [people.school]

    def test_a_trainer_sees_none_until_booked(self, people):
        assert not visible_schools(people.trainer).exists()

    def test_an_ended_membership_shows_nothing(self, people):
        Membership.objects.filter(user=people.head).update(ended_at="2026-01-01T00:00Z")
        assert not visible_schools(people.head).exists()

    def test_somebody_switched_off_sees_nothing(self, people):
        people.admin.is_active = people.head.is_active = False
        assert list(School.objects.visible_to(people.admin)) == []
        assert list(School.objects.visible_to(people.head)) == []


@pytest.mark.django_db
def test_a_right_at_one_school_is_none_at_another(people):
    assert may(people.head, Verb.LEAD_AUDIT, people.school)
    assert not may(people.head, Verb.LEAD_AUDIT, people.other_school)


@pytest.mark.django_db
class TestOnlySchoolOf:
    def test_a_member_is_here_for_their_school(self, people):
        assert only_school_of(people.head) == "Wenlock Brook Primary School"

    def test_somebody_at_two_schools_is_here_for_neither_alone(self, people):
        MembershipFactory(user=people.head, school=people.other_school)
        assert only_school_of(people.head) == ""

    def test_who_works_for_the_programme_needs_no_query(self, people, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert only_school_of(people.liaison) == ""

    def test_it_shares_the_query_of_the_rights(self, people, django_assert_num_queries):
        with django_assert_num_queries(1):
            may(people.head, Verb.LEAD_AUDIT, people.school)
            only_school_of(people.head)
