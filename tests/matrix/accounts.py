"""Signing in."""

from typing import Any
from uuid import UUID

from accounts.models import HeldPost
from schools.models import School
from tests.matrix.rows import Row
from tests.people import People


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


ROWS: dict[str, Row] = {
    # ----------------------------- out admin liais progr train head  coll  gov   other
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
    "GET held_post": Row(
        "           in  404   404   404   404   200   404   404   404", kept_for_head, is_a_persons=True
    ),
}
