"""Schools that get a new URN, and successions that are left to a person."""

from datetime import date

import pytest

from accounts.permissions import Role
from core.models import HistoryEntry
from schools.models import Membership, School, SchoolUrn
from schools.register.importing import import_register
from tests.factories import MembershipFactory, ParticipationFactory, UserFactory
from tests.schools.register_files import a_file, a_links_file, a_row, plain_pair

pytestmark = pytest.mark.django_db

OLD, NEW, NEWER = 123001, 150001, 160001
CLOSED = {"EstablishmentStatus (code)": "2", "CloseDate": "31-03-2026"}


def opened(urn=NEW, **cells):
    return a_row(urn, **{"OpenDate": "01-04-2026", "EstablishmentName": "Caer Ridge Academy", **cells})


@pytest.fixture(autouse=True)
def school(tmp_path):
    """A school that takes part, under its first URN."""
    import_register(file=a_file(tmp_path))
    school = School.objects.get()
    ParticipationFactory(school=school)
    return school


def later(tmp_path, *rows, links):
    rows = rows or (a_row(OLD, **CLOSED), opened())
    return import_register(file=a_file(tmp_path, *rows), links=a_links_file(tmp_path, *links))


def urns(school):
    return list(school.urns.values_list("urn", "valid_to"))


def reasons(summary):
    return [one.why for one in summary.plan.waiting]


class TestPlain:
    def test_moves_the_school_to_its_new_urn(self, tmp_path, school):
        later(tmp_path, links=plain_pair(OLD, NEW))
        assert list(school.urns.values_list("urn", "valid_from", "valid_to")) == [
            (OLD, date(1950, 9, 1), date(2026, 3, 31)),
            (NEW, date(2026, 4, 1), None),
        ]
        school.refresh_from_db()
        assert (school.name, school.slug, school.status) == (
            "Caer Ridge Academy",
            "caer-ridge-primary-school",
            "open",
        )

    def test_makes_no_second_school(self, tmp_path):
        later(tmp_path, links=plain_pair(OLD, NEW))
        assert School.objects.count() == 1

    def test_writes_the_schools_own_history(self, tmp_path):
        later(tmp_path, links=plain_pair(OLD, NEW))
        line = HistoryEntry.objects.get(kind="school.renumbered")
        assert line.summary == (
            "URN 123001 became 150001. “Caer Ridge Primary School” is now called “Caer Ridge Academy”."
        )
        assert line.details["name"] == {"before": "Caer Ridge Primary School", "after": "Caer Ridge Academy"}

    def test_whichever_end_the_file_tells_it_from(self, tmp_path, school):
        later(tmp_path, links=[plain_pair(OLD, NEW)[1]])
        assert urns(school) == [(OLD, date(2026, 3, 31)), (NEW, None)]

    def test_without_dates_in_the_links_the_opening_counts(self, tmp_path, school):
        later(tmp_path, links=[(OLD, NEW, "Successor", "")])
        assert urns(school) == [(OLD, date(2026, 3, 31)), (NEW, None)]

    def test_over_several_numbers_at_once(self, tmp_path, school):
        rows = (opened(NEWER, OpenDate="01-09-2026"), a_row(OLD, **CLOSED), opened(NEW, **CLOSED))
        links = [*plain_pair(OLD, NEW), (NEW, NEWER, "Successor", "31-08-2026")]
        later(tmp_path, *rows, links=links)
        assert urns(school) == [(OLD, date(2026, 3, 31)), (NEW, date(2026, 8, 31)), (NEWER, None)]
        school.refresh_from_db()
        assert school.status == "open"

    def test_a_school_of_which_nothing_else_changes_stays_open(self, tmp_path, school):
        same = a_row(NEW)
        later(tmp_path, a_row(OLD, **CLOSED), same, links=plain_pair(OLD, NEW))
        school.refresh_from_db()
        assert (school.status, school.closed_on) == ("open", None)

    def test_again_changes_nothing(self, tmp_path):
        later(tmp_path, links=plain_pair(OLD, NEW))
        before = list(School.objects.values()), list(SchoolUrn.objects.values()), HistoryEntry.objects.count()
        summary = later(tmp_path, links=plain_pair(OLD, NEW))
        assert summary.plan.is_empty
        assert before == (
            list(School.objects.values()),
            list(SchoolUrn.objects.values()),
            HistoryEntry.objects.count(),
        )

    def test_the_old_numbers_row_does_not_close_the_school_later(self, tmp_path, school):
        later(tmp_path, links=plain_pair(OLD, NEW))
        import_register(file=a_file(tmp_path, a_row(OLD, **CLOSED), opened()))
        school.refresh_from_db()
        assert school.status == "open"


class TestAfterAnImportWithoutLinks:
    @pytest.fixture
    def newcomer(self, tmp_path, school):
        """The same school under its new URN, made by an import that knew of no link."""
        import_register(file=a_file(tmp_path, a_row(OLD, **CLOSED), opened()))
        return School.objects.exclude(pk=school.pk).get()

    def test_the_bare_newcomer_is_joined_to_the_school_that_takes_part(self, tmp_path, school, newcomer):
        later(tmp_path, links=plain_pair(OLD, NEW))
        assert list(School.objects.all()) == [school]
        assert urns(school) == [(OLD, date(2026, 3, 31)), (NEW, None)]
        school.refresh_from_db()
        assert (school.status, school.name) == ("open", "Caer Ridge Academy")

    def test_not_when_people_already_work_there(self, tmp_path, school, newcomer):
        MembershipFactory(school=newcomer, user=UserFactory(), role=Role.SCHOOL_LEAD)
        summary = later(tmp_path, links=plain_pair(OLD, NEW))
        assert reasons(summary) == ["both are schools here, and there is work recorded at both"]
        assert School.objects.count() == 2
        assert Membership.objects.get().school == newcomer

    def test_nor_when_nothing_depends_on_the_old_one(self, tmp_path, school, newcomer):
        school.participations.all().delete()
        summary = later(tmp_path, links=plain_pair(OLD, NEW))
        assert (summary.plan.apart, reasons(summary)) == (1, [])
        assert School.objects.count() == 2


class TestLeftToAPerson:
    @pytest.mark.parametrize(
        ("kind", "why"),
        [
            ("Successor - merged", "the register calls it “successor - merged”"),
            ("Successor - amalgamated", "the register calls it “successor - amalgamated”"),
            ("Successor - Split School", "the register calls it “successor - split school”"),
        ],
    )
    def test_what_is_not_plain(self, tmp_path, school, kind, why):
        summary = later(tmp_path, links=[(OLD, NEW, kind, "31-03-2026")])
        assert reasons(summary) == [why]
        assert urns(school) == [(OLD, None)]
        assert School.objects.count() == 2

    def test_two_schools_that_became_one(self, tmp_path, school):
        rows = (a_row(OLD, **CLOSED), a_row(123002, **CLOSED), opened())
        summary = later(tmp_path, *rows, links=[*plain_pair(OLD, NEW), *plain_pair(123002, NEW)])
        assert reasons(summary) == ["150001 has 2 predecessors"] * 2
        assert urns(school) == [(OLD, None)]

    def test_one_school_that_became_two(self, tmp_path):
        rows = (a_row(OLD, **CLOSED), opened(), opened(150002))
        summary = later(tmp_path, *rows, links=[*plain_pair(OLD, NEW), *plain_pair(OLD, 150002)])
        assert reasons(summary) == ["123001 has 2 successors"] * 2

    def test_an_old_school_that_is_still_open(self, tmp_path):
        summary = later(tmp_path, a_row(OLD), opened(), links=plain_pair(OLD, NEW))
        assert reasons(summary) == ["the register still calls 123001 open"]

    def test_a_new_school_that_has_not_opened(self, tmp_path):
        proposed = opened(**{"EstablishmentStatus (code)": "4"})
        summary = later(tmp_path, a_row(OLD, **CLOSED), proposed, links=plain_pair(OLD, NEW))
        assert reasons(summary) == ["150001 has not opened yet"]

    def test_a_succession_without_any_date(self, tmp_path):
        rows = (a_row(OLD, **CLOSED), opened(OpenDate=""))
        summary = later(tmp_path, *rows, links=[(OLD, NEW, "Successor", "")])
        assert reasons(summary) == ["the register gives no date"]

    def test_a_number_whose_school_has_gone_on_already(self, tmp_path):
        later(tmp_path, links=plain_pair(OLD, NEW))
        rows = (a_row(OLD, **CLOSED), opened(), opened(150002))
        summary = later(tmp_path, *rows, links=plain_pair(OLD, 150002))
        assert reasons(summary) == ["123001 was followed by another school before"]

    def test_a_circle(self, tmp_path):
        rows = (a_row(123002, **CLOSED), a_row(123003, **CLOSED))
        links = [(123002, 123003, "Successor", "31-03-2026"), (123003, 123002, "Successor", "31-03-2026")]
        later(tmp_path, *rows, links=links)
        assert SchoolUrn.objects.filter(valid_to=None, urn__in=[123002, 123003]).count() in {1, 2}

    def test_links_of_schools_elsewhere_are_not_told(self, tmp_path):
        summary = later(tmp_path, links=[(140001, 140002, "Successor - merged", "31-03-2026")])
        assert reasons(summary) == []
