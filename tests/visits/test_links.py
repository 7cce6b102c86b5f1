"""Links that are e-mailed: only the whole of one opens anything, and only what it was made for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import VisitFactory
from visits.enums import LinkPurpose
from visits.links import Standing, end_links, find_link, make_link, standing_of
from visits.models import VisitLink

pytestmark = pytest.mark.django_db
PICK, READ = LinkPurpose.PICK_A_TIME, LinkPurpose.READ_THE_SUMMARY


@pytest.fixture
def visit():
    return VisitFactory()


def made(visit, purpose=PICK, email="Head@School.example", days=7):
    return make_link(
        visit=visit, purpose=purpose, email=email, expires_at=timezone.now() + timedelta(days=days)
    )


def test_it_is_found_by_its_secret(visit):
    link, token = made(visit)
    assert find_link(token, PICK) == link
    assert (link.email, standing_of(link)) == ("head@school.example", Standing.WORKS)


def test_of_the_secret_a_digest_is_stored(visit):
    _, token = made(visit)
    secret = token.partition(".")[0]
    stored = VisitLink.objects.values().get()
    assert not any(secret in str(value) for value in stored.values())
    assert len(secret) >= 43


@pytest.mark.parametrize(
    "alter",
    [
        lambda token: token[:-1],
        lambda token: token[1:],
        lambda token: token.partition(".")[0],
        lambda token: token.replace(token[3], "A" if token[3] != "A" else "B", 1),
        lambda token: token + "x",
        lambda token: "",
        lambda token: "\x00\ud800",
    ],
)
def test_an_altered_one_opens_nothing_and_asks_no_database(visit, alter, django_assert_num_queries):
    _, token = made(visit)
    with django_assert_num_queries(0):
        assert find_link(alter(token), PICK) is None


def test_one_of_another_purpose_opens_nothing(visit):
    _, token = made(visit, READ)
    assert find_link(token, PICK) is None
    assert find_link(token, READ) is not None


def test_its_signature_is_not_enough(visit):
    link, token = made(visit)
    link.delete()
    assert find_link(token, PICK) is None


@pytest.mark.parametrize(
    ("change", "standing"),
    [
        ({"used_at": timezone.now}, Standing.USED),
        ({"ended_at": timezone.now}, Standing.ENDED),
        ({"used_at": timezone.now, "ended_at": timezone.now}, Standing.USED),
    ],
)
def test_what_became_of_it(visit, change, standing):
    link, _ = made(visit)
    for name, now in change.items():
        setattr(link, name, now())
    assert standing_of(link) is standing


def test_it_runs_out(visit):
    link, _ = made(visit)
    link.expires_at = timezone.now() - timedelta(seconds=1)
    assert standing_of(link) is Standing.EXPIRED


def test_all_of_a_purpose_end_but_one(visit):
    kept, ended, other = made(visit)[0], made(visit)[0], made(visit, READ)[0]
    end_links(visit, PICK, but=kept)
    assert set(VisitLink.objects.working()) == {kept, other}
    end_links(visit, PICK)
    assert list(VisitLink.objects.working()) == [other]
    ended.refresh_from_db()
    assert ended.ended_at is not None
