"""A forum's own look on paper."""

from typing import NamedTuple

from core.models import Logo, ProgrammeSettings
from core.pdf import png_in_page


class PaperLook(NamedTuple):
    """What stands on top of our stylesheet, the forum's logo as an address, and its name."""

    css: str = ""
    logo: str = ""
    forum: str = ""


NO_LOOK = PaperLook()
"""Our own colours, and no logo."""


def paper_look() -> PaperLook:
    """The look of today."""
    programme = ProgrammeSettings.load()
    digest = programme.logo_digest
    found = Logo.objects.filter(digest=digest).first() if digest else None
    logo = png_in_page(bytes(found.content)) if found else ""
    return PaperLook(programme.look.paper_css, logo, programme.forum_name)
