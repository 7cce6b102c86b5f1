"""What becomes of a theme, who says it, and the page on which all of it stands."""

import csv
import io
import re
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from core.models import HistoryEntry, ProgrammeSettings
from schools.forms.actions import ActionForm
from schools.models import Action, ProgrammeYear
from schools.services.actions import move_action
from tests.factories import ActionFactory, ThemeFactory, VisitFactory, VisitSummaryFactory
from tests.schools.test_actions import posted
from visits.enums import Kind, VisitStatus
from visits.models import Reply, Theme
from visits.queries.loop import Stage, stage_of
from visits.queries.outcomes import outcomes_of
from visits.services import outcomes
from visits.services.errors import NothingToDecide, OutcomeIsThere, ReasonOwed, ThemeIsGone

pytestmark = pytest.mark.django_db


def a_theme(people, status=VisitStatus.SHARED, number=1, **fields):
    visit = VisitFactory(
        school=people.school, programme_year=ProgrammeYear.objects.get(), status=status, number=number
    )
    return ThemeFactory(visit=visit, **fields)


@pytest.fixture
def theme(people):
    return a_theme(people)


def normal(page: str) -> str:
    """The page without what is new on each: the tokens of its forms."""
    return re.sub(r'value="[^"]{20,}"|X-CSRFToken[^}]*', "", page)


def make(theme, by):
    row = Action(school=theme.visit.school, programme_year=theme.visit.programme_year, area=theme.area)
    form = ActionForm(posted(), instance=row)
    assert form.is_valid(), form.errors
    return outcomes.make_action(theme=theme, form=form, by=by)


class TestDeciding:
    def test_a_new_action_stands_on_the_schools_list(self, people, theme):
        make(theme, people.head)
        theme.refresh_from_db()
        action = Action.objects.get()
        assert (theme.outcome, theme.action) == ("action", action)
        assert (action.school, action.added_by) == (people.school, people.head)

    def test_a_second_press_makes_no_second_action(self, people, theme):
        make(theme, people.head)
        with pytest.raises(OutcomeIsThere):
            make(theme, people.head)
        assert Action.objects.count() == 1

    def test_several_themes_share_one_action(self, people, theme):
        make(theme, people.head)
        other = ThemeFactory(visit=theme.visit, text="Lunch is long.")
        outcomes.join_action(theme=other, action=Action.objects.get(), by=people.head)
        assert Theme.objects.filter(action=Action.objects.get()).count() == 2

    def test_but_not_one_of_another_school(self, people, theme):
        action = ActionFactory(school=people.other_school, programme_year=theme.visit.programme_year)
        with pytest.raises(NothingToDecide):
            outcomes.join_action(theme=theme, action=action, by=people.admin)

    def test_what_does_not_go_ahead_has_its_reason(self, people, theme):
        with pytest.raises(ReasonOwed):
            outcomes.not_going_ahead(theme=theme, reason=" ", by=people.head)
        outcomes.not_going_ahead(theme=theme, reason="No room.", by=people.head)
        theme.refresh_from_db()
        assert (theme.outcome, theme.outcome_reason) == ("not_going_ahead", "No room.")

    def test_what_needs_the_wider_system_may_say_what(self, people, theme):
        outcomes.needs_wider_system(theme=theme, by=people.head)
        theme.refresh_from_db()
        assert (theme.outcome, theme.outcome_reason) == ("wider_system", "")

    def test_what_works_well_needs_none(self, people):
        theme = a_theme(people, kind=Kind.WORKING_WELL)
        with pytest.raises(NothingToDecide):
            outcomes.needs_wider_system(theme=theme, by=people.liaison)

    def test_of_a_theme_that_was_taken_out_meanwhile_nothing_becomes(self, people, theme):
        Theme.objects.filter(pk=theme.pk).delete()
        for decide in (outcomes.needs_wider_system, outcomes.take_outcome_back):
            with pytest.raises(ThemeIsGone):
                decide(theme=theme, by=people.liaison)

    def test_taken_back_the_action_stays(self, people, theme):
        make(theme, people.head)
        for _ in range(2):
            outcomes.take_outcome_back(theme=theme, by=people.head)
        theme.refresh_from_db()
        assert (theme.outcome, theme.action) == ("", None)
        assert Action.objects.exists()
        assert HistoryEntry.objects.filter(kind="theme.outcome").count() == 2

    def test_the_history_never_holds_what_was_said(self, people):
        theme = a_theme(people, status=VisitStatus.HELD, text="Zebra crossing words")
        outcomes.not_going_ahead(theme=theme, reason="Giraffe reason", by=people.liaison)
        line = HistoryEntry.objects.get()
        held = f"{line.summary} {line.target_label} {line.details}"
        assert "Zebra" not in held
        assert "Giraffe" not in held


class TestWhoDecides:
    @pytest.mark.parametrize(
        ("status", "head", "liaison"),
        [
            (VisitStatus.CONFIRMED, 403, 403),
            (VisitStatus.HELD, 403, 200),
            (VisitStatus.NOTES_WRITTEN, 403, 200),
            (VisitStatus.SHARED, 200, 200),
            (VisitStatus.CLOSED, 200, 200),
        ],
    )
    def test_the_forum_from_the_visit_on_and_the_school_once_it_reads_the_notes(
        self, people, sign_in, status, head, liaison
    ):
        theme = a_theme(people, status=status)
        url = reverse("visits:theme_outcome", args=[theme.visit_id, theme.pk])
        assert [sign_in(one).get(url).status_code for one in (people.head, people.liaison)] == [head, liaison]

    def test_before_that_the_page_of_the_visit_tells_the_school_nothing(self, people):
        theme = a_theme(people, status=VisitStatus.HELD)
        assert outcomes_of(theme.visit, people.head) is None
        assert outcomes_of(theme.visit, people.liaison).may_decide

    def test_a_governor_reads_and_decides_nothing(self, people, theme):
        VisitSummaryFactory(visit=theme.visit)
        shown = outcomes_of(theme.visit, people.governor)
        assert not shown.may_decide
        assert [row.raised for row in shown.rows] == ["fewer than 5"]


class TestThePages:
    def test_the_form_leads_to_a_new_action_and_back_to_the_loop(self, people, theme, sign_in):
        client = sign_in(people.head)
        url = reverse("visits:theme_outcome", args=[theme.visit_id, theme.pk])
        next_page = client.post(url, {"outcome": "new_action"}).url
        assert not Action.objects.exists()
        answer = client.post(next_page, posted())
        assert answer.url == f"{reverse('visits:loop', args=[people.school.pk])}#theme-{theme.pk}"
        assert Theme.objects.get().action == Action.objects.get()

    def test_a_known_action_is_offered_and_has_to_be_named(self, people, theme, sign_in):
        action = ActionFactory(school=people.school, programme_year=theme.visit.programme_year)
        client = sign_in(people.head)
        url = reverse("visits:theme_outcome", args=[theme.visit_id, theme.pk])
        assert client.post(url, {"outcome": "known_action"}).status_code == 422
        client.post(url, {"outcome": "known_action", "known_action": action.pk})
        assert Theme.objects.get().action == action

    @pytest.mark.parametrize("name", ["theme_outcome", "theme_action", "theme_take_back"])
    def test_the_notes_with_what_the_school_says_are_a_step_away(self, people, theme, sign_in, name):
        page = sign_in(people.head).get(reverse(f"visits:{name}", args=[theme.visit_id, theme.pk]))
        assert f'href="{reverse("visits:summary", args=[theme.visit_id])}"' in page.content.decode()

    def test_a_reason_that_is_missing_is_asked_for(self, people, theme, sign_in):
        url = reverse("visits:theme_outcome", args=[theme.visit_id, theme.pk])
        page = sign_in(people.head).post(url, {"outcome": "not_going_ahead"})
        assert page.status_code == 422
        assert '<a href="#id_reason">Write why it is not going ahead' in page.content.decode()


class TestTheLoop:
    def page(self, people, sign_in, reader, query=""):
        url = reverse("visits:loop", args=[people.school.pk])
        return sign_in(reader).get(f"{url}{query}").content.decode()

    def test_what_nobody_decided_about_stands_first(self, people, sign_in):
        done = a_theme(people, text="First said")
        ThemeFactory(visit=done.visit, text="Last said")
        make(done, people.head)
        move_action(action=Action.objects.get(), to="done", by=people.head, what_changed="It is open.")
        page = self.page(people, sign_in, people.head)
        assert page.index("Last said") < page.index("First said")
        for words in ("1 waits for a decision", "It is open.", "To decide: 1 of 2."):
            assert words in page

    @pytest.mark.parametrize("kind", ["question", "idea"])
    def test_a_question_or_an_idea_is_noted_and_owes_no_decision(self, people, sign_in, kind):
        theme = a_theme(people, kind=kind)
        assert stage_of(theme) is Stage.NOTED
        page = self.page(people, sign_in, people.head)
        assert "for a decision" not in page
        assert "Decide what becomes of it" in page

    def test_the_school_reads_what_was_shared_alone(self, people, sign_in):
        a_theme(people, text="Shared words")
        a_theme(people, text="Raw words", number=2, status=VisitStatus.NOTES_WRITTEN)
        assert "Raw words" not in self.page(people, sign_in, people.head)
        assert "Raw words" in self.page(people, sign_in, people.liaison)

    @pytest.mark.parametrize("name", ["loop", "loop_csv"])
    @pytest.mark.parametrize(("raised_by", "threshold"), [(4, 5), (3, 20), (40, 5)])
    def test_it_keeps_the_count_that_was_told_when_it_was_shared(
        self, people, sign_in, name, raised_by, threshold
    ):
        VisitSummaryFactory(visit=a_theme(people, raised_by=3).visit)
        url = reverse(f"visits:{name}", args=[people.school.pk])
        before = [normal(sign_in(one).get(url).content.decode()) for one in (people.head, people.governor)]
        Theme.objects.update(raised_by=raised_by)
        ProgrammeSettings.objects.update(small_number_threshold=threshold)
        after = [normal(sign_in(one).get(url).content.decode()) for one in (people.head, people.governor)]
        assert before == after
        assert all("fewer than 5" in page for page in after)

    def test_of_what_is_in_no_summary_no_count_is_told(self, people, sign_in):
        theme = a_theme(people)
        VisitSummaryFactory(visit=theme.visit)
        ThemeFactory(visit=theme.visit, text="Not in it", raised_by=12)
        page = self.page(people, sign_in, people.head)
        assert page.count('data-label="Raised by">not shown') == 1
        assert "about 10" not in page

    def test_the_forum_reads_it_exactly(self, people, sign_in):
        a_theme(people, raised_by=3)
        url = reverse("visits:loop_csv", args=[people.school.pk])
        _, row = csv.reader(io.StringIO(sign_in(people.liaison).get(url).content.decode("utf-8-sig")))
        assert row[6] == "3"

    def test_the_file_holds_what_the_school_says_of_the_notes(self, people, sign_in):
        theme = a_theme(people, text="Replied to")
        Reply.objects.create(visit=theme.visit, verdict="not_accurate", comment="=It was once.", replier="H")
        a_theme(people, number=2, text="Replied to by nobody", status=VisitStatus.CLOSED)
        waits = a_theme(people, number=3, text="Still to be replied to")
        VisitSummaryFactory(visit=waits.visit, reply_by=date(2099, 12, 1))
        url = reverse("visits:loop_csv", args=[people.school.pk])
        head, *rows = csv.reader(io.StringIO(sign_in(people.head).get(url).content.decode("utf-8-sig")))
        assert head[-2:] == ["What the school says of the notes", "Its comment"]
        assert [row[-2:] for row in rows] == [
            ["The school says: not accurate", "'=It was once."],
            ["No comment received", ""],
            ["The school can reply until 1 December 2099", ""],
        ]

    def test_so_does_the_sheet_for_excel(self, people, sign_in):
        theme = a_theme(people)
        Reply.objects.create(visit=theme.visit, verdict="accurate", replier="H")
        url = reverse("visits:loop_excel", args=[people.school.pk])
        sheet = load_workbook(io.BytesIO(sign_in(people.liaison).get(url).content)).active
        assert sheet.cell(2, 13).value == "The school says: accurate"

    def test_what_the_school_says_stands_once_above_the_table(self, people, sign_in):
        theme = a_theme(people, text="One")
        ThemeFactory(visit=theme.visit, text="Two")
        Reply.objects.create(visit=theme.visit, verdict="not_accurate", comment="It was once.", replier="H")
        above, _, table = self.page(people, sign_in, people.head).partition("<table")
        assert (above.count("not accurate"), above.count("It was once.")) == (1, 1)
        assert "not accurate" not in table
        assert table.count("Notes of visit 1, and what the school says</a>") == 2

    @pytest.mark.parametrize("name", ["head", "governor", "liaison"])
    def test_each_line_leads_to_the_notes_with_the_reply(self, people, sign_in, name):
        theme = a_theme(people)
        page = self.page(people, sign_in, people.named()[name])
        notes = reverse("visits:summary", args=[theme.visit_id])
        link = f'<a class="govuk-link" href="{notes}">Notes of visit 1'
        assert f"{link} in 2026 to 2027</a>. No comment received." in page
        assert f"{link}, and what the school says</a>" in page

    def test_it_is_narrowed_by_where_it_stands(self, people, sign_in):
        a_theme(people, text="Undecided")
        assert "Undecided" not in self.page(people, sign_in, people.head, "?stage=done")

    @pytest.mark.parametrize("rows", [1, 3])
    def test_asks_the_same_however_many_rows_there_are(
        self, people, sign_in, django_assert_num_queries, rows
    ):
        theme = a_theme(people)
        for _ in range(rows - 1):
            ThemeFactory(visit=theme.visit)
        client = sign_in(people.head)
        # session, person, memberships, school, areas, years, threshold, themes, names of the programme
        with django_assert_num_queries(9):
            client.get(reverse("visits:loop", args=[people.school.pk]))

    def test_every_status_of_an_action_is_a_stage(self):
        for status in Action.Status:
            assert stage_of(Theme(action=Action(status=status, due_on=date.max))) in Stage
