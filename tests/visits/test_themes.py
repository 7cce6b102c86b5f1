"""Themes over schools and of one school: raw for the forum, published for everybody else, in pages and files alike."""

import csv
import io
import re

import pytest
from django.urls import reverse

from core.models import ProgrammeSettings
from schools.models import Area
from tests.factories import (
    ParticipationFactory,
    SchoolFactory,
    ThemeFactory,
    ThemeGroupFactory,
    VisitFactory,
    VisitSummaryFactory,
)
from visits.bars import Heard, bars_of
from visits.enums import Kind, Scope, VisitStatus
from visits.models import Reply, Theme

pytestmark = pytest.mark.django_db
S = VisitStatus


def words_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()).replace("\xa0", " "))


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def said(people, school, raised_by=3, status=S.SHARED, **fields) -> Theme:
    """A theme of a visit of this school, whose summary was taken if it was shared."""
    visit = VisitFactory(school=school, status=status)
    theme = ThemeFactory(visit=visit, raised_by=raised_by, saved_by=people.liaison, **fields)
    if visit.is_with_the_school:
        VisitSummaryFactory(visit=visit)
    return theme


def at_schools(people, *counts, **fields) -> list[Theme]:
    """The same theme at as many schools as there are counts."""
    return [said(people, SchoolFactory(), count, **fields) for count in counts]


class TestForTheForum:
    def page(self, people, sign_in, **asked) -> str:
        return words_of(sign_in(people.liaison).get(reverse("visits:themes"), asked))

    def test_every_theme_stands_there_with_its_exact_count_and_the_reply(self, people, sign_in):
        theme = said(people, people.school, 4, text="Lunch is loud.")
        Reply.objects.create(
            visit=theme.visit, verdict="not_accurate", comment="Lunch is staggered.", replier="Head"
        )
        page = self.page(people, sign_in)
        assert "“Lunch is loud.” at Wenlock Brook Primary School 4 Wenlock Brook Primary School" in page
        assert "The school says: not accurate: Lunch is staggered." in page

    @pytest.mark.parametrize(
        "asked",
        [
            {"area": "communication"},
            {"scope": Scope.WIDER},
            {"kind": Kind.QUESTION},
            {"q": "letter home"},
            {"group": "none"},
            {"cohort": "year-1"},
        ],
        ids=lambda asked: next(iter(asked)),
    )
    def test_the_address_narrows_it(self, people, sign_in, asked):
        wanted = said(
            people,
            people.school,
            text="A letter came home late.",
            area=Area.objects.get(key="communication"),
            scope=Scope.WIDER,
            kind=Kind.QUESTION,
        )
        other = said(people, SchoolFactory(), text="Something else.", group=ThemeGroupFactory())
        page = self.page(people, sign_in, **asked)
        assert (wanted.text in page, other.text in page) == (True, False)

    def test_a_year_narrows_it_too(self, people, sign_in):
        theme = said(people, people.school)
        assert theme.text in self.page(people, sign_in, year=theme.visit.programme_year_id)

    def test_the_file_is_narrowed_alike(self, people, sign_in):
        said(people, people.school, 4, text="=1+1")
        said(people, people.other_school, text="Another")
        _, row = rows_of(sign_in(people.liaison).get(reverse("visits:themes_csv"), {"q": "1"}))
        assert row[:1] + row[6:8] == ["Wenlock Brook Primary School", "'=1+1", "4"]

    def test_a_wrong_filter_says_so(self, people, sign_in):
        page = sign_in(people.liaison).get(reverse("visits:themes"), {"kind": "x"})
        assert page.status_code == 422

    @pytest.mark.parametrize("themes", [1, 3])
    def test_queries_do_not_grow_with_the_rows(self, people, sign_in, themes, django_assert_num_queries):
        at_schools(people, *range(1, themes + 1))
        client = sign_in(people.liaison)
        with django_assert_num_queries(10):
            client.get(reverse("visits:themes"))


class TestForProgrammeLeads:
    def page(self, people, sign_in, **asked) -> str:
        return words_of(sign_in(people.programme).get(reverse("visits:themes"), asked))

    def test_areas_and_groups_without_a_word_of_a_theme(self, people, sign_in):
        at_schools(people, 1, 2, 7, group=ThemeGroupFactory(name="Noise at lunch"))
        page = self.page(people, sign_in)
        assert "Environment Could be better 3 schools about 10 parent carers" in page
        assert "Noise at lunch Environment Could be better 3 schools about 10 parent carers" in page
        assert "dining hall" not in page

    @pytest.mark.parametrize("name", ["themes", "theme_groups_csv"])
    def test_a_group_that_was_gathered_over_several_areas_says_so(self, people, sign_in, name):
        themes = at_schools(people, 1, 2, 7, group=ThemeGroupFactory(name="Noise at lunch"))
        other = Area.objects.exclude(pk=themes[0].area_id).order_by("position").first()
        Theme.objects.filter(pk=themes[0].pk).update(area=other)
        page = sign_in(people.programme).get(reverse(f"visits:{name}")).content.decode()
        said = page.partition("Gathered over several areas: ")[2]
        assert said.startswith((f"{other.name}, Environment", f"Environment, {other.name}"))

    def test_of_two_schools_nothing_is_said_and_no_group_named(self, people, sign_in):
        at_schools(people, 40, 50, group=ThemeGroupFactory(name="Noise at lunch"))
        page = self.page(people, sign_in)
        assert "Environment Could be better too few schools not shown" in page
        assert "Noise at lunch" not in page
        assert "1 group is not shown" in page

    @pytest.mark.parametrize("narrowed", [{"cohort": "year-1"}, {"scope": "school"}])
    def test_what_would_tell_of_one_school_by_leaving_the_others_out_is_not_shown(
        self, people, sign_in, narrowed
    ):
        """Four schools in all and three of one cohort would be one of another."""
        *first, last = at_schools(people, 1, 2, 7, 9, group=ThemeGroupFactory(name="Noise at lunch"))
        for theme in first:
            ParticipationFactory(school=theme.visit.school, cohort__slug="year-1")
        ParticipationFactory(school=last.visit.school, cohort__name="Late", cohort__slug="late")
        Theme.objects.filter(pk=last.pk).update(scope="wider")
        assert "4 schools" in self.page(people, sign_in)
        page = self.page(people, sign_in, **narrowed)
        assert "too few schools not shown" in page
        assert "Noise at lunch" not in page
        assert "3 schools about" not in page

    def test_and_what_tells_of_no_few_is(self, people, sign_in):
        for theme in at_schools(people, 1, 2, 7):
            ParticipationFactory(school=theme.visit.school, cohort__slug="year-1")
        assert "3 schools about 10 parent carers" in self.page(people, sign_in, cohort="year-1")

    def test_what_the_school_does_not_have_yet_is_not_counted(self, people, sign_in):
        at_schools(people, 1, 2, 7, status=S.NOTES_WRITTEN)
        assert "Themes will be here" in self.page(people, sign_in)

    def test_no_search_tells_what_the_texts_say(self, people, sign_in):
        at_schools(people, 1, 2, 7)
        asked = {"q": "no such word", "group": "none"}
        assert self.page(people, sign_in, **asked) == self.page(people, sign_in, q="dining hall", group="1")

    @pytest.mark.parametrize("name", ["themes", "themes_csv", "theme_groups_csv"])
    def test_exact_counts_change_no_byte(self, people, sign_in, name):
        themes = at_schools(people, 1, 5, 8, group=ThemeGroupFactory())
        client = sign_in(people.programme)
        before = client.get(reverse(f"visits:{name}")).content
        for theme, count in zip(themes, (4, 7, 12), strict=True):
            Theme.objects.filter(pk=theme.pk).update(raised_by=count)
        after = client.get(reverse(f"visits:{name}")).content
        assert contents(after) == contents(before)

    @pytest.mark.parametrize("name", ["themes", "themes_csv", "theme_groups_csv"])
    def test_a_count_or_a_threshold_that_changes_after_sharing_does_not(self, people, sign_in, name):
        theme, *_ = at_schools(people, 1, 5, 8, group=ThemeGroupFactory())
        client = sign_in(people.programme)
        before = contents(client.get(reverse(f"visits:{name}")).content)
        Theme.objects.filter(pk=theme.pk).update(raised_by=30)
        ProgrammeSettings.objects.update(small_number_threshold=20)
        assert contents(client.get(reverse(f"visits:{name}")).content) == before

    def test_a_total_is_one_of_what_was_told_when_each_was_shared(self, people, sign_in):
        at_schools(people, 6, 6)
        ProgrammeSettings.objects.update(small_number_threshold=20)
        at_schools(people, 6)
        assert "Environment Could be better 3 schools about 20 parent carers" in self.page(people, sign_in)

    def test_what_is_in_no_summary_is_not_counted(self, people, sign_in):
        theme, *_ = at_schools(people, 1, 2, 7)
        ThemeFactory(visit=theme.visit, area=Area.objects.get(key="communication"))
        assert "Communication" not in self.page(people, sign_in).partition("How many schools")[2]

    @pytest.mark.parametrize("schools", [1, 3])
    def test_queries_do_not_grow_with_the_rows(self, people, sign_in, schools, django_assert_num_queries):
        at_schools(people, *range(1, schools + 1), group=ThemeGroupFactory())
        client = sign_in(people.programme)
        with django_assert_num_queries(10):
            client.get(reverse("visits:themes"))


def contents(answer: bytes) -> bytes:
    """A file, or what a page has between its head, which holds tokens, and its foot."""
    return answer.partition(b"<main")[2].partition(b"</main>")[0] or answer


class TestOfOneSchool:
    def page(self, people, sign_in, who) -> str:
        address = reverse("visits:school_themes", args=[people.school.pk])
        return words_of(sign_in(people.named()[who]).get(address))

    @pytest.mark.parametrize("who", ["head", "governor"])
    def test_the_school_reads_what_was_shared_by_published_counts(self, people, sign_in, who):
        said(people, people.school, 3, text="Lunch is loud.")
        visit = VisitFactory(school=people.school, number=2, status=S.HELD)
        ThemeFactory(visit=visit, text="Not shared yet.", saved_by=people.liaison)
        page = self.page(people, sign_in, who)
        assert "Lunch is loud. Environment Could be better This school fewer than 5" in page
        assert "Not shared yet." not in page

    def test_the_forum_reads_all_with_exact_counts(self, people, sign_in):
        said(people, people.school, 3, text="Lunch is loud.", status=S.HELD)
        page = self.page(people, sign_in, "liaison")
        assert "Lunch is loud. Environment Could be better This school 3" in page

    @pytest.mark.parametrize(("who", "count"), [("head", "fewer than 5"), ("liaison", "3")])
    def test_the_file_holds_the_same(self, people, sign_in, who, count):
        said(people, people.school, 3)
        address = reverse("visits:school_themes_csv", args=[people.school.pk])
        _, row = rows_of(sign_in(people.named()[who]).get(address))
        assert row[4:6] == ["The dining hall is loud.", count]

    @pytest.mark.parametrize(("visits", "who"), [(1, "head"), (3, "head"), (1, "liaison"), (3, "liaison")])
    def test_queries_do_not_grow_with_the_rows(self, people, sign_in, visits, who, django_assert_num_queries):
        for number in range(1, visits + 1):
            visit = VisitFactory(school=people.school, number=number, status=S.SHARED)
            ThemeFactory(visit=visit, saved_by=people.liaison)
            VisitSummaryFactory(visit=visit)
        client = sign_in(people.named()[who])
        with django_assert_num_queries({"head": 7, "liaison": 6}[who]):
            client.get(reverse("visits:school_themes", args=[people.school.pk]))


class TestThePicture:
    def test_it_says_in_words_what_it_draws(self):
        heard = [
            Heard("Environment", "Working well", 4, "4 schools"),
            Heard("Environment", "A question", None, "too few schools"),
        ]
        bars = bars_of(heard, title="A picture")
        assert bars.description == (
            "Environment, working well: 4 schools. Environment, a question: too few schools."
        )
        assert [(bar.width, bar.is_hidden) for bar in bars.areas[0].bars] == [(300, False), (300, True)]

    def test_there_is_none_of_nothing(self):
        assert bars_of([], title="A picture") is None


def test_a_school_of_another_cohort_is_left_out(people, sign_in):
    theme = said(people, SchoolFactory())
    ParticipationFactory(school=theme.visit.school, cohort__name="Year 2", cohort__slug="year-2")
    page = sign_in(people.liaison).get(reverse("visits:themes"), {"cohort": "year-1"})
    assert "No theme is like that" in words_of(page)


class TestAFaultyFilter:
    @pytest.mark.parametrize("who", ["liaison", "programme"])
    @pytest.mark.parametrize("name", ["themes_csv", "theme_groups_csv"])
    def test_gives_the_header_alone(self, people, sign_in, who, name):
        for _ in range(3):
            visit = VisitFactory(school=SchoolFactory(), status="shared")
            ThemeFactory(visit=visit, raised_by=9)
        client, url = sign_in(people.named()[who]), reverse(f"visits:{name}")
        faulty = client.get(f"{url}?area=no-such-area")
        assert len(b"".join(faulty).decode().splitlines()) == 1

    @pytest.mark.parametrize("who", ["liaison", "programme"])
    def test_shows_no_figures(self, people, sign_in, who):
        for _ in range(3):
            visit = VisitFactory(school=SchoolFactory(), status="shared")
            ThemeFactory(visit=visit, raised_by=9)
        page = sign_in(people.named()[who]).get(f"{reverse('visits:themes')}?area=no-such-area")
        assert page.status_code == 422
        assert "shown until that is mended" in page.content.decode()
