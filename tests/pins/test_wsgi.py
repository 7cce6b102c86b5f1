"""What a web server gets from the application that it loads."""

from collections.abc import Iterator
from io import BytesIO
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from pins.wsgi import application

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def connection_kept() -> Iterator[None]:
    """A request ends the connection that it finds inside a transaction, and every test is inside one.

    Django's own test client puts this aside in the same way.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def answered(path: str, query: str, content_type: str) -> tuple[str, dict[str, str], str]:
    """Status, headers and body of a GET as a server hands it over: the test client has a handler of its own."""
    environ = {
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": content_type,
        "wsgi.input": BytesIO(),
    }
    setup_testing_defaults(environ)
    said: dict[str, str] = {}

    def start_response(status: str, headers: list[tuple[str, str]]) -> None:
        said.update(headers, status=status)

    response = application(environ, start_response)
    body = b"".join(response).decode()
    response.close()
    return said.pop("status"), said, body


@pytest.mark.parametrize(
    "content_type",
    [
        *(f"text/plain; charset={name}" for name in ("hex", "undefined", "punycode", "quopri", "utf-16")),
        "text/plain; charset*=undefined''utf-8",
        "text/plain; title*=no-such-alphabet''plan",
    ],
)
@pytest.mark.parametrize(("path", "query"), [("/schools/", "q=a"), ("/healthz", "a=1"), ("/schools/", "")])
def test_a_body_in_what_is_no_alphabet_is_refused_with_a_page(path: str, query: str, content_type: str):
    status, headers, body = answered(path, query, content_type)
    assert status == "400 Bad Request"
    assert "Content-Security-Policy" in headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "<h1" in body


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "text/plain; charset=utf-8", "text/plain; charset=utf8"]
)
def test_an_address_is_read_as_utf_8(content_type: str):
    status, _, body = answered("/schools/", "q=%C3%89cole", content_type)
    assert status == "200 OK"
    assert 'value="École"' in body
