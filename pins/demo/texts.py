"""One text of the public pages that the made-up administrator changed, so that the list shows what that is like."""

from accounts.models import User
from core import history
from core.models import HistoryEntry, PublicText
from core.public_texts import KINDS, own_wording

KEY = "contact"
KIND = "text.changed"
ADDED = """
## Coffee mornings

On the first Tuesday of each month parent carers meet at a made-up library, from 9:15am.
Come for ten minutes or for all of it.
"""


def seed_texts(by: User) -> None:
    """Change it once, unless somebody changed a text already."""
    if HistoryEntry.objects.filter(kind=KIND).exists():
        return
    own = own_wording(KEY)
    row = PublicText.objects.create(
        key=KEY, title=own.title, description=own.description, body=own.body + ADDED
    )
    told = f"{by} changed the text “{KINDS[KEY].label}” of the public pages."
    history.record(KIND, told, by=by, target=row)
