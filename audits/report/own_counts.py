"""Who helped to answer, as the school typed it: in its own report, for those who may read exact counts."""

from audits.models import Report, SectionNote
from audits.snapshot import AreaSnapshot, Contributor, Snapshot


def with_own_counts(snapshot: Snapshot, report: Report) -> Snapshot:
    """The report's snapshot with exact counts where the stored notes are still those that it was taken from.

    In one query. Only for readers of whom `may_read_exact_counts` says so: a snapshot, and the PDF that is made
    from it, holds published counts alone. An older edition, or a section noted anew since, keeps those.
    """
    submitted_at = report.audit.submitted_at
    if report.superseded_by_id or submitted_at is None:
        return snapshot
    notes = SectionNote.objects.filter(audit=report.audit_id, noted_at__lte=submitted_at)
    counts = dict(notes.values_list("section__area__key", "contributors"))
    areas = [_exact(area, counts.get(area["key"], {})) for area in snapshot["areas"]]
    return {**snapshot, "areas": areas}


def _exact(area: AreaSnapshot, counts: dict[str, int]) -> AreaSnapshot:
    told: list[Contributor] = [
        {**one, "words": str(counts[one["role"]])} if one["role"] in counts else one
        for one in area["contributors"]
    ]
    return {**area, "contributors": told}
