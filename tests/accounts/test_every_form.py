"""Every form of ours for people who are signed in says whom it was shown to, also those that a page shows seldom."""

import re

from tests.house.project import ROOT

FOR_ANYBODY = {
    "account/confirm_login_code.html",
    "account/login.html",
    "account/logout.html",
    "account/password_reset.html",
    "account/password_reset_from_key.html",
    "account/request_login_code.html",
    "base_signed_in.html",  # its one form signs out
    "schools/people/invitation_for_another.html",  # so does this
}


def without_a_person(text: str) -> int:
    """How many forms of a template carry a CSRF token and not, right behind it, the person."""
    return text.count("{% csrf_token %}") - text.count("{% csrf_token %}{% held_for ")


def test_every_template_puts_the_person_behind_the_csrf_token():
    folder = ROOT / "templates"
    lacking = {
        str(path.relative_to(folder)) for path in folder.rglob("*.html") if without_a_person(path.read_text())
    }
    assert lacking == FOR_ANYBODY


def test_a_form_without_is_seen():
    assert (
        without_a_person(
            '{% csrf_token %}{% held_for %}{% csrf_token %}{% held_for "Send" %} {% csrf_token %}'
        )
        == 1
    )


SIGNS_OUT = re.compile(r"<form [^>]*(?:account_logout|sign_out_url)(?:[^>]|%})*?>")
ENDS_NO_SIGNING_IN = "account/confirm_login_code.html"
"""Nobody is signed in there: whose session ended chooses another way to come back to their unsent words."""


def keeps_words(text: str) -> bool:
    """Whether a template has a form that signs out and leaves a person's unsent words on the device."""
    forms = SIGNS_OUT.findall(text)
    has_script = "js/signing-out.js" in text or '{% extends "base_signed_in.html" %}' in text
    return bool(forms) and not (has_script and all("data-signs-out" in form for form in forms))


def test_every_form_that_signs_out_takes_unsent_words_from_the_device():
    folder = ROOT / "templates"
    keeping = {
        str(path.relative_to(folder)) for path in folder.rglob("*.html") if keeps_words(path.read_text())
    }
    assert keeping == {ENDS_NO_SIGNING_IN}
