"""Whom a visit concerns: who goes for the forum, and who is written to at the school."""

from accounts.backends import may_sign_in
from accounts.models import User
from core.calendar_files import Person
from core.demonstration import is_left_over
from schools.models import Membership, ProgrammeYear, School
from schools.queries.people import contacts_of
from visits.models import Visit


def who_goes(visit: Visit) -> list[User]:
    """The workers who go, by name; nobody who cannot sign in any more."""
    return [user for user in visit.workers.order_by("name", "email") if may_sign_in(user)]


def leads_of(school: School) -> list[Person]:
    """Its leads, by name."""
    leads = Membership.objects.leading().filter(school=school).select_related("user").order_by("user__name")
    return [as_person(member.user) for member in leads]


def workers_of(school: School, year: ProgrammeYear) -> list[Person]:
    """Who goes to the school for the forum in that year, by name; nobody who cannot sign in any more."""
    workers = User.objects.filter(visits__school=school, visits__programme_year=year).distinct()
    return [as_person(user) for user in workers.order_by("name", "email") if may_sign_in(user)]


def whom_at(school: School) -> list[Person]:
    """Its leads; where nobody leads, its contacts, since a date has to reach somebody."""
    contacts = [one for one in contacts_of(school).written_to() if not is_left_over(one.email)]
    return leads_of(school) or [Person(one.name, one.email) for one in contacts]


def answers_for_school(school: School, email: str) -> bool:
    """Whether the address belongs to a lead of the school or to one of its contacts as they are now."""
    leads = Membership.objects.leading().filter(school=school, user__email__iexact=email)
    return leads.exists() or contacts_of(school).written_to().filter(email__iexact=email).exists()


def everybody(visit: Visit) -> list[Person]:
    """Who goes and who is written to at the school, each address once."""
    people = [*map(as_person, who_goes(visit)), *whom_at(visit.school)]
    return list({person.mail: person for person in reversed(people)}.values())[::-1]


def as_person(user: User) -> Person:
    """A user as calendars and mail name them."""
    return Person(str(user), user.email)
