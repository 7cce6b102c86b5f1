"""`import_framework FILE [--check]`: a framework file becomes a published version."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audits.framework_format import FrameworkErrors, read_framework
from audits.framework_import import (
    FrameworkImportSummary,
    PublishedVersionError,
    check_framework,
    import_framework,
)

MOST_SHOWN = 50


class Command(BaseCommand):
    """Reads the file, refuses it with every problem or imports all of it, and says what was done."""

    help = "Import a framework of the self-audit from a YAML file and publish it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="see audits/frameworks/README.md")
        parser.add_argument("--check", action="store_true", help="say what would happen, change nothing")

    def handle(self, *args: Any, file: Path, check: bool, **options: Any) -> None:
        try:
            definition = read_framework(file)
            summary = check_framework(definition) if check else import_framework(definition)
        except FrameworkErrors as errors:
            raise CommandError(_refusal_of(file, errors)) from errors
        except PublishedVersionError as error:
            raise CommandError(f"{file}: {error}\nNothing was changed.") from error
        for line in _lines(summary, is_check=check):
            self.stdout.write(line)


def _refusal_of(file: Path, errors: FrameworkErrors) -> str:
    problems = [str(problem) for problem in errors.problems[:MOST_SHOWN]]
    hidden = len(errors.problems) - len(problems)
    more = [f"and {hidden} more"] if hidden else []
    count = "1 problem" if len(errors.problems) == 1 else f"{len(errors.problems)} problems"
    return "\n".join([f"{file}: {count}. Nothing was changed.", *problems, *more])


def _lines(summary: FrameworkImportSummary, *, is_check: bool) -> list[str]:
    name = f"{summary.framework}, version {summary.version}"
    if not summary.changed:
        return [f"{name}: published already with this very text. Nothing to do."]
    verb = "would be imported and published" if is_check else "imported and published"
    counts = (
        f"{summary.sections} sections, {summary.statements} statements, {summary.actions} suggested actions"
    )
    lines = [f"{name}: {verb}.", counts]
    if summary.areas_created:
        lines.append(f"New areas: {', '.join(summary.areas_created)}")
    if summary.areas_updated:
        lines.append(f"Changed areas: {', '.join(summary.areas_updated)}")
    if summary.modules_unknown:
        lines.append(f"Training that is not known, left out: {', '.join(summary.modules_unknown)}")
    if is_check:
        lines.append("Nothing was changed.")
    return lines
