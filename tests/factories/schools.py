"""Schools and their part in the programme."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from django.utils.text import slugify

from accounts.permissions import Role
from schools.models import (
    Cohort,
    Invitation,
    Membership,
    Participation,
    ProgrammeYear,
    School,
    SchoolContact,
    SchoolUrn,
)
from schools.models.invitations import GOOD_FOR, digest_of
from tests.factories.accounts import UserFactory


class SchoolFactory(factory.django.DjangoModelFactory):
    """An open primary school with one URN, named publicly."""

    class Meta:
        model = School
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Made Up Primary School {n}")
    slug = factory.LazyAttribute(lambda school: slugify(school.name))
    phase = "Primary"
    town = "Shrewsbury"
    public_consent = True

    @factory.post_generation
    def urn(self, create, extracted, **kwargs):
        if create:
            SchoolUrn.objects.create(school=self, urn=extracted or 900_000 + self.pk)


class ProgrammeYearFactory(factory.django.DjangoModelFactory):
    """The programme year 2026 to 2027."""

    class Meta:
        model = ProgrammeYear
        django_get_or_create = ("name",)

    name = "2026 to 2027"
    starts_on = date(2026, 4, 1)
    ends_on = date(2027, 3, 31)


class CohortFactory(factory.django.DjangoModelFactory):
    """The cohort "Year 1"."""

    class Meta:
        model = Cohort
        django_get_or_create = ("name",)

    name = "Year 1"
    slug = factory.LazyAttribute(lambda cohort: slugify(cohort.name))
    joined_in = factory.SubFactory(ProgrammeYearFactory)


class ParticipationFactory(factory.django.DjangoModelFactory):
    """An active part in the programme year."""

    class Meta:
        model = Participation

    school = factory.SubFactory(SchoolFactory)
    programme_year = factory.SubFactory(ProgrammeYearFactory)
    cohort = factory.SubFactory(CohortFactory)
    status = Participation.Status.ACTIVE


class MembershipFactory(factory.django.DjangoModelFactory):
    """A school lead of a school."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    school = factory.SubFactory(SchoolFactory)
    role = Role.SCHOOL_LEAD


class SchoolContactFactory(factory.django.DjangoModelFactory):
    """The head teacher of a school."""

    class Meta:
        model = SchoolContact

    school = factory.SubFactory(SchoolFactory)
    role = SchoolContact.Role.HEAD_TEACHER
    name = factory.Sequence(lambda n: f"Head Teacher {n}")
    email = factory.Sequence(lambda n: f"head{n}@school.example")


class InvitationFactory(factory.django.DjangoModelFactory):
    """Somebody invited to a school as contributor an hour ago; `token` is the secret of the link."""

    class Meta:
        model = Invitation

    class Params:
        token = factory.Sequence(lambda n: f"token-{n}")

    school = factory.SubFactory(SchoolFactory)
    email = factory.Sequence(lambda n: f"invited{n}@school.example")
    role = Role.CONTRIBUTOR
    invited_by = factory.SubFactory(UserFactory)
    token_digest = factory.LazyAttribute(lambda invitation: digest_of(invitation.token))
    invited_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    sent_at = factory.SelfAttribute("invited_at")
    expires_at = factory.LazyAttribute(lambda invitation: invitation.sent_at + GOOD_FOR)
