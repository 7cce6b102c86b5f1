"""Load the outline of the county, and of the districts around it, for the map of the public list."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from schools.outlines.loading import ONS, load_outline
from schools.outlines.reading import OutlineRefusedError


class Command(BaseCommand):
    help = (
        "Read a GeoJSON file of districts in WGS84 and make it the outline of the map. "
        "Nothing is changed when the file cannot be used."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE, which of its districts are the programme's own, and whose line stands beside the map."""
        parser.add_argument("file", type=Path, metavar="FILE", help="see schools/outlines/README.md")
        parser.add_argument(
            "--name",
            default="",
            help="the county, as the file names it; else that of the programme's settings",
        )
        parser.add_argument("--attribution", default=ONS, help="what has to be shown beside the map")

    def handle(self, *args: Any, file: Path, name: str, attribution: str, **options: Any) -> None:
        """Load it, or say why not, line by line."""
        try:
            loaded = load_outline(file, name=name, attribution=attribution)
        except OutlineRefusedError as refusal:
            problems = "\n".join(f"  {problem}" for problem in refusal.problems)
            raise CommandError(f"{file.name} was refused, and nothing was changed:\n{problems}") from None
        verb = "was loaded" if loaded.changed else "is loaded already; nothing was changed"
        self.stdout.write(f"The outline of {', '.join(loaded.own)} {verb}.")
        self.stdout.write(f"  neighbours  {len(loaded.neighbours)}")
        self.stdout.write(f"  points      {loaded.points}")
