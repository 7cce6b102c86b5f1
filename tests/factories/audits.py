"""Frameworks, self-audits and reports."""

import factory
from django.utils import timezone

from audits.models import Audit, Framework, FrameworkVersion, Report, Section, Statement
from schools.models import Area
from tests.factories.accounts import UserFactory
from tests.factories.schools import ProgrammeYearFactory, SchoolFactory


class FrameworkFactory(factory.django.DjangoModelFactory):
    """A framework."""

    class Meta:
        model = Framework
        django_get_or_create = ("slug",)

    name = "Test framework"
    slug = "test-framework"


class FrameworkVersionFactory(factory.django.DjangoModelFactory):
    """A published version without sections."""

    class Meta:
        model = FrameworkVersion
        django_get_or_create = ("framework", "version")

    framework = factory.SubFactory(FrameworkFactory)
    version = "1.0"
    note = "Made for tests; not the national text."
    status = FrameworkVersion.Status.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)


class SectionFactory(factory.django.DjangoModelFactory):
    """A section for the first area that has none yet."""

    class Meta:
        model = Section

    version = factory.SubFactory(FrameworkVersionFactory)
    position = factory.LazyAttribute(lambda section: section.version.sections.count() + 1)
    area = factory.LazyAttribute(
        lambda section: Area.objects.exclude(sections__version=section.version).order_by("position")[0]
    )
    introduction = "What this section asks about."


class StatementFactory(factory.django.DjangoModelFactory):
    """A statement with four descriptors."""

    class Meta:
        model = Statement

    section = factory.SubFactory(SectionFactory)
    position = factory.LazyAttribute(lambda statement: statement.section.statements.count() + 1)
    key = factory.LazyAttribute(lambda s: f"{s.section.area.key}-{s.position}")
    text = factory.LazyAttribute(lambda s: f"Statement {s.position} of {s.section.area}.")
    guidance = "Think of an ordinary week."
    evidence_places = factory.LazyFunction(lambda: ["Walk the corridors at lunch", "Ask two classes"])
    level_1 = "It depends on one person."
    level_2 = "Some classes do it."
    level_3 = "Every class does it."
    level_4 = "Pupils helped to shape it."
    needs = factory.LazyFunction(lambda: ["sensory"])
    actions = factory.LazyFunction(
        lambda: [{"text": "Try it in one class.", "need": "sensory", "adjustment": True, "from": 2}]
    )


def small_framework(sections: int = 2, statements: int = 3) -> FrameworkVersion:
    """A published version with so many sections more, of the areas that have none yet, and statements in each."""
    version = FrameworkVersionFactory()
    taken = version.sections.count()
    areas = Area.objects.exclude(sections__version=version).order_by("position")[:sections]
    made = Section.objects.bulk_create(
        SectionFactory.build(version=version, position=position, area=area)
        for position, area in enumerate(areas, taken + 1)
    )
    Statement.objects.bulk_create(
        StatementFactory.build(section=section, position=position)
        for section in made
        for position in range(1, statements + 1)
    )
    return version


class AuditFactory(factory.django.DjangoModelFactory):
    """An audit that nobody has begun."""

    class Meta:
        model = Audit

    school = factory.SubFactory(SchoolFactory)
    programme_year = factory.SubFactory(ProgrammeYearFactory)
    version = factory.LazyFunction(small_framework)


class ReportFactory(factory.django.DjangoModelFactory):
    """A queued report with an empty snapshot."""

    class Meta:
        model = Report

    audit = factory.SubFactory(AuditFactory)
    edition = 1
    snapshot = factory.LazyFunction(dict)
    requested_at = factory.LazyFunction(timezone.now)
    requested_by = factory.SubFactory(UserFactory)
