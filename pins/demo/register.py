"""A refresh of the register as it may have been in autumn, and one succession that waits for a decision."""

from schools.models import RegisterDifference, RegisterRun, SuccessionToReview

Kind = RegisterDifference.Kind

CHANGES = (
    (Kind.CLOSED, 123990, "Hope Bowdler Infant School", {"status": ["closing", "closed"]}),
    (Kind.CHANGED, 900_004, "Copperbeech Primary School and Nursery", {"pupils": [338, 342]}),
)
COUNTS = {
    "rows": 377,
    "encoding": "Windows-1252",
    "new": 0,
    "renumbered": 0,
    "closed": 1,
    "changed": 1,
    "same": 375,
    "former": 0,
    "waiting": 1,
    "unheard": 1,
    "in_programme": 1,
    "renamed": 0,
    "absent": 0,
    "notes": 0,
}
OLD, NEW = 900_010, 990_010


def seed_register() -> None:
    """Make them once; the schools themselves stay as they are."""
    if RegisterRun.objects.exists():
        return
    run = RegisterRun(
        status=RegisterRun.Status.DONE,
        step=RegisterRun.Step.APPLY,
        outcome=RegisterRun.Outcome.APPLIED,
        file_name="edubasealldata-autumn.csv",
        links_name="links_edubasealldata-autumn.csv",
        counts=COUNTS,
    )
    run.written_at = run.begun_at
    run.save()
    RegisterDifference.objects.bulk_create(
        RegisterDifference(
            run=run, kind=kind, is_in_programme=urn >= 900_000, urn=urn, name=name, fields=fields
        )
        for kind, urn, name, fields in CHANGES
    )
    SuccessionToReview.objects.create(
        old_urn=OLD, new_urn=NEW, why="the register calls it “successor - amalgamated”", run=run
    )
