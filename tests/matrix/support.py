"""The list of local support."""

from typing import Any

from schools.models import School
from tests.factories import LocalSupportFactory
from tests.matrix.rows import Row
from tests.people import People


def an_entry(people: People, school: School) -> dict[str, Any]:
    """A group on the list."""
    return {"support_pk": LocalSupportFactory().pk}


ROWS: dict[str, Row] = {
    # ------------------------------- out admin liais progr train head  coll  gov   other
    "GET visits:public_support": Row(" 200 200   200   200   200   200   200   200   200"),
    "GET visits:support": Row("        in  200   200   403   403   403   403   403   403"),
    "GET visits:support_csv": Row("    in  200   200   403   403   403   403   403   403"),
    "GET visits:support_excel": Row("  in  200   200   403   403   403   403   403   403"),
    "GET visits:add_support": Row("    in  200   200   403   403   403   403   403   403"),
    "POST visits:add_support": Row("   in  422   422   403   403   403   403   403   403"),
    "GET visits:change_support": Row(" in  200   200   403   403   403   403   403   403", an_entry),
    "POST visits:change_support": Row("in  422   422   403   403   403   403   403   403", an_entry),
}
