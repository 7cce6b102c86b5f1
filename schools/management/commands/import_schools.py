"""Bring the schools up to date with a CSV file of the school register."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from schools.register.importing import Summary, import_register
from schools.register.reading import RegisterRefusedError

MOST_LINES = 50
"""How many successions are listed before "and so on"; the history keeps more."""


class Command(BaseCommand):
    help = (
        "Read the register of schools (Get Information about Schools, “establishment fields”, CSV). "
        "Nothing is changed when the file cannot be used."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE, the links file that goes with it, a dry run, and a file that is meant to be shorter."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--links", type=Path, help="the register's links file: which school became which")
        parser.add_argument(
            "--allow-fewer",
            action="store_true",
            help="take the file although more than a tenth of the rows that were here before is missing",
        )
        parser.add_argument("--check", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, or say why not, line by line."""
        check = options["check"]
        try:
            summary = import_register(
                file=options["file"],
                links=options["links"],
                check=check,
                allow_fewer=options["allow_fewer"],
            )
        except RegisterRefusedError as refusal:
            problems = "\n".join(f"  {problem}" for problem in refusal.problems)
            raise CommandError(f"{refusal.name} was refused, and nothing was changed:\n{problems}") from None
        for line in _told(summary, check=check):
            self.stdout.write(line)


def _told(summary: Summary, *, check: bool) -> list[str]:
    plan = summary.plan
    encoding = "Windows-1252" if summary.encoding == "cp1252" else "UTF-8"
    lines = [
        f"{summary.rows} rows read ({encoding})",
        f"  new schools         {len(plan.new)}",
        f"  changed             {summary.changed}",
        f"  with a new URN      {len(plan.moves)}",
        f"  unchanged           {len(plan.same - {move.school.pk for move in plan.moves})}",
    ]
    if plan.former:
        lines.append(f"  former URNs         {plan.former} (rows of numbers that schools no longer have)")
    lines += [f"    {move.old} is now {move.new.urn}: {move.school}" for move in plan.moves[:MOST_LINES]]
    if plan.apart:
        lines.append(
            f"{plan.apart} older successions join schools that are kept apart; nothing depends on them"
        )
    return lines + _told_for_people(summary, check=check)


def _told_for_people(summary: Summary, *, check: bool) -> list[str]:
    plan = summary.plan
    lines = _listed(
        f"{len(plan.waiting)} successions wait for a person to look at:",
        [f"{one.old} to {one.new}: {one.why}" for one in plan.waiting],
    )
    renamed = [f"{former} is now {name}" for former, name in summary.renamed]
    lines += _listed("Renamed, and in the programme:", renamed)
    lines += _listed("Closed, and in the programme (is there a --links file?):", summary.closed)
    lines += _listed(f"{summary.notes_in_all} notes:", [str(note) for note in summary.notes])
    if summary.notes_in_all > len(summary.notes):
        lines.append("  and so on")
    if check:
        lines.append("Nothing was changed (--check).")
    elif plan.is_empty:
        lines.append("Nothing was changed: everything was as the register says.")
    return lines


def _listed(heading: str, items: list[str]) -> list[str]:
    if not items:
        return []
    shown = [f"  {item}" for item in items[:MOST_LINES]]
    return [heading, *shown, *(["  and so on"] if len(items) > MOST_LINES else [])]
