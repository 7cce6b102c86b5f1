"""A section that was given to somebody who no longer answers here is nobody's, and the lead sees it."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audits.enums import AuditStatus
from audits.services.sharing import give_section
from schools.models import Membership

pytestmark = pytest.mark.django_db


def leaves(person) -> None:
    Membership.objects.filter(user=person).update(ended_at=timezone.now())


def becomes_governor(person) -> None:
    Membership.objects.filter(user=person).update(role="governor")


def is_switched_off(person) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


def tasks(client, audit) -> str:
    page = client.get(reverse("audits:tasks", args=[audit.pk])).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.mark.parametrize("what", [leaves, becomes_governor, is_switched_off])
def test_the_task_list_says_that_it_is_nobodys(people, sign_in, audit, given, what):
    client = sign_in(people.head)
    assert "Given to Colleague" in tasks(client, audit)
    what(people.colleague)
    page = tasks(client, audit)
    assert "Nobody’s now: Colleague no longer answers here" in page
    assert "Given to Colleague" not in page
    assert "given to Colleague" not in page
    assert "Change who answers" not in page


def test_the_lead_gives_it_anew(people, sign_in, audit, given):
    leaves(people.colleague)
    Membership.objects.filter(user=people.governor).update(role="contributor")
    client, url = sign_in(people.head), reverse("audits:give", args=[audit.pk, given.area.key])
    assert "no longer answers here. Choose somebody else" in client.get(url).content.decode()
    assert client.post(url, {"colleague": people.governor.pk}).status_code == 302
    assert "Given to Governor" in tasks(client, audit)


def test_who_has_left_can_no_longer_open_it(people, sign_in, audit, given):
    client, url = sign_in(people.colleague), reverse("audits:section", args=[audit.pk, given.area.key])
    assert client.get(url).status_code == 200
    leaves(people.colleague)
    assert client.get(url).status_code == 404


def test_a_submitted_audit_says_who_it_was_given_to(people, sign_in, standing_at, given):
    audit = standing_at(AuditStatus.SUBMITTED)
    leaves(people.colleague)
    assert "Given to Colleague" in tasks(sign_in(people.head), audit)


def test_somebody_who_is_missing_can_be_invited_from_there(people, sign_in, audit, given):
    page = sign_in(people.head).get(reverse("audits:give", args=[audit.pk, given.area.key])).content.decode()
    assert f"{reverse('schools:invite', args=[people.school.pk])}?role=contributor" in page


def test_it_is_given_again_to_the_one_who_came_back(people, audit, given):
    leaves(people.colleague)
    Membership.objects.create(user=people.colleague, school=people.school, role="contributor")
    assert (
        give_section(audit=audit, section=given, to=people.colleague, by=people.head).given_to
        == people.colleague
    )
