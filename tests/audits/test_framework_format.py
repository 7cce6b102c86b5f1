"""The format refuses everything that is not a framework, all of it at once, in words that help."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.framework_format import (
    AREA_KINDS,
    LARGEST_FILE,
    ActionDefinition,
    FrameworkDefinition,
    FrameworkErrors,
    parse_framework,
    read_framework,
)
from tests.audits.framework_text import SMALL, small_with

README = Path(__file__).parents[2] / "audits" / "frameworks" / "README.md"


def problems_of(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(FrameworkErrors) as refusal:
        parse_framework(text)
    return [(problem.line, problem.key, problem.message) for problem in refusal.value.problems]


def test_the_smallest_framework_is_read():
    framework = parse_framework(SMALL)
    assert (framework.key, framework.name, framework.version) == ("small", "Small framework", "1.0")
    assert [area.key for area in framework.areas] == ["environment", "parent-carers", "pupil-voice"]
    assert [len(area.statements) for area in framework.areas] == [1, 1, 1]


def test_a_statement_holds_everything_that_the_file_says():
    statement = next(parse_framework(SMALL).statements)
    assert statement.key == "environment-calm-space"
    assert statement.evidence == ("The space itself",)
    assert statement.levels == (
        "Pupils use a corridor.",
        "There is a space that may be locked.",
        "Every pupil knows where it is.",
        "What is in it was chosen by pupils.",
    )
    assert statement.needs == ("sensory",)
    assert statement.actions == (
        ActionDefinition("Make a corner with a cushion.", "sensory", adjustment=True, suggested_from=2),
    )


def test_text_over_several_lines_becomes_one_line():
    text = small_with("guidance: A tent", "guidance: >-\n          A tent,\n\n          a den")
    assert next(parse_framework(text).statements).guidance == "A tent, a den or a corner will do."


CALM = "environment.environment-calm-space"
TAKEN = "YAML takes this for {}. Write text, and put quotes round it."


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "message"),
    [
        ('version: "1.0"', "version: 1.0", 3, "version", TAKEN.format("a number")),
        (
            'version: "1.0"',
            'version: "one"',
            3,
            "version",
            "Write two numbers with a point between, such as “1.0”.",
        ),
        (
            "name: Small framework\n",
            "name: A\nname: B\n",
            3,
            "name",
            "“name” is here twice. Keep one of the two.",
        ),
        ("name: Small framework\n", "", 1, "", "Add name."),
        (
            "name: Small framework",
            "name: [Small]",
            2,
            "name",
            "Write plain text here. Text with “: ” in it needs quotes.",
        ),
        ("name: Small framework", 'name: " "', 2, "name", "This is blank. Write its text."),
        ("name: Small framework", "name: no", 2, "name", TAKEN.format("yes or no")),
        ("name: Small framework", "name:", 2, "name", TAKEN.format("nothing at all")),
        (
            "name: Small framework",
            f"name: {'x' * 121}",
            2,
            "name",
            "This has 121 characters. Shorten it to 120 at most.",
        ),
        (
            "key: small\n",
            "key: small\ncolour: teal\n",
            2,
            "",
            "“colour” is not a field here. The fields are key, name, version, note, areas.",
        ),
        (
            "key: environment\n",
            "key: lunch\n",
            6,
            "lunch.key",
            f"Write one of {', '.join(AREA_KINDS)}, not “lunch”.",
        ),
        (
            "kind: domain",
            "kind: compulsory",
            8,
            "environment.kind",
            "The area “environment” is of the kind “domain”. Write that.",
        ),
        (
            "training: [sensory-environment]",
            "training: [a, a]",
            10,
            "environment.training",
            "“a” is here twice. Keep one of the two.",
        ),
        (
            "training: [sensory-environment]",
            "training: sensory",
            10,
            "environment.training",
            "Write this as a list, each item with a dash and a space before it.",
        ),
        (
            "key: environment-calm-space",
            "key: Calm space",
            12,
            "environment.statements.1.key",
            "Use small letters, figures and single hyphens, such as “calm-space”.",
        ),
        (
            "key: pupil-voice-methods",
            "key: parent-carers-peer-group",
            44,
            "pupil-voice.parent-carers-peer-group.key",
            "“parent-carers-peer-group” is on line 30 already. Give each statement its own key.",
        ),
        (
            "key: environment-calm-space",
            "key: notes",
            12,
            "environment.notes.key",
            "“notes” is what the notes of a section are called. Give the statement another key.",
        ),
        ("          4: What is in it was chosen by pupils.\n", "", 17, f"{CALM}.levels", "Add 4."),
        (
            "          4: What",
            "          5: What",
            20,
            f"{CALM}.levels",
            "“5” is not a field here. The fields are 1, 2, 3, 4.",
        ),
        (
            "evidence: [The space itself]",
            "evidence: []",
            15,
            f"{CALM}.evidence",
            "This list has 0 items; give it 1 to 6.",
        ),
        (
            "needs: [sensory]",
            "needs: [senses]",
            21,
            f"{CALM}.needs",
            "Write one of sensory, social, communication, other, not “senses”.",
        ),
        (
            "needs: [sensory]",
            "needs: [sensory, sensory]",
            21,
            f"{CALM}.needs",
            "“sensory” is here twice. Keep one of the two.",
        ),
        (
            "adjustment: true",
            "adjustment: perhaps",
            23,
            f"{CALM}.actions.1.adjustment",
            "Write true or false here, without quotes.",
        ),
        ("from: 2", "from: 4", 23, f"{CALM}.actions.1.from", "Write one of 1, 2, 3, not “4”."),
        ("from: 2", "from: [2]", 23, f"{CALM}.actions.1.from", "Write one of 1, 2, 3."),
        (
            "The space itself",
            '"a\\0b"',
            15,
            f"{CALM}.evidence",
            "The character U+0000 cannot be shown or stored. Take it out.",
        ),
        (
            "The space itself",
            '"\\ud800"',
            15,
            f"{CALM}.evidence",
            "The character U+D800 cannot be shown or stored. Take it out.",
        ),
        (
            "  - key: environment\n",
            "  - just text\n  - key: environment\n",
            6,
            "areas.1",
            "Write this as fields, one to a line: key, name, kind, introduction, training, statements.",
        ),
    ],
)
def test_each_mistake_is_told_with_its_line_and_how_to_mend_it(old, new, line, key, message):
    assert (line, key, message) in problems_of(small_with(old, new))


def test_all_problems_come_at_once_in_the_order_of_the_lines():
    text = small_with("from: 2", "from: 9").replace("kind: domain", "kind: part").replace('"1.0"', "1.0")
    assert [line for line, _, _ in problems_of(text)] == [3, 8, 23]


def test_one_mistake_makes_one_problem():
    assert len(problems_of(small_with("needs: [sensory]", "needs: {a: b}"))) == 1


def test_a_compulsory_part_may_not_be_left_out():
    text = SMALL[: SMALL.index("  - key: pupil-voice")]
    assert problems_of(text) == [(6, "areas", "Add the compulsory part that is missing: pupil-voice.")]


def test_an_area_may_not_come_twice():
    once = SMALL[SMALL.index("  - key: environment") : SMALL.index("  - key: parent-carers")]
    text = SMALL.replace(once, once + once.replace("environment-calm-space", "environment-calm-room"))
    assert problems_of(text) == [
        (24, "environment.key", "“environment” is on line 6 already. Give each area its own key.")
    ]


def test_two_statements_on_one_line_may_not_share_a_key():
    text = SMALL
    doubled = "[{key: a, text: a}, {key: a, text: b}]"
    text = re.sub(
        r"statements:\n(      .*\n)+?  - key: parent", f"statements: {doubled}\n  - key: parent", text
    )
    assert (
        11,
        "environment.a.key",
        "“a” is on line 11 already. Give each statement its own key.",
    ) in problems_of(text)


def test_an_error_prints_as_line_key_and_message():
    with pytest.raises(FrameworkErrors) as refusal:
        parse_framework(small_with('"1.0"', '"1"'))
    assert str(refusal.value) == "line 3, version: Write two numbers with a point between, such as “1.0”."


def test_the_example_in_the_readme_lacks_only_the_compulsory_parts():
    example = README.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    assert [message for _, _, message in problems_of(example)] == [
        "Add the compulsory part that is missing: parent-carers, pupil-voice."
    ]


def parses_or_is_refused(text: str) -> bool:
    try:
        return isinstance(parse_framework(text), FrameworkDefinition)
    except FrameworkErrors as refusal:
        return bool(refusal.problems)


@given(text=st.text())
def test_any_text_at_all_is_read_or_refused(text):
    assert parses_or_is_refused(text)


@given(
    at=st.integers(0, len(SMALL) - 1),
    length=st.integers(0, 12),
    put=st.text(alphabet="&*!<>|%@`{}[],:?-#'\"\\\n\t ~=xyeson019\x00\u2028\ud800", max_size=8),
)
def test_a_damaged_framework_is_read_or_refused(at, length, put):
    assert parses_or_is_refused(SMALL[:at] + put + SMALL[at + length :])


class TestReadingAFile:
    def refusal_of(self, path: Path) -> str:
        with pytest.raises(FrameworkErrors) as refusal:
            read_framework(path)
        return str(refusal.value)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
    def test_utf_8_is_read_with_or_without_byte_order_mark(self, tmp_path, encoding):
        path = tmp_path / "framework.yaml"
        path.write_text(SMALL, encoding=encoding)
        assert read_framework(path) == parse_framework(SMALL)

    def test_windows_line_ends_are_read(self, tmp_path):
        path = tmp_path / "framework.yaml"
        path.write_bytes(SMALL.replace("\n", "\r\n").encode())
        assert read_framework(path) == parse_framework(SMALL)

    def test_another_encoding_is_refused_at_its_line(self, tmp_path):
        path = tmp_path / "framework.yaml"
        path.write_bytes(small_with("A tent", "A café").encode("windows-1252"))
        message = "line 14: The file is not in UTF-8. Save it again with the encoding UTF-8."
        assert self.refusal_of(path) == message

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
    def test_wide_encodings_are_refused(self, tmp_path, encoding):
        path = tmp_path / "framework.yaml"
        path.write_text(SMALL, encoding=encoding)
        assert "not in UTF-8" in self.refusal_of(path)

    def test_a_file_over_one_megabyte_is_refused(self, tmp_path):
        path = tmp_path / "framework.yaml"
        path.write_text(SMALL + "#" * LARGEST_FILE, encoding="utf-8")
        assert self.refusal_of(path) == "line 1: The file is over 1 MB. A framework is far shorter."

    def test_an_empty_file_is_refused(self, tmp_path):
        path = tmp_path / "framework.yaml"
        path.touch()
        assert self.refusal_of(path) == "line 1: The file is empty. Write the framework in it."

    def test_a_file_that_is_not_there_is_refused(self, tmp_path):
        message = "line 1: The file cannot be opened: No such file or directory."
        assert self.refusal_of(tmp_path / "none.yaml") == message

    def test_a_folder_is_refused(self, tmp_path):
        assert self.refusal_of(tmp_path) == "line 1: The file cannot be opened: Is a directory."
