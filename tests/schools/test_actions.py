"""A school's actions: one table of moves, what is asked for on the way, and the list with what is overdue first."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import HistoryEntry
from core.seen import ChangedMeanwhile
from schools.forms.actions import ActionForm
from schools.models import ACTION_MOVES, Action, Area, ProgrammeYear, action_move
from schools.services.actions import move_action, save_action
from schools.services.errors import ChangeOwed, MoveNotAllowed, ReasonOwed, YearIsClosed
from tests.factories import ActionFactory

pytestmark = pytest.mark.django_db
S = Action.Status
FIELDS_OF = {S.NOT_GOING_AHEAD: {"reason": "No room."}, S.DONE: {"what_changed": "It is open."}}


@pytest.fixture
def action(people):
    return an_action(people)


def an_action(people, **fields):
    year = ProgrammeYear.objects.get()
    given = {"school": people.school, "programme_year": year, "added_by": people.head} | fields
    return ActionFactory(**given)


def posted(**changes):
    day = date(2026, 12, 18)
    typed = {
        "what": "Open a quiet room at lunch.",
        "area": str(Area.objects.get(key="environment").pk),
        "need": "sensory",
        "owner_role": "senco",
        "due_on-day": str(day.day),
        "due_on-month": str(day.month),
        "due_on-year": str(day.year),
    }
    return typed | changes


class TestTheTable:
    def test_there_is_one_move_a_pair(self):
        assert len({(move.before, move.after) for move in ACTION_MOVES}) == len(ACTION_MOVES)

    @pytest.mark.parametrize(("before", "after"), list(product(S, S)))
    def test_every_pair_does_what_the_table_says(self, people, before, after):
        action = an_action(people, status=before, **FIELDS_OF.get(before, {}))
        known = action_move(before, after)
        if known is None and before != after:
            with pytest.raises(MoveNotAllowed):
                move_action(action=action, to=after, by=people.head)
            after = before
        else:
            move_action(action=action, to=after, by=people.head, reason="Why", what_changed="What")
        action.refresh_from_db()
        assert action.status == after

    @pytest.mark.parametrize("before", [S.OPEN, S.IN_PROGRESS])
    def test_what_is_done_says_what_changed_first(self, people, before):
        action = an_action(people, status=before)
        with pytest.raises(ChangeOwed):
            move_action(action=action, to=S.DONE, by=people.head, what_changed=" \n")
        with pytest.raises(ReasonOwed):
            move_action(action=action, to=S.NOT_GOING_AHEAD, by=people.head, reason=" ")
        action.refresh_from_db()
        assert action.status == before


class TestMoving:
    def test_writes_one_line(self, people, action):
        move_action(action=action, to=S.DONE, by=people.head, what_changed="The library is open at lunch.")
        (line,) = HistoryEntry.objects.all()
        assert line.kind == "action.done"
        assert line.summary == "The action “Open a quiet room at lunch.”: done."
        assert line.school_id == str(people.school.pk)

    def test_a_second_press_changes_nothing(self, people, action):
        for words in ("First.", "Second."):
            move_action(action=action, to=S.DONE, by=people.head, what_changed=words)
        action.refresh_from_db()
        assert action.what_changed == "First."
        assert HistoryEntry.objects.count() == 1

    def test_what_is_opened_again_keeps_what_was_said_of_it(self, people, action):
        move_action(action=action, to=S.DONE, by=people.head, what_changed="It is open.")
        move_action(action=action, to=S.IN_PROGRESS, by=people.head)
        action.refresh_from_db()
        assert (action.status, action.what_changed) == ("in_progress", "It is open.")

    def test_what_goes_ahead_after_all_has_no_reason_any_more(self, people, action):
        move_action(action=action, to=S.NOT_GOING_AHEAD, by=people.head, reason="No room.")
        move_action(action=action, to=S.OPEN, by=people.head)
        action.refresh_from_db()
        assert action.reason == ""

    def test_a_closed_year_is_only_read(self, people, action):
        ProgrammeYear.objects.update(closed_at=timezone.now(), closed_by=people.admin)
        action.refresh_from_db()
        with pytest.raises(YearIsClosed):
            move_action(action=action, to=S.IN_PROGRESS, by=people.head)
        assert action.moves == []

    def test_the_page_asks_what_changed_and_keeps_what_was_typed(self, people, action, sign_in):
        client, url = (
            sign_in(people.head),
            reverse("schools:move_action", args=[people.school.pk, action.pk, "done"]),
        )
        assert "What changed?" in client.get(url).content.decode()
        assert client.post(url, {"what_changed": "It is open."}).url == action.get_absolute_url()
        action.refresh_from_db()
        assert (action.status, action.what_changed) == ("done", "It is open.")


class TestWriting:
    def test_adding_one_puts_it_into_the_running_year(self, people, sign_in):
        url = reverse("schools:add_action", args=[people.school.pk])
        assert sign_in(people.head).post(url, posted()).status_code == 302
        made = Action.objects.get()
        assert (made.school, made.added_by, made.programme_year) == (
            people.school,
            people.head,
            ProgrammeYear.objects.get(),
        )

    def test_a_school_without_an_open_year_adds_nothing(self, people, sign_in):
        ProgrammeYear.objects.update(closed_at=timezone.now(), closed_by=people.admin)
        url = reverse("schools:add_action", args=[people.school.pk])
        page = sign_in(people.head).post(url, posted(), follow=True)
        assert "no programme year that is open" in page.content.decode()
        assert not Action.objects.exists()

    def test_the_second_of_two_sees_both(self, people, action, sign_in):
        url = reverse("schools:change_action", args=[people.school.pk, action.pk])
        seen = ActionForm(instance=action).initial["seen"]
        Action.objects.update(what="Open the library at lunch.")
        page = sign_in(people.head).post(url, posted(what="Open the hall.", seen=seen))
        assert page.status_code == 409
        for words in ("Open the library at lunch.", "Open the hall."):
            assert words in page.content.decode()

    def test_and_nothing_is_written(self, people, action):
        form = ActionForm(posted(what="Open the hall.", seen="other"), instance=action)
        assert form.is_valid()
        with pytest.raises(ChangedMeanwhile):
            save_action(form=form, by=people.head)
        assert Action.objects.get().what == "Open a quiet room at lunch."


class TestWhoseItIs:
    def test_a_contributor_changes_what_they_added(self, people, sign_in):
        own, other = an_action(people, added_by=people.colleague), an_action(people)
        client = sign_in(people.colleague)
        codes = [
            client.get(reverse("schools:change_action", args=[people.school.pk, one.pk])).status_code
            for one in (own, other)
        ]
        assert codes == [200, 403]

    def test_and_is_offered_nothing_else(self, people, action, sign_in):
        page = sign_in(people.colleague).get(action.get_absolute_url()).content.decode()
        assert "Say that it is done" not in page

    def test_an_action_has_no_page_at_another_school(self, people, action, sign_in):
        url = reverse("schools:action", args=[people.other_school.pk, action.pk])
        assert sign_in(people.admin).get(url).status_code == 404


class TestTheList:
    def address(self, people, name="actions"):
        return reverse(f"schools:{name}", args=[people.school.pk])

    def test_what_is_overdue_stands_first(self, people, sign_in):
        today = timezone.localdate()
        an_action(people, what="Done.", status=S.DONE, what_changed="Yes.", due_on=today - timedelta(days=9))
        an_action(people, what="Coming.", due_on=today + timedelta(days=9))
        an_action(people, what="Late.", due_on=today - timedelta(days=1))
        page = sign_in(people.head).get(self.address(people)).content.decode()
        assert page.index("Late.") < page.index("Coming.") < page.index("Done.")
        assert "<desc" in page
        assert "Overdue: 1 of 3." in page

    def test_the_files_are_narrowed_like_the_page_and_hold_no_formula(self, people, sign_in):
        an_action(people, what="=1+1")
        an_action(people, what="Other.", need="sensory")
        given = sign_in(people.head).get(f"{self.address(people, 'actions_csv')}?need=other").content.decode()
        assert '"\'=1+1"' in given
        assert "Other." not in given

    def test_a_filter_that_is_none_is_said(self, people, sign_in):
        page = sign_in(people.head).get(f"{self.address(people)}?status=gone")
        assert page.status_code == 422

    @pytest.mark.parametrize("rows", [1, 3])
    def test_asks_the_same_however_many_rows_there_are(
        self, people, sign_in, django_assert_num_queries, rows
    ):
        for _ in range(rows):
            an_action(people)
        client = sign_in(people.head)
        with django_assert_num_queries(7):  # session, person, memberships, school, areas, actions, names
            client.get(self.address(people))
