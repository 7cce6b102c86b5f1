"""What the report says, and how its chart is drawn."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.enums import Level
from audits.report.charts import NARROW, WIDE, Row, profile
from audits.report.content import ON_PAGE, ON_PAPER, Limits, build_content, shortened, some
from audits.report.drawing import chart_on_page, chart_on_paper
from audits.report.rendering import report_html
from audits.report.wording import joined
from tests.audits import report_samples as samples
from tests.audits.report_samples import area, snapshot


def content(*areas, limits=ON_PAGE, **fields):
    """The content of a report on these areas."""
    return build_content(snapshot(*areas, **fields), limits)


def test_page_and_paper_name_the_same_strengths():
    many = area("a", "High", [4] * 12)
    page, paper = (content(many, limits=limits).strongest_statements for limits in (ON_PAGE, ON_PAPER))
    assert page == paper
    assert (len(page.shown), page.more) == (6, 6)


class TestCover:
    def test_names_school_cohort_round_day_and_framework(self):
        assert content().facts == (
            ("School", "Wenlock Brook Primary School, Much Wenlock"),
            ("URN", "900001"),
            ("Cohort", "Year 1"),
            ("Self-audit", "Baseline, programme year 2026 to 2027"),
            ("Submitted", "23 November 2026"),
            ("Framework", "Test framework, version 1.0"),
            ("Programme", "Partnerships for Inclusion of Neurodiversity in Schools in Shropshire"),
        )

    def test_leaves_out_what_is_not_known(self):
        found = dict(content(cohort="", submitted_on=None).facts)
        assert {"Cohort", "Submitted"} & set(found) == set()

    def test_says_in_short_what_matters(self):
        found = content(area("a", "Low", [1, 1]), area("b", "High", [4, 4, "not_applicable"]))
        assert found.in_short == (
            "4 of 4 statements rated, in 2 areas.",
            "Strongest: High.",
            "Furthest to go: Low.",
            "2 statements stand at Emerging.",
        )

    @pytest.mark.parametrize(
        ("answers", "said"),
        [
            ([4], "Every statement that you rated stands at Enhanced."),
            ([3], "The areas stand level with one another, so look at single statements first."),
        ],
    )
    def test_says_so_when_the_areas_stand_level(self, answers, said):
        assert said in content(area("a", "A", answers), area("b", "B", answers)).in_short

    def test_claims_nothing_without_a_rating(self):
        assert content(area("a", "A", ["blank"])).in_short == ("0 of 1 statement rated, in 1 area.",)


class TestProfile:
    def test_says_n_of_m_with_what_is_left_out(self):
        (line,) = content(area("a", "A", [2, 3, "not_applicable", "dont_know", "blank", "blank"])).lines
        assert line.rated == "2 of 5 rated"
        assert line.besides == "1 does not apply, 1 not known yet, 2 left blank"
        assert line.words == "nearest to Developing (2.5 on average), 2 of 5 rated."

    def test_has_no_average_without_a_rating(self):
        (line,) = content(area("a", "A", ["dont_know"])).lines
        assert (line.average, line.level, line.words) == ("", None, "0 of 1 rated.")


class TestLimits:
    def test_nothing_is_lost_between_shown_and_rest(self):
        found = some(range(5), 2)
        assert (found.shown, found.rest, found.more) == ((0, 1), (2, 3, 4), 3)

    def test_the_page_shows_all_of_what_a_school_wrote(self):
        (words,) = content(area("a", "A", [], strengths="word " * 500)).own_words
        assert len(words.strengths.words) == 5 * 500 - 1
        assert not words.strengths.cut

    def test_paper_shows_its_beginning_and_says_so(self):
        (words,) = content(area("a", "A", [], strengths="word " * 500), limits=ON_PAPER).own_words
        assert len(words.strengths.words) <= ON_PAPER.own_words
        assert words.strengths.cut

    @given(st.text(), st.integers(1, 40))
    def test_a_shortened_text_is_a_beginning_of_it(self, words, most):
        found = shortened(words, most)
        assert words.strip().startswith(found.words)
        assert found.cut == (len(words.strip()) > most)
        assert len(found.words) <= most

    def test_paper_points_to_the_page_for_the_rest(self):
        assert "And 40 more statements on the report’s own page." in report_html(samples.all_at_the_bottom())

    def test_without_limits_nothing_is_cut(self):
        found = build_content(samples.all_at_the_bottom(), Limits())
        assert not found.lowest_statements.rest
        assert not any(words.strengths.cut for words in found.own_words)


class TestTraining:
    def names(self, found):
        return [one.module["name"] for one in found.training.shown]

    def test_is_for_the_areas_with_furthest_to_go_and_the_rest_is_one_line(self):
        found = content(area("a", "Low", [1, 1]), area("b", "High", [3, 3]))
        assert self.names(found) == ["Training module-a"]
        assert found.more_training == ("Training module-b",)
        html = report_html(found.snapshot)
        assert "Also on offer, for your other areas: Training module-b." in html

    def test_is_for_every_area_when_none_has_furthest_to_go(self):
        found = content(area("a", "A", [3]), area("b", "B", [3]))
        assert self.names(found) == ["Training module-a", "Training module-b"]
        html = report_html(found.snapshot)
        assert "Also on offer" not in html
        assert "No area is named as having furthest to go" in html


class TestWording:
    @pytest.mark.parametrize(
        ("names", "said"),
        [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A, b", "C", "D"], "A, b; C; and D")],
    )
    def test_joins_names(self, names, said):
        assert joined(names) == said

    def test_a_follow_up_has_other_next_steps(self):
        html = report_html(snapshot(round="follow_up", round_label="Follow-up"))
        assert "Lay this report beside your first one" in html
        assert "Choose up to three priorities" not in html

    def test_the_programme_s_own_names_are_used(self):
        names = snapshot()["programme"] | {"forum_short_name": "The Forum", "contact_email": "a@b.example"}
        html = report_html(snapshot(programme=names))
        assert "The Forum confirms the priorities with you" in html
        assert "PACC" not in html
        assert "mailto:a@b.example" in html

    def test_says_rated_where_the_task_list_says_answered(self):
        html = report_html(snapshot(area("a", "A", [2, "dont_know"])))
        assert html.count("1 of 2 rated") == 3
        assert not re.search(r"\d answered", html)

    def test_says_which_of_two_areas_with_the_same_average_is_named(self):
        html = report_html(snapshot(area("a", "A", [3, 2]), area("b", "B", [4, 1]), area("c", "C", [4])))
        assert "the one with more statements at Emerging stands lower" in html
        assert "Furthest to go: B and A." in html

    def test_says_in_which_order_the_squares_stand(self):
        assert "one statement with its level, lowest first" in report_html(samples.full())


class TestChart:
    ROW = Row("Leadership", "3 of 5 rated", ("1", "4", "4", "?", "?", "–"), 3.0)

    def draw(self, *rows, layout=WIDE):
        """The chart of these rows."""
        return profile(rows, layout, title="Title", description="Description", font="sans-serif")

    @pytest.mark.parametrize("layout", [WIDE, NARROW])
    def test_has_a_title_a_description_and_direct_labels(self, layout):
        drawn = self.draw(self.ROW, layout=layout)
        assert drawn.index("<title>Title</title><desc>Description</desc>") > 0
        assert ">Leadership<" in drawn
        assert ">3 of 5 rated<" in drawn
        assert re.findall(r'middle" fill="[^"]*">([1-4?–])<', drawn)[-6:] == list(self.ROW.marks)
        assert ">3.0<" in drawn

    def test_a_narrow_one_says_under_its_first_line_what_the_line_means(self):
        drawn = self.draw(self.ROW, self.ROW, layout=NARROW)
        under = re.findall(r'y="1[35]5" [^>]*text-anchor="\w+">([^<]*)<', drawn)
        assert under == ["1", "2", "3", "4", "Emerging", "Enhanced"]
        names = [int(y) for y in re.findall(r'y="(\d+)" font-size="18"[^>]*>Leadership<', drawn)]
        assert names[1] > 155 + 18

    def test_a_wide_one_has_words_and_numbers_over_it(self):
        drawn = self.draw(self.ROW, layout=WIDE)
        assert all(f">{level.label}<" in drawn and f">{int(level)}<" in drawn for level in Level)

    def test_an_area_without_a_rating_has_no_dot(self):
        assert "<circle" not in self.draw(Row("A", "0 of 1 rated", ("?",), None))

    def test_stays_inside_its_frame_however_many_statements(self):
        drawn = self.draw(Row("A", "40 of 40 rated", ("4",) * 40, 4.0))
        assert max(float(x) for x in re.findall(r'<rect x="([\d.]+)"', drawn)) < WIDE.scale[0]

    def test_has_no_inline_style_and_escapes_names(self):
        drawn = self.draw(Row("<b>&", "1 of 1 rated", ("1",), 1.0))
        assert "style=" not in drawn
        assert "&lt;b&gt;&amp;" in drawn

    def test_on_paper_its_title_says_everything(self):
        found = content(area("a", "A", [1]))
        said = "A: nearest to Emerging (1.0 on average), 1 of 1 rated."
        assert f"<title>Profile of the areas. {said}</title>" in chart_on_paper(found)
        assert f"<title>Profile of the areas</title><desc>{said}</desc>" in chart_on_page(found)
