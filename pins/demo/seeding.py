"""The whole demonstration, step by step."""

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.db import transaction

from core import history
from core.models import HistoryEntry
from pins.demo.audits import seed_audits
from pins.demo.contacts import seed_contacts
from pins.demo.links import seed_links
from pins.demo.loop import seed_loop
from pins.demo.people import PEOPLE, seed_people
from pins.demo.phones import seed_phones
from pins.demo.records import seed_records
from pins.demo.register import seed_register
from pins.demo.schools import seed_schools
from pins.demo.sharing import seed_sharing
from pins.demo.support import seed_support
from pins.demo.texts import seed_texts
from pins.demo.visits import seed_visits
from schools.outlines.loading import load_outline

KIND = "demo.seeded"
OUTLINE = settings.BASE_DIR / "schools" / "outlines" / "shropshire_and_neighbours.geojson"


def seed(say: Callable[[str], None], *, today: date) -> None:
    """Make what is missing of the demonstration, telling `say` how far it is."""
    with transaction.atomic():
        programme = seed_schools()
        people = seed_people(programme.schools)
        seed_contacts(programme.schools, people)
        seed_links(programme.schools, people)
        load_outline(OUTLINE, name="Shropshire")
        seed_register()
        seed_texts(people["admin"])
        seed_phones(people["admin"])
        seed_support(today=today)
        seed_visits(programme, people, today=today)
        seed_loop(programme, people, today=today)
        seed_records(people)
        if not HistoryEntry.objects.filter(kind=KIND).exists():
            history.record(KIND, "The demonstration programme was loaded.", by=None)
    say(f"{len(programme.schools)} schools, {len(PEOPLE)} people; their self-audits …")
    seed_audits(programme, people, today=today, say=say)
    say(f"  {seed_sharing()} summaries of visits")
