"""How a public page is found and passed on: its title, its description, its one address."""

from typing import NamedTuple

from django.conf import settings


class PageCard(NamedTuple):
    """What search engines and people who share the page are told; the template is components/page_card.html."""

    title: str
    description: str
    path: str
    is_findable: bool = True
    """Whether search engines may list it; the results of a search are nothing to list."""

    @property
    def address(self) -> str:
        """The one absolute address of the page, however it was come by."""
        return site_address(self.path)


def site_address(path: str) -> str:
    """The absolute address of a path of ours, as people type it."""
    return f"{settings.SITE_URL}{path}"
