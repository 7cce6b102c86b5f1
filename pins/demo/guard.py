"""Whether the demonstration may be loaded here: never where real people might be."""

from django.conf import settings

from accounts.models import User
from core.demonstration import DOMAIN
from pins.demo.schools import FIRST_URN
from schools.models import SchoolUrn

EMBEDDED_KEY = "insecure-embedded-"
"""How the secret key of a data folder begins; `check --deploy` refuses it, so production has another."""


def why_not() -> str:
    """Why the demonstration must not be loaded here, in a sentence; empty when it may be."""
    if User.objects.exclude(email__iendswith=f"@{DOMAIN}").exists():
        return (
            "There are people here already, and the demonstration brings people whose password everybody "
            "knows. To load it, set PINS_DATA_DIR to an empty folder or DATABASE_URL to an empty database."
        )
    if SchoolUrn.objects.exclude(urn__gte=FIRST_URN).exists():
        return (
            "There are schools of the register here already, and made-up ones could not be told apart from them. "
            "To load the demonstration, set PINS_DATA_DIR to an empty folder or DATABASE_URL to an empty database."
        )
    if not (settings.DEMO or settings.DEBUG) and not settings.SECRET_KEY.startswith(EMBEDDED_KEY):
        return (
            "This is set up like a real programme (SECRET_KEY is set), and the demonstration brings people "
            "whose password everybody knows. To load it into a separate, empty database, set PINS_DEMO=1."
        )
    return ""
