"""The policy that a browser gets with every answer."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from core.content_policy import SamePolicy

HEADER = "Content-Security-Policy"


def parts(policy: str) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "status"), [(reverse("front"), 200), ("/nowhere/", 404)])
def test_every_page_has_that_of_the_settings(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    wanted = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert parts(response[HEADER]) == {name: " ".join(sources) for name, sources in wanted.items()}


def test_an_answer_that_has_its_own_keeps_it():
    response = SamePolicy(lambda _: HttpResponse(headers={HEADER: "default-src 'none'"}))(
        RequestFactory().get("/")
    )
    assert response[HEADER] == "default-src 'none'"
