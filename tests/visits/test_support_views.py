"""The list of local support: kept by the forum, shown to families."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import HistoryEntry
from tests.audits.pages import said_on
from tests.factories import LocalSupportFactory
from visits.models import LocalSupport

pytestmark = pytest.mark.django_db
DATA = {
    "name": "Larkhill Line",
    "what_for": "Somebody to talk to.",
    "how_to_reach": "Ring 01632 960101.",
    "website": "",
    "checked_on-day": "1",
    "checked_on-month": "9",
    "checked_on-year": "2026",
    "is_shown": "on",
}


@pytest.fixture
def liaison(people, sign_in):
    return sign_in(people.liaison)


def test_an_entry_is_added_with_its_line_in_the_history(liaison):
    assert liaison.post(reverse("visits:add_support"), DATA).status_code == 302
    assert LocalSupport.objects.get().checked_on == date(2026, 9, 1)
    assert HistoryEntry.objects.get().summary == "Liaison added the local support Larkhill Line."


def test_nobody_has_checked_on_a_day_to_come(liaison):
    year = str(timezone.localdate().year + 1)
    page = liaison.post(reverse("visits:add_support"), DATA | {"checked_on-year": year})
    assert page.status_code == 422
    assert "That day has not come yet" in said_on(page)


def test_of_two_who_change_one_the_second_sees_both(liaison, people, sign_in):
    row = LocalSupportFactory()
    address = reverse("visits:change_support", args=[row.pk])
    seen = liaison.get(address).context["form"].initial["seen"]
    LocalSupport.objects.update(how_to_reach="Ring another number.")
    page = liaison.post(address, DATA | {"seen": seen})
    assert page.status_code == 409
    assert "Ring another number." in said_on(page)


@pytest.mark.parametrize(("days", "is_stale"), [(183, False), (184, True)])
def test_what_was_checked_over_six_months_ago_is_marked(liaison, days, is_stale):
    LocalSupportFactory(checked_on=timezone.localdate() - timedelta(days=days))
    assert ("To check" in said_on(liaison.get(reverse("visits:support")))) is is_stale


def test_families_see_what_is_shown_and_nothing_else():
    LocalSupportFactory(name="Larkhill Line", how_to_reach="Ring 01632 960101.")
    LocalSupportFactory(name="Closed Club", is_shown=False)
    said = said_on(Client().get(reverse("visits:public_support")))
    assert "Larkhill Line" in said
    assert "Ring 01632 960101." in said
    assert "Closed Club" not in said


def test_a_telephone_number_of_the_list_is_a_link():
    LocalSupportFactory(how_to_reach="Ring 01632 960101.")
    page = Client().get(reverse("visits:public_support")).content.decode()
    assert '<a class="govuk-link" href="tel:01632960101">01632 960101</a>' in page


def test_what_is_taken_off_the_list_is_off_the_page_at_once():
    row = LocalSupportFactory(name="Larkhill Line")
    address = reverse("visits:public_support")
    assert "Larkhill Line" in said_on(Client().get(address))
    LocalSupport.objects.filter(pk=row.pk).update(is_shown=False)
    assert "Larkhill Line" not in said_on(Client().get(address))


def test_the_file_holds_what_the_page_holds(liaison):
    LocalSupportFactory(name="=Larkhill", checked_on=date(2026, 9, 1))
    text = liaison.get(reverse("visits:support_csv")).content.decode("utf-8-sig")
    assert '"\'=Larkhill"' in text
    assert text.count("\r\n") == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_however_long_it_is(liaison, rows, django_assert_num_queries):
    for _ in range(rows):
        LocalSupportFactory()
    liaison.get(reverse("visits:support"))
    with django_assert_num_queries(4):
        liaison.get(reverse("visits:support"))


def test_the_public_page_takes_two_queries(django_assert_num_queries):
    LocalSupportFactory()
    client = Client()
    client.get(reverse("visits:public_support"))
    with django_assert_num_queries(2):
        client.get(reverse("visits:public_support"))
