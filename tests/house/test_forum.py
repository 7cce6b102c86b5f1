"""The forum is called by the name that an administrator gave it, and the people at a visit as their reader does."""

from pathlib import Path

import pytest

from tests.house import forum
from tests.house.project import ROOT, project_files, source_files
from visits.who_words import WHO_COMES, WHO_GOES

TEMPLATES = ROOT / "templates"


def test_no_page_and_no_email_names_it_by_anything_but_its_settings():
    assert forum.in_templates(project_files(".html", ".jinja", ".txt", root=TEMPLATES)) == []


def test_no_text_in_the_code_does():
    assert forum.in_code(source_files()) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("<p>Ask PACC.</p>", True),
        ("<p>The forum answers.</p>", True),
        ('{% include "x.html" with title="It is with the forum" only %}', True),
        ("{# what the forum reads #}<p>{{ told.forum }}</p>", False),
        ('<a href="{% url "forum" %}">{{ programme.forum_short_name }}</a>', False),
    ],
)
def test_a_literal_name_is_found_in_a_template(tmp_path: Path, line: str, found: bool):
    path = tmp_path / "page.html"
    path.write_text(line)
    assert (forum.in_templates([path]) == ["page.html, line 1"]) is found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('say("Your note is with the forum.")', True),
        ('say(f"Ask PACC, {name}.")', True),
        ('"""What the forum reads."""', False),
        ('reverse("forum")', False),
    ],
)
def test_a_literal_name_is_found_in_code(tmp_path: Path, line: str, found: bool):
    path = tmp_path / "module.py"
    path.write_text(line)
    assert (forum.in_code([path]) == ["module.py, line 1"]) is found


@pytest.mark.parametrize(
    ("words", "templates"),
    [
        (WHO_GOES, {"visits/plan_preview.html", "visits/planner.html", "visits/parts/planner_rows.jinja"}),
        (WHO_COMES, set()),
    ],
)
def test_who_is_at_a_visit_is_said_in_one_place_but_for_the_planners_tables(words: str, templates: set[str]):
    paths = project_files(".html", ".jinja", ".txt", root=TEMPLATES)
    assert {
        path.relative_to(TEMPLATES).as_posix() for path in paths if words in path.read_text()
    } == templates
