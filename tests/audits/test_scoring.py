"""What the answers of an audit add up to."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.enums import Level
from audits.scoring import (
    level_areas,
    lowest_areas,
    lowest_statements,
    ranked,
    score_areas,
    strongest_areas,
    strongest_statements,
    suggested_actions,
    suggested_training,
    too_few_answers,
)
from schools.enums import Need
from tests.audits.report_samples import area, module, snapshot, statement

NA, UNKNOWN, BLANK = "not_applicable", "dont_know", "blank"


def areas(**answers: list):
    """A snapshot of areas by name, each with its answers."""
    return snapshot(*(area(name, name.title(), given) for name, given in answers.items()))


def scores(**answers: list):
    """The scores of such areas."""
    return score_areas(areas(**answers))


def names(found):
    """Their keys, in order."""
    return [one.key for one in found]


class TestAnArea:
    def test_counts_what_is_answered_of_what_applies(self):
        (score,) = scores(a=[1, 2, 4, NA, UNKNOWN, BLANK])
        assert (score.rated, score.applies, score.total) == (3, 5, 6)
        assert (score.not_applicable, score.dont_know, score.blank) == (1, 1, 1)

    def test_counts_the_statements_at_each_level(self):
        assert scores(a=[1, 2, 2, 4])[0].distribution == (1, 2, 0, 1)

    def test_averages_ratings_alone(self):
        assert scores(a=[1, 4, NA, UNKNOWN, BLANK])[0].mean == Fraction(5, 2)

    def test_has_no_average_without_a_rating(self):
        (score,) = scores(a=[NA, UNKNOWN, BLANK])
        assert score.mean is None
        assert score.level is None

    @pytest.mark.parametrize(
        ("ratings", "level"),
        [
            ([1], Level.EMERGING),
            ([1, 2], Level.EMERGING),
            ([1, 2, 2], Level.DEVELOPING),
            ([2, 3], Level.DEVELOPING),
            ([3, 3, 4], Level.ESTABLISHED),
            ([3, 4], Level.ESTABLISHED),
            ([4], Level.ENHANCED),
        ],
    )
    def test_is_called_by_the_nearest_level_and_halfway_by_the_lower(self, ratings, level):
        assert scores(a=ratings)[0].level is level


class TestTheOrderOfAreas:
    def test_is_by_average_lowest_first(self):
        assert names(ranked(scores(a=[3, 3], b=[1, 2], c=[4, 4]))) == ["b", "a", "c"]

    def test_on_a_tie_more_at_emerging_stands_lower(self):
        assert names(ranked(scores(a=[2, 2], b=[1, 3]))) == ["b", "a"]

    def test_then_more_at_developing(self):
        assert names(ranked(scores(a=[1, 3, 3, 3, 3], b=[1, 2, 3, 3, 4]))) == ["b", "a"]

    def test_then_the_framework_s_order(self):
        assert names(ranked(scores(b=[2], a=[2]))) == ["b", "a"]

    def test_leaves_out_an_area_with_fewer_than_half_rated(self):
        found = scores(a=[4, UNKNOWN, UNKNOWN], b=[2, UNKNOWN], c=[NA, NA])
        assert names(ranked(found)) == ["b"]
        assert names(too_few_answers(found)) == ["a"]

    def test_what_does_not_apply_is_no_missing_answer(self):
        assert names(ranked(scores(a=[3, NA, NA, NA]))) == ["a"]


class TestStrongestAndLowestAreas:
    def test_names_three_of_each_at_most(self):
        found = scores(a=[1], b=[2], c=[2], d=[3], e=[3], f=[4], g=[4], h=[4])
        assert names(lowest_areas(found)) == ["a", "b", "c"]
        assert names(strongest_areas(found)) == ["f", "g", "h"]

    def test_no_area_is_strong_below_established(self):
        assert strongest_areas(scores(a=[1], b=[2], c=[2])) == ()

    def test_no_area_is_both(self):
        assert names(lowest_areas(scores(a=[3], b=[4]))) == ["a"]
        assert names(strongest_areas(scores(a=[3], b=[4]))) == ["b"]

    def test_areas_that_stand_level_are_neither(self):
        found = scores(a=[3], b=[3])
        assert lowest_areas(found) == ()
        assert strongest_areas(found) == ()
        assert names(level_areas(found)) == ["a", "b"]

    def test_the_only_area_with_answers_can_be_strong(self):
        assert names(strongest_areas(scores(a=[4], b=[UNKNOWN]))) == ["a"]

    def test_of_areas_with_one_average_the_one_with_more_at_emerging_is_less_strong(self):
        found = scores(a=[1], b=[1], c=[4, 4, 4, 1], d=[4, 3, 3, 3])
        assert names(strongest_areas(found)) == ["d", "c"]

    def test_a_weak_area_shows_whatever_the_others_are(self):
        assert names(lowest_areas(scores(a=[4, 4], b=[4, 4], c=[1, 1], d=[4, 4]))) == ["c"]


class TestStatements:
    def test_lowest_first_and_none_at_enhanced(self):
        found = lowest_statements(areas(a=[4, 3, 1, 2]))
        assert [one.rating for one in found] == [1, 2, 3]

    def test_one_of_each_area_before_a_second_of_any(self):
        found = lowest_statements(areas(a=[1, 1, 1], b=[1, 4, 4]))
        assert [one.statement["key"] for one in found] == ["a-1", "b-1", "a-2", "a-3"]

    def test_carries_its_descriptor_and_the_next(self):
        (one,) = lowest_statements(areas(a=[2]))
        assert one.descriptor.startswith("Some classes show")
        assert one.next_descriptor.startswith("Every class shows")
        assert one.next_level is Level.ESTABLISHED

    def test_strongest_are_at_established_or_better(self):
        found = strongest_statements(areas(a=[4, 3, 2, NA]))
        assert [one.rating for one in found] == [4, 3]
        assert found[0].next_level is None
        assert found[0].next_descriptor == ""

    def test_what_has_no_rating_is_in_neither(self):
        taken = areas(a=[NA, UNKNOWN, BLANK])
        assert lowest_statements(taken) == strongest_statements(taken) == ()


class TestActions:
    def make(self, rating, *actions: dict):
        """A snapshot of one statement with these actions."""
        return snapshot(area("a", "A", [], statements=[statement("a-1", rating, actions=list(actions))]))

    def action(self, text="Try it.", need="sensory", **fields: object):
        return {"text": text, "need": need, "adjustment": False, "from": 2, **fields}

    @pytest.mark.parametrize(("rating", "suggested"), [(1, True), (2, True), (3, False)])
    def test_suggested_at_or_below_its_level(self, rating, suggested):
        assert bool(suggested_actions(self.make(rating, self.action()))) is suggested

    def test_by_need_in_the_order_of_needs(self):
        taken = self.make(1, self.action(need="other"), self.action("Another.", need="sensory"))
        assert list(suggested_actions(taken)) == [Need.SENSORY, Need.OTHER]

    def test_each_once(self):
        taken = self.make(1, self.action("Try it."), self.action("try  it"))
        assert [one.text for one in suggested_actions(taken)[Need.SENSORY]] == ["Try it."]

    def test_those_for_the_lowest_statements_first(self):
        taken = snapshot(
            area("a", "A", [], statements=[statement("a-1", 2, actions=[self.action("Later.")])]),
            area("b", "B", [], statements=[statement("b-1", 1, actions=[self.action("First.")])]),
        )
        assert [one.text for one in suggested_actions(taken)[Need.SENSORY]] == ["First.", "Later."]


class TestTraining:
    def test_lowest_area_first_and_each_module_once(self):
        shared = module("shared")
        taken = snapshot(
            area("a", "A", [3], training=[module("only-a"), shared]),
            area("b", "B", [1], training=[shared]),
        )
        found = suggested_training(taken)
        assert [(one.module["slug"], one.areas) for one in found] == [
            ("shared", ("B", "A")),
            ("only-a", ("A",)),
        ]

    def test_none_where_all_is_enhanced(self):
        assert suggested_training(areas(a=[4, 4])) == ()

    def test_areas_with_too_few_answers_come_last(self):
        found = suggested_training(areas(a=[UNKNOWN], b=[3]))
        assert [one.module["slug"] for one in found] == ["module-b", "module-a"]


ANSWERS = st.lists(
    st.lists(st.sampled_from([1, 2, 3, 4, NA, UNKNOWN, BLANK]), max_size=8), min_size=1, max_size=8
)


def made(answers):
    """A snapshot of areas with these answers."""
    return snapshot(*(area(f"area-{n}", f"Area {n}", given) for n, given in enumerate(answers)))


class TestWhatAlwaysHolds:
    @given(ANSWERS)
    def test_an_average_lies_between_its_lowest_and_highest_rating(self, answers):
        for score, given_answers in zip(score_areas(made(answers)), answers, strict=True):
            ratings = [one for one in given_answers if isinstance(one, int)]
            if ratings:
                assert min(ratings) <= score.mean <= max(ratings)
                assert min(ratings) <= score.level <= max(ratings)
            else:
                assert score.mean is None

    @given(ANSWERS)
    def test_what_has_no_rating_never_moves_an_average(self, answers):
        more = [[*given_answers, NA, UNKNOWN, BLANK] for given_answers in answers]
        before, after = score_areas(made(answers)), score_areas(made(more))
        assert [one.mean for one in before] == [one.mean for one in after]

    @given(ANSWERS)
    def test_the_parts_add_up(self, answers):
        for score in score_areas(made(answers)):
            assert score.rated + score.not_applicable + score.dont_know + score.blank == score.total
            assert score.rated <= score.applies <= score.total

    @given(ANSWERS)
    def test_no_area_is_both_strong_and_low(self, answers):
        found = score_areas(made(answers))
        assert not set(names(strongest_areas(found))) & set(names(lowest_areas(found)))

    @given(ANSWERS)
    def test_no_area_left_out_is_lower_than_one_named(self, answers):
        found = score_areas(made(answers))
        low = lowest_areas(found)
        for other in ranked(found):
            if low and other not in low:
                assert other.mean >= low[-1].mean

    @given(ANSWERS)
    def test_every_rated_statement_has_somewhere_to_go_or_is_enhanced(self, answers):
        rated = [one for given_answers in answers for one in given_answers if isinstance(one, int)]
        found = lowest_statements(made(answers))
        assert sorted(one.rating for one in found) == sorted(one for one in rated if one < 4)
        assert all(one.next_descriptor for one in found)
