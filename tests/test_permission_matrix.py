"""Who gets what, at every address: role by URL by own school, another school and signed out.

To add an address, add a row below: its method and name, what each person of the cast gets, and how to make its
arguments. A row's object belongs to the school of head, colleague and governor; what the head of another school
gets stands in the last column, and the three are sent to the other school's object too, where they must get the
same. "in" is a redirect to the sign-in page, "go" any other redirect.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from accounts.held_posts import PERSON_FIELD
from accounts.models import HeldPost, User
from audits.enums import AuditStatus
from audits.models import Audit, Section, Statement
from audits.snapshot import take_snapshot
from core.models import OutgoingEmail
from schools.models import (
    Area,
    Cohort,
    PartnerBody,
    ProgrammeYear,
    RegisterRun,
    School,
    SuccessionToReview,
)
from tests.factories import AuditFactory, ProgrammeYearFactory, ReportFactory, small_framework
from tests.forms_on_page import post_forms
from tests.people import People
from tests.urlconf import ADMIN, addresses

COLUMNS = [
    "signed_out",
    "admin",
    "liaison",
    "programme",
    "trainer",
    "head",
    "colleague",
    "governor",
    "other_head",
]

Maker = Callable[[People, School], dict[str, Any]]


def nothing(people: People, school: School) -> dict[str, Any]:
    """An address without arguments."""
    return {}


@dataclass(frozen=True)
class Row:
    """What everybody gets, in the order of COLUMNS; how to make the arguments; what is posted."""

    codes: str
    arguments: Maker = nothing
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def expected(self) -> dict[str, str]:
        return dict(zip(COLUMNS, self.codes.split(), strict=True))


def an_audit(people: People, school: School) -> dict[str, Any]:
    """An open audit of the school, with one statement in one section, which is given to nobody."""
    return {"audit_pk": AuditFactory(school=school, version=small_framework(1, 1)).pk}


def a_submitted_audit(people: People, school: School) -> dict[str, Any]:
    """One that waits for its review."""
    arguments = an_audit(people, school)
    Audit.objects.update(status=AuditStatus.SUBMITTED, submitted_at=timezone.now(), submitted_by=people.admin)
    return arguments


def a_reviewed_audit(people: People, school: School) -> dict[str, Any]:
    """One that was reviewed."""
    arguments = a_submitted_audit(people, school)
    Audit.objects.update(status=AuditStatus.REVIEWED, reviewed_at=timezone.now(), reviewed_by=people.admin)
    return arguments


def a_section(people: People, school: School) -> dict[str, Any]:
    """The section of such an audit."""
    arguments = an_audit(people, school)
    return {**arguments, "area_key": Section.objects.get().area.key}


def a_statement(people: People, school: School) -> dict[str, Any]:
    """The statement of that section."""
    arguments = a_section(people, school)
    return {**arguments, "statement_key": Statement.objects.get().key}


def a_listed_school(people: People, school: School) -> dict[str, Any]:
    """The school itself, which agreed to be named."""
    return {"slug": school.slug}


def a_report(people: People, school: School) -> dict[str, Any]:
    """A report that waits to be built."""
    audit = Audit.objects.get(pk=an_audit(people, school)["audit_pk"])
    audit.submitted_at = timezone.now()
    return {"report_pk": ReportFactory(audit=audit, snapshot=take_snapshot(audit)).pk}


def an_email(people: People, school: School) -> dict[str, Any]:
    """An e-mail that failed."""
    email = OutgoingEmail.objects.create(to="x@pins.example", subject="X", kind="X", status="failed")
    return {"pk": email.pk}


def a_register_run(people: People, school: School) -> dict[str, Any]:
    """A register file that was checked and waits for a person."""
    run = RegisterRun.objects.create(
        asked_by=people.admin, file_name="register.csv", status="done", outcome="checked"
    )
    return {"run_pk": run.pk}


def a_succession(people: People, school: School) -> dict[str, Any]:
    """A succession that waits for a person."""
    waiting = SuccessionToReview.objects.create(old_urn=123001, new_urn=150001, why="two successors")
    return {"succession_pk": waiting.pk}


def kept_for_head(people: People, school: School) -> dict[str, Any]:
    """Something that head sent after the session had ended."""
    token = UUID(int=7)
    HeldPost.objects.create(
        token=token, user=people.head, path="/home/", body={"form": "", "files": [], "page": ""}
    )
    return {"token": token}


def a_reset_link(people: People, school: School) -> dict[str, Any]:
    """A link that does not work."""
    return {"uidb36": "1", "key": "x-y"}


def a_year(people: People, school: School) -> dict[str, Any]:
    """The programme year that both schools take part in."""
    return {"year_pk": ProgrammeYear.objects.get().pk}


def a_part(people: People, school: School) -> dict[str, Any]:
    """The school's part in the year."""
    return {"part_pk": school.participations.get().pk}


def a_move(people: People, school: School) -> dict[str, Any]:
    """Its withdrawal, which owes a reason."""
    return {**a_part(people, school), "status": "withdrawn"}


def a_school_to_add(people: People, school: School) -> dict[str, Any]:
    """The school beside a year in which it does not take part."""
    return {"year_pk": ProgrammeYearFactory(name="Another").pk, "school_pk": school.pk}


def a_cohort(people: People, school: School) -> dict[str, Any]:
    """The cohort that both schools joined in."""
    return {"cohort_slug": Cohort.objects.get().slug}


def an_area(people: People, school: School) -> dict[str, Any]:
    """The last area of practice."""
    return {"area_key": Area.objects.last().key}


def a_body(people: People, school: School) -> dict[str, Any]:
    """An organisation behind the programme."""
    return {"body_pk": PartnerBody.objects.create(name="Shropshire Council", part="Leads it here").pk}


MATRIX: dict[str, Row] = {
    # ----------------------------- out admin liais progr train head  coll  gov   other
    "GET front": Row("               200 200   200   200   200   200   200   200   200"),
    "GET home": Row("                in  200   200   200   200   200   200   200   200"),
    "GET healthz": Row("             200 200   200   200   200   200   200   200   200"),
    "GET readyz": Row("              503 503   503   503   503   503   503   503   503"),
    "GET admin": Row("               in  in    in    in    in    in    in    in    in"),
    # Signing in
    "GET your_account": Row("        in  200   200   200   200   200   200   200   200"),
    "GET account_login": Row("       200 go    go    go    go    go    go    go    go"),
    "POST account_login": Row("      422 go    go    go    go    go    go    go    go"),
    "GET account_request_login_code": Row("  200 go go go go go go go go"),
    "POST account_request_login_code": Row(" 422 go go go go go go go go"),
    "GET account_confirm_login_code": Row("  go  go go go go go go go go"),
    "POST account_confirm_login_code": Row(" go  go go go go go go go go"),
    "GET account_logout": Row("      go  200   200   200   200   200   200   200   200"),
    "POST account_logout": Row("     go  go    go    go    go    go    go    go    go"),
    "GET account_inactive": Row("    200 200   200   200   200   200   200   200   200"),
    "GET account_signup": Row("      200 200   200   200   200   200   200   200   200"),
    "GET account_change_password": Row("         in  200 200 200 200 200 200 200 200"),
    "POST account_change_password": Row("        in  422 422 422 422 422 422 422 422"),
    "GET account_set_password": Row("            in  go  go  go  go  go  go  go  go"),
    "POST account_set_password": Row("           in  go  go  go  go  go  go  go  go"),
    "GET account_reset_password": Row("          200 200 200 200 200 200 200 200 200"),
    "POST account_reset_password": Row("         422 422 422 422 422 422 422 422 422"),
    "GET account_reset_password_done": Row("     200 200 200 200 200 200 200 200 200"),
    "GET account_reset_password_from_key": Row(" 200 200 200 200 200 200 200 200 200", a_reset_link),
    "POST account_reset_password_from_key": Row("422 422 422 422 422 422 422 422 422", a_reset_link),
    "GET account_reset_password_from_key_done": Row("200 200 200 200 200 200 200 200 200"),
    "GET held_post": Row("           in  404   404   404   404   200   404   404   404", kept_for_head),
    # Who can do what, and mail
    "GET who_can_do_what": Row("     in  200   200   200   200   200   200   200   200"),
    "GET who_can_do_what_csv": Row(" in  200   200   200   200   200   200   200   200"),
    "GET who_can_do_what_excel": Row("in 200   200   200   200   200   200   200   200"),
    "GET mail": Row("                in  200   403   403   403   403   403   403   403"),
    "GET mail_csv": Row("            in  200   403   403   403   403   403   403   403"),
    "GET mail_excel": Row("          in  200   403   403   403   403   403   403   403"),
    "GET mail_one": Row("            in  200   403   403   403   403   403   403   403", an_email),
    "POST mail_test": Row("          in  422   403   403   403   403   403   403   403"),
    "POST mail_retry": Row("         in  go    403   403   403   403   403   403   403", an_email),
    "GET outbox": Row("              404 404   404   404   404   404   404   404   404"),
    # Schools
    "GET schools:public_list": Row(" 200 200   200   200   200   200   200   200   200"),
    "GET schools:public_csv": Row("  200 200   200   200   200   200   200   200   200"),
    "GET schools:public_excel": Row("200 200   200   200   200   200   200   200   200"),
    "GET schools:public_json": Row(" 200 200   200   200   200   200   200   200   200"),
    # The programme
    "GET schools:programme": Row("   in  200   403   403   403   403   403   403   403"),
    "GET schools:change_settings": Row("  in  200 403 403 403 403 403 403 403"),
    "POST schools:change_settings": Row(" in  422 403 403 403 403 403 403 403"),
    "GET schools:add_year": Row("    in  200   403   403   403   403   403   403   403"),
    "POST schools:add_year": Row("   in  422   403   403   403   403   403   403   403"),
    "GET schools:year": Row("        in  200   403   403   403   403   403   403   403", a_year),
    "GET schools:change_year": Row(" in  200   403   403   403   403   403   403   403", a_year),
    "POST schools:change_year": Row("in  422   403   403   403   403   403   403   403", a_year),
    "GET schools:close_year": Row("  in  200   403   403   403   403   403   403   403", a_year),
    "POST schools:close_year": Row(" in  go    403   403   403   403   403   403   403", a_year),
    "GET schools:open_year_again": Row("  in  200 403 403 403 403 403 403 403", a_year),
    "POST schools:open_year_again": Row(" in  422 403 403 403 403 403 403 403", a_year),
    "GET schools:year_schools_csv": Row("   in  200 403 403 403 403 403 403 403", a_year),
    "GET schools:year_schools_excel": Row(" in  200 403 403 403 403 403 403 403", a_year),
    "GET schools:find_school": Row("        in  200 403 403 403 403 403 403 403", a_year),
    "GET schools:carry_on": Row("           in  200 403 403 403 403 403 403 403", a_year),
    "POST schools:carry_on": Row("          in  422 403 403 403 403 403 403 403", a_year),
    "GET schools:add_part": Row("           in  200 403 403 403 403 403 403 403", a_school_to_add),
    "POST schools:add_part": Row("          in  422 403 403 403 403 403 403 403", a_school_to_add),
    "GET schools:part": Row("               in  200 403 403 403 403 403 403 403", a_part),
    "GET schools:change_part": Row("        in  200 403 403 403 403 403 403 403", a_part),
    "POST schools:change_part": Row("       in  422 403 403 403 403 403 403 403", a_part),
    "GET schools:move_part": Row("          in  200 403 403 403 403 403 403 403", a_move),
    "POST schools:move_part": Row("         in  422 403 403 403 403 403 403 403", a_move),
    "GET schools:add_cohort": Row("       in  200 403 403 403 403 403 403 403"),
    "POST schools:add_cohort": Row("      in  422 403 403 403 403 403 403 403"),
    "GET schools:change_cohort": Row("    in  200 403 403 403 403 403 403 403", a_cohort),
    "POST schools:change_cohort": Row("   in  422 403 403 403 403 403 403 403", a_cohort),
    "GET schools:add_area": Row("         in  200 403 403 403 403 403 403 403"),
    "POST schools:add_area": Row("        in  422 403 403 403 403 403 403 403"),
    "GET schools:change_area": Row("      in  200 403 403 403 403 403 403 403", an_area),
    "POST schools:change_area": Row("     in  422 403 403 403 403 403 403 403", an_area),
    "POST schools:area_up": Row("         in  go  403 403 403 403 403 403 403", an_area),
    "GET schools:add_body": Row("         in  200 403 403 403 403 403 403 403"),
    "POST schools:add_body": Row("        in  422 403 403 403 403 403 403 403"),
    "GET schools:change_body": Row("      in  200 403 403 403 403 403 403 403", a_body),
    "POST schools:change_body": Row("     in  422 403 403 403 403 403 403 403", a_body),
    "GET schools:public_school": Row("200 200 200 200 200 200 200 200 200", a_listed_school),
    "GET sitemap": Row("             200 200   200   200   200   200   200   200   200"),
    "GET robots": Row("              200 200   200   200   200   200   200   200   200"),
    # The national register
    "GET schools:register": Row("    in  200   403   403   403   403   403   403   403"),
    "GET schools:register_upload": Row(" in 200 403 403 403 403 403 403 403"),
    "POST schools:register_upload": Row("in 422 403 403 403 403 403 403 403"),
    "GET schools:register_run": Row("    in 200 403 403 403 403 403 403 403", a_register_run),
    "GET schools:register_run_csv": Row("in 200 403 403 403 403 403 403 403", a_register_run),
    "GET schools:register_run_excel": Row("in 200 403 403 403 403 403 403 403", a_register_run),
    "POST schools:register_apply": Row("in 422 403 403 403 403 403 403 403", a_register_run),
    "POST schools:register_check_again": Row("in go 403 403 403 403 403 403 403", a_register_run),
    "GET schools:register_discard": Row("in 200 403 403 403 403 403 403 403", a_register_run),
    "POST schools:register_discard": Row("in go 403 403 403 403 403 403 403", a_register_run),
    "GET schools:successions": Row("     in 200 403 403 403 403 403 403 403"),
    "GET schools:succession": Row("      in 200 403 403 403 403 403 403 403", a_succession),
    "POST schools:succession": Row("     in 422 403 403 403 403 403 403 403", a_succession),
    # Self-audits
    "GET audits:list": Row("         in  200   200   200   200   200   200   200   200"),
    "GET audits:list_csv": Row("     in  200   200   200   200   200   200   200   200"),
    "GET audits:list_excel": Row("   in  200   200   200   200   200   200   200   200"),
    "GET audits:ask": Row("          in  200   403   403   403   403   403   403   403"),
    "POST audits:ask": Row("         in  422   403   403   403   403   403   403   403"),
    "GET audits:tasks": Row("        in  200   200   200   404   200   200   200   404", an_audit),
    "GET audits:check": Row("        in  200   200   403   404   200   200   403   404", an_audit),
    "POST audits:submit": Row("      in  403   403   403   404   go    403   403   404", an_audit),
    "POST audits:review": Row("      in  go    go    go    404   403   403   403   404", an_audit),
    "GET audits:send_back": Row("    in  200   200   200   404   403   403   403   404", a_submitted_audit),
    "POST audits:send_back": Row("   in  422   422   422   404   403   403   403   404", a_submitted_audit),
    "GET audits:reopen": Row("       in  200   200   200   404   403   403   403   404", a_reviewed_audit),
    "POST audits:reopen": Row("      in  422   422   422   404   403   403   403   404", a_reviewed_audit),
    "GET audits:section": Row("      in  200   200   403   404   200   200   403   404", a_section),
    "POST audits:section": Row("     in  403   403   403   404   go    403   403   404", a_section),
    "POST audits:save_notes": Row("  in  403   403   403   404   200   403   403   404", a_section),
    "GET audits:give": Row("         in  403   403   403   404   200   403   403   404", a_section),
    "POST audits:give": Row("        in  403   403   403   404   422   403   403   404", a_section),
    "POST audits:take_back": Row("   in  403   403   403   404   go    403   403   404", a_section),
    "POST audits:save_statement": Row("in 403  403   403   404   200   403   403   404", a_statement),
    # Reports
    "GET audits:report": Row("       in  200   200   200   404   200   200   200   404", a_report),
    "GET audits:report_download": Row("in go   go    go    404   go    go    go    404", a_report),
    "GET audits:report_answers_csv": Row("  in 200  200 200 404  200   200   200   404", a_report),
    "GET audits:report_answers_excel": Row("in 200  200 200 404  200   200   200   404", a_report),
    "POST audits:report_retry": Row("in  go    go    go    404   go    403   403   404", a_report),
}

NEED_NO_PERSON = {reverse_lazy("account_logout"), reverse_lazy("account_reset_password")}
"""Where forms lead that serve anybody, signed in or not."""


def outcome(response) -> str:
    """What somebody got, as the table writes it."""
    if response.status_code not in (301, 302, 303):
        return str(response.status_code)
    to_sign_in = response.url.partition("?")[0] in (reverse("account_login"), reverse("admin:login"))
    return "in" if to_sign_in else "go"


def answer(sign_in, person: User | None, method: str, path: str, data: dict[str, Any]) -> HttpResponse:
    """What this person is answered; whatever it changes is undone, so that the next one meets the same."""
    client = sign_in(person)
    with transaction.atomic():
        response = getattr(client, method.lower())(path, data)
        transaction.set_rollback(True)
    return response


def got(sign_in, person: User | None, method: str, path: str, data: dict[str, Any]) -> str:
    """What this person gets, as the table writes it."""
    return outcome(answer(sign_in, person, method, path, data))


def is_never_stored(response: HttpResponse) -> bool:
    return {"no-store", "private"} <= set(response.get("Cache-Control", "").split(", "))


def path_of(name: str, arguments: dict[str, Any]) -> str:
    return reverse("admin:index" if name == ADMIN else name, kwargs=arguments)


@pytest.mark.parametrize("key", MATRIX)
def test_everybody_gets_what_the_table_says(people: People, sign_in, key: str):
    row = MATRIX[key]
    method, name = key.split()
    path = path_of(name, row.arguments(people, people.school))
    cast = people.named()
    assert {who: got(sign_in, cast[who], method, path, row.data) for who in COLUMNS} == row.expected


@pytest.mark.parametrize("key", MATRIX)
def test_nobody_who_is_signed_in_gets_what_a_browser_may_store(people: People, sign_in, key: str):
    """Else the Back button shows it to whoever comes after them."""
    row = MATRIX[key]
    method, name = key.split()
    path = path_of(name, row.arguments(people, people.school))
    signed_in = [(who, person) for who, person in people.named().items() if person is not None]
    answers = {who: answer(sign_in, person, method, path, row.data) for who, person in signed_in}
    stored = {who: given.get("Cache-Control") for who, given in answers.items() if not is_never_stored(given)}
    assert stored == {}


@pytest.mark.parametrize("key", [key for key, row in MATRIX.items() if row.arguments is not nothing])
def test_a_school_role_is_worth_nothing_at_another_school(people: People, sign_in, key: str):
    row = MATRIX[key]
    if row.arguments is kept_for_head:
        return  # it belongs to a person, not to a school
    method, name = key.split()
    path = path_of(name, row.arguments(people, people.other_school))
    members = ("head", "colleague", "governor")
    cast = people.named()
    expected = dict.fromkeys(members, row.expected["other_head"])
    assert {who: got(sign_in, cast[who], method, path, row.data) for who in members} == expected


def test_every_address_has_a_row():
    known = {key.split()[1] for key in MATRIX}
    names = {address.name for address in addresses()}
    assert names - known == set(), "Add a row to MATRIX for each of these."
    assert known - names == set(), "These rows name no address any more."


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_method_without_a_row_is_refused(people: People, sign_in, method: str):
    client = sign_in(people.admin)
    unlisted = [a for a in addresses() if f"{method} {a.name}" not in MATRIX and a.name != ADMIN]
    taken = {a.name: getattr(client, method.lower())(a.path()).status_code for a in unlisted}
    assert {name: status for name, status in taken.items() if status != 405} == {}


@pytest.mark.parametrize(
    "key", [key for key, row in MATRIX.items() if key.startswith("GET") and "200" in row.codes]
)
def test_every_form_says_whom_it_was_shown_to(people: People, sign_in, key: str):
    """Else what is sent after the session has ended could not be kept for them: add {% held_for %}."""
    row = MATRIX[key]
    who = next((who for who in ("head", "admin") if row.expected[who] == "200"), None)
    if who is None:
        return
    path = path_of(key.split()[1], row.arguments(people, people.school))
    page = sign_in(people.named()[who]).get(path)
    if page["Content-Type"].startswith("text/html"):
        forms = [form for form in post_forms(page.content.decode()) if form.action not in NEED_NO_PERSON]
        assert [form.action for form in forms if PERSON_FIELD not in form.hidden] == []
