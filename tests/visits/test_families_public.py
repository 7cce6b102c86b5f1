"""The public address of what families read, and the sheet for printing."""

from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from core import same_page
from core.models import ProgrammeSettings
from schools.models import Participation, ProgrammeYear, School
from schools.qr import qr_code
from tests.factories import FamiliesEditionFactory, FamiliesLineFactory, SchoolFactory
from tests.pdf_structure import Structure
from visits.models import FamiliesEdition
from visits.pdf.families import sheet_html, sheet_pdf
from visits.queries.families import words_of
from visits.tasks import build_families_sheet

pytestmark = pytest.mark.django_db
NAMES = ("families_public", "families_sheet")


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    same_page._kept.clear()


@pytest.fixture
def edition(people):
    year = ProgrammeYear.objects.get()
    line = FamiliesLineFactory(page__school=people.school, page__programme_year=year)
    FamiliesLineFactory(
        page=line.page, becomes="done", you_said="Letters are long.", answer="They are short now."
    )
    return FamiliesEditionFactory(school=people.school, page=line.page)


def address(name, school):
    return reverse(f"visits:{name}", args=[school.slug])


class TestThePage:
    def test_says_what_was_said_and_what_becomes_of_it(self, client, edition):
        html = client.get(address("families_public", edition.school)).content.decode()
        assert html.index("They are short now.") < html.index("A quiet room opens at lunch.")
        for words in ("Wenlock Brook Primary School", "Letters are long.", "What changed:"):
            assert words in html

    def test_says_when_and_where_it_was_published_and_where_support_is_listed(
        self, client, edition, settings
    ):
        html = client.get(address("families_public", edition.school)).content.decode()
        for path in (address("families_public", edition.school), reverse("visits:public_support")):
            assert f">{settings.SITE_URL}{path}</a>" in html

    def test_a_telephone_rings_the_forum_at_a_touch(self, client, edition):
        ProgrammeSettings.objects.update(contact_phone="01632 960188")
        html = client.get(address("families_public", edition.school)).content.decode()
        assert 'call <a class="govuk-link" href="tel:01632960188">01632 960188</a>.' in html

    def test_the_link_to_the_sheet_says_how_many_pages_it_has(self, client, edition):
        build_families_sheet(edition.pk)
        html = client.get(address("families_public", edition.school)).content.decode()
        assert "The same as a sheet for printing (PDF, 1 page)" in html

    def test_names_nobody_and_no_visit(self, client, people, edition):
        html = client.get(address("families_public", edition.school)).content.decode()
        for person in (people.head, people.liaison, edition.published_by):
            assert str(person) not in html.replace("Header", "")
        assert "Visit 1" not in html

    def test_who_has_it_already_gets_304(self, client, edition):
        url = address("families_public", edition.school)
        etag = client.get(url)["ETag"]
        assert client.get(url, headers={"if-none-match": etag}).status_code == 304
        FamiliesEdition.objects.update(is_current=False)
        assert client.get(url, headers={"if-none-match": etag}).status_code == 404

    def test_the_public_page_of_the_school_leads_to_it(self, client, edition):
        page = reverse("schools:public_school", args=[edition.school.slug])
        link = address("families_public", edition.school)
        assert link in client.get(page).content.decode()
        FamiliesEdition.objects.update(is_current=False)
        assert link not in client.get(page).content.decode()

    def test_takes_a_literal_number_of_queries(self, client, edition, django_assert_num_queries):
        with django_assert_num_queries(4):  # school, edition, names of the programme twice
            client.get(address("families_public", edition.school))


class TestNothingThere:
    def not_there(self, client, name, school):
        answer = client.get(address(name, school))
        return answer.status_code, answer.content

    @pytest.mark.parametrize("name", NAMES)
    def test_every_reason_gives_the_same_answer_byte_for_byte(self, client, people, edition, name):
        """Of no consent, a withdrawal, and no such school at all."""
        build_families_sheet(edition.pk)
        unknown = self.not_there(client, name, School(slug="no-such-school"))
        School.objects.filter(pk=people.school.pk).update(public_consent=False)
        given = [self.not_there(client, name, people.school)]
        School.objects.update(public_consent=True)
        parts = Participation.objects.filter(school=people.school)
        parts.update(status="withdrawn", withdrawn_on=timezone.localdate(), withdrawal_reason="It left.")
        given += [self.not_there(client, name, people.school)]
        parts.update(status="active", withdrawn_on=None, withdrawal_reason="")
        assert client.get(address(name, people.school)).status_code == 200
        public = client.get(reverse("schools:public_school", args=["no-such-school"]))
        assert unknown == (404, public.content)
        assert given == [unknown] * 2

    @pytest.mark.parametrize("name", NAMES)
    def test_a_named_school_says_that_nothing_is_published_yet(self, client, people, edition, name):
        FamiliesEdition.objects.update(is_current=False)
        status, content = self.not_there(client, name, people.school)
        assert status == 404
        assert b"Nothing published yet" in content
        assert b"Wenlock Brook Primary School" in content

    def test_a_sheet_that_is_still_to_be_made_is_not_there_and_no_link_leads_to_it(self, client, edition):
        assert client.get(address("families_sheet", edition.school)).status_code == 404
        html = client.get(address("families_public", edition.school)).content.decode()
        assert address("families_sheet", edition.school) not in html


class TestTheSheet:
    def test_a_worker_makes_it_once(self, client, edition):
        for _ in range(2):
            build_families_sheet(edition.pk)
        edition.refresh_from_db()
        assert (edition.status, edition.attempts) == ("ready", 1)
        answer = client.get(address("families_sheet", edition.school))
        assert answer.content.startswith(b"%PDF")
        assert (
            client.get(answer.request["PATH_INFO"], headers={"if-none-match": answer["ETag"]}).status_code
            == 304
        )

    def test_can_be_dated_when_it_hangs_on_a_board(self, edition, settings):
        pages = Structure(sheet_pdf(edition).content).reader.pages
        text = "".join("".join(page.extract_text().split()) for page in pages)
        assert f"at{settings.SITE_URL}{address('families_public', edition.school)}" in text
        assert f"at{settings.SITE_URL}{reverse('visits:public_support')}" in text

    def test_a_code_leads_from_the_board_to_the_page(self, edition, settings):
        where = f"{settings.SITE_URL}{address('families_public', edition.school)}"
        assert qr_code(where).path in sheet_html(edition)
        (figure,) = Structure(sheet_pdf(edition).content).all("Figure")
        assert figure.alternative == "QR code with the address of this page"

    def test_a_few_lines_and_all_that_belongs_to_them_fit_on_one_side(self, edition):
        for n in range(2):
            FamiliesLineFactory(page=edition.page, you_said=f"The gate is loud, {n}.")
        edition.snapshot = words_of(edition.page).content
        assert sheet_pdf(edition).pages == 1

    def test_is_tagged_and_says_what_it_is(self, edition):
        made = Structure(sheet_pdf(edition).content)
        assert (made.claims_pdf_ua, made.is_marked, made.shows_title) == (True, True, True)
        assert (made.language, made.title) == (
            "en-GB",
            "You said, we are doing, done: Wenlock Brook Primary School",
        )
        assert made.headings == [1, 2, 2, 2]
        assert all(after <= before + 1 for before, after in pairwise(made.headings))
        assert all(made.fonts.values())

    def test_says_the_same_as_the_page(self, edition):
        text = " ".join(page.extract_text() for page in Structure(sheet_pdf(edition).content).reader.pages)
        for words in ("The dining hall is loud.", "A quiet room opens at lunch.", "They are short now."):
            assert words in " ".join(text.split())

    def test_a_row_that_is_gone_does_no_harm(self):
        build_families_sheet(4711)

    def test_a_school_without_an_edition_has_none(self, client):
        assert client.get(address("families_sheet", SchoolFactory())).status_code == 404
