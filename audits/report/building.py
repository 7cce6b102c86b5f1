"""Building one report: a worker lays it out from its snapshot and stores the file."""

from audits.models import Report
from audits.report.rendering import report_pdf
from audits.snapshot import UnreadableSnapshotError, read_snapshot
from core import pdf_files
from core.paper_look import paper_look
from core.pdf import Pdf

NOT_LAID_OUT = "Something in this report could not be laid out. Nothing of your audit is lost."


def build(pk: int) -> None:
    """Build the report if it is to be built and can be claimed; see core.pdf_files."""
    pdf_files.build(_MAKING, pk)


def _lay_out(report: Report) -> Pdf:
    return report_pdf(read_snapshot(report.snapshot), paper_look())


_MAKING = pdf_files.Making(
    model=Report,
    folder="reports",
    lay_out=_lay_out,
    not_laid_out=NOT_LAID_OUT,
    hopeless=(UnreadableSnapshotError,),
)
