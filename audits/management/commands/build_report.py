"""Build the support report of a submitted audit into a file, here and now."""

import contextlib
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audits.models import Audit
from audits.report.rendering import report_pdf
from audits.snapshot import take_snapshot
from core.paper_look import paper_look


class Command(BaseCommand):
    """`build_report AUDIT --output FILE`: changes nothing in the database."""

    help = "Builds the PDF support report of a submitted self-audit, as it stands now, into a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The audit's number, and where the file goes."""
        parser.add_argument("audit", type=int, metavar="AUDIT", help="the number in the audit's address")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="where the PDF goes")

    def handle(self, *_: Any, audit: int, output: Path, **__: Any) -> None:
        """Build it and say what was built; refuse in words, with nothing written."""
        found = self._submitted(audit)
        snapshot = take_snapshot(found)
        pdf = report_pdf(snapshot, paper_look())
        _write_whole(output, pdf.content)
        kilobytes = round(len(pdf.content) / 1024)
        self.stdout.write(f"{output}: {pdf.pages} pages, {kilobytes} KB. {found}.")

    def _submitted(self, number: int) -> Audit:
        found = Audit.objects.with_names().filter(pk=number).first()
        if found is None:
            raise CommandError(f"There is no self-audit with the number {number}.")
        if found.is_open:
            raise CommandError(f"{found} has not been submitted, so there is no report to build yet.")
        return found


def _write_whole(output: Path, content: bytes) -> None:
    """Write the file whole or not at all."""
    try:
        with tempfile.NamedTemporaryFile(dir=output.parent, prefix=".report-", delete=False) as part:
            part.write(content)
        path = Path(part.name)
        path.chmod(0o644)
        path.replace(output)
    except OSError as error:
        with contextlib.suppress(OSError, UnboundLocalError):
            Path(part.name).unlink(missing_ok=True)
        raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
