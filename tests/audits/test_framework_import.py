"""A framework becomes a published version whole, once, and never changes under the schools that answer it."""

from dataclasses import replace

import pytest
from django.db import IntegrityError

from audits.framework_format import FrameworkDefinition, parse_framework
from audits.framework_import import (
    PublishedVersionError,
    check_framework,
    fingerprint,
    import_framework,
)
from audits.models import Framework, FrameworkVersion, Section, Statement
from core.models import HistoryEntry
from schools.models import Area
from tests.audits.framework_text import SMALL, small_with
from tests.factories import FrameworkVersionFactory
from training.models import Module

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> FrameworkDefinition:
    return parse_framework(SMALL)


def everything_stored() -> list[object]:
    """All that an import may touch, to see that it did not."""
    ties = Module.areas.through.objects.order_by("pk").values_list("module_id", "area_id")
    tables = [Framework, FrameworkVersion, Section, Statement, Area, HistoryEntry]
    return [*(list(table.objects.order_by("pk").values()) for table in tables), list(ties)]


class TestANewVersion:
    def test_it_is_published_with_its_fingerprint(self, small):
        import_framework(small)
        version = FrameworkVersion.objects.get()
        assert (version.framework.slug, version.version, version.status) == ("small", "1.0", "published")
        assert version.published_at is not None
        assert version.note == "Made for tests, and not the national text."
        assert version.fingerprint == fingerprint(small)

    def test_sections_stand_in_the_order_of_the_file(self, small):
        import_framework(small)
        sections = Section.objects.values_list("position", "area__key", "introduction")
        assert list(sections) == [
            (1, "environment", "What the building feels like."),
            (2, "parent-carers", "How parent carers are met."),
            (3, "pupil-voice", "How pupils are asked."),
        ]

    def test_a_statement_is_stored_whole(self, small):
        import_framework(small)
        statement = Statement.objects.get(key="environment-calm-space")
        assert statement.position == 1
        assert statement.text == "A calm space is open whenever a pupil needs it."
        assert statement.guidance == "A tent or a corner will do."
        assert statement.evidence_places == ["The space itself"]
        assert statement.descriptors[4] == "What is in it was chosen by pupils."
        assert statement.needs == ["sensory"]
        assert statement.actions == [
            {"text": "Make a corner with a cushion.", "need": "sensory", "adjustment": True, "from": 2}
        ]
        statement.full_clean()

    def test_the_summary_counts(self, small):
        summary = import_framework(small)
        assert (summary.sections, summary.statements, summary.actions) == (3, 3, 3)
        assert summary.changed

    def test_one_history_line_says_who_did_it(self, small, people):
        import_framework(small, by=people.admin)
        line = HistoryEntry.objects.get()
        assert line.kind == "framework.imported"
        assert line.summary == (
            "Small framework, version 1.0 imported and published: 3 sections, 3 statements"
        )
        assert line.actor_id == str(people.admin.pk)
        assert line.target_id == str(FrameworkVersion.objects.get().pk)

    def test_without_a_person_the_system_did_it(self, small):
        import_framework(small)
        assert HistoryEntry.objects.get().actor_id == ""

    def test_a_later_version_stands_beside_the_first(self, small):
        import_framework(small)
        import_framework(parse_framework(small_with('"1.0"', '"1.1"').replace("A tent", "A den")))
        guidance = Statement.objects.filter(key="environment-calm-space").order_by("pk")
        assert [statement.guidance for statement in guidance] == [
            "A tent or a corner will do.",
            "A den or a corner will do.",
        ]
        assert Framework.objects.count() == 1

    def test_a_later_version_may_rename_the_framework(self, small):
        import_framework(small)
        import_framework(replace(small, version="2.0", name="Better framework"))
        assert Framework.objects.get().name == "Better framework"

    def test_a_draft_of_the_same_number_is_replaced_and_published(self, small):
        import_framework(small)
        FrameworkVersion.objects.update(status="draft", published_at=None)
        import_framework(parse_framework(small_with("A tent", "A den")))
        version = FrameworkVersion.objects.get()
        assert version.status == "published"
        assert Statement.objects.count() == 3
        assert Statement.objects.get(key="environment-calm-space").guidance.startswith("A den")


class TestAreasAndTraining:
    def test_known_areas_are_used_and_left_as_they_are(self, small):
        before = list(Area.objects.values())
        summary = import_framework(small)
        assert (summary.areas_created, summary.areas_updated) == ((), ())
        assert list(Area.objects.values()) == before

    def test_an_area_that_is_missing_is_created_in_the_last_place(self, small):
        Area.objects.get(key="environment").delete()
        assert import_framework(small).areas_created == ("environment",)
        area = Area.objects.get(key="environment")
        assert (area.name, area.kind, area.position) == ("Environment", "domain", 9)

    def test_an_area_takes_its_name_from_the_file(self, small):
        Area.objects.filter(key="environment").update(name="Rooms")
        assert import_framework(small).areas_updated == ("environment",)
        assert Area.objects.get(key="environment").name == "Environment"

    def test_modules_are_tied_to_the_areas_that_name_them(self, small):
        module = Module.objects.get(slug="sensory-environment")
        module.areas.clear()
        import_framework(small)
        assert [area.key for area in module.areas.all()] == ["environment"]

    def test_a_tie_that_an_administrator_made_stays(self, small):
        area = Area.objects.get(key="environment")
        Module.objects.get(slug="relational-policy").areas.add(area)
        import_framework(small)
        assert {module.slug for module in area.modules.all()} == {"relational-policy", "sensory-environment"}

    def test_a_module_that_nobody_knows_is_named_and_left_out(self):
        definition = parse_framework(small_with("[sensory-environment]", "[juggling, sensory-environment]"))
        assert import_framework(definition).modules_unknown == ("juggling",)
        assert not Module.objects.filter(slug="juggling").exists()


class TestAPublishedVersion:
    def test_the_same_text_again_changes_nothing(self, small):
        import_framework(small)
        before = everything_stored()
        assert not import_framework(small).changed
        assert everything_stored() == before

    def test_other_spacing_and_comments_are_the_same_text(self, small):
        import_framework(small)
        text = "# A comment\n" + small_with("A tent or", "A tent\n          or")
        assert not import_framework(parse_framework(text)).changed

    @pytest.mark.parametrize(
        ("old", "new", "named"),
        [
            ("A tent", "A den", "in environment-calm-space."),
            ("from: 2", "from: 1", "in environment-calm-space."),
            ("environment-calm-space", "environment-den", "in environment-den, environment-calm-space."),
            ("note: Made", "note: Written", "in its names, note, introductions, order or training."),
        ],
    )
    def test_another_text_is_refused_and_says_where_it_differs(self, small, old, new, named):
        import_framework(small)
        before = everything_stored()
        with pytest.raises(PublishedVersionError) as refusal:
            import_framework(parse_framework(small_with(old, new)))
        assert str(refusal.value) == (
            "Small framework, version 1.0 is published, and what schools may have answered does not change."
            f" This file differs from it {named} Raise the version in the file, to 1.1 for instance."
        )
        assert everything_stored() == before

    def test_many_differences_are_counted(self):
        version = FrameworkVersionFactory(framework__slug="small", version="1.0")
        import_framework(parse_framework(small_with('"1.0"', '"1.1"')))
        section = Section.objects.create(version=version, area=Area.objects.all()[0], position=1)
        for number in range(8):
            Statement.objects.create(section=section, key=f"old-{number}", position=number)
        with pytest.raises(PublishedVersionError, match=r"old-4 and 3 more\. Raise"):
            import_framework(parse_framework(SMALL))

    def test_a_new_name_is_not_taken_with_a_refused_text(self, small):
        import_framework(small)
        with pytest.raises(PublishedVersionError):
            import_framework(replace(small, name="Other"))
        assert Framework.objects.get().name == "Small framework"


class TestChecking:
    def test_it_says_what_would_happen_and_writes_nothing(self, small):
        before = everything_stored()
        summary = check_framework(small)
        assert (summary.statements, summary.changed) == (3, True)
        assert everything_stored() == before

    def test_it_says_what_the_import_then_says(self, small):
        Area.objects.filter(key="environment").update(name="Rooms")
        assert check_framework(small) == import_framework(small)

    def test_it_refuses_what_the_import_would_refuse(self, small):
        import_framework(small)
        with pytest.raises(PublishedVersionError):
            check_framework(replace(small, note="Another."))


def test_an_import_that_fails_halfway_leaves_nothing(small):
    before = everything_stored()
    area = small.areas[0]
    doubled = replace(area, statements=area.statements * 2)
    with pytest.raises(IntegrityError):
        import_framework(replace(small, areas=(*small.areas[1:], doubled)))
    assert everything_stored() == before


def test_an_import_asks_no_more_questions_of_the_database_for_more_statements(
    small, django_assert_num_queries
):
    area = small.areas[0]
    many = tuple(replace(area.statements[0], key=f"environment-{n}") for n in range(20))
    long = replace(small, key="long", areas=(replace(area, statements=many), *small.areas[1:]))
    with django_assert_num_queries(27):
        import_framework(small)
    with django_assert_num_queries(27):
        import_framework(long)
