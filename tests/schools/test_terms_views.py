"""School terms and days off as an administrator keeps them."""

from datetime import date

import pytest
from django.urls import reverse

from core.models import HistoryEntry
from schools.models import DayOff, Term

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(people, sign_in):
    return sign_in(people.admin)


@pytest.fixture
def term():
    return Term.objects.create(name="Autumn 1", starts_on=date(2026, 9, 2), ends_on=date(2026, 10, 23))


def boxes(**days: str) -> dict[str, str]:
    """Three boxes for each date, which is written "1 4 2027"."""
    parts = ("day", "month", "year")
    return {
        f"{name}-{part}": typed
        for name, text in days.items()
        for part, typed in zip(parts, text.split(), strict=True)
    }


def lines(kind: str) -> list[str]:
    return list(HistoryEntry.objects.filter(kind=kind).values_list("summary", flat=True))


class TestTerms:
    def test_one_is_added_with_one_line(self, admin, people):
        data = {"name": "Autumn 1", **boxes(starts_on="2 9 2026", ends_on="23 October 2026")}
        assert admin.post(reverse("schools:add_term"), data).url == reverse("schools:terms")
        assert Term.objects.values_list("starts_on", "ends_on").get() == (
            date(2026, 9, 2),
            date(2026, 10, 23),
        )
        assert lines("term.added") == [f"{people.admin} added the term Autumn 1."]

    @pytest.mark.parametrize(
        ("days", "told"),
        [
            (("2 11 2026", "1 11 2026"), "The last day must come after 2 November 2026."),
            (("23 10 2026", "18 12 2026"), "Autumn 1 is from 2 September 2026 to 23 October 2026."),
            (("1 8 2026", "2 9 2026"), "Choose days outside it."),
            (("1 9 2026", "1 12 2026"), "Choose days outside it."),
        ],
        ids=["turned round", "begins inside", "ends inside", "around"],
    )
    def test_days_that_another_has_are_refused(self, admin, term, days, told):
        data = {"name": "Another", **boxes(starts_on=days[0], ends_on=days[1])}
        answer = admin.post(reverse("schools:add_term"), data)
        assert answer.status_code == 422
        assert told in answer.content.decode()

    def test_one_may_keep_its_own_days(self, admin, term):
        data = {"name": "Autumn, first half", **boxes(starts_on="2 9 2026", ends_on="23 10 2026")}
        page = admin.get(reverse("schools:change_term", args=[term.pk]))
        data["seen"] = page.context["form"].initial["seen"]
        assert admin.post(reverse("schools:change_term", args=[term.pk]), data).status_code == 302
        assert Term.objects.get().name == "Autumn, first half"

    def test_of_two_who_change_it_the_second_sees_both(self, admin, term):
        data = {"name": "Mine", "seen": "0" * 16, **boxes(starts_on="2 9 2026", ends_on="22 10 2026")}
        answer = admin.post(reverse("schools:change_term", args=[term.pk]), data)
        assert answer.status_code == 409
        assert Term.objects.get().name == "Autumn 1"

    def test_one_is_removed_once(self, admin, term, people):
        path = reverse("schools:remove_term", args=[term.pk])
        assert "Remove Autumn 1?" in admin.get(path).content.decode()
        admin.post(path)
        assert admin.post(path).status_code == 404
        assert lines("term.removed") == [f"{people.admin} removed the term Autumn 1."]


class TestDaysOff:
    def test_one_is_added_and_removed(self, admin):
        data = {"name": "the May bank holiday", **boxes(day="3 5 2027")}
        admin.post(reverse("schools:add_day_off"), data)
        day = DayOff.objects.get()
        assert (day.day, day.name) == (date(2027, 5, 3), "the May bank holiday")
        admin.post(reverse("schools:remove_day_off", args=[day.pk]))
        assert not DayOff.objects.exists()

    @pytest.mark.parametrize(
        ("day", "told"),
        [("3 5 2027", "This day is on the list already."), ("8 5 2027", "This day is at a weekend")],
    )
    def test_a_day_that_is_there_or_at_a_weekend_is_refused(self, admin, day, told):
        DayOff.objects.create(day=date(2027, 5, 3), name="the May bank holiday")
        answer = admin.post(reverse("schools:add_day_off"), {"name": "x", **boxes(day=day)})
        assert answer.status_code == 422
        assert told in answer.content.decode()


def test_the_list_and_its_file_hold_both(admin, term):
    DayOff.objects.create(day=date(2026, 10, 5), name="a training day")
    html = admin.get(reverse("schools:terms")).content.decode()
    assert "Autumn 1" in html
    assert "a training day" in html
    rows = admin.get(reverse("schools:terms_csv")).content.decode("utf-8-sig").splitlines()
    assert rows[1:] == [
        '"Term","Autumn 1","2026-09-02","2026-10-23"',
        '"Day off","a training day","2026-10-05","2026-10-05"',
    ]


def test_says_what_no_terms_mean(admin):
    assert "every weekday counts as a school day" in admin.get(reverse("schools:terms")).content.decode()
