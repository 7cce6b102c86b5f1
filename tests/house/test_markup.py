"""Templates hold no code and no style, and each of them is used."""

import pytest

from tests.house import markup
from tests.house.project import ROOT, project_files


def test_no_template_holds_script_or_style():
    assert markup.inline_code_in(project_files(".html", ".jinja", ".svg", root=ROOT / "templates")) == []


def test_every_template_is_used():
    assert markup.unused_templates(markup.template_names(), markup.written_words()) == []


def test_no_table_slides_on_a_phone_but_the_one_whose_columns_are_compared():
    templates = project_files(".html", root=ROOT / "templates")
    assert markup.sliding_tables(templates) == {
        "templates/pins/who_can_do_what.html",
        "templates/core/gallery_components.html",
    }


def test_what_becomes_cards_stays_a_table_to_those_who_hear_it():
    templates = project_files(".html", root=ROOT / "templates")
    assert [
        (path, found) for path in templates if (found := markup.cells_without_role(path.read_text()))
    ] == []


def test_a_cell_without_its_role_is_found():
    cells = '<thead role="rowgroup"><tr role="row"><td data-label="Town">'
    table = f"{{% data_table caption='x' cards=True %}}{cells}{{% enddata_table %}}"
    assert markup.cells_without_role(table) == ['<td data-label="Town">']


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>\n<script>go()</script>", "line 2: <script> without src"),
        ("<style>p {}</style>", "line 1: <style> element"),
        ('<p style="color: red">', "line 1: style attribute"),
        ('<button onclick="go()">', "line 1: onclick attribute"),
        ('<a href=" JavaScript:go()">', "line 1: javascript: in href"),
        ('<a hx-on:click="go()">', "line 1: hx-on:click attribute"),
        ("<a hx-vals='js:{a: 1}'>", "line 1: code in hx-vals"),
        (
            '{% comment %}\n{% endcomment %}<p {% if wide %}style="width: 1em"{% endif %}>',
            "line 2: style attribute",
        ),
    ],
)
def test_code_and_style_are_found_wherever_they_stand(source: str, found: str):
    assert markup.inline_code(source) == [found]


@pytest.mark.parametrize(
    "source",
    [
        '<script type="module" src="{% static "js/pins.js" %}"></script>',
        '<script type="application/json" id="answers">{}</script>',
        "{# a comment may name <style> and onclick= #}",
        "{% comment %}<script>go()</script>{% endcomment %}",
        '<p class="{% if one > 0 %}style{% endif %}">the word style="" is text here: {{ value }}</p>',
        '<meta name="htmx-config" content=\'{"allowEval": false}\'>',
    ],
)
def test_markup_without_code_passes(source: str):
    assert markup.inline_code(source) == []


def test_a_template_that_nobody_names_is_found():
    words = "return render(request, \"audits/tasks.html\")\n{% include 'components/tag.html' %}"
    names = ["audits/tasks.html", "components/tag.html", "audits/old_tasks.html"]
    assert markup.unused_templates(names, words) == ["audits/old_tasks.html"]


def test_a_template_whose_name_is_composed_counts_as_used_when_its_last_part_is_named():
    words = 'render_to_string(f"emails/{kind}.txt")\nqueue(kind="section_given")'
    names = ["emails/section_given.txt", "emails/forgotten.txt"]
    assert markup.unused_templates(names, words) == ["emails/forgotten.txt"]


@pytest.mark.parametrize(
    "name", ["404.html", "account/login.html", "govuk/field.html", "django/forms/widgets/date.html"]
)
def test_a_template_that_django_or_a_package_asks_for_is_used(name: str):
    assert markup.unused_templates([name], "") == []


def test_a_template_of_the_pack_that_crispy_does_not_ask_for_is_found():
    assert markup.unused_templates(["govuk/field_of_old.html"], "") == ["govuk/field_of_old.html"]
