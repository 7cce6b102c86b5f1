"""The product and a bare Django site in one process, each behind its own middleware, asked without a network."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from bench.programme import Programme
from core.plain_requests import PlainHandler

STARTPROJECT = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
"""What `django-admin startproject` writes in Django 5.2."""


class BareRequest(WSGIRequest):
    """A request to the bare site."""

    urlconf = "bench.baselines.bare"


class BareHandler(WSGIHandler):
    """The bare site as a WSGI application."""

    request_class = BareRequest


def product() -> WSGIHandler:
    """The product as a WSGI application, as pins/wsgi.py makes it."""
    return PlainHandler()


def bare() -> WSGIHandler:
    """The bare site, behind startproject's middleware."""
    with override_settings(MIDDLEWARE=STARTPROJECT):
        return BareHandler()


@dataclass
class Answered:
    """What came back."""

    status: int
    cookies: SimpleCookie
    body: bytes


@dataclass
class Visitor:
    """A browser with its cookies, as far as a server can tell."""

    app: WSGIHandler
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, query: str = "") -> Answered:
        """One GET."""
        return self._ask("GET", path, b"", {"QUERY_STRING": query})

    def post(self, path: str, body: bytes, **headers: str) -> Answered:
        """One POST of a form, with the CSRF token as htmx sends it."""
        return self._ask(
            "POST", path, body, {"HTTP_X_CSRFTOKEN": self.cookies.get("csrftoken", ""), **headers}
        )

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answered:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            **headers,
        }
        response = self.app(environ, lambda status, headers: None)
        content = b"".join(response)
        response.close()
        return Answered(response.status_code, response.cookies, content)


def signed_in(app: WSGIHandler, programme: Programme, *, liaison: bool = False) -> Visitor:
    """The head of one school, or the forum's liaison, with a session in the programme's database and a CSRF cookie."""
    programme.use()
    client = Client()
    client.force_login(programme.liaison if liaison else programme.head)
    visitor = Visitor(app, {name: morsel.value for name, morsel in client.cookies.items()})
    visitor.cookies["csrftoken"] = "b" * 32
    return visitor


def queries_of(ask: Any) -> int:
    """How many statements one request sends to the database, those that open and close transactions included."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)
