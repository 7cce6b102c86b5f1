"""How many e-mails invitations may be: enough for any school, and few enough to be no way of sending spam."""

from datetime import datetime, timedelta

from django.utils import timezone

from core.words import moment_words
from schools.models import School
from schools.queries.people import invitation_mails
from schools.services.errors import NotInvited

REST = timedelta(minutes=1)
"""How long after one e-mail of an invitation the next may follow: two presses of the button are one e-mail."""
DAY = timedelta(days=1)
MOST_A_DAY = 50
"""E-mails of one school in 24 hours, whether an invitation is new or sent again."""
MOST_TO_ONE = 5
"""Of them to one address."""


def refuse_more_mail(school: School, email: str) -> None:
    """Raises NotInvited, and says when to try again, when one more e-mail to this address is too many.

    An invitation that was taken back has sent its e-mail too.
    """
    now = timezone.now()
    mails = invitation_mails(school, since=now - DAY)
    to_them = [sent_at for sent_at, to in mails if to == email]
    if to_them and to_them[-1] > now - REST:
        raise NotInvited("An e-mail to this address went out just now. Give it a minute, then try again.")
    if len(to_them) >= MOST_TO_ONE:
        raise NotInvited(
            f"{MOST_TO_ONE} invitations were e-mailed to this address in 24 hours. Ask them to look among "
            f"unwanted mail too, or try again from {_again(to_them, MOST_TO_ONE)}."
        )
    if len(mails) >= MOST_A_DAY:
        all_mails = [sent_at for sent_at, _ in mails]
        raise NotInvited(
            f"{MOST_A_DAY} invitations were e-mailed for this school in 24 hours. "
            f"Go on from {_again(all_mails, MOST_A_DAY)}."
        )


def _again(sent: list[datetime], most: int) -> str:
    """From when on there are fewer than that, to the minute and never too early."""
    return moment_words(sent[-most] + DAY + timedelta(minutes=1))
