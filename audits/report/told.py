"""Who helped, as people outside the school and the forum were told it: in the counts of the report (decision 0037)."""

import logging

from audits.models import Audit, Report, Section
from audits.snapshot import Contributor, UnreadableSnapshotError, read_snapshot

logger = logging.getLogger(__name__)


def contributors_told(audit: Audit, section: Section) -> list[Contributor]:
    """Those who helped with one section, in the words of the latest report; none before the first. One query.

    Never worked out anew: under another threshold one count would have two published values, which together say more.
    """
    reports = Report.objects.current().filter(audit=audit).order_by("pk")
    stored = reports.values_list("pk", "snapshot").first()
    if stored is None:
        return []
    try:
        snapshot = read_snapshot(stored[1])
    except UnreadableSnapshotError:  # the report's own page says so
        logger.exception("The snapshot of report %s cannot be read.", stored[0])
        return []
    return [
        one for area in snapshot["areas"] if area["key"] == section.area.key for one in area["contributors"]
    ]
