"""Adding the schools of a council's list to a year: sent, looked through, applied as it was read."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from core.models import HistoryEntry
from schools.models import Participation, ProgrammeYear, School, SchoolUrn
from schools.services.errors import ProgrammeError
from schools.services.lists import AddedMeanwhile, Part, add_schools
from tests.factories import (
    CohortFactory,
    ParticipationFactory,
    ProgrammeYearFactory,
    SchoolFactory,
    UserFactory,
)
from tests.forms_on_page import post_forms

pytestmark = pytest.mark.django_db
LIST = "Primary schools:\nStoke on Tern Primary\nSt Mary's CE Primary\n\nNowhere School\nStoke-on-Tern School"


@pytest.fixture
def year(people) -> ProgrammeYear:
    return ProgrammeYear.objects.get()


@pytest.fixture
def schools(people) -> dict[str, School]:
    made = {
        "stoke": ("Stoke-on-Tern School", "Stoke Heath"),
        "stoke primary": ("Stoke-on-Tern Primary School", "Stoke Heath"),
        "albrighton": ("St Mary's CofE Primary School", "Albrighton"),
        "bucknell": ("St Mary's CofE Primary School", "Bucknell"),
    }
    return {key: SchoolFactory(name=name, town=town, slug=key) for key, (name, town) in made.items()}


@pytest.fixture
def admin(people, sign_in):
    return sign_in(people.admin)


def common(**others: object) -> dict[str, object]:
    what = {"cohort": CohortFactory().pk, "offer": "full", "status": "confirmed", "support_hours": "12"}
    return {**what, **others}


def send(client, year, lines: str = LIST, **others):
    return client.post(reverse("schools:add_list", args=[year.pk]), common(lines=lines, **others))


def workbook(names: list[str]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for name in names:
        book.active.append([name])
    book.save(file)
    return file.getvalue()


def decide(client, year, response, go="apply", **choices: object):
    """What the page of the review sends, with these choices: `line_3_choice=7`."""
    hidden = post_forms(response.content.decode())[-1].hidden
    chosen = {name.replace("_", "-"): value for name, value in choices.items()}
    return client.post(reverse("schools:apply_list", args=[year.pk]), {**hidden, **chosen, "go": go})


def text(response) -> str:
    return response.content.decode()


def added(year) -> set[str]:
    return set(
        Participation.objects.filter(programme_year=year, support_hours=12).values_list(
            "school__slug", flat=True
        )
    )


def everything() -> tuple[int, int]:
    return Participation.objects.count(), HistoryEntry.objects.count()


class TestReview:
    def test_says_of_each_line_what_it_is_and_writes_nothing(self, admin, year, schools):
        before = everything()
        page = text(send(admin, year))
        for words in (
            "Add Stoke-on-Tern Primary School",
            "Line 3: St Mary&#x27;s CE Primary",
            "2 schools may be meant.",
            "No school of the register has a name like this.",
            "Line 1, “Primary schools:”: Taken for a heading.",
            "Blank lines: 1.",
        ):
            assert words in page.replace("&#39;", "&#x27;"), words
        assert everything() == before

    def test_no_choice_is_made_for_the_person(self, admin, year, schools):
        page = text(send(admin, year))
        radios = [part for part in page.split("<input") if 'type="radio"' in part.split(">")[0]]
        assert len(radios) == 4
        assert not any(" checked" in radio.split(">")[0] for radio in radios)

    def test_a_line_is_looked_up_and_the_other_choices_stay(self, admin, year, schools):
        first = send(admin, year)
        pk = str(schools["bucknell"].pk)
        page = text(
            decide(admin, year, first, go="look", line_3_choice=pk, line_5_find="saint marys albright")
        )
        radios = [part.split(">")[0] for part in page.split("<input") if 'type="radio"' in part.split(">")[0]]
        assert [f'value="{pk}"' in radio for radio in radios if " checked" in radio] == [True]
        assert page.count(f'value="{schools["albrighton"].pk}"') == 2
        assert 'value="saint marys albright"' in page

    def test_back_to_the_list_keeps_all_that_was_typed(self, admin, year, schools):
        page = text(decide(admin, year, send(admin, year), go="back"))
        assert "Stoke on Tern Primary\n" in page.replace("\r\n", "\n")
        assert 'value="12"' in page

    def test_a_file_is_read_and_its_lines_stay_when_something_else_is_missing(self, admin, year, schools):
        file = SimpleUploadedFile("list.csv", b"School;URN\nStoke-on-Tern Primary School;\n")
        data = common(file=file, cohort="")
        response = admin.post(reverse("schools:add_list", args=[year.pk]), data)
        assert response.status_code == 422
        assert "Stoke-on-Tern Primary School" in text(response)
        assert "Choose an answer for “They joined with”" in text(response)

    @pytest.mark.parametrize(
        ("lines", "words"),
        [
            ("", "Paste the names of the schools, or choose a file"),
            (
                "\n".join(f"School {n}" for n in range(501)),
                "The list has 501 lines. Send at most 500 at a time.",
            ),
            ("x" * 60_001, "Shorten “Paste the list” to 60,000 characters or fewer"),
            ("Clun\x07 School", "Remove the hidden character"),
        ],
        ids=["nothing", "too-many", "too-long", "hidden"],
    )
    def test_what_cannot_be_a_list_is_refused_in_words(self, admin, year, lines, words):
        response = send(admin, year, lines)
        assert response.status_code == 422
        assert words in text(response)

    def test_a_list_of_500_lines_that_all_wait_comes_back_whole(self, admin, year, schools):
        first = send(admin, year, "\n".join(f"Nowhere {n} xx" for n in range(500)))
        choices = {f"line_{n}_choice": "out" for n in range(1, 501)} | {
            f"line_{n}_find": "" for n in range(1, 501)
        }
        assert decide(admin, year, first, **choices).status_code == 302

    def test_the_row_that_names_the_columns_is_none_of_the_500(self, admin, year, schools):
        rows = "".join(f"Nowhere {n} xx;Clun\n" for n in range(500))
        file = SimpleUploadedFile("list.csv", f"School;Town\n{rows}".encode())
        first = admin.post(reverse("schools:add_list", args=[year.pk]), common(file=file))
        choices = {f"line_{n}_choice": "out" for n in range(2, 502)}
        assert decide(admin, year, first, **choices).status_code == 302

    def test_a_heading_between_the_schools_is_one_of_them(self, admin, year):
        response = send(admin, year, "Clun School:\n" * 501)
        assert response.status_code == 422
        assert "The list has 501 lines" in text(response)

    @pytest.mark.parametrize("name", ["list.txt", "list.csv", "list.xlsx"])
    def test_a_file_with_more_than_the_next_page_sends_back_is_refused_before_anything_is_decided(
        self, admin, year, name
    ):
        rows = [f"School {n} {'x' * 230}" for n in range(300)]
        content = "\n".join(rows).encode() if name != "list.xlsx" else workbook(rows)
        data = common(file=SimpleUploadedFile(name, content))
        response = admin.post(reverse("schools:add_list", args=[year.pk]), data)
        assert response.status_code == 422
        assert "The list in this file has more than 60,000 characters" in text(response)
        assert 'href="#id_file"' in text(response)

    def test_a_file_that_begins_with_blank_rows_is_applied_as_it_was_shown(self, admin, year, schools):
        file = SimpleUploadedFile("list.csv", b";\n;\nStoke-on-Tern Primary School;Stoke Heath\n")
        first = admin.post(reverse("schools:add_list", args=[year.pk]), common(file=file))
        assert decide(admin, year, first, line_1_add="on").status_code == 302
        assert added(year) == {"stoke primary"}

    def test_a_file_far_too_large_is_refused_and_never_reaches_the_disk(self, admin, year, settings):
        settings.FILE_UPLOAD_TEMP_DIR = "/nowhere"
        file = SimpleUploadedFile("list.xlsx", b"x" * 4_000_000)
        response = admin.post(reverse("schools:add_list", args=[year.pk]), common(file=file))
        assert response.status_code == 422
        assert "The file is larger than 2 MB" in text(response)


class TestApply:
    def test_adds_what_was_decided_with_a_line_each_and_tells_what_was_left_out(
        self, admin, people, year, schools
    ):
        pk = schools["bucknell"].pk
        chosen = {"line_2_add": "on", "line_3_choice": pk, "line_5_choice": "out"}
        answer = decide(admin, year, send(admin, year), **chosen)
        assert answer.url == reverse("schools:list_added", args=[year.pk])
        assert added(year) == {"stoke primary", "bucknell"}
        lines = HistoryEntry.objects.filter(kind="participation.added")
        assert {line.school_id for line in lines} == {str(pk), str(schools["stoke primary"].pk)}
        part = Participation.objects.get(school=pk)
        assert (part.status, part.offer, part.cohort.name) == ("confirmed", "full", "Year 1")
        page = text(admin.get(answer.url))
        assert "Schools added: 2" in page
        csv = text(admin.get(reverse("schools:list_left_out_csv", args=[year.pk])))
        assert '5,"Nowhere School","You left it out."' in csv
        assert '1,"Primary schools:","Taken for a heading."' in csv

    def test_waits_until_every_line_is_decided(self, admin, year, schools):
        before = everything()
        response = decide(admin, year, send(admin, year), line_2_add="on", line_5_choice="out")
        assert response.status_code == 422
        page = text(response)
        assert '<a href="#id_line-3-choice">Line 3: choose the school, or leave the line out</a>' in page
        assert 'value="out"' in page
        assert everything() == before

    def test_the_same_school_on_two_lines_is_said(self, admin, year, schools):
        pk = schools["stoke primary"].pk
        first = send(admin, year)
        looked = decide(admin, year, first, go="look", line_5_find="stoke")
        chosen = {"line_2_add": "on", "line_3_choice": "out", "line_5_find": "stoke", "line_5_choice": pk}
        response = decide(admin, year, looked, **chosen)
        assert response.status_code == 422
        assert "Line 5 is the same school as line 2. Leave one of them out." in text(response)

    def test_two_administrators_apply_the_same_list(self, admin, people, year, schools, client):
        first, second = send(admin, year), send(admin, year)
        chosen = {"line_2_add": "on", "line_3_choice": schools["bucknell"].pk, "line_5_choice": "out"}
        assert decide(admin, year, first, **chosen).status_code == 302
        before = everything()
        refused = decide(admin, year, second, **chosen)
        assert (refused.status_code, everything()) == (409, before)
        page = text(refused)
        assert "What you chose is kept." in page
        assert "In this year already: confirmed." in page

    def test_what_the_register_changed_meanwhile_is_looked_through_again(self, admin, year, schools):
        first = send(admin, year, "Stoke on Tern Primary")
        School.objects.filter(slug="stoke primary").update(status="closed")
        assert decide(admin, year, first, line_1_add="on").status_code == 409
        assert added(year) == set()

    def test_a_school_of_an_earlier_year_keeps_the_cohort_that_it_joined_with(self, admin, schools):
        ParticipationFactory(school=schools["stoke primary"])
        later = ProgrammeYearFactory(name="Later", starts_on=date(2027, 4, 1), ends_on=date(2028, 3, 31))
        new = CohortFactory(name="Year 2", joined_in=later)
        first = send(admin, later, "Stoke-on-Tern Primary\nStoke-on-Tern School", cohort=new.pk)
        assert text(first).count("joined with Year 1; that stays") == 1
        assert decide(admin, later, first, line_1_add="on", line_2_add="on").status_code == 302
        made = Participation.objects.filter(programme_year=later).order_by("cohort__name")
        assert list(made.values_list("school__slug", "cohort__name")) == [
            ("stoke primary", "Year 1"),
            ("stoke", "Year 2"),
        ]

    def test_a_cohort_that_became_known_meanwhile_is_looked_through_again(self, admin, schools):
        later = ProgrammeYearFactory(name="Later", starts_on=date(2027, 4, 1), ends_on=date(2028, 3, 31))
        first = send(admin, later, "Stoke-on-Tern Primary")
        ParticipationFactory(school=schools["stoke primary"])
        assert decide(admin, later, first, line_1_add="on").status_code == 409
        assert added(later) == set()

    @pytest.mark.parametrize("choice", ["0", "999999999", "x", "²", "-1"])
    def test_a_choice_that_no_page_offered_is_refused(self, admin, year, schools, choice):
        first = send(admin, year, "St Mary's CE Primary")
        assert decide(admin, year, first, line_1_choice=choice).status_code == 422
        assert added(year) == set()

    def test_a_closed_year_takes_no_list(self, admin, year, schools):
        first = send(admin, year)
        ProgrammeYear.objects.update(closed_at=timezone.now(), closed_by=UserFactory())
        assert decide(admin, year, first, line_2_add="on").url == reverse("schools:year", args=[year.pk])
        assert send(admin, year).status_code == 302
        assert added(year) == set()


class TestService:
    def part(self) -> Part:
        return Part(cohort=CohortFactory(), offer="full", status="invited", support_hours=None)

    def test_writes_all_or_nothing(self, people, year, schools):
        wanted = {1: schools["stoke"].pk, 2: people.school.pk}
        before = everything()
        with pytest.raises(AddedMeanwhile, match="Wenlock Brook Primary School"):
            add_schools(year=year, schools=wanted, part=self.part(), by=people.admin)
        assert everything() == before

    def test_refuses_a_school_that_is_gone(self, people, year, schools):
        pk = schools["stoke"].pk
        SchoolUrn.objects.filter(school=pk).delete()
        School.objects.filter(pk=pk).delete()
        with pytest.raises(ProgrammeError, match="The school of line 1 is no longer in the register"):
            add_schools(year=year, schools={1: pk}, part=self.part(), by=people.admin)
