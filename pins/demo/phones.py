"""Whom to ring about safeguarding, in numbers that Ofcom keeps for drama and nobody answers."""

from accounts.models import User
from core import history
from core.models import HistoryEntry, ProgrammeSettings

KIND = "settings.changed"
PHONES = """Safeguarding lead of {forum}, day and evening: 01632 960188
Children’s services, weekdays 9am to 5pm: 01632 960171
Children’s services at night and at weekends: 01632 960172"""


def seed_phones(by: User) -> None:
    """Name them once, unless somebody changed the settings already."""
    settings = ProgrammeSettings.objects.filter(pk=1, safeguarding_phones="")
    phones = PHONES.format(forum=ProgrammeSettings.load().forum_short_name)
    if HistoryEntry.objects.filter(kind=KIND).exists() or not settings.update(safeguarding_phones=phones):
        return
    told = f"{by} changed whom to ring about safeguarding."
    history.record(KIND, told, by=by, target=ProgrammeSettings.load())
