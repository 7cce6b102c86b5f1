"""Every form of ours for people who are signed in says whom it was shown to, also those that a page shows seldom."""

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
