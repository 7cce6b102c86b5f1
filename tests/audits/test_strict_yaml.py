"""Hostile YAML runs nothing, costs little, and is refused in plain words."""

import time

import pytest

from audits.strict_yaml import NodeReader, compose, unprintable


def messages_of(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in compose(text)[1]]


def test_a_tag_that_would_run_code_is_refused_and_not_run(tmp_path):
    target = tmp_path / "ran"
    text = f'a: !!python/object/apply:os.system ["touch {target}"]\n'
    (line, message), *others = messages_of(text)
    assert (line, others) == (1, [])
    assert message.startswith("Take away “tag:yaml.org,2002:python/object")
    assert not target.exists()


def test_even_a_harmless_tag_is_refused():
    assert len(messages_of("a: !!str 1\nb: ! x\nc: !mine y\n")) == 3


def test_each_anchor_and_each_alias_is_refused():
    assert messages_of("a: &one [x]\nb: [*one, *one]\n") == [
        (1, "Take away “&one”: parts of this file cannot be named and repeated."),
        (2, "“*one” repeats another part of the file. Write the text out in full here."),
        (2, "“*one” repeats another part of the file. Write the text out in full here."),
    ]


def test_what_was_refused_as_yaml_is_not_complained_of_again():
    node, _ = compose("a: &one x\nb: *one\n")
    reader = NodeReader()
    fields = reader.fields(node, "", names=("a", "b"))
    reader.text(fields["b"], "b", longest=10)
    assert reader.problems == []


def lines_of_bomb(levels: int) -> str:
    first = 'l0: &l0 ["lol", "lol", "lol", "lol", "lol", "lol", "lol", "lol", "lol"]\n'
    return first + "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, levels))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(lines_of_bomb(200), id="aliases that multiply"),
        pytest.param("[" * 500_000, id="lists in lists"),
        pytest.param("{a: " * 200_000, id="fields in fields"),
        pytest.param("- " * 400_000, id="dashes on one line"),
        pytest.param("? " * 400_000, id="keys in keys"),
        pytest.param("a: " + "9" * 900_000, id="a number of many digits"),
        pytest.param("a: 1e" + "9" * 900_000, id="a number that would fill the memory"),
        pytest.param('a: "' + "x" * 900_000, id="a quote that never ends"),
        pytest.param("a: |\n" + " " * 900_000, id="a block of spaces"),
        pytest.param("%YAML " + "1" * 100_000, id="a version of many digits"),
    ],
)
def test_a_bomb_is_over_in_seconds(text):
    started = time.process_time()
    compose(text)
    assert time.process_time() - started < 15


def test_nesting_is_limited():
    assert messages_of("[" * 13 + "]" * 13)[0][1].startswith("This is not valid YAML (too many levels")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: b: c\n", 1),
        ("a: 1\n\tb: 2\n", 2),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: 'x\n\n", 3),
        ("a: 1\n  b: 2\n", 2),
        ("%YAML 9.9\n---\na: 1\n", 1),
        ("a: @x\n", 1),
    ],
)
def test_broken_yaml_names_its_line_and_says_what_to_look_at(text, line):
    (found, message), *_ = messages_of(text)
    assert found == line
    assert message.startswith("This is not valid YAML (")
    assert message.endswith("put quotes round text with a colon.")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("%YAML " + "1" * 100_000, 1),
        ('a: 1\nb: "\\UFFFFFFFF"\n', 2),
        ('a: 1\nb: "\\U00110000"\n', 2),
    ],
)
def test_numbers_out_of_range_are_refused_at_their_line(text, line):
    assert messages_of(text) == [(line, "This is not valid YAML. Take out the % or \\ in this line.")]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n...\n"])
def test_nothing_in_a_file_is_told_as_such(text):
    node, problems = compose(text)
    if node is None:
        assert [problem.message for problem in problems] == ["The file is empty. Write the framework in it."]
    else:
        assert NodeReader().text(node, "", longest=1) == ""


def test_control_characters_are_refused_line_by_line():
    assert messages_of("a: 1\nb: \0\nc: \x1b[31m\nd: \u202e\n") == [
        (2, "The character U+0000 cannot be shown or stored. Take it out."),
        (3, "The character U+001B cannot be shown or stored. Take it out."),
        (4, "The character U+202E cannot be shown or stored. Take it out."),
    ]


@pytest.mark.parametrize("character", ["\0", "\x07", "\x7f", "\x85", "\u2028", "\u200f", "\ud800", "\ufeff"])
def test_characters_that_cannot_be_stored_or_seen_are_found(character):
    assert unprintable(f"a{character}b") == f"U+{ord(character):04X}"


@pytest.mark.parametrize(
    "text", ["plain", "tab\tand\nline", "“curly” é ü ø", "Ünïcødé ✓ 👩🏽‍🏫", "Кириллица 漢字 עברית"]
)
def test_what_people_write_is_left_alone(text):
    assert unprintable(text) == ""


def test_an_unknown_field_is_shown_without_its_escape_codes():
    node, _ = compose('"\\e[31mred\\ud800": 1\n')
    reader = NodeReader()
    reader.fields(node, "", names=("a",))
    assert "“�[31mred�” is not a field here. The fields are a." in [
        problem.message for problem in reader.problems
    ]


def test_a_merge_is_only_an_unknown_field():
    node, _ = compose("<<: {a: b}\n")
    reader = NodeReader()
    assert reader.fields(node, "", names=("a",)) == {}
    assert [problem.message for problem in reader.problems] == [
        "“<<” is not a field here. The fields are a.",
        "Add a.",
    ]
