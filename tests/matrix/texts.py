"""The words and the look of the public pages."""

from typing import Any

from schools.models import School
from tests.matrix.rows import Row
from tests.people import People


def a_text(people: People, school: School) -> dict[str, Any]:
    """A text that nobody changed yet."""
    return {"key": "about"}


ROWS: dict[str, Row] = {
    # ----------------------------- out admin liais progr train head  coll  gov   other
    "GET schools:texts": Row("       in  200   403   403   403   403   403   403   403"),
    "GET schools:change_text": Row(" in  200   403   403   403   403   403   403   403", a_text),
    "POST schools:change_text": Row("in  422   403   403   403   403   403   403   403", a_text),
    "POST schools:preview_text": Row("   in  422 403 403 403 403 403 403 403", a_text),
    "GET schools:reset_text": Row("  in  200   403   403   403   403   403   403   403", a_text),
    "POST schools:reset_text": Row(" in  go    403   403   403   403   403   403   403", a_text),
    "GET schools:change_look": Row(" in  200   403   403   403   403   403   403   403"),
    "POST schools:change_look": Row("in  422   403   403   403   403   403   403   403"),
    "POST schools:preview_look": Row("   in  422 403 403 403 403 403 403 403"),
    "GET schools:change_logo": Row(" in  200   403   403   403   403   403   403   403"),
    "POST schools:change_logo": Row("in  422   403   403   403   403   403   403   403"),
    "GET schools:remove_logo": Row(" in  200   403   403   403   403   403   403   403"),
    "POST schools:remove_logo": Row("in  go    403   403   403   403   403   403   403"),
}
