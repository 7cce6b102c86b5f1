"""The national register."""

from typing import Any

from schools.models import RegisterRun, School, SuccessionToReview
from tests.matrix.rows import Row
from tests.people import People


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


ROWS: dict[str, Row] = {
    # ----------------------------- out admin liais progr train head  coll  gov   other
    "GET schools:register": Row("    in  200   403   403   403   403   403   403   403"),
    "GET schools:register_runs_csv": Row("  in 200 403 403 403 403 403 403 403"),
    "GET schools:register_runs_excel": Row("in 200 403 403 403 403 403 403 403"),
    "GET schools:successions_csv": Row("    in 200 403 403 403 403 403 403 403"),
    "GET schools:successions_excel": Row("  in 200 403 403 403 403 403 403 403"),
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
}
