"""Undefined template variables are errors in our templates, and stay silent in those of packages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.template import Origin, Template, engines

from tests.house.project import ROOT
from tests.house.undefined import UndefinedVariableError

Render = Callable[..., str]
OURS = ROOT / "templates" / "audits" / "sample.html"
THEIRS = Path("/usr/lib/python3/site-packages/allauth/templates/account/sample.html")


@pytest.fixture
def render() -> Render:
    def render_as(source: str, path: Path = OURS, **context: Any) -> str:
        from django.template import Context

        template = Template(source, origin=Origin(str(path)), engine=engines["django"].engine)
        return template.render(Context(context))

    return render_as


@pytest.mark.parametrize(
    "source",
    [
        "{{ school }}",
        "{{ school.name }}",
        "{{ school|upper }}",
        "{% for visit in visits %}{{ visit }}{% endfor %}",
        "{% if yes %}{{ school }}{% endif %}",
        "{% with name=school.name %}{{ name }}{% endwith %}",
        "{% for visit in known %}{{ visit.date }}{% endfor %}",
    ],
)
def test_a_name_that_nobody_gave_is_an_error_in_our_templates(render: Render, source: str):
    with pytest.raises(UndefinedVariableError, match="templates/audits/sample.html"):
        render(source, yes=True, known=[object()])


def test_the_error_names_the_line_and_the_variable(render: Render):
    with pytest.raises(UndefinedVariableError, match=r"sample\.html:2: nobody gave school"):
        render("<p>\n{{ school }}")


@pytest.mark.parametrize(
    "source",
    [
        "{{ school }}",
        "{% if school %}x{% endif %}",
        "{{ school|upper }}",
        "{% for visit in visits %}{{ visit }}{% endfor %}",
    ],
)
def test_packages_templates_stay_silent(render: Render, source: str):
    assert render(source, path=THEIRS) == ""


def test_a_filter_still_works_on_what_a_package_leaves_undefined(render: Render):
    assert render("{{ title|default:'Site' }}", path=THEIRS) == "Site"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{% if hint %}x{% endif %}", ""),
        ("{% firstof kind 'info' %}", "info"),
        ("{{ kind|default:'info' }}", "info"),
        ("{% for visit in none %}{{ visit }}{% empty %}none yet{% endfor %}", "none yet"),
    ],
)
def test_what_says_openly_that_it_may_be_missing_is_allowed(render: Render, source: str, text: str):
    assert render(source, none=[]) == text
