"""A form that is sent with a fault answers 422, whatever page it stands on.

What was kept for somebody whose session had ended is erased once a page has taken it, and a page takes it when it
answers with less than 400: a form that shows a fault with 200 loses what it could not take.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audits.models import Statement
from tests.accounts.test_passwords import link_in_mail
from tests.matrix import MATRIX
from tests.people import People
from tests.test_permission_matrix import path_of

pytestmark = pytest.mark.django_db

WITHOUT_FIELDS = {
    "account_logout",
    "mail_retry",
    "audits:submit",
    "audits:review",
    "audits:take_back",
    "audits:report_retry",
    "schools:area_up",
    "schools:close_year",
    "schools:end_membership",
    "schools:reset_text",
    "schools:remove_day_off",
    "schools:remove_logo",
    "schools:remove_term",
    "schools:register_check_again",
    "schools:register_discard",
    "schools:remove_contact",
    "schools:resend_invitation",
    "schools:revoke_invitation",
    "schools:remove_group",
    "schools:take_back_part",
    "visits:send_link_again",
    "visits:send_summary_again",
    "visits:put_theme_back",
    "visits:finish_notes",
    "visits:write_on",
    "visits:share",
    "visits:receipt",
    "visits:receipt_by_link",
    "visits:close",
    "visits:draft_families",
    "visits:families_intro",
    "visits:families_sheet_again",
    "visits:publish_families",
    "visits:remove_families_line",
    "visits:theme_take_back",
    "visits:withdraw_families_change",
    "visits:unapprove_families_forum",
    "visits:unapprove_families_school",
    "visits:remove_theme",
    "visits:forget_theme",
    "visits:request_visit",
    "visits:take_times_back",
    "visits:make_own_feed",
    "visits:make_school_feed",
    "visits:revoke_feed",
}
"""One button, and nothing that could be at fault."""

SHOW_A_SECRET = {"visits:make_own_feed", "visits:make_school_feed"}
"""Their answer is the one page that knows the address which they made: no later one could show it."""

PARTS = {
    "audits:save_statement",
    "audits:save_notes",
    "visits:here",
    "visits:save_record_part",
    "visits:save_signposting",
    "visits:save_theme",
}
"""htmx shows a part only with 200; what is kept of one stays until the part says that it is saved."""

Sent = tuple[Client, str, dict[str, Any]]


def a_code_is_awaited(client: Client, people: People) -> Sent:
    client.post(reverse("account_request_login_code"), {"email": people.head.email})
    return client, reverse("account_confirm_login_code"), {}


def without_a_password(client: Client, people: People) -> Sent:
    people.head.set_unusable_password()
    people.head.save()
    client.force_login(people.head)
    return client, reverse("account_set_password"), {}


def by_link(client: Client, people: People) -> Sent:
    client.post(reverse("account_reset_password"), {"email": people.head.email})
    return client, client.get(link_in_mail(people.head)).url, {}


def a_level_that_is_none(client: Client, people: People) -> Sent:
    client.force_login(people.head)
    row = MATRIX["POST audits:section"]
    path = path_of("audits:section", row.arguments(people, people.school))
    return client, path, {f"{Statement.objects.get().key}-answer": "9"}


def a_link_worker_who_is_none(client: Client, people: People) -> Sent:
    client.force_login(people.admin)
    return client, reverse("schools:change_school", args=[people.school.pk]), {"link_worker": people.head.pk}


def a_number_that_is_none(client: Client, people: People) -> Sent:
    client.force_login(people.liaison)
    row = MATRIX["POST visits:record"]
    path = path_of("visits:record", row.arguments(people, people.school))
    return client, path, {"attendance-parent_carers": "many"}


NEEDS_MORE: dict[str, Callable[[Client, People], Sent]] = {
    "account_confirm_login_code": a_code_is_awaited,
    "account_set_password": without_a_password,
    "account_reset_password_from_key": by_link,
    "audits:section": a_level_that_is_none,
    "schools:change_school": a_link_worker_who_is_none,
    "visits:record": a_number_that_is_none,
}
"""Where sending nothing is no fault, or the form has to be reached first."""

FORMS = [
    name
    for method, name in (key.split() for key in MATRIX)
    if method == "POST" and name not in WITHOUT_FIELDS | PARTS
]


def nothing_sent(client: Client, people: People, name: str) -> Sent:
    """By the first of the cast to whom the table shows the form."""
    row = MATRIX[f"POST {name}"]
    who = next(who for who, code in row.expected.items() if code == "422")
    if person := people.named()[who]:
        client.force_login(person)
    return client, path_of(name, row.arguments(people, people.school)), {}


@pytest.mark.parametrize("name", FORMS)
def test_a_fault_answers_422(client: Client, people: People, name: str):
    make = NEEDS_MORE.get(name)
    sender, path, data = make(client, people) if make else nothing_sent(client, people, name)
    answer = sender.post(path, data)
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()


@pytest.mark.parametrize("name", sorted(WITHOUT_FIELDS - SHOW_A_SECRET))
def test_a_form_without_fields_leads_on(client: Client, people: People, name: str):
    row = MATRIX[f"POST {name}"]
    assert set(row.codes.split()) <= {"in", "go", "403", "404"}
