"""Every naughty string through every text box: it comes back unchanged, or is refused in plain words."""

import csv
import io
import json

import pytest
from django.urls import reverse

from audits.forms import NOTE_LENGTH, ReasonForm
from audits.models import Answer, SectionNote
from audits.services.noting import NoteValues
from audits.services.submission import submit
from core.forms import HIDDEN_CHARACTER
from core.models import OutgoingEmail
from core.spreadsheets import as_typed
from tests.asked import left
from tests.audits.pages import fill, form_on, said_in, said_on, sent, stored, texts_on
from tests.factories import AuditFactory, SchoolFactory, small_framework
from tests.house.project import ROOT

pytestmark = pytest.mark.django_db

STRINGS = json.loads((ROOT / "tests" / "data" / "blns.json").read_text(encoding="utf-8"))
BATCH = 30
BATCHES = [STRINGS[start : start + BATCH] for start in range(0, len(STRINGS), BATCH)]


def is_refused(text: str) -> bool:
    return HIDDEN_CHARACTER.search(text) is not None


def test_some_are_refused_and_most_are_not():
    refused = [text for text in STRINGS if is_refused(text)]
    assert len(STRINGS) > 480
    assert 0 < len(refused) < 12


@pytest.fixture
def audit(people):
    """An audit with a statement for each string of a batch."""
    return AuditFactory(school=people.school, version=small_framework(sections=1, statements=BATCH))


def readable(strings):
    return [text for text in strings if text.strip() and not is_refused(text)]


@pytest.mark.parametrize("strings", BATCHES, ids=range(len(BATCHES)))
def test_evidence_and_reasons(people, sign_in, url, section, strings):
    client = sign_in(people.head)
    data = form_on(client.get(url))
    told = dict(zip(section.statements.all(), strings, strict=False))
    for statement, text in told.items():
        data |= fill(statement, answer="not_applicable", reason=text, evidence_note=text)
    response = client.post(url, sent(data))
    refused = [statement for statement, text in told.items() if is_refused(text)]
    assert response.status_code == (422 if refused else 302)
    assert not refused or "Remove the hidden character from “What shows this?”." in said_on(response)
    page = form_on(client.get(url))
    for statement, text in told.items():
        kept = "" if statement in refused else text
        assert page[f"{statement.key}-evidence_note"] == kept
        assert page[f"{statement.key}-reason"] == (kept if kept.strip() else "")  # spaces say no reason
        assert stored(statement).evidence_note == kept


@pytest.mark.parametrize("strings", BATCHES, ids=range(len(BATCHES)))
def test_notes_on_the_section(people, sign_in, url, strings):
    client = sign_in(people.head)
    seal = form_on(client.get(url))["notes-seen"]
    names = ("notes-strengths", "notes-development_area")
    for text in strings:
        response = client.post(f"{url}notes/", sent({"notes-seen": seal} | dict.fromkeys(names, text)))
        if is_refused(text):
            assert "Not saved. Remove the hidden character from “What is strong here?" in said_in(response)
            continue
        seal = form_on(response)["notes-seen"]
        values = NoteValues.of(SectionNote.objects.first())
        assert (values.strengths, values.development_area) == (text, text)
    page = form_on(client.get(url))
    assert [page[name] for name in names] == [[text for text in strings if not is_refused(text)][-1]] * 2


@pytest.mark.parametrize("strings", BATCHES, ids=range(len(BATCHES)))
def test_the_read_only_page_and_the_snapshot_tell_them_as_they_are(
    people, sign_in, answered, section, url, strings
):
    kept = readable(strings)
    for statement, text in zip(section.statements.all(), kept, strict=False):
        Answer.objects.filter(statement=statement).update(
            state="not_applicable", rating=None, reason=text, evidence_note=text
        )
    SectionNote.objects.create(audit=answered, section=section, strengths=kept[0], development_area=kept[-1])
    report = submit(audit=answered, by=people.head)
    told = [f"{what}: {text}" for text in kept for what in ("Why it does not apply", "What shows this")]
    assert texts_on(sign_in(people.head).get(url), "pins-typed") == [*told, kept[0], kept[-1]]
    report.refresh_from_db()
    area = report.snapshot["areas"][0]
    assert (area["strengths"], area["development_area"]) == (kept[0], kept[-1])
    assert [one["reason"] for one in area["statements"] if one["reason"]] == kept


@pytest.mark.parametrize("text", STRINGS, ids=range(len(STRINGS)))
def test_the_words_of_a_return_are_kept_or_refused(text):
    form = ReasonForm(sent({"reason": text} | left("reason", text)))
    if is_refused(text):
        assert form.errors["reason"][0].startswith("Remove the hidden character from “What should the")
    elif not text.strip():
        assert form.errors["reason"] == ["Write what the school should look at again."]
    else:
        assert form.is_valid()
        assert form.cleaned_data["reason"] == text


@pytest.mark.parametrize("strings", BATCHES, ids=range(len(BATCHES)))
def test_the_words_of_a_return_reach_the_school(people, sign_in, answered, strings):
    submit(audit=answered, by=people.head)
    text = "\n".join(readable(strings))[:NOTE_LENGTH]
    url = reverse("audits:send_back", args=[answered.pk])
    assert sign_in(people.liaison).post(url, sent({"reason": text} | left("reason", text))).status_code == 302
    tasks = sign_in(people.head).get(reverse("audits:tasks", args=[answered.pk]))
    assert texts_on(tasks, "pins-typed") == [text]
    assert f" wrote:\n\n{text}\n\nAll your answers" in OutgoingEmail.objects.latest("pk").body


def test_names_of_schools_in_the_csv(people, sign_in, audit):
    """A name can hold what a text box can; the register's import and the admin let no more through."""
    names = sorted({text[:200] for text in STRINGS if text.strip() and not is_refused(text)})
    for number, name in enumerate(names):
        school = SchoolFactory(name=name, slug=f"naughty-{number}")
        AuditFactory(school=school, version=audit.version)
    response = sign_in(people.admin).get(reverse("audits:list_csv"))
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert sorted(as_typed(row[0]) for row in rows[1:]) == sorted([*names, people.school.name])
