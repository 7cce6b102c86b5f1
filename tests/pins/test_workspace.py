"""A school's workspace: where it stands in one line, what is next, who it is with, and what nobody else may read."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from audits.enums import AuditStatus
from core import history
from pins.workspace import workspace_of
from schools.models import Membership, OtherProgramme, Participation, School, SchoolGroup, SchoolUrn
from tests.factories import (
    AuditFactory,
    MembershipFactory,
    ParticipationFactory,
    ProgrammeYearFactory,
    SchoolContactFactory,
    SchoolFactory,
    small_framework,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
Status = Participation.Status


def shown(people, reader=None, school=None):
    reader = reader or people.head
    reader.__dict__.pop("_memberships", None)
    school = School.objects.get(pk=(school or people.school).pk)
    return workspace_of(school, reader, today=TODAY)


def html(sign_in, person, school) -> str:
    answer = sign_in(person).get(reverse("workspace", args=[school.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def standing(people, **fields) -> str:
    Participation.objects.filter(school=people.school).update(**fields)
    return shown(people).stands


class TestWhereItStands:
    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"status": Status.ACTIVE}, "Active in 2026 to 2027 on the full offer."),
            (
                {"status": Status.ACTIVE, "offer": "embedding"},
                "Active in 2026 to 2027 on the embedding offer.",
            ),
            (
                {"status": Status.ACTIVE, "offer": "training_only"},
                "Active in 2026 to 2027 with training only.",
            ),
            (
                {"status": Status.INVITED},
                "Invited to take part in 2026 to 2027 on the full offer, not confirmed yet.",
            ),
            (
                {"status": Status.CONFIRMED},
                "Confirmed for 2026 to 2027 on the full offer. It has not begun yet.",
            ),
            ({"status": Status.COMPLETED}, "Completed 2026 to 2027 on the full offer."),
            (
                {"status": Status.WITHDRAWN, "withdrawn_on": TODAY, "withdrawal_reason": "x"},
                "Withdrew from 2026 to 2027 on 26 November 2026.",
            ),
        ],
    )
    def test_says_how_it_takes_part_this_year(self, people, fields, words):
        assert standing(people, **fields) == words

    def test_says_when_it_last_took_part_and_is_not_in_it_now(self, people):
        earlier = ProgrammeYearFactory(name="Before", starts_on=date(2025, 6, 1), ends_on=date(2026, 3, 31))
        words = standing(people, programme_year=earlier, status=Status.COMPLETED)
        assert words == "Not in the programme now. It last took part in Before, on the full offer."

    def test_says_of_a_school_of_the_register_that_it_is_not_in_it(self, people):
        assert shown(people, people.admin, SchoolFactory()).stands == "Not in the programme so far."

    def test_says_that_a_school_closed(self, people):
        School.objects.update(status="closed", closed_on=date(2026, 8, 31))
        assert shown(people).stands.startswith("The school closed on 31 August 2026. Active in")

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({}, "The baseline self-audit is not started, wanted by 14 December 2026."),
            (
                {"status": AuditStatus.IN_PROGRESS},
                "The baseline self-audit is under way: 0 of 2 sections, wanted by 14 December 2026.",
            ),
            (
                {"wanted_by": date(2026, 11, 20)},
                "The baseline self-audit is not started, was wanted by 20 November 2026.",
            ),
            ({"wanted_by": None}, "The baseline self-audit is not started."),
            (
                {"status": AuditStatus.SUBMITTED, "submitted_at": "2026-11-20T10:00Z"},
                "The baseline self-audit was submitted on 20 November 2026 and waits to be reviewed.",
            ),
        ],
    )
    def test_says_how_its_self_audit_stands(self, people, fields, words):
        if "submitted_at" in fields:
            fields = {**fields, "submitted_by": people.head}
        audit = AuditFactory(school=people.school, wanted_by=date(2026, 12, 14))
        type(audit).objects.filter(pk=audit.pk).update(**fields)
        assert shown(people).stands == f"Active in 2026 to 2027 on the full offer. {words}"


class TestWhatIsNext:
    def test_is_the_readers_own_at_this_school_alone(self, people):
        MembershipFactory(user=people.head, school=people.other_school)
        version = small_framework(1)
        here = AuditFactory(school=people.school, version=version)
        AuditFactory(school=people.other_school, version=version)
        assert [step.url for step in shown(people).steps] == [here.get_absolute_url()]
        assert shown(people).of_school == []

    def test_tells_the_programme_also_what_waits_for_the_school(self, people):
        audit = AuditFactory(school=people.school)
        seen = shown(people, people.liaison)
        assert seen.steps == []
        assert [(step.verb, step.minutes, step.url) for step in seen.of_school] == [
            ("Begin the baseline self-audit", 9, audit.get_absolute_url())
        ]

    def test_holds_nothing_of_the_programme_as_a_whole(self, people):
        ProgrammeYearFactory(name="Over", starts_on=date(2024, 6, 1), ends_on=date(2025, 3, 31))
        assert shown(people, people.admin).steps == []


class TestPeople:
    def test_the_number_of_its_office(self, people, sign_in):
        School.objects.filter(pk=people.school.pk).update(telephone="01632 960001")
        html = sign_in(people.liaison).get(reverse("workspace", args=[people.school.pk])).content.decode()
        assert 'office: <a class="govuk-link" href="tel:01632960001">01632 960001</a>' in html

    @pytest.mark.parametrize(
        ("name", "reads"),
        [
            *[("admin", True), ("liaison", True), ("head", True), ("colleague", True), ("governor", True)],
            ("programme", False),
        ],
    )
    def test_a_contacts_own_number_is_for_the_forum_and_the_school(self, people, sign_in, name, reads):
        SchoolContactFactory(school=people.school, name="Ann", telephone="07700 900461")
        page = html(sign_in, getattr(people, name), people.school)
        assert ("Ann" in page, "900461" in page) == (True, reads)

    def test_contacts_are_for_everybody_of_the_school_in_their_order(self, people, sign_in):
        SchoolContactFactory(school=people.school, role="senco", name="Zoë O’Neil", email="z@school.example")
        SchoolContactFactory(school=people.school, name="Ann", email="a@school.example")
        page = html(sign_in, people.governor, people.school)
        assert page.index("Ann") < page.index("Zoë O’Neil")
        assert "mailto:z@school.example" in page

    @pytest.mark.parametrize(
        ("name", "reads"),
        [
            *[("admin", True), ("liaison", True), ("head", True)],
            *[("programme", False), ("colleague", False), ("governor", False)],
        ],
    )
    def test_who_signs_in_and_what_happened_are_for_those_who_look_after_people(
        self, people, sign_in, name, reads
    ):
        history.record("x.y", "Something happened.", by=people.admin, school=people.school)
        page = html(sign_in, getattr(people, name), people.school)
        assert ("3 people sign in for the school" in page) is reads
        assert ("Something happened." in page) is reads
        seen = shown(people, getattr(people, name))
        assert (bool(seen.people), bool(seen.lines)) == (reads, reads)

    @pytest.mark.parametrize(
        ("name", "reads"), [("admin", True), ("liaison", True), ("programme", False), ("governor", False)]
    )
    def test_where_no_contact_is_noted_the_lead_who_signs_in_is_there_to_write_to(
        self, people, sign_in, name, reads
    ):
        mail = f"mailto:{people.head.email}"
        assert (mail in html(sign_in, getattr(people, name), people.school)) is reads
        SchoolContactFactory(school=people.school)
        assert mail not in html(sign_in, getattr(people, name), people.school)

    def test_a_lead_who_is_switched_off_is_nobody_to_write_to(self, people, sign_in):
        type(people.head).objects.filter(pk=people.head.pk).update(is_active=False)
        page = html(sign_in, people.liaison, people.school)
        assert f"mailto:{people.head.email}" not in page
        assert "This is who signs in" not in page

    def test_come_first_where_nothing_waits_for_the_reader(self, people, sign_in):
        page = html(sign_in, people.liaison, people.school)
        assert page.index(">People</h2>") < page.index("What is next for you")
        AuditFactory(school=people.school, version=small_framework(1))
        page = html(sign_in, people.head, people.school)
        assert page.index("What is next for you") < page.index(">People</h2>")
        assert page.count(">People</h2>") == 1

    def test_the_newest_five_lines_stand_there_and_all_in_the_history(self, people, sign_in):
        for number in range(7):
            history.record("x.y", f"Line {number}.", by=people.admin, school=people.school)
        assert [line.summary for line in shown(people).lines] == [f"Line {n}." for n in (6, 5, 4, 3, 2)]
        page = (
            sign_in(people.head).get(reverse("workspace_history", args=[people.school.pk])).content.decode()
        )
        assert page.count("Line ") == 7
        file = sign_in(people.head).get(reverse("workspace_history_csv", args=[people.school.pk]))
        assert '"Line 0.","Admin",""' in file.content.decode()


class TestBelonging:
    def test_schools_of_a_group_are_named_and_linked_where_the_reader_may_open_them(self, people):
        group = SchoolGroup.objects.create(name="Edge", kind="federation", meets_together=True)
        group.schools.set([people.school, people.other_school])
        for reader, url in ((people.head, ""), (people.liaison, f"/workspaces/{people.other_school.pk}/")):
            (tie,) = shown(people, reader).ties
            assert (tie.kind, tie.together) == ("Federation", "meet parent carers")
            assert [(other.name, other.url) for other in tie.others] == [("Clun Hill Primary School", url)]

    def test_a_large_trust_is_cut_short_and_counted(self, people):
        School.objects.filter(pk=people.school.pk).update(trust="Severn Oak")
        for number in range(22):
            ParticipationFactory(school=SchoolFactory(name=f"S{number:02}", trust="Severn Oak"))
        (tie,) = shown(people, people.liaison).ties
        assert (len(tie.others), tie.more) == (20, 2)

    def test_former_numbers_stand_with_their_dates(self, people):
        SchoolUrn.objects.filter(school=people.school).delete()
        SchoolUrn.objects.create(school=people.school, urn=111111, valid_to=date(2024, 8, 31))
        SchoolUrn.objects.create(school=people.school, urn=123456, valid_from=date(2024, 9, 1))
        assert shown(people).urns == "URN 123456 since 1 September 2024, before that 111111"

    def test_shows_link_worker_programmes_and_hours(self, people, sign_in):
        School.objects.filter(pk=people.school.pk).update(link_worker=people.liaison)
        people.school.other_programmes.add(OtherProgramme.objects.create(name="<MHST> “team”"))
        Participation.objects.update(support_hours=0)
        page = html(sign_in, people.head, people.school)
        for words in ("mailto:liaison@school.example", "&lt;MHST&gt; “team”", "0 allotted in 2026 to 2027"):
            assert words in page


class TestYears:
    def test_go_from_its_first_to_the_running_one_with_those_between(self, people):
        for first, name in ((2024, "A"), (2025, "B")):
            ProgrammeYearFactory(name=name, starts_on=date(first, 4, 1), ends_on=date(first + 1, 3, 31))
        first = ProgrammeYearFactory(name="A")
        ParticipationFactory(school=people.school, programme_year=first, status=Status.COMPLETED)
        years = shown(people).years
        assert [(year.name, year.words) for year in years] == [
            ("A", "Full offer, completed"),
            ("B", "took no part"),
            ("2026 to 2027", "Full offer, active"),
        ]

    def test_one_year_needs_no_picture(self, people, sign_in):
        assert "<svg" not in html(sign_in, people.head, people.school)

    def test_an_administrator_adds_a_school_that_is_not_in_the_running_year(self, people, sign_in):
        school = SchoolFactory(name="New here")
        year = people.school.participations.get().programme_year
        page = html(sign_in, people.admin, school)
        assert reverse("schools:add_part", args=[year.pk, school.pk]) in page
        assert "Add it to" not in html(sign_in, people.liaison, school)
        assert "Add it to" not in html(sign_in, people.admin, people.school)


class TestBar:
    def test_names_the_school_one_looks_at_and_leads_to_the_others(self, people, sign_in):
        MembershipFactory(user=people.head, school=people.other_school)
        page = html(sign_in, people.head, people.other_school)
        assert (
            'Head</a>, Clun Hill Primary School, <a class="govuk-link" href="/workspaces/">2 schools: change</a>'
            in page
        )
        home = sign_in(people.head).get(reverse("home")).content.decode()
        assert 'Head</a>, <a class="govuk-link" href="/workspaces/">2 schools: change</a>' in home

    def test_names_it_for_the_programme_too(self, people, sign_in):
        assert "Liaison</a>, Wenlock Brook Primary School</span>" in html(
            sign_in, people.liaison, people.school
        )

    def test_costs_no_query(self, people, sign_in, django_assert_num_queries):
        client = sign_in(people.head)
        with django_assert_num_queries(4):  # session, person, memberships, names of the programme
            client.get(reverse("who_can_do_what"))


@pytest.mark.parametrize("rows", [1, 3])
def test_asks_the_same_however_many_rows_there_are(people, sign_in, django_assert_num_queries, rows):
    AuditFactory(school=people.school, version=small_framework(1))
    School.objects.filter(pk=people.school.pk).update(trust="Severn Oak")
    for number in range(rows):
        SchoolGroup.objects.create(name=f"G{number}", kind="cluster").schools.set(
            [people.school, people.other_school]
        )
        people.school.other_programmes.add(OtherProgramme.objects.create(name=f"P{number}"))
        SchoolContactFactory(school=people.school)
        MembershipFactory(school=people.school)
        SchoolFactory(name=f"T{number}", trust="Severn Oak")
        year = ProgrammeYearFactory(
            name=f"{number}", starts_on=date(2020 + number, 4, 1), ends_on=date(2021 + number, 3, 31)
        )
        ParticipationFactory(school=people.school, programme_year=year)
        history.record("x.y", "X.", by=people.admin, school=people.school)
    client = sign_in(people.head)
    with django_assert_num_queries(33):
        client.get(reverse("workspace", args=[people.school.pk]))


def test_its_years_are_a_file_too(people, sign_in):
    year = ProgrammeYearFactory(name="2020 to 2021", starts_on=date(2020, 4, 1), ends_on=date(2021, 3, 31))
    ParticipationFactory(school=people.school, programme_year=year, offer="embedding", support_hours=8)
    answer = sign_in(people.governor).get(reverse("workspace_years_csv", args=[people.school.pk]))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1] == ["2020 to 2021", "Active", "Embedding", "Year 1", "8"]
    assert rows[2][:2] == ["2026 to 2027", "Active"]


@pytest.mark.parametrize("pk", ["0", "999999", "99999999999999999999999"])
def test_a_number_that_no_school_has_is_not_found(people, sign_in, pk):
    assert sign_in(people.admin).get(f"/workspaces/{pk}/").status_code == 404


def test_a_membership_that_ended_opens_nothing(people, sign_in):
    Membership.objects.filter(user=people.head).update(ended_at=timezone.now())
    assert sign_in(people.head).get(reverse("workspace", args=[people.school.pk])).status_code == 404
