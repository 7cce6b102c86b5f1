"""What is written about words for families: to the side whose approval is wanted, and what a school asks to change."""

from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from core import emails
from core.calendar_files import Person
from core.models import ProgrammeSettings
from visits.models import FamiliesPage
from visits.queries.concerned import leads_of, workers_of

KIND = "Words for families"


def approval_wanted(page: FamiliesPage, *, of_the_school: bool, by: User, wanted_by: date) -> None:
    """Ask the one side for its approval of what `by` has approved for the other."""
    programme = ProgrammeSettings.load()
    people = leads_of(page.school) if of_the_school else _of_the_forum(page, programme)
    subject = f"To read and approve: what families of {page.school} read"
    context = {"by": by, "wanted_by": wanted_by, "of_the_school": of_the_school}
    _send(people, page, subject, "families_approval", programme, context)


def change_wanted(page: FamiliesPage, *, note: str, by: User) -> None:
    """Tell the forum what the school would have otherwise."""
    programme = ProgrammeSettings.load()
    subject = f"{page.school} asks for a change of what families read"
    _send(
        _of_the_forum(page, programme), page, subject, "families_change", programme, {"by": by, "note": note}
    )


def change_withdrawn(page: FamiliesPage, *, note: str, by: User) -> None:
    """Tell the forum that the school asks for nothing any more."""
    programme = ProgrammeSettings.load()
    subject = f"{page.school} asks for no change any more of what families read"
    context = {"by": by, "note": note}
    _send(_of_the_forum(page, programme), page, subject, "families_withdrawn", programme, context)


def change_answered(page: FamiliesPage, *, note: str, reason: str, by: User) -> None:
    """Tell the leads of the school why the words stay as they are."""
    programme = ProgrammeSettings.load()
    subject = f"What families of {page.school} read stays as it is"
    context = {"by": by, "note": note, "reason": reason}
    _send(leads_of(page.school), page, subject, "families_answer", programme, context)


def published(page: FamiliesPage) -> None:
    """Tell the leads of the school that families read the words now, and where."""
    programme = ProgrammeSettings.load()
    public = f"{settings.SITE_URL}{reverse('visits:families_public', args=[page.school.slug])}"
    subject = f"Public now: what families of {page.school} read"
    _send(leads_of(page.school), page, subject, "families_published", programme, {"public": public})


def taken_down(page: FamiliesPage, *, reason: str, by: User) -> None:
    """Tell everybody else on both sides that families read nothing any more, and why."""
    programme = ProgrammeSettings.load()
    subject = f"Taken down: what families of {page.school} read"
    people = {one.mail: one for one in (*leads_of(page.school), *_of_the_forum(page, programme))}
    others = [one for mail, one in people.items() if mail.lower() != by.email.lower()]
    _send(others, page, subject, "families_taken_down", programme, {"by": by, "reason": reason})


def _of_the_forum(page: FamiliesPage, programme: ProgrammeSettings) -> list[Person]:
    """Whoever visits the school in that year, or else the forum's own address."""
    found = workers_of(page.school, page.programme_year)
    return found or [Person(programme.forum_short_name, programme.contact_email)]


def _send(
    people: list[Person],
    page: FamiliesPage,
    subject: str,
    template: str,
    programme: ProgrammeSettings,
    context: dict[str, Any],
) -> None:
    link = f"{settings.SITE_URL}{page.get_absolute_url()}"
    for person in people:
        about = {"programme": programme, "page": page, "link": link, "person": person.name, **context}
        emails.queue(
            to=person.mail, subject=subject, body=render_to_string(f"emails/{template}.txt", about), kind=KIND
        )
