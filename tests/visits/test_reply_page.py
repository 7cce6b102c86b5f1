"""The page on which a school replies to the notes of a visit: what it says before, after and where it is too late."""

import pytest
from django.urls import reverse

from core.words import date_words
from tests.factories import VisitFactory, VisitSummaryFactory
from tests.matrix.sharing import a_link
from visits.enums import VisitStatus
from visits.models import Visit

pytestmark = pytest.mark.django_db
MINUTES = "Allow 5 minutes for reading and replying."
DATA = {"verdict": "accurate", "comment": "Thank you."}


@pytest.fixture
def visit(people) -> Visit:
    made = VisitFactory(school=people.school, status=VisitStatus.SHARED)
    VisitSummaryFactory(visit=made)
    return made


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("name", ["summary", "reply"])
def test_both_pages_say_how_long_it_takes_and_by_when(people, sign_in, visit, name):
    page = words(sign_in(people.head).get(reverse(f"visits:{name}", args=[visit.pk])))
    assert f"{MINUTES} The school can reply by {date_words(visit.summary.reply_by)}," in page


@pytest.mark.parametrize("name", ["summary_by_link", "reply_by_link"])
def test_so_do_those_behind_the_link(people, client, name):
    assert MINUTES in words(client.get(reverse(f"visits:{name}", kwargs=a_link(people, people.school))))


def test_after_sending_the_summary_thanks(people, sign_in, visit):
    answer = sign_in(people.head).post(reverse("visits:reply", args=[visit.pk]), DATA, follow=True)
    assert answer.redirect_chain == [(reverse("visits:summary", args=[visit.pk]), 302)]
    assert "Thank you. Your reply stands beside the notes." in words(answer)


class TestOnceItIsClosed:
    @pytest.fixture
    def address(self, visit) -> str:
        Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.CLOSED)
        return reverse("visits:reply", args=[visit.pk])

    def test_it_says_so_at_once_and_whom_to_ask(self, people, sign_in, address):
        page = words(sign_in(people.head).get(address))
        assert "This visit is closed" in page
        assert "to open it again." in page
        assert "<textarea" not in page

    def test_what_was_typed_before_stays(self, people, sign_in, address):
        page = words(sign_in(people.head).post(address, DATA))
        assert "This visit is closed" in page
        assert "Thank you.</textarea>" in page


def test_who_may_only_look_is_not_named_where_times_are_picked(people, sign_in, visit):
    page = words(sign_in(people.governor).get(reverse("visits:times", args=[visit.pk])))
    assert "This is for people with the role of administrator, liaison and school lead." in page


def test_who_may_look_is_named_where_there_is_only_to_look(people, sign_in, visit):
    page = words(sign_in(people.colleague).get(visit.get_absolute_url()))
    assert "This is for people with the role of administrator, liaison, school lead and governor." in page
