"""What kind of thing a theme is stays while a decision or a group hangs on it, and the page says how to mend that."""

import pytest
from django.urls import reverse

from core.seen import ChangedMeanwhile
from tests.audits.pages import said_on
from tests.factories import ActionFactory, ThemeFactory, ThemeGroupFactory, VisitFactory
from tests.visits.pages import form_on, part_of
from visits.enums import Kind, Outcome, VisitStatus
from visits.models import Theme
from visits.queries.groups import grouping_seen
from visits.services.errors import KindStays
from visits.services.groups import gather
from visits.services.outcomes import take_outcome_back
from visits.services.record import Sent
from visits.services.themes import save_theme

pytestmark = pytest.mark.django_db
DECIDED = "What becomes of this is decided, so it stays “could be better”."
GATHERED = "This is gathered in the group “Noise” with others of its kind, so it stays “could be better”."


@pytest.fixture
def visit(people):
    return VisitFactory(school=people.school, status=VisitStatus.HELD)


@pytest.fixture
def decided(people, visit) -> Theme:
    action = ActionFactory(school=people.school, programme_year=visit.programme_year)
    return ThemeFactory(visit=visit, outcome=Outcome.ACTION, action=action)


@pytest.fixture
def gathered(visit) -> Theme:
    return ThemeFactory(visit=visit, group=ThemeGroupFactory(name="Noise"))


def save(theme: Theme, by, seen: int | None = None, **changed) -> Theme:
    sent = Sent({**theme.written, **changed}, theme.revision if seen is None else seen)
    return save_theme(visit=theme.visit, key=theme.key, sent=sent, by=by)


class TestSaving:
    def test_a_theme_that_is_decided_about_stays_of_its_kind(self, people, decided):
        with pytest.raises(KindStays, match="Decide again"):
            save(decided, people.liaison, kind=Kind.IDEA)
        assert Theme.objects.get().kind == Kind.COULD_BE_BETTER

    def test_whatever_else_it_says_can_change(self, people, decided, gathered):
        for theme in (decided, gathered):
            assert save(theme, people.liaison, text="Lunch is loud.", raised_by=9).text == "Lunch is loud."

    def test_it_changes_once_the_decision_is_taken_back(self, people, decided):
        take_outcome_back(theme=decided, by=people.liaison)
        assert save(decided, people.liaison, kind=Kind.IDEA).kind == Kind.IDEA

    def test_a_gathered_one_stays_of_the_kind_of_its_group(self, people, gathered):
        with pytest.raises(KindStays, match="Move it out of the group first"):
            save(gathered, people.liaison, kind=Kind.IDEA)

    def test_until_it_is_moved_out(self, people, gathered):
        gather(themes=[gathered], into=None, seen=grouping_seen([gathered]), by=people.liaison)
        assert save(gathered, people.liaison, kind=Kind.IDEA).kind == Kind.IDEA

    def test_one_that_was_gathered_with_another_kind_can_become_of_it(self, people, gathered):
        Theme.objects.update(kind=Kind.QUESTION)
        gathered.refresh_from_db()
        assert save(gathered, people.liaison, kind=Kind.COULD_BE_BETTER).kind == Kind.COULD_BE_BETTER

    def test_what_a_colleague_wrote_meanwhile_is_shown_before_that(self, people, decided):
        Theme.objects.update(revision=5, saved_by=people.admin)
        with pytest.raises(ChangedMeanwhile):
            save(decided, people.liaison, kind=Kind.IDEA)


class TestThePage:
    @pytest.fixture
    def client(self, people, sign_in):
        return sign_in(people.liaison)

    def url(self, theme: Theme) -> str:
        return reverse("visits:record", args=[theme.visit_id])

    @pytest.mark.parametrize(("name", "words"), [("decided", DECIDED), ("gathered", GATHERED)])
    def test_says_at_the_question_what_to_do_first_and_saves_the_rest(self, client, request, name, words):
        theme = request.getfixturevalue(name)
        page = form_on(client.get(self.url(theme)))
        sent = {**page, f"theme-{theme.key}-kind": "idea", "attendance-parent_carers": "7"}
        answer = client.post(self.url(theme), sent)
        assert answer.status_code == 422
        assert words in said_on(answer)
        assert f'href="#id_theme-{theme.key}-kind' in answer.content.decode()
        assert theme.visit.attendance.parent_carers == 7

    def test_says_it_when_the_theme_is_saved_by_itself(self, client, decided):
        page = part_of(form_on(client.get(self.url(decided))), prefix := f"theme-{decided.key}")
        answer = client.post(f"{self.url(decided)}themes/{decided.key}/", {**page, f"{prefix}-kind": "idea"})
        assert DECIDED in answer.content.decode()
        assert Theme.objects.get().kind == Kind.COULD_BE_BETTER

    def test_is_not_in_the_way_of_who_left_it_as_it_was(self, client, decided):
        page = form_on(client.get(self.url(decided)))
        Theme.objects.update(kind=Kind.IDEA, revision=2)
        assert client.post(self.url(decided), page).status_code == 302
        assert Theme.objects.get().kind == Kind.IDEA
