"""The whole job of one support report against WeasyPrint alone on the same HTML."""

from collections.abc import Iterator

from audits.models import Report
from audits.report.building import build
from audits.report.rendering import STYLESHEET, report_html
from audits.snapshot import read_snapshot
from bench.baselines.weasyprint_alone import WeasyPrintAlone
from bench.environment import ROOT
from bench.measure import Result, Scale, Side, side_by_side
from bench.programme import programme_of


def report(scale: Scale) -> Iterator[Result]:
    """Claim, lay out as PDF/UA-1, store and finish the report on an answered audit."""
    programme = programme_of(scale.few)
    programme.use()
    one = Report.objects.get(audit=programme.finished)
    alone = WeasyPrintAlone(report_html(read_snapshot(one.snapshot)), ROOT / "static" / STYLESHEET)

    def queue() -> None:
        Report.objects.filter(pk=one.pk).update(status=Report.Status.QUEUED, attempts=0, lease_until=None)

    ours, other = Side(lambda: build(one.pk), before=queue), Side(alone.write)
    yield side_by_side("report/weasyprint", ours, other, aim=1.15, pace=scale.pace.fewer(9))
    one.refresh_from_db()
    if one.status != Report.Status.READY:
        raise RuntimeError(f"The report was not built: {one.failure}")


BENCHES = (report,)
