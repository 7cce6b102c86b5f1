"""The words of the header for each person."""

import pytest
from django.urls import reverse

from audits.models import Report
from pins.navigation import links_for
from tests.factories import MembershipFactory, ReportFactory

pytestmark = pytest.mark.django_db
FOR_SCHOOLS = ["Home", "Self-audits", "Your school"]
FOR_PROGRAMME = ["Home", "Self-audits", "Schools"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("admin", [*FOR_PROGRAMME, "Programme", "Mail"]),
        ("liaison", FOR_PROGRAMME),
        ("programme", FOR_PROGRAMME),
        ("trainer", ["Home", "Schools"]),
        ("head", FOR_SCHOOLS),
        ("colleague", FOR_SCHOOLS),
        ("governor", FOR_SCHOOLS),
    ],
)
def test_holds_what_the_person_has_business_with(people, name, words):
    assert [link.label for link in links_for(getattr(people, name), "/")] == words


@pytest.mark.parametrize("name", ["home", "audits:list", "workspaces"])
def test_marks_where_one_is(people, name):
    address = reverse(name)
    assert [link.url for link in links_for(people.liaison, address) if link.current] == [address]


def test_leads_somebody_of_one_school_straight_to_it(people):
    address = reverse("workspace", args=[people.school.pk])
    links = [link for link in links_for(people.head, address) if link.current]
    assert [(link.label, link.url) for link in links] == [("Your school", address)]


def test_leads_somebody_of_two_schools_to_their_list(people):
    MembershipFactory(user=people.head, school=people.other_school)
    labels = {link.label: link.url for link in links_for(people.head, "/")}
    assert labels["Schools"] == reverse("workspaces")


def test_a_report_belongs_to_the_self_audits(people):
    report: Report = ReportFactory()
    links = links_for(people.head, report.get_absolute_url())
    assert [link.label for link in links if link.current] == ["Self-audits"]


@pytest.mark.parametrize(
    ("name", "said"),
    [("head", "Head</a>, Wenlock Brook Primary School</span>"), ("liaison", "Liaison</a></span>")],
)
def test_the_bar_says_for_which_school_i_am_here(people, sign_in, name, said):
    assert said in sign_in(getattr(people, name)).get(reverse("home")).content.decode()
