"""Radios of a model's field: no blank choice, nothing chosen beforehand, and a plain sentence when nothing is."""

import re

import pytest
from django.urls import reverse

from schools.forms.participation import ParticipationForm
from schools.models import Area, Participation, SchoolContact

pytestmark = pytest.mark.django_db
RADIO = re.compile(r'<input[^>]*type="radio"[^>]*>')


@pytest.mark.parametrize(
    ("name", "field", "choices", "said"),
    [
        ("add_contact", "role", SchoolContact.Role, "Choose what they are at the school"),
        ("add_area", "kind", Area.Kind, "Choose what it is in the self-audit"),
    ],
)
def test_nothing_is_chosen_until_somebody_does(people, sign_in, name, field, choices, said):
    url = reverse(f"schools:{name}", args=[people.school.pk] if name == "add_contact" else [])
    client = sign_in(people.admin)
    page = client.get(url)
    radios = RADIO.findall(page.content.decode())
    assert len(radios) == len(choices)
    assert "checked" not in "".join(radios)
    assert [key for key, _ in page.context["form"].fields[field].choices] == choices.values
    answer = client.post(url, {"name": "Jo", "email": "jo@school.example"})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_usual_choice_stays_chosen(people):
    form = ParticipationForm(instance=Participation(school=people.school))
    assert form["offer"].value() == "full"
    assert [key for key, _ in form.fields["offer"].choices] == Participation.Offer.values
