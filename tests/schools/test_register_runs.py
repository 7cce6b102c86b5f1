"""A register file from its upload over the check and the review to the schools as it says."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from core.models import HistoryEntry
from schools.models import (
    Membership,
    Participation,
    RegisterDifference,
    RegisterRun,
    School,
    SchoolUrn,
)
from schools.register import keeping, runs
from schools.register.importing import import_register
from tests.factories import (
    AuditFactory,
    MembershipFactory,
    ParticipationFactory,
    UserFactory,
    small_framework,
)
from tests.schools.register_files import LATER, LINKS, REGISTER, a_file, a_row
from tests.schools.register_uploads import a_run, apply, check, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(people, sign_in):
    return sign_in(people.admin)


@pytest.fixture
def school(tmp_path, people):
    """A school of the register that takes part."""
    import_register(file=a_file(tmp_path))
    school = SchoolUrn.objects.get(urn=123001).school
    ParticipationFactory(school=school)
    RegisterRun.objects.all().delete()
    HistoryEntry.objects.all().delete()
    return school


def stored():
    return [list(model.objects.order_by("pk").values()) for model in (School, SchoolUrn)]


def text(response) -> str:
    return response.content.decode()


class TestChecking:
    def test_changes_nothing_and_shows_everything(self, admin, school, tmp_path):
        before = stored()
        file = a_file(tmp_path, a_row(NumberOfPupils="210"), a_row(123002, EstablishmentName="New School"))
        run = check(admin, file)
        assert stored() == before
        assert run.is_to_review
        assert (run.counts["changed"], run.counts["new"], run.counts["rows"]) == (1, 1, 2)
        page = text(admin.get(run.get_absolute_url()))
        assert page.index("Caer Ridge Primary School") < page.index("New School")
        assert "Pupils:" in page
        assert "203" in page
        assert "210" in page

    def test_its_page_says_how_far_it_is_and_looks_again_by_itself(self, admin, tmp_path):
        send(admin, a_file(tmp_path))
        run = RegisterRun.objects.get()
        response = admin.get(run.get_absolute_url())
        assert response["Refresh"] == "3"
        assert "The file is in the queue" in text(response)
        RegisterRun.objects.update(status="working", rows_read=500, rows_in_all=51000)
        assert "500 of 51000 rows read" in text(admin.get(run.get_absolute_url()))

    def test_again_after_a_killed_check_shows_each_school_once(self, people, school, tmp_path):
        run = a_run(people.admin, a_file(tmp_path, a_row(NumberOfPupils="210")))
        RegisterDifference.objects.create(
            run=run, check_token="killed", kind="changed", urn=123001, name="Half a check"
        )
        runs.do(run.pk)
        assert [one.name for one in RegisterDifference.objects.all()] == [school.name]

    def test_a_file_of_another_county_names_the_schools_that_it_lacks(self, admin, school, tmp_path):
        run = check(admin, a_file(tmp_path, a_row(123009, **{"LA (code)": "894"})))
        assert "Schools of the programme that are not in this file: 3" in text(
            admin.get(run.get_absolute_url())
        )

    def test_the_rows_as_files_are_safe_to_open(self, admin, tmp_path):
        run = check(admin, a_file(tmp_path, a_row(EstablishmentName='=HYPERLINK("x")')))
        answer = admin.get(f"{run.get_absolute_url()}changes.csv").content.decode("utf-8-sig")
        assert '"\'=HYPERLINK(""x"")"' in answer
        excel = admin.get(f"{run.get_absolute_url()}changes.xlsx")
        assert excel.content.startswith(b"PK")

    def test_only_what_was_asked_for(self, admin, school, tmp_path):
        run = check(admin, a_file(tmp_path, a_row(NumberOfPupils="210"), a_row(123002)))
        page = text(admin.get(run.get_absolute_url(), {"kind": "new"}))
        assert "123002" in page
        assert "210" not in page

    @pytest.mark.parametrize("count", [1, 3])
    def test_a_list_costs_as_many_queries_with_more_rows(
        self, admin, tmp_path, count, django_assert_num_queries
    ):
        run = check(admin, a_file(tmp_path, *[a_row(123001 + n) for n in range(count)]))
        with django_assert_num_queries(7):
            admin.get(run.get_absolute_url())


class TestApplying:
    def test_writes_exactly_that(self, admin, people, school, tmp_path):
        run = check(admin, a_file(tmp_path, a_row(NumberOfPupils="210"), a_row(123002)))
        apply(admin, run)
        assert (run.outcome, run.approved_by) == ("applied", people.admin)
        school.refresh_from_db()
        assert school.pupils == 210
        assert SchoolUrn.objects.filter(urn=123002).exists()
        lines = HistoryEntry.objects.filter(actor_id=str(people.admin.pk)).values_list("kind", flat=True)
        assert sorted(lines) == ["register.imported", "register.uploaded", "school.changed_by_register"]

    def test_twice_writes_once(self, admin, school, tmp_path):
        run = check(admin, a_file(tmp_path, a_row(NumberOfPupils="210")))
        apply(admin, run)
        runs.do(run.pk)
        assert "Somebody else has just applied this file" in text(apply(admin, run))
        assert (
            HistoryEntry.objects.filter(target_type="schools.registerrun", kind="register.imported").count()
            == 1
        )

    def test_one_of_two_files_wins_and_the_other_is_told(self, admin, school, tmp_path):
        first = check(admin, a_file(tmp_path, a_row(NumberOfPupils="210")))
        second = check(admin, a_file(tmp_path, a_row(NumberOfPupils="220")))
        apply(admin, first)
        apply(admin, second)
        school.refresh_from_db()
        assert (first.outcome, second.outcome, school.pupils) == ("applied", "stale", 210)
        assert "Nothing was applied" in text(admin.get(second.get_absolute_url()))

    def test_an_edit_since_the_check_stops_it_and_a_new_check_takes_it_in(self, admin, school, tmp_path):
        run = check(admin, a_file(tmp_path, a_row(NumberOfPupils="210")))
        School.objects.filter(pk=school.pk).update(town="Ludlow")
        apply(admin, run)
        school.refresh_from_db()
        assert (run.outcome, school.pupils) == ("stale", 203)
        admin.post(f"{run.get_absolute_url()}check-again/")
        runs.do(run.pk)
        run.refresh_from_db()
        assert run.is_to_review
        apply(admin, run)
        assert run.outcome == "applied"

    def test_between_comparing_and_writing_nobody_else_writes(self, admin, school, tmp_path, monkeypatch):
        run = check(admin, a_file(tmp_path, a_row(NumberOfPupils="210")))
        compare = runs.compare

        def meanwhile(*args, **kwargs):
            found = compare(*args, **kwargs)
            import_register(file=a_file(tmp_path, a_row(123002), name="other.csv"))
            return found

        monkeypatch.setattr(runs, "compare", meanwhile)
        apply(admin, run)
        school.refresh_from_db()
        assert (run.outcome, school.pupils) == ("stale", 203)

    def test_an_edit_of_a_programme_school_at_the_last_moment_is_not_overwritten(
        self, admin, school, tmp_path, monkeypatch
    ):
        run = check(admin, a_file(tmp_path, a_row(NumberOfPupils="210")))
        compare = runs.compare

        def meanwhile(*args, **kwargs):
            found = compare(*args, **kwargs)
            School.objects.filter(pk=school.pk).update(name="By Hand")
            return found

        monkeypatch.setattr(runs, "compare", meanwhile)
        apply(admin, run)
        school.refresh_from_db()
        assert (run.outcome, school.name, school.pupils) == ("stale", "By Hand", 203)

    def test_a_page_that_was_checked_again_meanwhile_applies_nothing(self, admin, school, tmp_path):
        run = check(admin, a_file(tmp_path, a_row(NumberOfPupils="210")))
        assert "checked again since you read this page" in text(apply(admin, run, digest="0" * 64))
        assert run.is_to_review

    def test_a_worker_that_lost_its_claim_takes_everything_back(self, admin, school, tmp_path, monkeypatch):
        run = check(admin, a_file(tmp_path, a_row(NumberOfPupils="210")))
        monkeypatch.setattr(type(RegisterRun.objects.all()), "finish", lambda *args, **fields: False)
        apply(admin, run)
        school.refresh_from_db()
        assert school.pupils == 203

    def test_a_fault_of_ours_is_told_and_tried_again(self, admin, school, tmp_path, monkeypatch):
        run = check(admin, a_file(tmp_path, a_row(NumberOfPupils="210")))
        monkeypatch.setattr(runs, "write", lambda *args, **kwargs: 1 / 0)
        apply(admin, run)
        assert (run.status, run.attempts) == ("queued", 1)
        assert "tried again by itself" in text(admin.get(run.get_absolute_url()))
        monkeypatch.undo()
        RegisterRun.objects.update(not_before=timezone.now())
        runs.do(run.pk)
        run.refresh_from_db()
        assert run.outcome == "applied"


class TestNames:
    def test_a_school_of_the_programme_is_renamed_only_with_a_tick(self, admin, school, tmp_path):
        run = check(admin, a_file(tmp_path, a_row(EstablishmentName="Caer Academy")))
        page = text(admin.get(run.get_absolute_url()))
        assert "Caer Ridge Primary School becomes <strong>Caer Academy</strong>" in page
        assert "I have read the new names" in text(apply(admin, run))
        assert run.is_to_review
        apply(admin, run, names_read="on")
        school.refresh_from_db()
        assert (run.outcome, school.name) == ("applied", "Caer Academy")
        line = HistoryEntry.objects.get(kind="school.changed_by_register")
        assert line.summary == "“Caer Ridge Primary School” is now called “Caer Academy”."
        assert line.details["name"]["before"] == "Caer Ridge Primary School"

    def test_other_schools_need_none(self, admin, school, tmp_path):
        Participation.objects.filter(school=school).delete()
        run = check(admin, a_file(tmp_path, a_row(EstablishmentName="Caer Academy")))
        assert "I have read the new names" not in text(admin.get(run.get_absolute_url()))


class TestFiles:
    def files(self):
        found = (
            [default_storage.listdir(keeping.FOLDER)[1]] if default_storage.exists(keeping.FOLDER) else [[]]
        )
        return {f"register/{name}" for name in found[0]}

    def test_are_deleted_once_applied(self, admin, school, tmp_path):
        run = check(admin, a_file(tmp_path, a_row(NumberOfPupils="210")))
        name = run.file.name
        assert name in self.files()
        apply(admin, run)
        assert (run.file.name, name in self.files()) == ("", False)

    def test_are_deleted_once_thrown_away(self, admin, people, tmp_path, django_capture_on_commit_callbacks):
        run = check(admin, a_file(tmp_path))
        name = run.file.name
        assert "Throw register.csv away?" in text(admin.get(f"{run.get_absolute_url()}discard/"))
        with django_capture_on_commit_callbacks(execute=True):
            admin.post(f"{run.get_absolute_url()}discard/")
        run.refresh_from_db()
        assert (run.outcome, run.discarded_by, name in self.files()) == ("discarded", people.admin, False)
        assert not RegisterDifference.objects.exists()
        assert "Thrown away by Admin" in text(admin.get(run.get_absolute_url()))

    def test_nothing_is_thrown_away_while_it_is_applied(self, admin, tmp_path):
        run = check(admin, a_file(tmp_path))
        RegisterRun.objects.update(status="working", step="apply", outcome="")
        admin.post(f"{run.get_absolute_url()}discard/")
        run.refresh_from_db()
        assert run.status == "working"

    def test_are_deleted_after_two_weeks(self, admin, tmp_path):
        run = check(admin, a_file(tmp_path))
        name = run.file.name
        assert keeping.forget_old_runs() == 0
        RegisterRun.objects.update(begun_at=timezone.now() - timedelta(days=15))
        assert keeping.forget_old_runs() == 1
        run.refresh_from_db()
        assert (run.outcome, name in self.files()) == ("expired", False)
        assert "the file is deleted" in text(admin.get(run.get_absolute_url()))

    def test_a_file_without_a_run_is_deleted_after_a_day(self, admin, tmp_path, time_machine):
        run = check(admin, a_file(tmp_path))
        name = run.file.name
        RegisterRun.objects.all().delete()
        keeping.forget_old_runs()
        assert name in self.files()
        time_machine.move_to(timezone.now() + timedelta(hours=25))
        keeping.forget_old_runs()
        assert name not in self.files()

    def test_a_file_that_is_gone_is_told(self, people, sign_in, tmp_path):
        run = a_run(people.admin, a_file(tmp_path))
        default_storage.delete(run.file.name)
        runs.do(run.pk)
        page = text(sign_in(people.admin).get(run.get_absolute_url()))
        assert "The file is no longer there. Upload it again." in page


ELEVEN = 11


class TestElevenPrimaries:
    """Shropshire between 2024 and 2025: eleven primary schools became academies and got a new URN."""

    @pytest.fixture
    def moved(self, people):
        """The eleven, each with its years in the programme, its people and a self-audit, under the old URN."""
        import_register(file=REGISTER)
        olds = {move.old for move in import_register(file=LATER, links=LINKS, check=True).plan.moves}
        assert len(olds) == ELEVEN
        schools = {urn.urn: urn.school for urn in SchoolUrn.objects.filter(urn__in=olds)}
        version = small_framework(1, 1)
        for school in schools.values():
            ParticipationFactory(school=school)
            MembershipFactory(school=school, user=UserFactory())
            AuditFactory(school=school, version=version)
        return schools

    def check_moved(self, moved):
        assert School.objects.filter(pk__in=[school.pk for school in moved.values()]).count() == ELEVEN
        for old, school in moved.items():
            former, current = (
                school.urns.order_by("valid_to").exclude(valid_to=None),
                school.urns.get(valid_to=None),
            )
            assert former.filter(urn=old).exists()
            assert current.urn != old
            assert current.valid_from is not None
            assert school.audits.count() == 1
            assert Membership.objects.filter(school=school).count() == 1
            assert Participation.objects.filter(school=school).count() == 1
            assert (
                HistoryEntry.objects.filter(kind="school.renumbered", school_id=str(school.pk)).count() == 1
            )

    def test_keep_everything_by_command(self, moved):
        import_register(file=LATER, links=LINKS)
        self.check_moved(moved)

    def test_keep_everything_by_upload(self, admin, moved):
        run = check(admin, LATER, LINKS)
        assert run.counts["renumbered"] == ELEVEN
        page = text(admin.get(run.get_absolute_url()))
        assert page.count("New URN</td>") == ELEVEN
        apply(admin, run, names_read="on")
        assert run.outcome == "applied"
        self.check_moved(moved)
        again = check(admin, LATER, LINKS)
        assert "This file changes nothing" in text(admin.get(again.get_absolute_url()))
