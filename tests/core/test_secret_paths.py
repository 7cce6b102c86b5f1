"""No log and no error report holds the secret of an invitation, of another link or of a calendar."""

import logging
from io import StringIO

import pytest

from core.secret_paths import SecretsHidden, event_without_secrets, holds_secret

SECRET = "kUW9aYd8mZ4Pq-3n_QxR"
PATH = f"/invitations/{SECRET}/"


def logged(message: str, *arguments: object) -> str:
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(SecretsHidden())
    handler.handle(logging.makeLogRecord({"msg": message, "args": arguments}))
    return written.getvalue()


def test_a_line_of_the_log_has_the_address_without_it():
    assert logged("Unprocessable Content: %s", PATH) == "Unprocessable Content: /invitations/…/\n"


@pytest.mark.parametrize("folder", ["times", "summaries"])
def test_so_has_that_of_a_link_to_a_visit(folder):
    assert logged(f"Not Found: /{folder}/{SECRET}/") == f"Not Found: /{folder}/…/\n"


@pytest.mark.parametrize("ending", [".ics", "", "/"], ids=["whole", "cut_off", "mistyped"])
def test_so_has_that_of_a_calendar(ending):
    assert SECRET not in logged(f"Not Found: /calendars/{SECRET}{ending}")


@pytest.mark.parametrize("path", ["/calendars/", "/calendars/make/7/", "/calendars/12/take-back/"])
def test_the_pages_about_calendars_keep_their_addresses(path):
    assert logged(path) == f"{path}\n"


@pytest.mark.parametrize(
    ("path", "holds"),
    [
        (PATH, True),
        (f"/times/{SECRET}/", True),
        (f"/summaries/{SECRET}/", True),
        (f"/calendars/{SECRET}.ics", True),
        ("/calendars/", False),
        ("/visits/7/", False),
    ],
)
def test_a_text_is_known_to_hold_one(settings, path, holds):
    assert holds_secret(f"Answer here: {settings.SITE_URL}{path}\n") is holds


@pytest.mark.parametrize("folder", ["times", "summaries", "invitations"])
def test_the_address_of_another_site_is_none_of_ours(folder):
    assert not holds_secret(f"Join us: https://meet.example.org/{folder}/{SECRET}/\n")


def test_other_lines_stay_as_they_are():
    assert logged("%s of %d at /workspaces/7/", "One", 3) == "One of 3 at /workspaces/7/\n"


def test_every_handler_of_ours_hides_it(settings):
    filters = {name: handler.get("filters") for name, handler in settings.LOGGING["handlers"].items()}
    assert filters == {"console": ["secrets"]}


def test_an_error_report_has_it_nowhere():
    event = {
        "request": {"url": f"https://pins.example.org{PATH}?next=/", "headers": {"Referer": PATH}},
        "breadcrumbs": {"values": [{"message": PATH}, 7]},
        "tags": (("url", PATH),),
    }
    told = event_without_secrets(event)
    assert SECRET not in str(told)
    assert told["request"]["url"] == "https://pins.example.org/invitations/…/?next=/"
