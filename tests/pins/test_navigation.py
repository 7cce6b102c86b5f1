"""The words of the header for each person."""

import pytest
from django.urls import reverse

from audits.models import Report
from pins.navigation import links_for
from tests.factories import MembershipFactory, ReportFactory

pytestmark = pytest.mark.django_db
FOR_SCHOOLS = ["Home", "Self-audits", "Your school"]
FOR_THE_FORUM = ["Home", "Dashboard", "Visits", "Schools"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("admin", [*FOR_THE_FORUM, "Programme"]),
        ("liaison", FOR_THE_FORUM),
        ("programme", ["Home", "Dashboard", "Themes", "Schools"]),
        ("trainer", ["Home", "Schools"]),
        ("head", FOR_SCHOOLS),
        ("colleague", FOR_SCHOOLS),
        ("governor", FOR_SCHOOLS),
    ],
)
def test_holds_what_the_person_has_business_with(people, name, words):
    assert [link.label for link in links_for(getattr(people, name), "/")] == words


@pytest.mark.parametrize("name", ["home", "dashboard", "workspaces"])
def test_marks_where_one_is(people, name):
    address = reverse(name)
    assert [link.url for link in links_for(people.liaison, address) if link.current] == [address]


@pytest.mark.parametrize(
    ("who", "name", "word"),
    [
        ("liaison", "audits:list", "Dashboard"),
        ("programme", "dashboard_board", "Dashboard"),
        ("head", "audits:list", "Self-audits"),
        ("admin", "mail", "Programme"),
        ("admin", "people", "Programme"),
        ("liaison", "visits:themes", "Visits"),
        ("programme", "visits:theme_groups", "Themes"),
    ],
)
def test_a_page_without_a_word_of_its_own_belongs_to_the_one_that_led_there(people, who, name, word):
    links = links_for(getattr(people, who), reverse(name))
    assert [link.label for link in links if link.current] == [word]


@pytest.mark.parametrize(
    ("who", "page", "leads_to"),
    [
        ("liaison", "home", ("audits:list", "dashboard")),
        ("programme", "home", ("audits:list", "dashboard")),
        ("liaison", "dashboard", ("audits:list", "visits:themes")),
        ("programme", "dashboard", ("visits:themes",)),
        ("liaison", "visits:planner", ("visits:themes", "visits:support", "visits:blank_record")),
        ("liaison", "workspaces", ("audits:list", "dashboard_board")),
        ("admin", "schools:programme", ("mail",)),
    ],
)
def test_what_has_no_word_is_linked_where_one_looks_for_it(people, sign_in, who, page, leads_to):
    html = sign_in(getattr(people, who)).get(reverse(page)).content.decode()
    html = html.partition("<main")[2]
    assert [name for name in leads_to if f'href="{reverse(name)}"' not in html] == []


def test_home_of_a_school_does_not_speak_of_the_dashboard(people, sign_in):
    assert reverse("dashboard") not in sign_in(people.head).get(reverse("home")).content.decode()


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
