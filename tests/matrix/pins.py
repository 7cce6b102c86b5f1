"""Home, health, who can do what, and mail."""

from typing import Any

from core.models import OutgoingEmail
from schools.models import School
from tests.matrix.rows import Row
from tests.people import People


def an_email(people: People, school: School) -> dict[str, Any]:
    """An e-mail that failed."""
    email = OutgoingEmail.objects.create(to="x@pins.example", subject="X", kind="X", status="failed")
    return {"pk": email.pk}


def a_person(people: People, school: School) -> dict[str, Any]:
    """Somebody who works for the programme."""
    return {"user_pk": people.liaison.pk}


ROWS: dict[str, Row] = {
    # ----------------------------- out admin liais progr train head  coll  gov   other
    "GET home": Row("                in  200   200   200   200   200   200   200   200"),
    "GET healthz": Row("             200 200   200   200   200   200   200   200   200"),
    "GET readyz": Row("              503 503   503   503   503   503   503   503   503"),
    "GET admin": Row("               in  in    in    in    in    in    in    in    in"),
    "GET who_can_do_what": Row("     in  200   200   200   200   200   200   200   200"),
    "GET who_can_do_what_csv": Row(" in  200   200   200   200   200   200   200   200"),
    "GET who_can_do_what_excel": Row("in 200   200   200   200   200   200   200   200"),
    "GET mail": Row("                in  200   403   403   403   403   403   403   403"),
    "GET mail_csv": Row("            in  200   403   403   403   403   403   403   403"),
    "GET mail_excel": Row("          in  200   403   403   403   403   403   403   403"),
    "GET mail_one": Row("            in  200   403   403   403   403   403   403   403", an_email),
    "POST mail_test": Row("          in  422   403   403   403   403   403   403   403"),
    "POST mail_retry": Row("         in  go    403   403   403   403   403   403   403", an_email),
    # People
    "GET people": Row("in 200 403 403 403 403 403 403 403"),
    "GET people_csv": Row("in 200 403 403 403 403 403 403 403"),
    "GET people_excel": Row("in 200 403 403 403 403 403 403 403"),
    "GET add_person": Row("in 200 403 403 403 403 403 403 403"),
    "POST add_person": Row("in 422 403 403 403 403 403 403 403"),
    "GET person": Row("in 200 403 403 403 403 403 403 403", a_person),
    "GET change_person": Row("in 200 403 403 403 403 403 403 403", a_person),
    "POST change_person": Row("in 422 403 403 403 403 403 403 403", a_person),
    "GET outbox": Row("              404 404   404   404   404   404   404   404   404"),
}
