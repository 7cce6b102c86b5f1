"""Literal numbers of queries, the same however many rows there are; session and person are two of each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audits.services.reviewing import send_back
from audits.services.submission import submit
from tests.audits.pages import fill, form_on
from tests.factories import (
    AuditFactory,
    FrameworkVersionFactory,
    SchoolFactory,
    SectionFactory,
    StatementFactory,
    small_framework,
)

pytestmark = pytest.mark.django_db


def queries(client, method, url, data=None):
    """Those of one request, without the savepoints that stand for begin and commit."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = getattr(client, method)(url, data)
    assert response.status_code in (200, 302), response.status_code
    statements = [query["sql"] for query in captured]
    return [sql for sql in statements if "SAVEPOINT" not in sql]


def count(*request):
    return len(queries(*request))


@pytest.mark.parametrize("audits", [1, 3])
def test_the_list_of_audits(people, sign_in, audits):
    version = small_framework()
    for number in range(audits):
        AuditFactory(school=SchoolFactory(name=f"School {number}", slug=f"s-{number}"), version=version)
    assert count(sign_in(people.admin), "get", reverse("audits:list")) == 5


@pytest.mark.parametrize("audits", [1, 3])
def test_its_csv(people, sign_in, audits):
    version = small_framework()
    for number in range(audits):
        AuditFactory(school=SchoolFactory(name=f"School {number}", slug=f"s-{number}"), version=version)
    assert count(sign_in(people.admin), "get", reverse("audits:list_csv")) == 3


class TestOneAudit:
    """At one and at three sections, at three and at twelve statements."""

    @pytest.fixture(params=[(1, 3), (3, 12)], ids=["small", "large"])
    def audit(self, people, request):
        return AuditFactory(school=people.school, version=small_framework(*request.param))

    def test_the_task_list_while_it_is_open(self, people, sign_in, answered):
        assert count(sign_in(people.head), "get", answered.get_absolute_url()) == 9

    def test_the_task_list_once_submitted(self, people, sign_in, answered):
        submit(audit=answered, by=people.head)
        assert count(sign_in(people.head), "get", answered.get_absolute_url()) == 9

    def test_the_task_list_once_sent_back(self, people, sign_in, answered):
        submit(audit=answered, by=people.head)
        send_back(audit=answered, by=people.liaison, note="Look again.")
        assert count(sign_in(people.head), "get", answered.get_absolute_url()) == 9

    def test_the_check(self, people, sign_in, answered):
        assert count(sign_in(people.head), "get", reverse("audits:check", args=[answered.pk])) == 9

    def test_a_section_to_answer(self, people, sign_in, answered, url):
        assert count(sign_in(people.head), "get", url) == 9

    @pytest.mark.parametrize(("name", "number"), [("head", 9), ("programme", 10)])
    def test_a_section_to_read(self, people, sign_in, answered, url, name, number):
        """A programme lead's page asks for the threshold of small numbers besides."""
        submit(audit=answered, by=people.head)
        assert count(sign_in(getattr(people, name)), "get", url) == number

    def test_saving_one_answer_that_was_given_before(self, people, sign_in, answered, url, statement):
        client = sign_in(people.head)
        data = form_on(client.get(url)) | fill(statement, answer="3")
        sent = queries(client, "post", f"{url}statements/{statement.key}/", data)
        assert len(sent) == 6

    @pytest.mark.skipif(not connection.features.has_select_for_update, reason="SQLite locks all of itself")
    def test_saving_holds_the_audit_before_it_looks_at_the_answer(
        self, people, sign_in, answered, url, statement
    ):
        """A submission that comes between would leave a submitted audit with an answer that its report lacks."""
        client = sign_in(people.head)
        data = form_on(client.get(url)) | fill(statement, answer="3")
        sent = queries(client, "post", f"{url}statements/{statement.key}/", data)
        locks = [number for number, sql in enumerate(sent) if 'FOR UPDATE OF "audits_audit"' in sql]
        answers = [number for number, sql in enumerate(sent) if 'FROM "audits_answer"' in sql]
        assert (len(locks), len(answers)) == (1, 1)
        assert locks < answers

    def test_saving_a_first_answer(self, people, sign_in, audit, section, answer, url):
        first, second, *_ = section.statements.all()
        answer(first, rating=2)
        client = sign_in(people.head)
        data = form_on(client.get(url)) | fill(second, answer="3")
        assert count(client, "post", f"{url}statements/{second.key}/", data) == 7

    def test_saving_an_answer_as_a_colleague(self, people, sign_in, answered, given, url, statement):
        client = sign_in(people.colleague)
        data = form_on(client.get(url)) | fill(statement, answer="3")
        assert count(client, "post", f"{url}statements/{statement.key}/", data) == 7

    def test_saving_notes(self, people, sign_in, answered, url):
        client = sign_in(people.head)
        data = form_on(client.get(url)) | {"notes-strengths": "Kind staff"}
        assert count(client, "post", f"{url}notes/", data) == 10

    def test_saving_a_section_where_nothing_changed(self, people, sign_in, answered, url):
        client = sign_in(people.head)
        assert count(client, "post", url, form_on(client.get(url))) == 9


def test_submitting_takes_no_more_queries_for_more_statements(people, sign_in):
    counts = set()
    for round_, statements in (("baseline", 3), ("follow_up", 12)):
        section = SectionFactory(version=FrameworkVersionFactory(version=round_))
        audit = AuditFactory(
            school=people.school, version=section.version, round=round_, status="in_progress"
        )
        for one in StatementFactory.create_batch(statements, section=section):
            audit.answers.create(
                statement=one, state="dont_know", answered_by=people.head, answered_at=timezone.now()
            )
        counts.add(count(sign_in(people.head), "post", reverse("audits:submit", args=[audit.pk])))
    assert len(counts) == 1
