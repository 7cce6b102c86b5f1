"""The repository speaks of the product alone."""

import pytest

from tests.house import wording
from tests.house.project import project_files


def test_no_file_speaks_of_a_machine_or_of_what_is_left_to_do():
    assert wording.forbidden_words_in(project_files()) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("see /root/notes.txt", "a path of somebody's machine"),
        ('open("/home/ada/pins/manage.py")', "a path of somebody's machine"),
        ("(/work/main)", "a path of somebody's machine"),
        ("read ../shared/design.md", "a path beside the project"),
        ("--extra-index-url https://mirror.example/simple", "an address of a package registry"),
        ("# TODO: the rest", "something left to do"),
    ],
)
def test_words_of_a_machine_are_found(text: str, what: str):
    assert wording.forbidden_words(f"first\n{text}") == [f"line 2: {what}"]


@pytest.mark.parametrize(
    "text",
    [
        '<a href="/home/">Home</a>',
        "their paper/work/life",
        "the method toDo",
        "https://pins.example/home/next/",
    ],
)
def test_words_of_the_product_pass(text: str):
    assert wording.forbidden_words(text) == []
