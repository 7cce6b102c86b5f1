"""The pages of a visit's moves, and the page of the visit itself."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from core.models import OutgoingEmail
from schools.models import DayOff, Participation
from tests.factories import UserFactory
from tests.visits.planning import A_TUESDAY, A_WEDNESDAY, LAST_WEEK, TODAY, a_visit, on
from visits.enums import MOVES, VisitStatus
from visits.models import ProposedTime, Visit
from visits.services import planning
from visits.views.planning import NO_OTHER
from visits.visit_page import ADDRESSES

S = VisitStatus
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


def of(people, status=S.TO_SCHEDULE, at=None, **more) -> Visit:
    return a_visit(status, at, school=people.school, **more)


def typed(time, ending="", **more):
    day = {f"day{ending}-{name}": str(getattr(time.day, name)) for name in ("day", "month", "year")}
    return {**day, f"slot{ending}": time.slot, "minutes": str(time.minutes), **more}


def seen(visit) -> str:
    return visit.changed_at.isoformat()


def page(client, name, visit, data=None):
    path = reverse(f"visits:{name}", args=[visit.pk])
    return client.get(path) if data is None else client.post(path, data)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def withdraw(school) -> None:
    parts = Participation.objects.filter(school=school)
    parts.update(status="withdrawn", withdrawn_on=TODAY.date(), withdrawal_reason="The head left.")


PLANNED = [move for move in MOVES if (move.before, move.after) in ADDRESSES]
ROLES = {
    "admin": 200,
    "liaison": 200,
    "programme": 403,
    "trainer": 404,
    "head": 403,
    "governor": 403,
    "other_head": 404,
}


@pytest.mark.parametrize("move", PLANNED, ids=lambda move: f"{move.before}-{move.after}")
def test_each_move_of_the_table_is_its_planners_alone(people, sign_in, move):
    visit = of(people, move.before)
    name = ADDRESSES[move.before, move.after].removeprefix("visits:")
    got = {who: page(sign_in(getattr(people, who)), name, visit).status_code for who in ROLES}
    assert got == ROLES


@pytest.mark.parametrize("status", S)
def test_the_page_offers_the_moves_of_the_table_to_whoever_plans(people, sign_in, status):
    shown = text(sign_in(people.liaison).get(of(people, status).get_absolute_url()))
    labels = {move.label for move in PLANNED}
    offered = {label for label in labels if f">{label}</a>" in shown}
    assert offered == {move.label for move in PLANNED if move.before == status}


@pytest.mark.parametrize("who", ["head", "governor"])
def test_and_to_nobody_else(people, sign_in, who):
    shown = text(sign_in(getattr(people, who)).get(of(people, S.CONFIRMED).get_absolute_url()))
    assert not [move.label for move in PLANNED if f">{move.label}</a>" in shown]


class TestTheVisit:
    def test_says_when_where_and_who(self, people, sign_in):
        visit = of(people, S.CONFIRMED, on(), place="the library", workers=[people.liaison])
        shown = text(sign_in(people.governor).get(visit.get_absolute_url()))
        assert "9am to 10am on Tuesday 6 October 2026 (after drop-off)" in shown
        assert f"the library, {people.school}" in shown
        assert "Liaison" in shown

    def test_its_history_is_the_planners_alone(self, people, sign_in):
        visit = of(people, S.CONFIRMED, on())
        planning.move_visit(visit=visit, time=on(A_WEDNESDAY), reason="The hall floods.", by=people.admin)
        shown = {
            who: text(sign_in(getattr(people, who)).get(visit.get_absolute_url()))
            for who in ("liaison", "head")
        }
        assert ("The hall floods." in shown["liaison"], "The hall floods." in shown["head"]) == (True, False)

    @pytest.mark.parametrize(("who", "offered"), [("head", True), ("governor", False), ("liaison", False)])
    def test_who_answers_for_the_school_is_led_to_its_times(self, people, sign_in, who, offered):
        shown = text(sign_in(getattr(people, who)).get(of(people, S.PROPOSED).get_absolute_url()))
        assert ("Pick a time or suggest another" in shown) is offered

    def test_little_time_between_schools_is_shown_to_whoever_plans(self, people, sign_in):
        visit = of(people, S.CONFIRMED, on(), workers=[people.liaison])
        a_visit(S.CONFIRMED, on(hour=10, minute=15), workers=[people.liaison])
        shown = {
            who: text(sign_in(getattr(people, who)).get(visit.get_absolute_url()))
            for who in ("liaison", "head")
        }
        words = "Liaison has 15 minutes before"
        assert (words in shown["liaison"], words in shown["head"]) == (True, False)

    def test_notes_that_are_being_written_are_the_forums_affair(self, people, sign_in):
        visit = of(people, S.NOTES_WRITTEN)
        assert "Notes written" not in text(sign_in(people.head).get(visit.get_absolute_url()))
        assert "Notes written" in text(sign_in(people.liaison).get(visit.get_absolute_url()))

    @pytest.mark.parametrize(("who", "stands"), [("head", "held"), ("liaison", "notes written")])
    def test_also_beside_a_cancelled_one_in_whose_place_it_stands(self, people, sign_in, who, stands):
        visit, instead = of(people, S.CANCELLED), of(people, S.NOTES_WRITTEN)
        shown = text(sign_in(getattr(people, who)).get(visit.get_absolute_url()))
        assert f'{instead.get_absolute_url()}">visit 1</a>, {stands}.' in shown

    def test_says_that_it_is_overdue_to_whoever_plans(self, people, sign_in):
        visit = of(people, S.CONFIRMED, on(LAST_WEEK))
        assert "Overdue" in text(sign_in(people.liaison).get(visit.get_absolute_url()))
        assert "Overdue" not in text(sign_in(people.head).get(visit.get_absolute_url()))

    @pytest.mark.parametrize("others", [1, 3])
    def test_takes_as_many_queries_however_much_there_is(
        self, people, sign_in, others, django_assert_num_queries
    ):
        visit = of(people, S.CONFIRMED, on(), workers=[people.liaison])
        for number in range(others):
            a_visit(S.CONFIRMED, on(hour=10 + number, minute=15, minutes=30), workers=[people.liaison])
            planning.set_workers(visit=visit, workers=[people.liaison, UserFactory()], by=people.admin)
        client = sign_in(people.liaison)
        client.get(visit.get_absolute_url())
        with django_assert_num_queries(16):
            client.get(visit.get_absolute_url())


def test_confirming_says_what_the_school_was_offered(people, sign_in):
    visit = of(people, S.PROPOSED)
    page = text(sign_in(people.liaison).get(reverse("visits:confirm", args=[visit.pk])))
    assert "The school was offered: 9am to 10am on Tuesday 6 October 2026; 9am to 10am on Wednesday" in page


class TestProposing:
    def test_three_times_go_to_the_school(self, people, sign_in):
        visit = of(people)
        data = {
            **typed(on(), "_1"),
            **typed(on(A_WEDNESDAY), "_2"),
            "clock_2": "2.15",
            "workers": [people.liaison.pk],
        }
        response = page(sign_in(people.liaison), "propose", visit, data)
        assert (response.status_code, response.url) == (302, visit.get_absolute_url())
        starts = [one.starts_at for one in visit.proposed_times.all()]
        assert starts == [on().starts_at, on(A_WEDNESDAY, 14, 15).starts_at]
        assert OutgoingEmail.objects.get().to == people.head.email

    @pytest.mark.parametrize(
        ("theirs", "words"),
        [(True, "The times were e-mailed to Head."), (False, "nobody could be written to")],
    )
    def test_and_it_is_said_to_whom(self, people, sign_in, theirs, words):
        visit = of(people) if theirs else a_visit()
        client = sign_in(people.liaison)
        page(client, "propose", visit, typed(on(), "_1", workers=[people.liaison.pk]))
        assert words in text(client.get(visit.get_absolute_url()))

    def test_the_page_says_who_is_written_to(self, people, sign_in):
        assert "A link to pick a time goes to Head." in text(
            page(sign_in(people.liaison), "propose", of(people))
        )

    def test_and_when_there_is_nobody(self, people, sign_in):
        shown = text(page(sign_in(people.liaison), "propose", a_visit()))
        assert "nobody is written to" in shown

    def test_what_was_typed_comes_back(self, people, sign_in):
        data = {
            **typed(on(), "_1"),
            "day_2-day": "31",
            "day_2-month": "2",
            "day_2-year": "2027",
            "place": "the <hall>",
        }
        response = page(sign_in(people.liaison), "propose", of(people), data)
        assert response.status_code == 422
        shown = text(response)
        assert "There is no such day in that month" in shown
        assert 'value="31"' in shown
        assert "the &lt;hall&gt;" in shown

    def test_a_start_without_its_day_is_a_slip(self, people, sign_in):
        response = page(sign_in(people.liaison), "propose", of(people), {**typed(on(), "_1"), "clock_3": "9"})
        assert "Time 3: Enter the day of this time." in text(response)


class TestWarnings:
    @pytest.mark.parametrize("name", ["confirm", "move"])
    def test_a_closed_day_asks_for_a_tick_and_goes_on_with_it(self, people, sign_in, name):
        DayOff.objects.create(day=A_TUESDAY, name="an inset day")
        visit = of(people, *((S.TO_SCHEDULE,) if name == "confirm" else (S.CONFIRMED, on(A_WEDNESDAY))))
        client, data = sign_in(people.liaison), typed(on(), reason="The hall floods.", seen=seen(visit))
        asked = page(client, name, visit, data)
        assert asked.status_code == 422
        assert "On 6 October 2026 schools are closed: it is an inset day." in text(asked)
        assert 'name="is_meant"' in text(asked)
        assert page(client, name, visit, {**data, "is_meant": "on"}).status_code == 302
        visit.refresh_from_db()
        assert visit.starts_at == on().starts_at

    def test_nobody_is_asked_for_it_on_a_school_day(self, people, sign_in):
        assert 'name="is_meant"' not in text(page(sign_in(people.liaison), "confirm", of(people)))

    def test_little_time_between_two_schools_is_said_before_anybody_is_told(self, people, sign_in):
        a_visit(S.CONFIRMED, on(hour=10, minute=15), workers=[people.liaison])
        visit, data = of(people), typed(on(), workers=[people.liaison.pk])
        response = page(sign_in(people.liaison), "confirm", visit, data)
        assert response.status_code == 422
        assert "Liaison has 15 minutes before" in text(response)
        assert not OutgoingEmail.objects.exists()
        assert page(sign_in(people.liaison), "confirm", visit, {**data, "is_meant": "on"}).status_code == 302

    @pytest.mark.parametrize(
        ("time", "words"),
        [(on(LAST_WEEK), "is past"), (on(A_TUESDAY.replace(year=2027)), "is outside the programme year")],
    )
    def test_a_time_that_cannot_be_is_said_beside_its_day(self, people, sign_in, time, words):
        response = page(sign_in(people.liaison), "confirm", of(people), typed(time))
        assert (response.status_code, words in text(response)) == (422, True)
        assert 'href="#id_day-day"' in text(response)

    def test_a_clash_names_the_other_visit(self, people, sign_in):
        other = a_visit(S.CONFIRMED, on(), workers=[people.liaison])
        data = typed(on(), workers=[people.liaison.pk])
        response = page(sign_in(people.liaison), "confirm", of(people), data)
        assert response.status_code == 422
        assert f"Liaison cannot be there then: {other} is at 9am to 10am on 6 October 2026." in text(response)


class TestOnePress:
    def fields_of(self, shown: str, number: int) -> dict[str, str]:
        form = shown.split('action="/visits/')[number]
        return dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form.split("</form>")[0]))

    def test_confirms_what_the_school_suggests(self, people, sign_in):
        visit = of(people, S.PROPOSED, place="the hall")
        time = on(A_TUESDAY + timedelta(days=2), 14, 15, minutes=45)
        ProposedTime.objects.create(
            visit=visit,
            starts_at=time.starts_at,
            ends_at=time.ends_at,
            slot=time.slot,
            by_the_school=True,
            proposer="Head",
        )
        client = sign_in(people.liaison)
        sent = self.fields_of(text(client.get(visit.get_absolute_url())), 3)
        assert page(client, "confirm", visit, sent).status_code == 302
        visit.refresh_from_db()
        assert (visit.status, visit.starts_at, visit.ends_at) == (S.CONFIRMED, time.starts_at, time.ends_at)
        assert visit.place == "the hall"


class TestCancelling:
    def ticked(self, response) -> tuple[bool, str]:
        form = response.context["form"]
        return bool(form["another"].value()), form["reason"].value() or ""

    @pytest.mark.parametrize(("offer", "ticked"), [("full", True), ("embedding", False)])
    def test_a_school_that_is_owed_its_visits_gets_another(self, people, sign_in, offer, ticked):
        Participation.objects.filter(school=people.school).update(offer=offer)
        assert self.ticked(page(sign_in(people.liaison), "cancel", of(people))) == (ticked, "")

    def test_one_that_withdrew_gets_none_and_a_word_why(self, people, sign_in):
        withdraw(people.school)
        answer = page(sign_in(people.liaison), "cancel", of(people, S.CONFIRMED, on()))
        assert self.ticked(answer) == (False, "The school withdrew from the programme.")
        assert "Another visit" not in text(answer)
        assert f"told. {NO_OTHER}" in text(answer)

    def test_a_tick_from_before_it_withdrew_plans_none_and_the_page_says_so(self, people, sign_in):
        visit = of(people, S.CONFIRMED, on(), workers=[people.liaison])
        withdraw(people.school)
        client, data = sign_in(people.liaison), {"reason": "They left.", "another": "on"}
        told = text(client.post(reverse("visits:cancel", args=[visit.pk]), data, follow=True))
        assert f"The visit is cancelled. {NO_OTHER} E-mailed to" in told
        assert Visit.objects.live().count() == 0
        assert "no other visit takes its place" in OutgoingEmail.objects.latest("pk").body

    def test_a_visit_to_come_at_a_school_that_withdrew_can_only_be_ended(self, people, sign_in):
        visit = of(people, S.CONFIRMED, on())
        withdraw(people.school)
        answer = sign_in(people.liaison).get(visit.get_absolute_url())
        assert "The school withdrew: cancel this visit." in text(answer)
        assert [one.label for one in answer.context["page"].buttons] == ["Cancel it", "Log that it was held"]

    def test_the_cancelled_one_leads_to_what_stands_in_its_place(self, people, sign_in):
        visit = of(people)
        planning.cancel(visit=visit, reason="x", another=True, by=people.liaison)
        shown = text(sign_in(people.liaison).get(visit.get_absolute_url()))
        assert (
            f'In its place: <a class="govuk-link" href="{Visit.objects.live().get().get_absolute_url()}">'
            in shown
        )

    @pytest.mark.parametrize(("who", "offered"), [("liaison", True), ("head", False)])
    def test_or_to_planning_one(self, people, sign_in, who, offered):
        visit = of(people)
        planning.cancel(visit=visit, reason="x", by=people.liaison)
        shown = text(sign_in(getattr(people, who)).get(visit.get_absolute_url()))
        assert ("Nothing is planned in its place." in shown and "Plan a visit" in shown) is offered


class TestWhoIsTold:
    def done(self, people, sign_in, name, visit, **sent) -> str:
        visit.workers.add(people.liaison)
        sent |= {"seen": seen(visit)}
        page(client := sign_in(people.liaison), name, visit, sent)
        return text(client.get(visit.get_absolute_url()))

    def test_cancelling_names_whom_it_e_mailed(self, people, sign_in):
        visit = of(people, S.CONFIRMED, on())
        said = self.done(people, sign_in, "cancel", visit, reason="The hall is taken.")
        assert "The visit is cancelled. E-mailed to Liaison, Head." in said

    def test_without_a_day_nobody_is_told_and_nobody_is_named(self, people, sign_in):
        said = self.done(people, sign_in, "cancel", of(people), reason="The hall is taken.")
        assert "The visit is cancelled." in said
        assert "E-mailed" not in said


class TestConflicts:
    def test_a_date_that_somebody_else_confirmed_is_shown_beside_ones_own(self, people, sign_in):
        visit = of(people, S.CONFIRMED, on())
        response = page(sign_in(people.liaison), "confirm", visit, typed(on(A_WEDNESDAY)))
        assert response.status_code == 409
        assert "“confirmed” now, for 9am to 10am on 6 October 2026" in text(response)
        assert 'value="7"' in text(response)

    def test_so_is_one_that_was_moved_while_the_page_was_open(self, people, sign_in):
        visit, client = of(people, S.CONFIRMED, on()), sign_in(people.liaison)
        seen = Visit.objects.get().changed_at.isoformat()
        with time_machine.travel(TODAY + timedelta(minutes=1), tick=False):
            planning.move_visit(visit=visit, time=on(hour=13), reason="x", by=people.admin)
        data = typed(on(A_WEDNESDAY), reason="The hall floods.", seen=seen)
        response = page(client, "move", visit, data)
        assert response.status_code == 409
        assert "1pm to 2pm on 6 October 2026" in text(response)
        data["seen"] = response.context["form"]["seen"].value()
        assert page(client, "move", visit, data).status_code == 302

    @pytest.mark.parametrize("seen", ["", "soon", "2026-13-01T00:00:00+00:00", "2026-09-14T08:00:00"])
    @pytest.mark.parametrize("name", ["move", "workers"])
    def test_a_page_that_does_not_say_what_it_showed_does_nothing(self, people, sign_in, name, seen):
        visit = of(people, S.CONFIRMED, on())
        data = typed(on(A_WEDNESDAY), reason="x", workers=[people.liaison.pk], seen=seen)
        response = page(sign_in(people.liaison), name, visit, data)
        assert response.status_code == 422
        assert "Open it again from the visit." in text(response)
        visit.refresh_from_db()
        assert (visit.starts_at, list(visit.workers.all())) == (on().starts_at, [])

    def test_what_was_not_held_says_nothing_of_what_the_button_would_do(self, people, sign_in):
        shown = text(page(sign_in(people.liaison), "not_held", of(people, S.CONFIRMED, on())))
        assert "This cannot be done now" in shown
        assert "confirmed again" not in shown

    @pytest.mark.parametrize(
        ("before", "words"),
        [
            ((S.TO_SCHEDULE, None), "It has no date then, and is to be planned again."),
            ((S.CONFIRMED, on(LAST_WEEK)), "It is confirmed again for 9am to 10am on 8 September 2026."),
            ((S.CONFIRMED, on()), "6 October 2026. Everybody is invited again."),
        ],
    )
    def test_it_says_where_a_visit_goes_back_to(self, people, sign_in, before, words):
        visit = of(people, *before)
        planning.log_held(visit=visit, time=on(LAST_WEEK, 13), by=people.liaison)
        assert words in text(page(sign_in(people.liaison), "not_held", visit))

    def test_a_second_press_says_so_quietly(self, people, sign_in):
        visit, client = of(people, S.CONFIRMED, on()), sign_in(people.liaison)
        data = {"reason": "No staff."}
        page(client, "cancel", visit, data)
        response = client.post(reverse("visits:cancel", args=[visit.pk]), data, follow=True)
        assert "It stands like that already, so nothing was changed and nobody was e-mailed." in text(
            response
        )

    def test_a_page_that_comes_too_late_says_how_it_stands(self, people, sign_in):
        shown = text(page(sign_in(people.liaison), "cancel", of(people, S.HELD)))
        assert "This cannot be done now" in shown
        assert "<textarea" not in shown


def test_last_terms_visit_is_entered_late(people, sign_in):
    visit = of(people)
    time = on(LAST_WEEK.replace(month=6), 14, 15)
    data = {**typed(time), "clock": "2.15", "workers": [people.liaison.pk]}
    assert page(sign_in(people.liaison), "log", visit, data).status_code == 302
    visit.refresh_from_db()
    assert (visit.status, visit.starts_at, list(visit.workers.all())) == (
        S.HELD,
        time.starts_at,
        [people.liaison],
    )


def test_a_visit_to_come_is_not_logged(people, sign_in):
    response = page(sign_in(people.liaison), "log", of(people), typed(on()))
    assert (response.status_code, "This time has not come yet" in text(response)) == (422, True)


def test_only_people_of_the_forum_go(people, sign_in):
    visit = of(people)
    data = {"workers": [people.head.pk], "seen": seen(visit)}
    assert page(sign_in(people.liaison), "workers", visit, data).status_code == 422


def test_whoever_moves_a_visit_to_another_slot_gets_its_usual_time(people, sign_in):
    visit, client = of(people, S.CONFIRMED, on()), sign_in(people.liaison)
    shown = text(page(client, "move", visit))
    assert 'name="clock" type="text"' in shown
    assert "9am" not in shown.split('name="clock"')[1].split(">")[0]
    data = typed(on(), slot="before_pick_up", reason="The hall floods.", seen=seen(visit))
    page(client, "move", visit, data)
    visit.refresh_from_db()
    assert visit.starts_at == on(A_TUESDAY, 14, 15).starts_at


def test_the_next_step_of_a_held_visit_is_its_record_and_the_way_back_a_link_below(people, sign_in):
    visit = of(people, S.HELD, on(LAST_WEEK))
    shown = text(sign_in(people.liaison).get(visit.get_absolute_url()))
    assert re.findall(r'class="govuk-button"[^>]*>([^<]+)</a>', shown) == [
        "Write the record, about 3 minutes"
    ]
    assert f'<a class="govuk-link" href="/visits/{visit.pk}/not-held/">It was not held after all</a>' in shown


@pytest.mark.parametrize(("status", "other"), [(S.TO_SCHEDULE, "times"), (S.PROPOSED, "other times")])
def test_a_date_by_telephone_comes_before_times_to_propose(people, sign_in, status, other):
    shown = text(sign_in(people.liaison).get(of(people, status).get_absolute_url()))
    assert shown.index(">Confirm a date<") < shown.index(f">Propose {other}<")


def test_that_it_was_held_comes_first_once_its_time_is_past(people, sign_in):
    shown = text(sign_in(people.liaison).get(of(people, S.CONFIRMED, on(LAST_WEEK)).get_absolute_url()))
    assert shown.index("Log that it was held") < shown.index("Move it to another time")
