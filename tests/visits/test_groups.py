"""Gathering similar themes: into a group, out of it, merging, renaming; two at once never overwrite each other."""

import pytest
from django.urls import reverse

from core.models import HistoryEntry
from schools.models import Area
from tests.factories import SchoolFactory, ThemeFactory, ThemeGroupFactory, VisitFactory
from tests.visits.pages import form_on
from visits.models import Theme, ThemeGroup
from visits.queries.groups import grouping_seen, merging_seen
from visits.services.errors import GatheredMeanwhile, GroupGone, KindsDiffer
from visits.services.groups import gather, gather_anew, merge
from visits.services.record import Sent, write_part

pytestmark = pytest.mark.django_db


@pytest.fixture
def themes(people) -> list[Theme]:
    """The same said at two schools."""
    return [
        ThemeFactory(visit=VisitFactory(school=school, status="held"), saved_by=people.liaison)
        for school in (people.school, SchoolFactory())
    ]


def groups() -> dict[str, int]:
    return {group.name: group.themes.count() for group in ThemeGroup.objects.all()}


def new_group(name="Noise at lunch") -> ThemeGroup:
    return ThemeGroupFactory.build(name=name)


def asked(themes) -> str:
    chosen = "&".join(f"theme={theme.pk}" for theme in themes)
    return f"{reverse('visits:gather_themes')}?{chosen}"


class TestGathering:
    def test_into_a_new_group(self, people, sign_in, themes):
        client, area = sign_in(people.liaison), themes[0].area
        data = {"into": "new", "name": "Noise at lunch", "area": area.pk, "kind": "could_be_better"}
        data["seen"] = grouping_seen(themes)
        assert client.post(asked(themes), data).status_code == 302
        assert groups() == {"Noise at lunch": 2}
        assert HistoryEntry.objects.get(kind="themes.gathered").summary == (
            "Liaison put 2 themes into the group “Noise at lunch”."
        )

    def test_a_new_group_needs_a_name(self, people, sign_in, themes):
        data = {"into": "new", "area": themes[0].area.pk, "kind": "idea", "seen": grouping_seen(themes)}
        page = sign_in(people.liaison).post(asked(themes), data)
        assert (page.status_code, "Name the new group" in page.content.decode()) == (422, True)

    def test_out_of_a_group_that_then_ends(self, people, themes):
        gather(themes=themes, into=ThemeGroupFactory(), seen=grouping_seen(themes), by=people.liaison)
        stored = list(Theme.objects.all())
        assert gather(themes=stored, into=None, seen=grouping_seen(stored), by=people.liaison) == 2
        assert groups() == {}

    def test_into_another_which_splits_the_first(self, people, themes):
        first, second = ThemeGroupFactory(name="First"), ThemeGroupFactory(name="Second")
        gather(themes=themes, into=first, seen=grouping_seen(themes), by=people.liaison)
        (one,) = Theme.objects.filter(pk=themes[0].pk)
        gather(themes=[one], into=second, seen=grouping_seen([one]), by=people.liaison)
        assert groups() == {"First": 1, "Second": 1}

    def test_doing_it_again_moves_nothing(self, people, themes):
        group = ThemeGroupFactory()
        gather(themes=themes, into=group, seen=grouping_seen(themes), by=people.liaison)
        stored = list(Theme.objects.all())
        assert gather(themes=stored, into=group, seen=grouping_seen(stored), by=people.liaison) == 0
        assert HistoryEntry.objects.filter(kind="themes.gathered").count() == 1

    def test_a_theme_of_another_kind_is_refused(self, people, sign_in, themes):
        group = ThemeGroupFactory(name="What works", kind="working_well")
        with pytest.raises(KindsDiffer):
            gather(themes=themes, into=group, seen=grouping_seen(themes), by=people.liaison)
        data = {"into": group.pk, "seen": grouping_seen(themes)}
        page = sign_in(people.liaison).post(asked(themes), data)
        assert page.status_code == 409
        assert "Gather it into a group of its own kind." in page.content.decode()

    def test_two_groups_of_different_kinds_are_not_merged(self, people, themes):
        first, second = ThemeGroupFactory(name="First"), ThemeGroupFactory(name="Second", kind="working_well")
        gather(themes=themes, into=first, seen=grouping_seen(themes), by=people.liaison)
        with pytest.raises(KindsDiffer):
            merge(group=first, into=second, seen=merging_seen(first), by=people.liaison)
        assert groups() == {"First": 2, "Second": 0}

    def test_a_group_gets_no_kind_that_its_themes_are_not_of(self, people, sign_in, themes):
        group = ThemeGroupFactory(name="First")
        gather(themes=themes, into=group, seen=grouping_seen(themes), by=people.liaison)
        url = reverse("visits:rename_group", args=[group.pk])
        client = sign_in(people.liaison)
        data = form_on(client.get(url)) | {"kind": "working_well"}
        page = client.post(url, data)
        assert page.status_code == 409
        assert "Gather it into a group of its own kind." in page.content.decode()

    def test_the_second_of_two_is_refused(self, people, themes):
        seen = grouping_seen(themes)
        gather(themes=themes, into=ThemeGroupFactory(name="First"), seen=seen, by=people.liaison)
        with pytest.raises(GatheredMeanwhile):
            gather(themes=themes, into=ThemeGroupFactory(name="Second"), seen=seen, by=people.admin)
        assert groups() == {"First": 2, "Second": 0}

    def test_and_sees_how_it_stands_with_what_was_typed(self, people, sign_in, themes):
        seen, group = grouping_seen(themes), ThemeGroupFactory(name="First")
        gather(themes=themes, into=group, seen=seen, by=people.admin)
        data = {"into": "new", "name": "Second", "area": group.area_id, "kind": group.kind, "seen": seen}
        client = sign_in(people.liaison)
        page = client.post(asked(themes), data)
        html = page.content.decode()
        assert page.status_code == 409
        assert all(words in html for words in ("now in “First”", 'value="Second"', "Somebody else changed"))
        again = {**data, "seen": page.context["form"].data["seen"]}
        assert client.post(asked(themes), again).status_code == 302
        assert groups() == {"Second": 2}

    def test_one_of_the_same_name_is_not_made_twice(self, people, themes):
        ThemeGroupFactory(name="noise AT lunch")
        with pytest.raises(GroupGone):
            gather_anew(themes=themes, group=new_group(), seen=grouping_seen(themes), by=people.liaison)
        assert groups() == {"noise AT lunch": 0}

    def test_a_group_that_has_ended_takes_nothing(self, people, themes):
        group = ThemeGroupFactory()
        ThemeGroup.objects.all().delete()
        with pytest.raises(GroupGone):
            gather(themes=themes, into=group, seen=grouping_seen(themes), by=people.liaison)


class TestMerging:
    @pytest.fixture
    def both(self, people, themes) -> tuple[ThemeGroup, ThemeGroup]:
        pair = ThemeGroupFactory(name="First"), ThemeGroupFactory(name="Second")
        for theme, group in zip(themes, pair, strict=True):
            Theme.objects.filter(pk=theme.pk).update(group=group)
        return pair

    def test_the_first_ends_in_the_second(self, people, sign_in, both):
        first, second = both
        data = {"into": second.pk, "seen": merging_seen(first)}
        address = reverse("visits:merge_group", args=[first.pk])
        assert sign_in(people.liaison).post(address, data).status_code == 302
        assert groups() == {"Second": 2}

    def test_its_line_says_what_to_move_out_again(self, people, both):
        first, second = both
        merge(group=first, into=second, seen=merging_seen(first), by=people.liaison)
        told = HistoryEntry.objects.get(kind="themes.merged").details
        themes = list(Theme.objects.filter(pk__in=told["themes"]))
        assert len(themes) == 1
        again = new_group(told["name"])
        gather_anew(themes=themes, group=again, seen=grouping_seen(themes), by=people.liaison)
        assert groups() == {"First": 1, "Second": 1}

    def test_what_changed_meanwhile_is_refused(self, people, sign_in, both):
        first, second = both
        seen = merging_seen(first)
        Theme.objects.filter(group=second).update(group=first)
        with pytest.raises(GatheredMeanwhile):
            merge(group=first, into=second, seen=seen, by=people.liaison)
        address = reverse("visits:merge_group", args=[first.pk])
        page = sign_in(people.liaison).post(address, {"into": second.pk, "seen": seen})
        assert (page.status_code, groups()) == (409, {"First": 2, "Second": 0})


class TestRenaming:
    def test_the_second_of_two_sees_both_names(self, people, sign_in):
        group = ThemeGroupFactory(name="Noise")
        address = reverse("visits:rename_group", args=[group.pk])
        client = sign_in(people.liaison)
        seen = client.get(address).context["form"].initial["seen"]
        ThemeGroup.objects.update(name="Noise at lunch")
        data = {"name": "Loud halls", "area": group.area_id, "kind": group.kind, "seen": seen}
        page = client.post(address, data)
        assert page.status_code == 409
        assert "Saved: Noise at lunch" in page.content.decode()
        assert ThemeGroup.objects.get().name == "Noise at lunch"


class TestOverSeveralAreas:
    """A group counts more than any of its areas does, so the forum's pages name all of them, as those of others do."""

    @pytest.fixture
    def group(self, themes) -> ThemeGroup:
        group = ThemeGroupFactory(area=Area.objects.get(key="communication"))
        Theme.objects.update(group=group)
        Theme.objects.filter(pk=themes[0].pk).update(area=Area.objects.get(key="teaching"))
        return group

    def heading(self, people, sign_in, group) -> str:
        page = sign_in(people.liaison).get(reverse("visits:theme_group", args=[group.pk])).content.decode()
        return page.partition('<span class="govuk-caption-l">')[2].partition("</span>")[0]

    def in_the_list(self, people, sign_in) -> str:
        page = sign_in(people.liaison).get(reverse("visits:theme_groups")).content.decode()
        return page.partition('data-label="Area">')[2].partition("</td>")[0]

    def test_the_list_and_its_page_name_all(self, people, sign_in, group):
        words = "Gathered over several areas: Teaching and learning, Environment"
        assert self.in_the_list(people, sign_in) == words
        assert self.heading(people, sign_in, group) == f"{words}, could be better"

    def test_of_one_area_it_is_the_one_of_its_themes(self, people, sign_in, group):
        Theme.objects.update(area=Area.objects.get(key="environment"))
        assert self.in_the_list(people, sign_in) == "Environment"

    def test_an_empty_one_has_the_area_that_it_was_made_for(self, people, sign_in, group):
        Theme.objects.update(group=None)
        assert self.in_the_list(people, sign_in) == "Communication"

    def test_each_theme_on_its_page_says_its_own(self, people, sign_in, group):
        page = sign_in(people.liaison).get(reverse("visits:theme_group", args=[group.pk])).content.decode()
        assert f"{people.school}, Teaching and learning, raised by 3" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_groups(people, sign_in, rows, django_assert_num_queries):
    for _ in range(rows):
        ThemeGroupFactory()
    client = sign_in(people.liaison)
    with django_assert_num_queries(7):
        client.get(reverse("visits:theme_groups"))


def test_the_list_of_groups_has_pages(people, sign_in):
    for _ in range(51):
        ThemeGroupFactory()
    client = sign_in(people.liaison)
    pages = [client.get(reverse("visits:theme_groups"), {"page": page}).context["page"] for page in (1, 2)]
    assert [len(page.object_list) for page in pages] == [50, 1]


@pytest.mark.parametrize(
    ("more", "told"), [(0, ""), (1, "1 more was ticked than"), (2, "2 more were ticked than")]
)
def test_gathering_says_how_many_were_ticked_too_many(people, sign_in, themes, more, told):
    ticked = [str(theme.pk) for theme in themes] + [str(10_000 + pk) for pk in range(198 + more)]
    html = sign_in(people.liaison).get(reverse("visits:gather_themes"), {"theme": ticked}).content.decode()
    assert (told or "Gather them") in html
    assert ("than can be moved at once" in html) is bool(more)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("theme_group", 8), ("merge_group", 9)])
def test_queries_do_not_grow_with_the_themes(people, sign_in, rows, name, queries, django_assert_num_queries):
    group = ThemeGroupFactory()
    for _ in range(rows):
        ThemeFactory(group=group)
    client = sign_in(people.liaison)
    with django_assert_num_queries(queries):
        client.get(reverse(f"visits:{name}", args=[group.pk]))


def test_a_group_of_many_themes_has_pages(people, sign_in):
    group, visit = ThemeGroupFactory(), VisitFactory(school=people.school, status="held")
    for _ in range(51):
        ThemeFactory(group=group, visit=visit)
    client = sign_in(people.liaison)
    assert client.get(reverse("visits:theme_group", args=[group.pk])).content.count(b'name="theme"') == 50
    merging = client.get(reverse("visits:merge_group", args=[group.pk])).content.decode()
    assert "51 themes go to" in merging
    assert "These are the first 50 of them." in merging


@pytest.mark.parametrize("name", ["theme_group", "merge_group"])
def test_each_theme_leads_to_the_notes_with_what_the_school_says(people, sign_in, name):
    theme = ThemeFactory(group=ThemeGroupFactory())
    page = sign_in(people.liaison).get(reverse(f"visits:{name}", args=[theme.group_id]))
    assert f'href="{reverse("visits:summary", args=[theme.visit_id])}"' in page.content.decode()


def test_a_theme_that_is_written_on_at_that_moment_stays_where_it_was_gathered(people):
    stale = ThemeFactory()
    group = ThemeGroupFactory()
    Theme.objects.filter(pk=stale.pk).update(group=group)
    write_part(stale, Sent({**stale.written, "text": "Said anew."}, stale.revision), by=people.liaison)
    stored = Theme.objects.get(pk=stale.pk)
    assert (stored.group, stored.text) == (group, "Said anew.")
