"""Two people at one row: the second sees what the first saved, and chooses."""

import pytest
from django.http import QueryDict

from core.models import HistoryEntry, ProgrammeSettings
from core.seen import ChangedMeanwhile, RemovedMeanwhile, SeenForm, digest, save_seen, stand_beside
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


class NamesForm(SeenForm):
    class Meta:
        model = ProgrammeSettings
        fields = ("county", "contact_phone")


@pytest.fixture
def row() -> ProgrammeSettings:
    row = ProgrammeSettings(pk=1, county="Shropshire", contact_phone="01743 1")
    row.save()
    return row


def posted(row: ProgrammeSettings, **typed: str) -> NamesForm:
    """What comes back from the page that showed the row as it was given."""
    shown = NamesForm(instance=row)
    data = {"county": row.county, "contact_phone": row.contact_phone, "seen": shown.initial["seen"], **typed}
    query = QueryDict(mutable=True)
    query.update(data)
    form = NamesForm(query, instance=ProgrammeSettings.objects.get(pk=1))
    assert form.is_valid(), form.errors
    return form


def save(form: SeenForm, by=None) -> bool:
    return save_seen(
        form, kind="settings.changed", tell=lambda row: f"Changed {row}.", by=by or UserFactory()
    )


def test_saves_what_was_typed_and_tells_what_was_there_before(row):
    kate = UserFactory(name="Kate")
    assert save(posted(row, county="Powys"), by=kate) is True
    assert ProgrammeSettings.objects.get().county == "Powys"
    line = HistoryEntry.objects.get()
    assert (line.actor_label, line.details) == (
        str(kate),
        {"county": {"before": "Shropshire", "after": "Powys"}},
    )


def test_the_same_again_writes_nothing(row):
    assert save(posted(row)) is False
    assert not HistoryEntry.objects.exists()


def test_a_second_press_of_the_button_writes_nothing(row):
    first, second = posted(row, county="Powys"), posted(row, county="Powys")
    assert save(first) is True
    assert save(second) is False
    assert HistoryEntry.objects.count() == 1


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(row):
    mine = posted(row, county="Powys")
    ProgrammeSettings.objects.update(county="Cheshire")
    with pytest.raises(ChangedMeanwhile):
        save(mine)
    assert ProgrammeSettings.objects.get().county == "Cheshire"
    assert not HistoryEntry.objects.exists()


def test_a_page_that_does_not_say_what_it_showed_overwrites_nothing(row):
    with pytest.raises(ChangedMeanwhile):
        save(posted(row, county="Powys", seen=""))


def test_a_field_that_the_form_does_not_have_is_left_as_it_stands(row):
    mine = posted(row, county="Powys")
    ProgrammeSettings.objects.update(forum_name="Another forum")
    assert save(mine) is True
    stored = ProgrammeSettings.objects.get()
    assert (stored.county, stored.forum_name) == ("Powys", "Another forum")


def test_both_versions_stand_side_by_side_and_sending_again_is_a_choice(row):
    save(posted(row, county="Cheshire"), by=UserFactory(name="Kate"))
    mine = posted(row, county="Powys")
    with pytest.raises(ChangedMeanwhile) as refused:
        save(mine)
    both = stand_beside(mine, refused.value.stored)
    assert both.who == "Kate"
    assert [(one.label, one.stored, one.typed) for one in both.fields] == [("County", "Cheshire", "Powys")]
    again = posted(row, county="Powys", seen=mine["seen"].value())
    assert save(again) is True
    assert ProgrammeSettings.objects.get().county == "Powys"


def test_the_digest_tells_apart_what_differs():
    assert digest({"a": 1, "b": "x"}) == digest({"b": "x", "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})


def test_a_row_that_somebody_removed_is_not_saved(row):
    form = posted(row, county="Powys")
    ProgrammeSettings.objects.all().delete()
    with pytest.raises(RemovedMeanwhile):
        save(form)
    assert not ProgrammeSettings.objects.exists()
