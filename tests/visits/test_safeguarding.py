"""The one question about safeguarding: yes or no with a time, for the forum alone, in nothing that others get."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import HistoryEntry, ProgrammeSettings
from core.words import datetime_words, local, time_words
from tests.audits.pages import said_in, said_on
from tests.factories import ThemeFactory, VisitFactory, VisitNotesFactory
from tests.matrix import MATRIX
from tests.people import People
from tests.urlconf import ADMIN, addresses
from tests.visits.pages import form_on, part_of
from visits.models import SafeguardingAnswer
from visits.safeguarding_words import FIRST, OURS, with_number_linked

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(people):
    start = timezone.now() - timedelta(hours=3)
    return VisitFactory(
        school=people.school, status="held", starts_at=start, ends_at=start + timedelta(hours=1)
    )


@pytest.fixture
def url(visit):
    return reverse("visits:record", args=[visit.pk])


def answer_on(client, url, **typed):
    """Send the part as the page has it, with the answer typed."""
    return client.post(f"{url}safeguarding/", part_of(form_on(client.get(url)), "safeguarding", **typed))


def test_no_is_an_answer_and_none_is_not(people, sign_in, url):
    client = sign_in(people.liaison)
    answer_on(client, url)
    assert not SafeguardingAnswer.objects.exists()
    answer_on(client, url, answer="no")
    assert (
        SafeguardingAnswer.objects.get().was_passed_on,
        SafeguardingAnswer.objects.get().passed_on_at,
    ) == (
        False,
        None,
    )


def test_yes_has_its_time_on_the_day_of_the_visit(people, sign_in, url, visit):
    answer_on(sign_in(people.liaison), url, answer="yes", at=time_words(visit.starts_at))
    stored = SafeguardingAnswer.objects.get()
    assert stored.was_passed_on
    assert local(stored.passed_on_at) == local(visit.starts_at).replace(second=0, microsecond=0)


def test_it_may_be_passed_on_today_however_long_ago_the_visit_was(people, sign_in):
    start = timezone.now() - timedelta(days=20)
    visit = VisitFactory(
        school=people.school, status="held", starts_at=start, ends_at=start + timedelta(hours=1)
    )
    url, today = reverse("visits:record", args=[visit.pk]), timezone.localdate()
    now = time_words(timezone.now() - timedelta(minutes=1))
    answer_on(sign_in(people.liaison), url, answer="yes", at=now, on=today.isoformat())
    assert local(SafeguardingAnswer.objects.get().passed_on_at).date() == today


def test_yes_without_a_time_is_not_saved(people, sign_in, url):
    assert "Say at what time" in said_in(answer_on(sign_in(people.liaison), url, answer="yes", at=""))
    assert not SafeguardingAnswer.objects.exists()


def test_nor_is_a_time_to_come(people, sign_in, url):
    later = VisitFactory(
        school=people.school,
        number=2,
        status="held",
        starts_at=timezone.now() + timedelta(days=2),
        ends_at=timezone.now() + timedelta(days=2, hours=1),
    )
    client = sign_in(people.liaison)
    answer = answer_on(client, reverse("visits:record", args=[later.pk]), answer="yes", at="9am")
    assert "has not come yet" in said_in(answer)


def test_an_answer_is_changed_and_never_taken_away(people, sign_in, url):
    client = sign_in(people.liaison)
    answer_on(client, url, answer="no")
    assert "cannot be taken away" in said_in(answer_on(client, url, answer="")).replace(
        "not taken", "cannot be taken"
    )
    assert SafeguardingAnswer.objects.get().was_passed_on is False


@pytest.mark.parametrize("status", ["notes_written", "shared", "closed"])
def test_the_forum_reads_the_answer_also_once_the_record_is_closed(people, sign_in, status):
    visit = VisitFactory(school=people.school, status=status)
    moment = visit.starts_at
    SafeguardingAnswer.objects.create(
        visit=visit, saved_by=people.liaison, was_passed_on=True, passed_on_at=moment
    )
    client, url = sign_in(people.liaison), reverse("visits:record", args=[visit.pk])
    told = f"Safeguarding question Yes, passed to the lead at {datetime_words(moment)}"
    assert told in said_on(client.get(url))
    assert f'href="{url}">The record with the answer' in client.get(visit.get_absolute_url()).content.decode()


def test_there_is_no_box_for_words(people, sign_in, url):
    names = {name for name in form_on(sign_in(people.liaison).get(url)) if name.startswith("safeguarding-")}
    assert names == {"safeguarding-seen", "safeguarding-at", "safeguarding-on"}


def test_it_leaves_no_line_in_the_history(people, sign_in, url):
    answer_on(sign_in(people.liaison), url, answer="no")
    assert not HistoryEntry.objects.exists()


class TestTheProcedureBesideIt:
    def test_ours_while_the_forum_has_written_none(self, people, sign_in, url):
        said = said_on(sign_in(people.liaison).get(url))
        assert all(words in said for words in (FIRST, *OURS))

    def test_the_forums_own_and_whom_to_ring_but_999_always_first(self, people, sign_in, url):
        ProgrammeSettings.objects.update_or_create(
            pk=1,
            defaults={
                "safeguarding_procedure": "Ring the duty lead.\nThen tell the manager.",
                "safeguarding_phones": "Duty lead: 01632 960199",
            },
        )
        said = said_on(sign_in(people.liaison).get(url))
        assert f"{FIRST} Ring the duty lead. Then tell the manager. Duty lead: 01632 960199" in said
        assert OURS[0] not in said

    def test_an_administrator_changes_both(self, people, sign_in):
        client = sign_in(people.admin)
        page = form_on(client.get(reverse("schools:change_settings")))
        new = {"safeguarding_procedure": "Ring the duty lead.", "safeguarding_phones": "Duty: 01632 960199"}
        assert client.post(reverse("schools:change_settings"), page | new).status_code == 302
        assert ProgrammeSettings.load().safeguarding_phones == "Duty: 01632 960199"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (FIRST, 'ring <a class="govuk-link" href="tel:999">999</a> first.'),
        ("Duty lead, 01632 960 199", '<a class="govuk-link" href="tel:01632960199">01632 960 199</a>'),
        ("Abroad: +44 (0)1632 960199", 'href="tel:+441632960199"'),
        ("<b>Duty</b> 01632 960199 & night", "&lt;b&gt;Duty&lt;/b&gt; <a "),
        ("Ask at the office, room 12", "Ask at the office, room 12"),
    ],
)
def test_a_number_is_a_link_and_all_else_is_escaped(line, shown):
    assert shown in with_number_linked(line)


WITHIN = ("visits:record", ADMIN)
"""Where the forum itself reads and changes the answer."""
ALSO = ("home", "workspaces", "workspaces_csv", "visits:public_support", "visits:blank_record")
"""Pages that are about no one school and gather what there is of all."""


def paths(visit, people):
    """Every page and file that is about the school or the visit, and those that gather."""
    known = {"visit_pk": visit.pk, "school_pk": people.school.pk}
    for address in addresses():
        names = set(address.example)
        if f"GET {address.name}" not in MATRIX or address.name in WITHIN or not names <= set(known):
            continue
        if names or address.name in ALSO:
            yield reverse(address.name, kwargs={name: known[name] for name in names})


@pytest.mark.parametrize("who", ["head", "programme", "liaison"])
def test_no_page_file_feed_or_history_has_any_of_it(people: People, sign_in, visit, who):
    """Of the forum's own pages and files too, only the record itself has it."""
    VisitNotesFactory(visit=visit)
    ThemeFactory(visit=visit)
    moment = timezone.now().replace(hour=3, minute=33)
    SafeguardingAnswer.objects.create(
        visit=visit, saved_by=people.liaison, was_passed_on=True, passed_on_at=moment
    )
    client = sign_in(people.named()[who])
    for path in paths(visit, people):
        said = client.get(path).content.decode(errors="replace")
        assert "passed to the lead" not in said or "blank-record" in path, path
        assert time_words(moment) not in said, path
