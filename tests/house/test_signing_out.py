"""Whoever signs out takes from the device what it kept of their unsent words, from whichever page they do."""

import pytest

from tests.house.project import ROOT

TEMPLATES = ROOT / "templates"
NOBODY_IS_SIGNED_IN = {"account/confirm_login_code.html"}
"""It ends a sign-in that was begun: words of a session that ended before are still their writer's."""
FORMS = [
    path
    for path in TEMPLATES.rglob("*.html")
    if "account_logout" in path.read_text() and str(path.relative_to(TEMPLATES)) not in NOBODY_IS_SIGNED_IN
]


def test_there_are_some():
    assert len(FORMS) >= 3


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_each_form_says_that_it_signs_out_and_its_page_has_the_script(path):
    text = path.read_text()
    assert "data-signs-out" in text
    assert "js/signing-out.js" in text or 'extends "base_signed_in.html"' in text
