"""Importing the register: what is made, changed and left alone, and what leaves a trace."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import HistoryEntry
from schools.models import School, SchoolUrn
from schools.register.importing import import_register
from schools.register.reading import RegisterRefusedError
from tests.factories import ParticipationFactory, SchoolFactory
from tests.schools.register_files import LATER, LINKS, REGISTER, a_file, a_row

pytestmark = pytest.mark.django_db


def stored():
    return [list(model.objects.order_by("pk").values()) for model in (School, SchoolUrn, HistoryEntry)]


def refusal(path, **options: object):
    before = stored()
    with pytest.raises(RegisterRefusedError) as refused:
        import_register(file=path, **options)
    assert stored() == before
    return [str(problem) for problem in refused.value.problems]


class TestMaking:
    def test_a_school_with_its_urn(self, tmp_path):
        import_register(file=a_file(tmp_path))
        school = School.objects.get()
        assert (school.name, school.slug, school.laestab) == (
            "Caer Ridge Primary School",
            "caer-ridge-primary-school",
            "893/2032",
        )
        (urn,) = school.urns.all()
        assert (urn.urn, urn.valid_from, urn.valid_to) == (123001, date(1950, 9, 1), None)

    def test_nobody_is_named_publicly_by_an_import(self, tmp_path):
        import_register(file=a_file(tmp_path))
        assert not School.objects.get().public_consent

    def test_schools_of_one_name_have_slugs_of_their_own(self, tmp_path):
        SchoolFactory(name="Caer Ridge Primary School")
        rows = [a_row(123001), a_row(123002), a_row(123003, EstablishmentName="学校", Town="")]
        import_register(file=a_file(tmp_path, *rows))
        slugs = {urn.urn: urn.school.slug for urn in SchoolUrn.objects.filter(urn__lt=200_000)}
        assert slugs == {
            123001: "caer-ridge-primary-school-church-stretton",
            123002: "caer-ridge-primary-school-123002",
            123003: "school",
        }

    def test_one_history_line_for_the_run(self, tmp_path):
        import_register(file=a_file(tmp_path, a_row(), a_row(123002)))
        line = HistoryEntry.objects.get()
        assert (line.kind, line.summary, line.actor_label) == (
            "register.imported",
            "register.csv: 2 new, 0 changed, 0 renumbered.",
            "PINS Hub",
        )

    def test_a_check_makes_nothing(self, tmp_path):
        summary = import_register(file=a_file(tmp_path), check=True)
        assert len(summary.plan.new) == 1
        assert stored() == [[], [], []]

    def test_points_far_from_the_others_of_their_authority_are_left_out(self, tmp_path):
        rows = [a_row(123001 + n) for n in range(5)]
        astray = a_row(123009, Easting="523347", Northing="177829")
        summary = import_register(file=a_file(tmp_path, *rows, astray))
        assert SchoolUrn.objects.get(urn=123009).school.easting is None
        assert [str(note) for note in summary.notes] == [
            "line 7: The point (523347, 177829) is far from its county; it was left out."
        ]


class TestUpdating:
    @pytest.fixture(autouse=True)
    def school(self, tmp_path):
        import_register(file=a_file(tmp_path))
        HistoryEntry.objects.all().delete()
        return School.objects.get()

    def test_a_renamed_school_keeps_its_slug(self, tmp_path, school):
        import_register(file=a_file(tmp_path, a_row(EstablishmentName="Caer Academy")))
        school.refresh_from_db()
        assert (school.name, school.slug) == ("Caer Academy", "caer-ridge-primary-school")

    def test_only_what_differs_is_written(self, tmp_path):
        path = a_file(tmp_path, a_row(NumberOfPupils="210"))
        with CaptureQueriesContext(connection) as queries:
            import_register(file=path)
        (update,) = [q["sql"] for q in queries if q["sql"].startswith('UPDATE "schools_school"')]
        assert '"pupils"' in update
        assert '"town"' not in update

    def test_blanks_of_the_register_do_not_empty_what_we_know(self, tmp_path):
        import_register(file=a_file(tmp_path, a_row(SchoolWebsite="", NumberOfPupils="", Town="")))
        known = School.objects.values("website", "pupils", "town").get()
        assert known == {
            "website": "https://caer-ridge.example/",
            "pupils": 203,
            "town": "Church Stretton",
        }

    def test_a_school_that_reopens_has_no_closing_date(self, tmp_path):
        closed = {"EstablishmentStatus (code)": "2", "CloseDate": "31-08-2025"}
        import_register(file=a_file(tmp_path, a_row(**closed)))
        assert School.objects.get().closed_on == date(2025, 8, 31)
        import_register(file=a_file(tmp_path))
        assert School.objects.get().closed_on is None

    def test_consent_is_not_the_registers_to_change(self, tmp_path):
        School.objects.update(public_consent=True)
        import_register(file=a_file(tmp_path, a_row(NumberOfPupils="1")))
        assert School.objects.get().public_consent

    def test_a_school_that_is_not_in_the_file_stays(self, tmp_path, school):
        import_register(file=a_file(tmp_path, a_row(123002)))
        assert School.objects.filter(pk=school.pk).exists()

    def test_the_same_file_twice_changes_nothing(self, tmp_path):
        before = stored()
        import_register(file=a_file(tmp_path))
        assert stored() == before

    def test_a_school_of_the_programme_gets_a_line_of_its_own(self, tmp_path, school):
        ParticipationFactory(school=school)
        import_register(file=a_file(tmp_path, a_row(NumberOfPupils="210"), a_row(123002)))
        line = HistoryEntry.objects.exclude(kind="register.imported").get()
        assert (line.kind, line.school_id) == ("school.changed_by_register", str(school.pk))
        assert line.details == {"pupils": {"before": 203, "after": 210}}

    def test_says_which_schools_of_the_programme_have_closed(self, tmp_path, school):
        ParticipationFactory(school=school)
        rows = [
            a_row(**{"EstablishmentStatus (code)": "2"}),
            a_row(123002, **{"EstablishmentStatus (code)": "2"}),
        ]
        assert import_register(file=a_file(tmp_path, *rows)).closed == ["Caer Ridge Primary School"]


class TestRefusing:
    def test_a_urn_twice(self, tmp_path):
        assert refusal(a_file(tmp_path, a_row(), a_row(123002), a_row())) == [
            "line 4: URN 123001 is on line 2 already. Remove one of the two rows."
        ]

    def test_no_rows(self, tmp_path):
        path = a_file(tmp_path)
        path.write_bytes(path.read_bytes().split(b"\r\n")[0] + b"\r\n")
        assert refusal(path) == ["The file has a heading and no rows. Download it again."]

    def test_everything_that_is_wrong_is_told_at_once(self, tmp_path):
        rows = [a_row(CloseDate="soon"), a_row(12), a_row(123003, EstablishmentName="")]
        lines = [problem.split(":")[0] for problem in refusal(a_file(tmp_path, *rows))]
        assert lines == ["line 2", "line 3", "line 4"]

    def test_but_not_without_end(self, tmp_path):
        problems = refusal(a_file(tmp_path, *[a_row(n) for n in range(1, 500)]))
        assert len(problems) == 21
        assert "There may be more" in problems[-1]

    def test_a_file_cut_short_after_good_rows(self, tmp_path):
        path = a_file(tmp_path, *[a_row(123_000 + n) for n in range(1200)])
        path.write_bytes(path.read_bytes()[:-30])
        assert "cut short" in refusal(path)[0]

    def test_a_links_file_that_is_none(self, tmp_path):
        path = a_file(tmp_path)
        assert "lacks the columns “LinkURN”" in refusal(path, links=path)[0]


class TestRealFiles:
    def test_the_extract_loads_and_loads_again(self):
        assert len(import_register(file=REGISTER).plan.new) == 366
        assert School.objects.count() == SchoolUrn.objects.count() == 366
        before = stored()
        import_register(file=REGISTER)
        assert stored() == before

    def test_the_next_one_renumbers_eleven_primary_schools(self):
        import_register(file=REGISTER)
        woore = SchoolUrn.objects.get(urn=123405).school
        summary = import_register(file=LATER, links=LINKS)
        assert len(summary.plan.moves) == 11
        assert (School.objects.count(), SchoolUrn.objects.count()) == (366, 377)
        assert list(woore.urns.values_list("urn", "valid_from", "valid_to")) == [
            (123405, None, date(2025, 1, 31)),
            (151468, date(2025, 2, 1), None),
        ]
        woore.refresh_from_db()
        assert (woore.status, woore.closed_on) == ("open", None)
        before = stored()
        import_register(file=LATER, links=LINKS)
        assert stored() == before

    def test_loading_all_at_once_gives_schools_their_earlier_numbers(self):
        import_register(file=LATER, links=LINKS)
        bishops_castle = SchoolUrn.objects.get(urn=145672).school
        assert list(bishops_castle.urns.values_list("urn", flat=True)) == [123354, 145672]
        before = stored()
        import_register(file=LATER, links=LINKS)
        assert stored() == before


class TestCommand:
    def test_prints_a_summary(self, tmp_path, capsys):
        call_command("import_schools", str(a_file(tmp_path)))
        assert capsys.readouterr().out.startswith("1 rows read (UTF-8)\n  new schools         1\n")

    def test_says_when_nothing_was_written(self, tmp_path, capsys):
        call_command("import_schools", str(a_file(tmp_path)), "--check")
        assert "Nothing was changed (--check)." in capsys.readouterr().out
        assert not School.objects.exists()

    def test_refuses_with_every_line_and_says_that_nothing_was_changed(self, tmp_path):
        with pytest.raises(CommandError) as refused:
            call_command("import_schools", str(a_file(tmp_path, a_row(12))))
        assert str(refused.value) == (
            "register.csv was refused, and nothing was changed:\n  line 2: “URN” is 12. It has six digits."
        )
        assert refused.value.returncode == 1
