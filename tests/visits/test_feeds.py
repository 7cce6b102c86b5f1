"""Calendar feeds: who makes them, what is in them, and that one which is dead answers nothing."""

import re
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import time_machine
import vobject
from django.urls import reverse

from accounts.models import User
from accounts.permissions import Role
from core.models import HistoryEntry
from schools.models import Membership, Participation
from schools.models.invitations import digest_of
from tests.factories import UserFactory
from tests.factories.visits import AttendanceFactory, ThemeFactory, VisitFactory, VisitNotesFactory, at
from visits.enums import AFTER_IT, VisitStatus
from visits.models import CalendarFeed, SafeguardingAnswer, Visit
from visits.queries.feeds import may_have_feed
from visits.services.errors import NoFeed, TooManyFeeds
from visits.services.feeds import MOST_FEEDS, make_feed, revoke_feed
from visits.services.planning import cancel

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_september")]
S = VisitStatus
PAGE, OWN = reverse("visits:feeds"), reverse("visits:make_own_feed")


@pytest.fixture
def in_september():
    with time_machine.travel(datetime(2026, 9, 1, 12, tzinfo=UTC), tick=False) as clock:
        yield clock


def address(token: str) -> str:
    return reverse("visits:calendar_feed", args=[token])


def school_address(school) -> str:
    return reverse("visits:make_school_feed", args=[school.pk])


def confirmed(people, **fields) -> Visit:
    return VisitFactory(**{"school": people.school, "status": S.CONFIRMED, **fields})


def events(client, token: str) -> list[icalendar.Event]:
    """What a calendar program gets, once both libraries read as many events."""
    file = client.get(address(token)).content
    read = icalendar.Calendar.from_ical(file).walk("VEVENT")
    assert len(vobject.readOne(file.decode()).contents.get("vevent", [])) == len(read)
    return read


def uids(client, token: str) -> list[str]:
    return [str(event["UID"]) for event in events(client, token)]


class TestWhatIsInIt:
    def test_a_workers_has_their_own_visits_at_any_school_the_oldest_first(self, people, client):
        later = confirmed(people, workers=[people.liaison], starts_at=at(date(2026, 10, 7)))
        sooner = confirmed(people, school=people.other_school, workers=[people.liaison])
        confirmed(people, number=2, workers=[people.admin])
        token = make_feed(school=None, by=people.liaison)
        assert uids(client, token) == [str(sooner.calendar_uid), str(later.calendar_uid)]

    def test_a_schools_has_its_own_visits_whoever_comes(self, people, client):
        own = confirmed(people)
        confirmed(people, school=people.other_school)
        token = make_feed(school=people.school, by=people.head)
        assert uids(client, token) == [str(own.calendar_uid)]

    @pytest.mark.parametrize("status", VisitStatus)
    def test_what_has_a_date_is_in_it(self, people, client, status):
        visit = VisitFactory(school=people.school, status=status)
        token = make_feed(school=people.school, by=people.head)
        shown = [str(visit.calendar_uid)] if status in (S.CONFIRMED, *AFTER_IT) else []
        assert uids(client, token) == shown

    def test_one_called_off_is_in_it_as_such_for_two_months(self, people, client, in_september):
        confirmed(people, status=S.CANCELLED, starts_at=at(date(2026, 10, 5)))
        token = make_feed(school=people.school, by=people.head)
        (event,) = events(client, token)
        assert (event["STATUS"], event["SUMMARY"].partition(":")[0]) == ("CANCELLED", "Cancelled")
        in_september.shift(timedelta(days=61))
        assert events(client, token) == []

    def test_last_years_are_there_and_older_ones_are_not(self, people, client):
        confirmed(people, number=2, starts_at=at(date(2024, 10, 5)))
        last = confirmed(people, starts_at=at(date(2025, 10, 6)))
        token = make_feed(school=people.school, by=people.head)
        assert uids(client, token) == [str(last.calendar_uid)]

    def test_one_still_to_come_at_a_school_that_withdrew_says_that_it_is_to_be_cancelled(
        self, people, client
    ):
        part = Participation.objects.get(school=people.school)
        visit = confirmed(people, programme_year=part.programme_year, workers=[people.liaison])
        tokens = [make_feed(school=None, by=people.liaison), make_feed(school=people.school, by=people.head)]
        Participation.objects.filter(pk=part.pk).update(
            status="withdrawn", withdrawn_on=date(2026, 8, 1), withdrawal_reason="Staff"
        )
        own, school = (str(events(client, token)[0]["SUMMARY"]) for token in tokens)
        assert own == f"{school} (the school withdrew: cancel this visit)"
        cancel(visit=visit, reason="The school withdrew.", by=people.liaison)
        assert [str(events(client, token)[0]["STATUS"]) for token in tokens] == ["CANCELLED"] * 2

    def test_nothing_of_what_was_written_down_changes_a_byte(self, people, client):
        visit = VisitFactory(school=people.school, status=S.SHARED, workers=[people.liaison])
        tokens = [make_feed(school=people.school, by=people.head), make_feed(school=None, by=people.liaison)]
        before = [client.get(address(token)).content for token in tokens]
        AttendanceFactory(visit=visit, parent_carers=37)
        VisitNotesFactory(visit=visit, told_leaders="The gate was praised.")
        ThemeFactory(visit=visit, text="The dining hall is loud.", raised_by=12)
        SafeguardingAnswer.objects.create(
            visit=visit, was_passed_on=True, passed_on_at=visit.ends_at, saved_by=people.liaison
        )
        assert [client.get(address(token)).content for token in tokens] == before

    def test_nobody_is_named_in_it_but_the_worker_whose_it_is(self, people, client):
        confirmed(people, workers=[people.liaison, UserFactory(name="Somebody Else")])
        file = client.get(address(make_feed(school=None, by=people.liaison))).content.decode()
        assert "X-WR-CALNAME:PINS visits of Liaison" in file
        assert "Somebody" not in file
        assert "ATTENDEE" not in file

    @pytest.mark.parametrize("rows", [1, 3])
    def test_it_takes_four_queries(self, people, client, django_assert_num_queries, rows):
        for number in range(1, rows + 1):
            confirmed(people, number=number)
        token = make_feed(school=people.school, by=people.head)
        client.get(address(token))
        with django_assert_num_queries(4):  # feed, roles, programme, visits
            client.get(address(token))


class TestAsking:
    @pytest.fixture
    def token(self, people) -> str:
        confirmed(people)
        return make_feed(school=people.school, by=people.head)

    def test_it_is_a_calendar_that_nobody_but_the_one_who_asked_keeps(self, client, token):
        answer = client.get(address(token))
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer["Cache-Control"] == "private, no-cache"
        assert answer["X-Robots-Tag"] == "noindex"

    def test_who_has_it_already_gets_304_until_something_changes(self, client, token):
        first = client.get(address(token))
        assert client.get(address(token))["ETag"] == first["ETag"]
        again = client.get(address(token), headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        assert again["Cache-Control"] == "private, no-cache"
        Visit.objects.update(place="The library")
        changed = client.get(address(token), headers={"If-None-Match": first["ETag"]})
        assert (changed.status_code, b"The library" in changed.content) == (200, True)

    def test_head_does(self, client, token):
        answer = client.head(address(token))
        assert (answer.status_code, answer.content) == (200, b"")

    def test_what_is_asked_writes_nothing(self, client, token, django_assert_num_queries):
        with django_assert_num_queries(4) as asked:
            client.get(address(token))
        assert not [q for q in asked.captured_queries if not q["sql"].startswith("SELECT")]


def is_dead(client, token: str) -> bool:
    """Whether it gets the very page that an address gets which never was."""
    answer, unknown = client.get(address(token)), client.get(address("x" * len(token)))
    hide = re.compile(rb"nonce=\S+")
    assert answer.status_code in (200, 404)
    if answer.status_code == 200:
        return False
    same = hide.sub(b"", answer.content).replace(token.encode(), b"") == hide.sub(
        b"", unknown.content
    ).replace(b"x" * len(token), b"")
    assert same
    return True


class TestDead:
    def test_one_taken_back(self, people, client):
        token = make_feed(school=None, by=people.liaison)
        assert not is_dead(client, token)
        revoke_feed(feed=CalendarFeed.objects.get(), by=people.liaison)
        assert is_dead(client, token)

    @pytest.mark.parametrize("token", ["unknown", "é", "x" * 3000, "%00"])
    def test_one_that_never_was(self, client, token):
        assert client.get(address(token)).status_code == 404

    def test_a_workers_who_is_none_any_more(self, people, client):
        token = make_feed(school=None, by=people.liaison)
        User.objects.filter(pk=people.liaison.pk).update(is_liaison=False)
        assert is_dead(client, token)

    def test_a_leads_whose_role_ended_or_changed(self, people, client):
        token = make_feed(school=people.school, by=people.head)
        member = Membership.objects.filter(user=people.head)
        member.update(role=Role.GOVERNOR)
        assert is_dead(client, token)
        member.update(role=Role.SCHOOL_LEAD)
        assert not is_dead(client, token)
        member.update(ended_at=datetime(2026, 9, 1, tzinfo=UTC))
        assert is_dead(client, token)

    @pytest.mark.parametrize("who", ["liaison", "head"])
    def test_of_somebody_switched_off(self, people, client, who):
        owner = getattr(people, who)
        token = make_feed(school=people.school if who == "head" else None, by=owner)
        User.objects.filter(pk=owner.pk).update(is_active=False)
        assert is_dead(client, token)

    def test_of_the_demonstration_left_over_where_it_is_off(self, people, client, settings):
        settings.DEMO = True
        made_up = UserFactory(email="worker@pins.example", is_liaison=True)
        token = make_feed(school=None, by=made_up)
        settings.DEMO = False
        assert is_dead(client, token)

    def test_a_worker_who_comes_to_lead_a_school_does_not_read_it_by_their_old_address(self, people, client):
        """And a lead of two schools reads one by each address."""
        token = make_feed(school=people.school, by=people.head)
        confirmed(people, school=people.other_school)
        Membership.objects.create(user=people.head, school=people.other_school, role=Role.SCHOOL_LEAD)
        assert events(client, token) == []


class TestMaking:
    @pytest.mark.parametrize(
        ("who", "own", "school", "other"),
        [
            ("admin", True, False, False),
            ("liaison", True, False, False),
            ("programme", False, False, False),
            ("trainer", False, False, False),
            ("head", False, True, False),
            ("colleague", False, False, False),
            ("governor", False, False, False),
            ("other_head", False, False, True),
        ],
    )
    def test_who_may(self, people, who, own, school, other):
        person = getattr(people, who)
        asked = (None, people.school, people.other_school)
        assert [may_have_feed(person, one) for one in asked] == [own, school, other]
        for one, may in zip(asked, (own, school, other), strict=True):
            if not may:
                with pytest.raises(NoFeed):
                    make_feed(school=one, by=person)

    def test_only_a_digest_is_stored_and_the_secret_is_long(self, people):
        token = make_feed(school=None, by=people.liaison)
        feed = CalendarFeed.objects.get()
        assert (feed.token_digest, len(token)) == (digest_of(token), 43)

    def test_it_leaves_a_line_with_the_school_and_without_the_secret(self, people):
        token = make_feed(school=people.school, by=people.head)
        line = HistoryEntry.objects.get()
        assert (line.kind, line.school_id) == ("feed.made", str(people.school.pk))
        assert line.summary == "Head made an address for the calendar of Wenlock Brook Primary School."
        assert token not in str(vars(line))

    def test_ten_are_enough(self, people):
        for _ in range(MOST_FEEDS):
            make_feed(school=None, by=people.liaison)
        with pytest.raises(TooManyFeeds):
            make_feed(school=None, by=people.liaison)
        revoke_feed(feed=CalendarFeed.objects.first(), by=people.liaison)
        make_feed(school=None, by=people.liaison)

    def test_taking_back_twice_is_once(self, people):
        make_feed(school=None, by=people.liaison)
        for _ in range(2):
            revoke_feed(feed=CalendarFeed.objects.get(), by=people.liaison)
        assert [line.kind for line in HistoryEntry.objects.order_by("pk")] == ["feed.made", "feed.revoked"]


class TestThePage:
    @pytest.mark.parametrize(
        ("who", "start", "leads_there"),
        [
            ("liaison", "planner", True),
            ("head", "workspace", True),
            ("governor", "workspace", False),
            ("liaison", "workspace", False),
        ],
    )
    def test_the_way_to_it(self, people, sign_in, who, start, leads_there):
        """A worker's from the planner, a lead's from the workspace of the school."""
        path = (
            reverse("visits:planner") if start == "planner" else reverse("workspace", args=[people.school.pk])
        )
        page = sign_in(getattr(people, who)).get(path).content.decode()
        assert (f'href="{PAGE}"' in page) is leads_there

    def test_the_address_is_shown_once_and_works(self, people, sign_in, client, settings):
        confirmed(people, workers=[people.liaison])
        browser = sign_in(people.liaison)
        page = browser.post(OWN).content.decode()
        (token,) = re.findall(rf'value="{settings.SITE_URL}/calendars/([\w-]+)\.ics"', page)
        assert len(events(client, token)) == 1
        assert token not in browser.get(PAGE).content.decode()

    def test_no_link_sends_the_secret_over_a_line_that_is_open(self, people, sign_in):
        assert "webcal:" not in sign_in(people.liaison).post(OWN).content.decode()

    def test_it_lists_ones_own_addresses_that_work(self, people, sign_in):
        make_feed(school=None, by=people.admin)
        make_feed(school=None, by=people.liaison)
        feed = CalendarFeed.objects.get(owner=people.liaison)
        browser = sign_in(people.liaison)
        page = browser.get(PAGE).content.decode()
        assert page.count("An address made at 1pm on 1\xa0September\xa02026 works") == 1
        browser.post(reverse("visits:revoke_feed", args=[feed.pk]))
        assert "There is no address yet." in browser.get(PAGE).content.decode()

    def test_a_lead_of_two_schools_has_a_calendar_of_each(self, people, sign_in):
        Membership.objects.create(user=people.head, school=people.other_school, role=Role.SCHOOL_LEAD)
        page = sign_in(people.head).get(PAGE).content.decode()
        assert re.findall(r'<h2 class="govuk-heading-m">(Visits to [^<]+)</h2>', page) == [
            "Visits to Clun Hill Primary School",
            "Visits to Wenlock Brook Primary School",
        ]
        assert school_address(people.school) in page
        assert "Your own visits" not in page

    def test_the_eleventh_is_refused_in_words(self, people, sign_in):
        for _ in range(MOST_FEEDS):
            make_feed(school=people.school, by=people.head)
        page = sign_in(people.head).post(school_address(people.school), follow=True).content.decode()
        assert "You have 10 addresses of this calendar." in page
        assert CalendarFeed.objects.count() == MOST_FEEDS

    def test_somebody_elses_address_is_not_there_to_take_back(self, people, sign_in):
        make_feed(school=None, by=people.liaison)
        path = reverse("visits:revoke_feed", args=[CalendarFeed.objects.get().pk])
        assert sign_in(people.admin).post(path).status_code == 404
        assert CalendarFeed.objects.working().count() == 1

    @pytest.mark.parametrize("rows", [1, 3])
    def test_it_takes_six_queries(self, people, sign_in, django_assert_num_queries, rows):
        for _ in range(rows):
            make_feed(school=people.school, by=people.head)
        browser = sign_in(people.head)
        with django_assert_num_queries(6):
            browser.get(PAGE)
