"""What the public pages of schools say of themselves, and what they tell machines."""

import json
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from core.models import ProgrammeSettings
from core.page_card import PageCard, site_address
from schools.queries.listing import Asked, PublicSchool
from schools.queries.postcodes import Middle

_NOT_IN_A_SCRIPT = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
PRIMARY = "Primary"


def school_path(school: PublicSchool) -> str:
    """The path of a school's public page; blank for a school without a slug, which has none."""
    return f"{reverse('schools:public_list')}{school.slug}/" if school.slug else ""


def distance_words(school: PublicSchool, middle: Middle | None) -> str:
    """How far a school is from the middle of a postcode, in whole miles; blank where either is not known."""
    miles = whole_miles(school, middle)
    if miles is None:
        return ""
    if miles == 0:
        return "less than a mile"
    return "about 1 mile" if miles == 1 else f"about {miles} miles"


def whole_miles(school: PublicSchool, middle: Middle | None) -> int | None:
    """The same as a number."""
    if middle is None or school.easting is None or school.northing is None:
        return None
    return round(middle.miles_to(school.easting, school.northing))


def list_card(asked: Asked, count: int, number: int) -> PageCard:
    """Of the public list, narrowed or not."""
    programme = ProgrammeSettings.load()
    title = f"Schools taking part in {programme.programme_short_name} in {programme.county}"
    page = {"page": number} if number > 1 else {}
    query = urlencode(
        {name: value for name, value in asked._asdict().items() if value and name != "q"} | page
    )
    some = "1 school" if count == 1 else f"{count} schools"
    return PageCard(
        title=f"{asked.q}: {title}" if asked.q else f"{title}, page {number}" if page else title,
        description=(
            f"A list and a map of {some} in {programme.county} that take part in {programme.programme_name} and "
            "agreed to be named. Find a school by name, town or postcode."
        ),
        path=reverse("schools:public_list") + (f"?{query}" if query else ""),
        is_findable=not asked.q,
    )


def school_card(school: PublicSchool) -> PageCard:
    """Of one school's page."""
    programme = ProgrammeSettings.load()
    short = programme.programme_short_name
    where = f" in {school.town}" if school.town else ""
    return PageCard(
        title=f"{school.name} in {short}",
        description=(
            f"{school.name}{where} joined {programme.programme_name} ({short}): what this means for "
            f"families at the school, and how to reach {programme.forum_name}."
        ),
        path=school_path(school),
    )


def school_data(school: PublicSchool) -> SafeString:
    """The school as schema.org describes one, for a data block in its page; nothing in it ends the block."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ElementarySchool" if school.phase == PRIMARY else "School",
        "name": school.name,
        "mainEntityOfPage": site_address(school_path(school)),
    }
    if school.town:
        data["address"] = {
            "@type": "PostalAddress",
            "addressLocality": school.town,
            "addressCountry": "GB",
        }
    if school.website:
        data["url"] = school.website
    return _in_script(data)


def list_data(schools: Iterable[PublicSchool]) -> SafeString:
    """The schools of a page of the list, in its order, for a data block."""
    named = [school for school in schools if school.slug]
    return _in_script(
        {
            "@context": "https://schema.org",
            "@type": "ItemList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": n,
                    "name": each.name,
                    "url": site_address(school_path(each)),
                }
                for n, each in enumerate(named, start=1)
            ],
        }
    )


def _in_script(data: dict[str, Any]) -> SafeString:
    """JSON that is safe inside a script element: no letter in it can end the element or begin a comment."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_NOT_IN_A_SCRIPT))  # noqa: S308
