"""What a machine can check of a framework's text: lengths, one thing a statement, words to avoid."""

import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from audits.framework_format import (
    AREA_KINDS,
    FrameworkDefinition,
    StatementDefinition,
    read_framework,
)
from training.models import Module

FOLDER = Path(__file__).parents[2] / "audits" / "frameworks"
FILES = sorted(FOLDER.glob("*.yaml"))
FRAMEWORKS = {path.name: read_framework(path) for path in FILES}
STATEMENTS = [
    pytest.param(statement, id=statement.key)
    for framework in FRAMEWORKS.values()
    for statement in framework.statements
]
VERSION_1 = FRAMEWORKS["pins-hub-1.yaml"]

NEVER = (
    r"SLT",
    r"parents?/carers?",
    r"parents and carers",
    r"parents?(?! carer|s?\u2019 evening)",
    r"challenging behaviou?r",
    r"suffer\w*",
    r"afflicted",
    r"normal (?:children|pupils|development)",
    r"(?:high|low)[ -]functioning",
    r"special needs",
    r"SEN(?:D)? (?:child|children|pupil|pupils)",
    r"disorders?",
    r"deficits?",
    r"symptoms?",
    r"meltdowns?",
    r"tantrums?",
    r"naughty",
    r"non-verbal",
    r"less able",
    r"neurodiverse (?:child|children|pupil|person)",
    r"neurodivergent (?:group|class|school|community)",
    r"with autism",
    r"Senco|SENCO",
    r"GOV\.UK",
)
ADVERBS = (
    r"always|usually|sometimes|occasionally|regularly|consistently|systematically|frequently|rarely|fully|"
    r"partially|highly|very|really|effectively|appropriately|successfully|robust(?:ly)?|embedded"
)


def words(text: str) -> int:
    return len(text.split())


def sentences(text: str) -> int:
    return len(re.findall(r"[.?!]”?(?=\s|$)", text))


def everything_in(statement: StatementDefinition) -> list[str]:
    actions = [action.text for action in statement.actions]
    return [statement.text, statement.guidance, *statement.evidence, *statement.levels, *actions]


def everything_about(framework: FrameworkDefinition) -> list[str]:
    areas = [text for area in framework.areas for text in (area.name, area.introduction)]
    return [framework.name, framework.note, *areas]


class TestEveryFramework:
    @pytest.mark.parametrize("name", FRAMEWORKS)
    def test_its_file_is_named_after_its_key_and_main_version(self, name):
        framework = FRAMEWORKS[name]
        assert name == f"{framework.key}-{framework.version.removesuffix('.0')}.yaml"

    @pytest.mark.parametrize("name", FRAMEWORKS)
    def test_it_says_plainly_what_it_is_not(self, name):
        note = FRAMEWORKS[name].note
        assert "not the national text" in note
        assert "not an inspection" in note

    @pytest.mark.django_db
    @pytest.mark.parametrize("name", FRAMEWORKS)
    def test_its_training_is_on_offer(self, name):
        named = {slug for area in FRAMEWORKS[name].areas for slug in area.training}
        assert named == set(Module.objects.values_list("slug", flat=True))

    @pytest.mark.parametrize("name", FRAMEWORKS)
    def test_no_sentence_stands_in_it_twice(self, name):
        said = [text for statement in FRAMEWORKS[name].statements for text in everything_in(statement)]
        assert sorted({text for text in said if said.count(text) > 1}) == []

    @pytest.mark.parametrize("name", FRAMEWORKS)
    def test_the_words_round_its_statements_are_ours(self, name):
        said = " | ".join(everything_about(FRAMEWORKS[name]))
        assert [word for word in NEVER if re.search(rf"\b(?:{word})\b", said)] == []


class TestVersion1:
    def test_it_has_the_six_domains_and_then_the_two_compulsory_parts(self):
        assert [(area.key, area.kind) for area in VERSION_1.areas] == list(AREA_KINDS.items())

    def test_each_area_has_five_or_six_statements_and_the_whole_40_to_48(self):
        counts = [len(area.statements) for area in VERSION_1.areas]
        assert set(counts) <= {5, 6}
        assert 40 <= sum(counts) <= 48

    def test_a_statements_key_begins_with_its_area(self):
        for area in VERSION_1.areas:
            assert [s.key for s in area.statements if not s.key.startswith(f"{area.key}-")] == []

    def test_each_area_is_introduced_in_one_or_two_sentences(self):
        assert [a.key for a in VERSION_1.areas if sentences(a.introduction) not in (1, 2)] == []

    def test_every_level_and_every_need_is_answered_somewhere(self):
        actions = [action for statement in VERSION_1.statements for action in statement.actions]
        assert {action.need for action in actions} == {"sensory", "social", "communication", "other"}
        assert {action.adjustment for action in actions} == {True, False}

    @pytest.mark.parametrize("level", [1, 2, 3, 4])
    def test_descriptors_of_one_level_do_not_all_begin_alike(self, level):
        openings = [statement.levels[level - 1].split()[0] for statement in VERSION_1.statements]
        assert max(openings.count(opening) for opening in openings) <= len(openings) / 4


@pytest.mark.parametrize("statement", STATEMENTS)
class TestEveryStatement:
    def test_it_is_one_sentence_of_25_words_at_most(self, statement):
        assert words(statement.text) <= 25
        assert sentences(statement.text) == 1

    def test_it_does_not_join_two_things(self, statement):
        joined = re.findall(r", and |; |\bas well as ensuring\b|\band also\b", statement.text)
        assert joined == []

    def test_its_guidance_is_one_to_three_sentences(self, statement):
        assert 1 <= sentences(statement.guidance) <= 3

    def test_each_descriptor_has_35_words_at_most(self, statement):
        assert [level for level in statement.levels if words(level) > 35] == []

    def test_its_descriptors_are_not_one_another_with_a_word_changed(self, statement):
        pairs = [(a, b) for n, a in enumerate(statement.levels) for b in statement.levels[n + 1 :]]
        assert [pair for pair in pairs if SequenceMatcher(None, *pair).ratio() > 0.6] == []

    def test_its_descriptors_do_not_open_alike(self, statement):
        openings = [" ".join(level.split()[:3]) for level in statement.levels]
        assert len(set(openings)) == 4

    def test_no_adverb_does_the_work_of_a_descriptor(self, statement):
        said = " ".join(statement.levels)
        assert set(re.findall(rf"\b(?:{ADVERBS})\b", said)) == set()

    def test_it_has_two_or_three_places_for_evidence_and_as_many_actions(self, statement):
        assert len(statement.evidence) in (2, 3)
        assert len(statement.actions) in (2, 3)

    def test_something_is_suggested_to_whoever_is_not_at_the_top(self, statement):
        assert 3 in [action.suggested_from for action in statement.actions]

    def test_an_action_answers_a_need_of_the_statement(self, statement):
        assert {action.need for action in statement.actions} & set(statement.needs)

    def test_its_words_are_ours(self, statement):
        said = " | ".join(everything_in(statement))
        assert [word for word in NEVER if re.search(rf"\b(?:{word})\b", said)] == []

    def test_its_quotation_marks_and_apostrophes_are_curly(self, statement):
        assert [text for text in everything_in(statement) if "'" in text or '"' in text] == []
