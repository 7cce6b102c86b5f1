"""The moves of a visit before and around its day, one by one."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from core.models import HistoryEntry, OutgoingEmail
from schools.models import DayOff, Participation
from schools.services.errors import YearIsClosed
from tests.factories import MembershipFactory, SchoolContactFactory, UserFactory
from tests.visits.planning import A_TUESDAY, A_WEDNESDAY, LAST_WEEK, TODAY, a_visit, on
from visits.enums import VisitStatus
from visits.models import ProposedTime, Visit, VisitLink
from visits.services import planning
from visits.services.batch import PlannedVisit, plan_visits
from visits.services.errors import (
    ChangedSince,
    MoveNotAllowed,
    NotASchoolDay,
    NotYetHeld,
    ReasonOwed,
    SchoolIsNotInTheYear,
    TimeNotPossible,
    VisitGone,
    WorkerIsElsewhere,
)
from visits.services.planning import Where

S = VisitStatus
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def liaison():
    return UserFactory(name="Liaison", email="liaison@forum.example", is_liaison=True)


def stored(visit: Visit) -> Visit:
    return Visit.objects.get(pk=visit.pk)


def lines() -> list[tuple[str, str]]:
    return list(HistoryEntry.objects.order_by("pk").values_list("kind", "summary"))


def mailed(kind: str) -> list[str]:
    return list(OutgoingEmail.objects.filter(kind=kind).order_by("to").values_list("to", flat=True))


class TestProposing:
    def test_puts_the_times_forward(self, liaison):
        visit = a_visit()
        assert planning.propose_times(visit=visit, times=[on(A_WEDNESDAY), on()], by=liaison)
        times = list(visit.proposed_times.values_list("starts_at", "slot", "by_the_school", "proposer"))
        slot = "after_drop_off"
        assert stored(visit).status == S.PROPOSED
        assert times == [(on(day).starts_at, slot, False, "Liaison") for day in (A_TUESDAY, A_WEDNESDAY)]
        assert lines() == [("visit.proposed", f"Liaison proposed 2 times for {visit}.")]

    def test_stores_where_and_who(self, liaison):
        visit = a_visit()
        where = Where(" the library ", is_online=False)
        planning.propose_times(visit=visit, times=[on()], where=where, workers=[liaison], by=liaison)
        assert (stored(visit).place, list(visit.workers.all())) == ("the library", [liaison])

    def test_leaves_them_as_they_are_when_nothing_is_said(self, liaison):
        visit = a_visit(place="the hall", workers=[liaison])
        planning.propose_times(visit=visit, times=[on()], by=liaison)
        assert (stored(visit).place, list(visit.workers.all())) == ("the hall", [liaison])

    def test_writes_to_the_leads_of_the_school(self, liaison):
        visit = a_visit()
        lead = MembershipFactory(school=visit.school).user
        SchoolContactFactory(school=visit.school)
        planning.propose_times(visit=visit, times=[on()], by=liaison)
        assert mailed("Times for a visit") == [lead.email]

    def test_writes_to_its_contacts_where_no_lead_has_an_account(self, liaison):
        visit = a_visit()
        for role in ("head_teacher", "senco"):
            SchoolContactFactory(school=visit.school, role=role, email="office@school.example")
        planning.propose_times(visit=visit, times=[on()], by=liaison)
        assert mailed("Times for a visit") == ["office@school.example"]

    def test_writes_to_no_contact_whose_account_was_switched_off(self, liaison):
        visit = a_visit()
        for address in ("gone@school.example", "here@school.example"):
            SchoolContactFactory(school=visit.school, email=address)
        UserFactory(email="gone@school.example", is_active=False)
        planning.propose_times(visit=visit, times=[on()], by=liaison)
        assert mailed("Times for a visit") == ["here@school.example"]

    def test_writes_to_nobody_where_there_is_nobody(self, liaison):
        planning.propose_times(visit=a_visit(), times=[on()], by=liaison)
        assert not OutgoingEmail.objects.exists()

    def test_the_link_ends_with_the_last_of_the_times(self, liaison):
        visit = a_visit()
        MembershipFactory(school=visit.school)
        soon = TODAY.date() + timedelta(days=3)
        planning.propose_times(visit=visit, times=[on(soon)], by=liaison)
        assert VisitLink.objects.get().expires_at == on(soon).starts_at

    def test_and_after_three_weeks_at_most(self, liaison):
        visit = a_visit()
        MembershipFactory(school=visit.school)
        planning.propose_times(visit=visit, times=[on(), on(A_WEDNESDAY)], by=liaison)
        assert VisitLink.objects.get().expires_at == datetime(2026, 10, 5, 22, 59, tzinfo=UTC)

    def test_other_times_replace_former_ones_and_their_links(self, liaison):
        visit = a_visit()
        MembershipFactory(school=visit.school)
        planning.propose_times(visit=visit, times=[on()], by=liaison)
        planning.propose_times(visit=visit, times=[on(A_WEDNESDAY)], by=liaison)
        assert [one.starts_at for one in visit.proposed_times.all()] == [on(A_WEDNESDAY).starts_at]
        assert [link.ended_at is None for link in VisitLink.objects.order_by("pk")] == [False, True]

    def test_a_second_press_changes_nothing(self, liaison):
        visit = a_visit()
        MembershipFactory(school=visit.school)
        planning.propose_times(visit=visit, times=[on(), on(A_WEDNESDAY)], by=liaison)
        assert not planning.propose_times(visit=visit, times=[on(A_WEDNESDAY), on()], by=liaison)
        assert (len(lines()), OutgoingEmail.objects.count()) == (1, 1)

    @pytest.mark.parametrize("change", [{"workers": True}, {"where": Where("the library")}])
    def test_the_same_times_with_another_worker_or_place_are_another_offer(self, liaison, change):
        visit, other = (
            a_visit(place="the hall", workers=[liaison]),
            UserFactory(name="Other", is_liaison=True),
        )
        MembershipFactory(school=visit.school)
        if "workers" in change:
            change = {"workers": [other]}
        planning.propose_times(visit=visit, times=[on()], by=liaison)
        assert planning.propose_times(visit=visit, times=[on()], by=liaison, **change)
        as_stored = (stored(visit).place, list(visit.workers.all()))
        assert as_stored == (("the hall", [other]) if "workers" in change else ("the library", [liaison]))
        assert (len(lines()), OutgoingEmail.objects.count()) == (2, 2)

    @pytest.mark.parametrize(
        ("times", "words"),
        [
            ([], "at least one"),
            ([on(), on(A_WEDNESDAY), on(hour=11), on(hour=13)], "at most 3"),
            ([on(), on(minutes=45)], "Two of the times are the same"),
            ([on(LAST_WEEK)], "9am to 10am on 8 September 2026 is past"),
        ],
    )
    def test_times_that_cannot_be_are_refused(self, liaison, times, words):
        visit = a_visit()
        with pytest.raises(TimeNotPossible, match=words):
            planning.propose_times(visit=visit, times=times, by=liaison)
        assert (stored(visit).status, lines()) == (S.TO_SCHEDULE, [])

    def test_so_is_one_outside_the_programme_year(self, liaison):
        with pytest.raises(TimeNotPossible, match="is outside the programme year 2026 to 2027"):
            planning.propose_times(visit=a_visit(), times=[on(A_TUESDAY.replace(year=2027))], by=liaison)

    def test_and_one_at_which_a_worker_has_another_visit(self, liaison):
        other = a_visit(S.CONFIRMED, on(hour=9, minute=30), workers=[liaison])
        with pytest.raises(WorkerIsElsewhere) as refusal:
            planning.propose_times(visit=a_visit(), times=[on()], workers=[liaison], by=liaison)
        assert str(refusal.value) == (
            f"Liaison cannot be there then: {other} is at 9:30am to 10:30am on 6 October 2026."
        )

    def test_a_school_that_withdrew_is_left_alone(self, liaison):
        visit = a_visit()
        Participation.objects.update(
            status="withdrawn", withdrawn_on=TODAY.date(), withdrawal_reason="The head left."
        )
        with pytest.raises(SchoolIsNotInTheYear):
            planning.propose_times(visit=visit, times=[on()], by=liaison)


class TestDaysOnWhichSchoolsAreClosed:
    @pytest.fixture(autouse=True)
    def day_off(self):
        DayOff.objects.create(day=A_TUESDAY, name="an inset day")

    @pytest.mark.parametrize("act", [planning.confirm, None])
    def test_are_refused_until_they_are_meant(self, liaison, act):
        visit = a_visit()

        def plan(**more):
            if act:
                return act(visit=visit, time=on(), by=liaison, **more)
            return planning.propose_times(visit=visit, times=[on()], by=liaison, **more)

        with pytest.raises(NotASchoolDay, match="On 6 October 2026 schools are closed: it is an inset day."):
            plan()
        assert plan(is_meant=True)

    def test_a_held_visit_is_logged_as_it_was(self, liaison):
        DayOff.objects.create(day=LAST_WEEK, name="another")
        assert planning.log_held(visit=a_visit(), time=on(LAST_WEEK), by=liaison)


class TestConfirming:
    @pytest.mark.parametrize("status", [S.TO_SCHEDULE, S.PROPOSED])
    def test_is_one_step(self, liaison, status):
        visit = a_visit(status)
        assert planning.confirm(visit=visit, time=on(hour=11), workers=[liaison], by=liaison)
        now = stored(visit)
        assert (now.status, now.starts_at, now.ends_at) == (
            S.CONFIRMED,
            on(hour=11).starts_at,
            on(hour=11).ends_at,
        )
        assert lines() == [("visit.confirmed", f"Liaison confirmed {visit} for {on(hour=11)}.")]

    def test_invites_the_school_and_who_goes(self, liaison):
        visit = a_visit()
        lead = MembershipFactory(school=visit.school).user
        planning.confirm(visit=visit, time=on(), workers=[liaison], by=liaison)
        assert sorted(OutgoingEmail.objects.values_list("to", flat=True)) == sorted(
            [lead.email, liaison.email]
        )

    def test_ends_what_was_put_forward(self, liaison):
        visit = a_visit()
        MembershipFactory(school=visit.school)
        planning.propose_times(visit=visit, times=[on()], by=liaison)
        planning.confirm(visit=visit, time=on(A_WEDNESDAY), by=liaison)
        assert not ProposedTime.objects.exists()
        assert not VisitLink.objects.working().exists()

    def test_a_second_press_changes_nothing(self, liaison):
        visit = a_visit()
        planning.confirm(visit=visit, time=on(), workers=[liaison], by=liaison)
        assert not planning.confirm(visit=visit, time=on(), workers=[liaison], by=liaison)
        assert (len(lines()), OutgoingEmail.objects.count()) == (1, 1)

    @pytest.mark.parametrize("change", [{"workers": ()}, {"where": Where("the library")}])
    def test_another_worker_or_place_is_not_dropped_silently(self, liaison, change):
        visit = a_visit(workers=[liaison])
        planning.confirm(visit=visit, time=on(), by=liaison)
        words = "now, for 9am to 10am on 6 October 2026, with Liaison. Move it, or change who goes, on the page of"
        with pytest.raises(MoveNotAllowed, match=words):
            planning.confirm(visit=visit, time=on(), by=liaison, **change)
        assert (stored(visit).place, list(visit.workers.all())) == ("", [liaison])

    def test_another_date_is_no_second_press(self, liaison):
        visit = a_visit(S.CONFIRMED, on())
        with pytest.raises(MoveNotAllowed, match="“confirmed” now, for 9am to 10am on 6 October 2026"):
            planning.confirm(visit=visit, time=on(A_WEDNESDAY), by=liaison)

    def test_a_worker_is_not_in_two_places(self, liaison):
        a_visit(S.CONFIRMED, on(), workers=[liaison])
        visit = a_visit(workers=[liaison])
        with pytest.raises(WorkerIsElsewhere):
            planning.confirm(visit=visit, time=on(), by=liaison)
        assert stored(visit).status == S.TO_SCHEDULE

    def test_one_that_is_gone_says_so_and_holds_no_other_up(self, liaison):
        gone, other = a_visit(), a_visit()
        gone = Visit.objects.get(pk=gone.pk)
        Visit.objects.filter(pk=gone.pk).delete()
        with pytest.raises(VisitGone, match="not there any more"):
            planning.confirm(visit=gone, time=on(), by=liaison)
        plans = [PlannedVisit(gone, [on()]), PlannedVisit(other, [on()])]
        assert [one.is_done for one in plan_visits(plans=plans, proposing=False, by=liaison)] == [False, True]

    def test_another_worker_is_free(self, liaison):
        a_visit(S.CONFIRMED, on(), workers=[liaison])
        assert planning.confirm(visit=a_visit(), time=on(), workers=[UserFactory()], by=liaison)

    def test_a_closed_year_stays_as_it_is(self, liaison):
        visit = a_visit()
        year = visit.programme_year
        year.closed_at, year.closed_by = timezone.now(), liaison
        year.save()
        with pytest.raises(YearIsClosed):
            planning.confirm(visit=visit, time=on(), by=liaison)


class TestMoving:
    def move(self, visit, by, time=None, **more):
        return planning.move_visit(
            visit=visit, time=time or on(A_WEDNESDAY), reason="The hall floods.", by=by, **more
        )

    def test_gives_it_another_date_and_says_why(self, liaison):
        visit = a_visit(S.CONFIRMED, on())
        assert self.move(visit, liaison)
        assert stored(visit).starts_at == on(A_WEDNESDAY).starts_at
        assert lines() == [("visit.moved", f"Liaison moved {visit} to {on(A_WEDNESDAY)}.")]
        assert HistoryEntry.objects.get().details["reason"] == "The hall floods."

    def test_owes_a_reason(self, liaison):
        with pytest.raises(ReasonOwed):
            planning.move_visit(
                visit=a_visit(S.CONFIRMED, on()), time=on(A_WEDNESDAY), reason=" ", by=liaison
            )

    def test_a_second_press_changes_nothing(self, liaison):
        visit = a_visit(S.CONFIRMED, on(), workers=[liaison])
        self.move(visit, liaison)
        assert not self.move(visit, liaison)
        assert (len(lines()), OutgoingEmail.objects.count()) == (1, 1)

    def test_another_place_is_a_move_too(self, liaison):
        visit = a_visit(S.CONFIRMED, on(), place="the hall", workers=[liaison])
        for moved in (True, False):
            assert self.move(visit, liaison, time=on(), where=Where("the library")) is moved
        assert (stored(visit).place, stored(visit).starts_at) == ("the library", on().starts_at)
        assert OutgoingEmail.objects.get().calendar_method == "REQUEST"

    def test_its_own_former_time_is_no_clash(self, liaison):
        visit = a_visit(S.CONFIRMED, on(), workers=[liaison])
        assert self.move(visit, liaison, time=on(hour=9, minute=30))

    def test_what_somebody_else_moved_meanwhile_is_not_moved_unseen(self, liaison):
        visit = a_visit(S.CONFIRMED, on())
        seen_at = stored(visit).changed_at
        with time_machine.travel(TODAY + timedelta(minutes=1), tick=False):
            self.move(visit, liaison)
        with pytest.raises(ChangedSince, match="9am to 10am on 7 October 2026"):
            self.move(visit, liaison, time=on(hour=11), seen_at=seen_at)
        assert stored(visit).starts_at == on(A_WEDNESDAY).starts_at


class TestTakingBack:
    def test_times_that_were_put_forward(self, liaison):
        visit = a_visit(S.PROPOSED)
        assert planning.take_times_back(visit=visit, by=liaison)
        assert (stored(visit).status, ProposedTime.objects.count()) == (S.TO_SCHEDULE, 0)
        assert not planning.take_times_back(visit=visit, by=liaison)
        assert lines() == [("visit.times_taken_back", f"Liaison took the times for {visit} back.")]

    def test_a_date(self, liaison):
        visit = a_visit(S.CONFIRMED, on())
        assert planning.take_date_back(visit=visit, reason="No hall.", by=liaison)
        now = stored(visit)
        assert (now.status, now.starts_at, now.ends_at, now.slot) == (S.TO_SCHEDULE, None, None, "")
        assert not planning.take_date_back(visit=visit, reason="No hall.", by=liaison)
        assert lines() == [("visit.date_taken_back", f"Liaison took the date of {visit} back: {on()}.")]

    def test_a_date_is_not_taken_back_without_a_reason(self, liaison):
        with pytest.raises(ReasonOwed):
            planning.take_date_back(visit=a_visit(S.CONFIRMED, on()), reason="", by=liaison)

    @pytest.mark.parametrize("status", [S.PROPOSED, S.HELD])
    def test_only_a_date_that_stands_is(self, liaison, status):
        with pytest.raises(MoveNotAllowed):
            planning.take_date_back(visit=a_visit(status), reason="No hall.", by=liaison)


class TestCancelling:
    @pytest.mark.parametrize("status", [S.TO_SCHEDULE, S.PROPOSED, S.CONFIRMED])
    def test_says_why_and_by_whom(self, liaison, status):
        visit = a_visit(status)
        assert planning.cancel(visit=visit, reason=" No staff. ", by=liaison)
        now = stored(visit)
        assert (now.status, now.cancelled_by, now.cancelled_reason) == (S.CANCELLED, liaison, "No staff.")
        assert not planning.cancel(visit=visit, reason="No staff.", by=liaison)
        assert lines() == [("visit.cancelled", f"Liaison cancelled {visit}.")]

    @pytest.mark.parametrize(
        ("call_off", "words"),
        [
            (lambda v, by: planning.cancel(visit=v, reason="x", by=by), "no other visit takes its place"),
            (
                lambda v, by: planning.cancel(visit=v, reason="x", by=by, another=True),
                "PACC will find another date",
            ),
            (
                lambda v, by: planning.take_date_back(visit=v, reason="x", by=by),
                "PACC will find another date",
            ),
        ],
    )
    def test_the_mail_says_what_comes_next(self, liaison, call_off, words):
        call_off(a_visit(S.CONFIRMED, on(), workers=[liaison]), liaison)
        assert words in OutgoingEmail.objects.latest("pk").body

    def test_another_may_take_its_place(self, liaison):
        visit = a_visit(S.CONFIRMED, on(), place="the hall", workers=[liaison])
        planning.cancel(visit=visit, reason="No staff.", another=True, by=liaison)
        another = Visit.objects.live().get()
        same = (another.school, another.programme_year, another.step, another.place)
        assert same == (visit.school, visit.programme_year, visit.step, "the hall")
        assert (another.status, another.starts_at, list(another.workers.all())) == (
            S.TO_SCHEDULE,
            None,
            [liaison],
        )
        assert another.calendar_uid != visit.calendar_uid

    def test_a_second_press_makes_no_second_one(self, liaison):
        visit = a_visit()
        for _ in range(2):
            planning.cancel(visit=visit, reason="No staff.", another=True, by=liaison)
        assert Visit.objects.live().count() == 1

    def test_none_takes_its_place_at_a_school_that_withdrew(self, liaison):
        visit = a_visit(S.CONFIRMED, on(), workers=[liaison])
        Participation.objects.filter(school=visit.school).update(
            status="withdrawn", withdrawn_on=TODAY.date(), withdrawal_reason="The head left."
        )
        with pytest.raises(SchoolIsNotInTheYear):
            planning.cancel(visit=visit, reason="They left.", another=True, by=liaison)
        assert (stored(visit).status, OutgoingEmail.objects.count()) == (S.CONFIRMED, 0)
        assert planning.cancel(visit=visit, reason="They left.", by=liaison)
        assert Visit.objects.live().count() == 0

    def test_what_was_held_is_not_cancelled(self, liaison):
        with pytest.raises(MoveNotAllowed):
            planning.cancel(visit=a_visit(S.HELD), reason="No staff.", by=liaison)


class TestHeld:
    @pytest.mark.parametrize("status", [S.TO_SCHEDULE, S.PROPOSED, S.CONFIRMED])
    def test_is_logged_from_any_live_status_in_one_step(self, liaison, status):
        visit = a_visit(status)
        assert planning.log_held(visit=visit, time=on(LAST_WEEK), workers=[liaison], by=liaison)
        now = stored(visit)
        assert (now.status, now.starts_at, now.held_noted_by) == (S.HELD, on(LAST_WEEK).starts_at, liaison)
        assert not planning.log_held(visit=visit, time=on(LAST_WEEK), by=liaison)
        assert lines() == [("visit.held", f"Liaison noted that {visit} was held: {on(LAST_WEEK)}.")]

    def test_another_worker_is_not_dropped_silently(self, liaison):
        visit, other = a_visit(), UserFactory(name="Other", is_liaison=True)
        planning.log_held(visit=visit, time=on(LAST_WEEK), workers=[liaison], by=liaison)
        with pytest.raises(MoveNotAllowed, match="with Liaison. Change who goes, on the page of the visit"):
            planning.log_held(visit=visit, time=on(LAST_WEEK), workers=[other], by=liaison)
        assert list(visit.workers.all()) == [liaison]

    def test_nobody_is_written_to(self, liaison):
        visit = a_visit()
        MembershipFactory(school=visit.school)
        planning.log_held(visit=visit, time=on(LAST_WEEK), workers=[liaison], by=liaison)
        assert not OutgoingEmail.objects.exists()

    def test_last_term_is_not_too_late(self, liaison):
        assert planning.log_held(visit=a_visit(), time=on(LAST_WEEK.replace(month=6)), by=liaison)

    def test_one_to_come_cannot_have_been(self, liaison):
        visit = a_visit(S.CONFIRMED, on())
        with pytest.raises(NotYetHeld):
            planning.log_held(visit=visit, time=on(), by=liaison)
        assert stored(visit).status == S.CONFIRMED

    def test_one_that_is_going_on_can(self, liaison):
        going_on = on(TODAY.date(), 9)
        assert planning.log_held(visit=a_visit(), time=going_on, by=liaison)

    def test_another_year_is_said_kindly(self, liaison):
        with pytest.raises(TimeNotPossible, match="Choose a day of that year, or plan the visit in another"):
            planning.log_held(visit=a_visit(), time=on(LAST_WEEK.replace(year=2025)), by=liaison)

    def test_a_school_that_has_withdrawn_was_visited_all_the_same(self, liaison):
        visit = a_visit()
        Participation.objects.update(
            status="withdrawn", withdrawn_on=TODAY.date(), withdrawal_reason="The head left."
        )
        assert planning.log_held(visit=visit, time=on(LAST_WEEK), by=liaison)

    def test_can_turn_out_not_to_have_been(self, liaison):
        visit = a_visit(S.HELD, on(LAST_WEEK))
        assert planning.undo_held(visit=visit, reason="It was another school.", by=liaison)
        now = stored(visit)
        assert (now.status, now.held_noted_at, now.starts_at, now.slot) == (S.TO_SCHEDULE, None, None, "")
        assert not planning.undo_held(visit=visit, reason="It was another school.", by=liaison)
        assert lines() == [("visit.not_held", f"Liaison noted that {visit} was not held after all.")]

    @pytest.mark.parametrize("status", [S.TO_SCHEDULE, S.PROPOSED])
    def test_and_then_has_no_date_where_it_never_had_one(self, liaison, status):
        visit = a_visit(status)
        planning.log_held(visit=visit, time=on(LAST_WEEK), by=liaison)
        planning.undo_held(visit=visit, reason="It was another school.", by=liaison)
        assert (stored(visit).status, stored(visit).starts_at) == (S.TO_SCHEDULE, None)

    @pytest.mark.parametrize("day", [A_TUESDAY, LAST_WEEK])
    def test_or_the_date_for_which_it_was_confirmed(self, liaison, day):
        visit = a_visit(S.CONFIRMED, on(day), workers=[liaison])
        planning.log_held(visit=visit, time=on(LAST_WEEK, 13), by=liaison)
        OutgoingEmail.objects.all().delete()
        planning.undo_held(visit=visit, reason="It was another school.", by=liaison)
        now = stored(visit)
        assert (now.status, now.starts_at, now.slot) == (S.CONFIRMED, on(day).starts_at, on(day).slot)
        invited = list(OutgoingEmail.objects.values_list("to", "calendar_method"))
        assert invited == ([(liaison.email, "REQUEST")] if day == A_TUESDAY else [])

    def test_but_not_where_somebody_has_another_visit_by_now(self, liaison):
        visit = a_visit(S.CONFIRMED, on(), workers=[liaison])
        planning.log_held(visit=visit, time=on(LAST_WEEK), by=liaison)
        a_visit(S.CONFIRMED, on(), workers=[liaison])
        with pytest.raises(WorkerIsElsewhere):
            planning.undo_held(visit=visit, reason="It was another school.", by=liaison)
        assert stored(visit).status == S.HELD

    def test_one_that_never_was_is_no_second_press(self, liaison):
        with pytest.raises(MoveNotAllowed):
            planning.undo_held(visit=a_visit(S.CONFIRMED, on()), reason="x", by=liaison)

    def test_on_another_day_calls_the_date_to_come_off(self, liaison):
        before, head = UserFactory(is_liaison=True), MembershipFactory().user
        visit = a_visit(S.CONFIRMED, on(), workers=[before])
        planning.log_held(visit=visit, time=on(LAST_WEEK), workers=[liaison], by=liaison)
        mail = OutgoingEmail.objects.get()
        assert (mail.to, mail.calendar_method) == (before.email, "CANCEL")
        assert f"It was held already: {on(LAST_WEEK)}." in mail.body
        assert head.email != mail.to

    def test_that_owes_a_reason(self, liaison):
        with pytest.raises(ReasonOwed):
            planning.undo_held(visit=a_visit(S.HELD), reason="", by=liaison)


class TestWhoGoes:
    @pytest.mark.parametrize("status", [status for status in S if status != S.CANCELLED])
    def test_can_be_changed_at_any_time(self, liaison, status):
        visit = a_visit(status)
        assert planning.set_workers(visit=visit, workers=[liaison], by=liaison)
        assert not planning.set_workers(visit=visit, workers=[liaison], by=liaison)
        assert (stored(visit).status, list(visit.workers.all())) == (status, [liaison])
        assert lines() == [("visit.workers", f"Liaison noted who goes to {visit}: Liaison.")]

    def test_but_for_a_visit_that_will_not_be(self, liaison):
        with pytest.raises(MoveNotAllowed, match="Nobody goes there"):
            planning.set_workers(visit=a_visit(S.CANCELLED), workers=[liaison], by=liaison)

    def test_whoever_has_another_visit_then_does_not_go(self, liaison):
        a_visit(S.CONFIRMED, on(), workers=[liaison])
        visit = a_visit(S.CONFIRMED, on())
        with pytest.raises(WorkerIsElsewhere):
            planning.set_workers(visit=visit, workers=[liaison], by=liaison)
        assert not visit.workers.exists()

    def test_whoever_came_and_whoever_went_is_told(self, liaison):
        before = UserFactory(is_liaison=True)
        visit = a_visit(S.CONFIRMED, on(), workers=[before])
        planning.set_workers(visit=visit, workers=[liaison], by=liaison)
        told = dict(OutgoingEmail.objects.values_list("to", "calendar_method"))
        assert told == {liaison.email: "REQUEST", before.email: "CANCEL"}
