"""As whom somebody reads the dashboard."""

from datetime import datetime

from accounts.models import User
from accounts.permissions import Verb
from audits.access import tells_open_apart
from core.words import local
from pins.dashboard.column import Reader
from schools.access import may
from schools.models import ProgrammeYear


def reader_of(user: User, year: ProgrammeYear, now: datetime) -> Reader:
    """What this person is told of a year: who reads submitted answers alone is told no more of those that are open."""
    return Reader(
        year=year,
        now=now,
        today=local(now).date(),
        reads_open_audits=tells_open_apart(user),
        opens_visits=may(user, Verb.RECORD_VISITS),
    )
