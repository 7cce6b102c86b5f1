"""Register files that cannot be used: by page, by worker and by command, each with a sentence and nothing changed."""

import io
import zipfile

import pytest
from django.core.management import CommandError, call_command

from core.models import HistoryEntry
from schools.forms import register as forms
from schools.models import RegisterRun, School, SchoolUrn
from schools.register.importing import import_register
from schools.register.reading import RegisterRefusedError
from schools.views.register import runs as views
from tests.schools.register_files import (
    COLUMNS,
    LATER,
    LINKS,
    REGISTER,
    a_file,
    a_row,
    as_csv,
)
from tests.schools.register_uploads import UPLOAD, check, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(people, sign_in):
    return sign_in(people.admin)


def text(response) -> str:
    return response.content.decode()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("register.csv", as_csv([a_row()]))
    return out.getvalue()


def without(column: str) -> bytes:
    return as_csv([a_row()], [name for name in COLUMNS if name != column]).encode()


GOOD = as_csv([a_row(), a_row(123002)]).encode()
AT_ONCE = {
    "a missing column": (without("Postcode"), "The file lacks the column “Postcode”"),
    "a workbook or a zip": (zipped(), "Excel workbook or a zip file"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "This is a picture"),
    "NUL bytes": (GOOD.replace(b"Caer", b"Ca\0r"), "This is not a text file"),
    "UTF-16": (GOOD.decode().encode("utf-16"), "UTF-16"),
    "semicolons": (GOOD.replace(b",", b";"), "separated by semicolons"),
    "the links file": (LINKS.read_bytes(), "This is the links file"),
    "nothing": (b"", "The file is empty"),
}
BY_THE_WORKER = {
    "no rows": (GOOD.split(b"\r\n")[0] + b"\r\n", "The file has a heading and no rows"),
    "a cut line": (GOOD[:-20], "cut short"),
    "a URN twice": (as_csv([a_row(), a_row()]).encode(), "URN 123001 is on line 2 already"),
    "a date that is none": (as_csv([a_row(OpenDate="soon")]).encode(), "Write dates like 31-08-2024"),
}


class TestByPage:
    @pytest.mark.parametrize("case", AT_ONCE)
    def test_what_can_be_seen_at_once_is_said_at_once(self, admin, case):
        content, words = AT_ONCE[case]
        response = send(admin, content)
        assert response.status_code == 422
        assert words in text(response)
        assert not RegisterRun.objects.exists()

    @pytest.mark.parametrize("case", BY_THE_WORKER)
    def test_the_rest_is_said_on_the_page_of_the_run(self, admin, case):
        content, words = BY_THE_WORKER[case]
        schools = School.objects.count()
        run = check(admin, content)
        assert (run.outcome, run.file.name) == ("refused", "")
        page = text(admin.get(run.get_absolute_url()))
        assert words in page
        assert "Nothing was changed" in page
        assert School.objects.count() == schools

    def test_the_two_files_swapped(self, admin):
        page = text(send(admin, LINKS, REGISTER))
        assert "This is the links file" in page
        assert "This is the register file" in page

    def test_no_file_at_all(self, admin):
        response = admin.post(UPLOAD, {})
        assert response.status_code == 422
        assert "Choose a file for “Register file”" in text(response)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    def test_any_of_the_encodings(self, admin, tmp_path, encoding):
        row = a_row(EstablishmentName="St Winnold’s – Café")
        run = check(admin, a_file(tmp_path, row, encoding=encoding))
        assert "St Winnold’s – Café" in text(admin.get(run.get_absolute_url()))

    def test_a_formula_as_a_name_is_kept_as_text(self, admin, tmp_path):
        run = check(admin, a_file(tmp_path, a_row(EstablishmentName="=1+1")))
        assert run.differences.get().name == "=1+1"

    def test_a_file_name_with_markup_is_text(self, admin):
        run = RegisterRun.objects.get(pk=send(admin, GOOD, name="<b>x</b>.csv").url.strip("/").split("/")[-1])
        assert "<b>x" not in text(admin.get(run.get_absolute_url()))


class TestTooLarge:
    @pytest.fixture
    def small_limit(self, monkeypatch):
        taken = views.upload.takes_files
        monkeypatch.setattr(views.upload, "takes_files", type(taken)(100_000, taken.may))

    def test_is_refused_in_a_sentence(self, admin, small_limit):
        response = send(admin, GOOD + b"x" * 200_000)
        assert response.status_code == 422
        assert f"larger than {forms.MOST_MEGABYTES} MB" in text(response)
        assert text(response).count("govuk-error-message") == 1

    def test_two_files_count_together(self, admin, small_limit):
        response = send(admin, GOOD + b"\r\n" * 30_000, LINKS.read_bytes() + b"\r\n" * 30_000)
        assert response.status_code == 422
        assert "larger than" in text(response)

    def test_what_announces_itself_too_large_never_reaches_the_disk(self, admin, small_limit, settings):
        settings.FILE_UPLOAD_TEMP_DIR = "/nowhere"
        response = send(admin, b"x" * 2_000_000)
        assert response.status_code == 422
        assert "larger than" in text(response)

    @pytest.mark.parametrize("who", ["signed_out", "liaison", "head"])
    def test_nor_does_the_file_of_somebody_who_may_not_send_one(self, people, sign_in, settings, who):
        settings.FILE_UPLOAD_TEMP_DIR = "/nowhere"
        assert send(sign_in(people.named()[who]), GOOD).status_code in (302, 403)


class TestFewerRows:
    """More than a tenth fewer than were here before, for the local authorities in the file."""

    @pytest.fixture(autouse=True)
    def twenty(self, tmp_path):
        rows = [a_row(123_000 + n) for n in range(20)]
        import_register(file=a_file(tmp_path, *rows))

    def rows(self, count, **cells):
        return [a_row(123_000 + n, **cells) for n in range(count)]

    def stored(self):
        return [list(model.objects.order_by("pk").values()) for model in (School, SchoolUrn, HistoryEntry)]

    def test_are_refused(self, tmp_path):
        before = self.stored()
        with pytest.raises(RegisterRefusedError) as refused:
            import_register(file=a_file(tmp_path, *self.rows(17, NumberOfPupils="1")))
        assert "The file has 17 rows for the local authorities in it, and 20 are stored here" in str(
            refused.value.problems[0]
        )
        assert self.stored() == before

    def test_exactly_a_tenth_fewer_are_taken(self, tmp_path):
        assert import_register(file=a_file(tmp_path, *self.rows(18))).rows == 18

    def test_are_refused_by_the_page(self, admin, tmp_path):
        run = check(admin, a_file(tmp_path, *self.rows(10)))
        assert run.outcome == "refused"
        assert "More than a tenth is missing" in text(admin.get(run.get_absolute_url()))

    def test_are_refused_by_a_check_of_the_command_too(self, tmp_path):
        with pytest.raises(CommandError, match="More than a tenth is missing"):
            call_command("import_schools", str(a_file(tmp_path, *self.rows(10))), "--check")

    def test_are_taken_when_the_command_says_so(self, tmp_path):
        call_command("import_schools", str(a_file(tmp_path, *self.rows(10, Town="Clun"))), "--allow-fewer")
        assert School.objects.filter(town="Clun").count() == 10
        assert SchoolUrn.objects.filter(urn__lt=124_000).count() == 20

    def test_another_countys_file_has_lost_nothing(self, tmp_path):
        other = a_row(130_001, **{"LA (code)": "894"})
        assert len(import_register(file=a_file(tmp_path, other)).plan.new) == 1

    def test_schools_that_were_put_in_by_hand_are_not_the_registers(self, tmp_path):
        School.objects.filter(urns__urn__gte=123_010).update(la_code="")
        assert import_register(file=a_file(tmp_path, *self.rows(10))).rows == 10


class TestByCommand:
    @pytest.mark.parametrize("case", [*AT_ONCE, *BY_THE_WORKER])
    def test_the_same_words(self, tmp_path, case):
        content, words = {**AT_ONCE, **BY_THE_WORKER}[case]
        path = tmp_path / "register.csv"
        path.write_bytes(content)
        # In the command the links file is only a file without the columns.
        expected = "The file lacks the columns" if case == "the links file" else words
        with pytest.raises(CommandError, match="nothing was changed") as refused:
            call_command("import_schools", str(path))
        assert expected in str(refused.value)
        assert not RegisterRun.objects.exists()

    def test_a_run_is_listed_with_what_it_did(self, admin):
        call_command("import_schools", str(REGISTER))
        call_command("import_schools", str(LATER), "--links", str(LINKS))
        page = text(admin.get("/register/"))
        assert page.count("the command import_schools") == 2
        latest = RegisterRun.objects.first()
        assert (latest.counts["renumbered"], latest.differences.filter(kind="renumbered").count()) == (11, 11)
        assert "New URN" in text(admin.get(latest.get_absolute_url()))

    def test_a_check_leaves_no_run(self, tmp_path):
        call_command("import_schools", str(a_file(tmp_path)), "--check")
        assert not RegisterRun.objects.exists()

    def test_says_which_schools_of_the_programme_are_renamed(self, people, tmp_path, capsys):
        import_register(file=a_file(tmp_path))
        school = SchoolUrn.objects.get(urn=123001).school
        people.school.participations.update(school=school)
        call_command("import_schools", str(a_file(tmp_path, a_row(EstablishmentName="Caer Academy"))))
        assert "Caer Ridge Primary School is now Caer Academy" in capsys.readouterr().out
