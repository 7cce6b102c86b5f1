"""What `check --deploy` refuses besides Django's own list: settings that are for trying out and for developing."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from accounts.models import User
from core.demonstration import DOMAIN

LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]"}


@register(Tags.security, deploy=True)
def refuse_the_demonstration(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """The demonstration shows everybody's mail and has people whose password is printed in the README."""
    if not settings.DEMO:
        return []
    return [Error("PINS_DEMO is on.", hint="Take PINS_DEMO out of the environment.", id="pins.E001")]


@register(Tags.security, deploy=True)
def refuse_the_embedded_key(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """The key of the data folder lies beside the data that it protects."""
    if not settings.SECRET_KEY.startswith("insecure-"):
        return []
    return [
        Error(
            "SECRET_KEY is not set.", hint="Set SECRET_KEY to 50 random characters or more.", id="pins.E002"
        )
    ]


@register(Tags.security, deploy=True)
def refuse_a_local_address(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Links in e-mails, secure cookies and the redirect to HTTPS all follow from the address."""
    found: list[CheckMessage] = []
    if not settings.SITE_URL.startswith("https://"):
        hint = "Set PINS_SITE_URL to the address that people type, beginning with https://"
        found.append(Error("PINS_SITE_URL is not an https address.", hint=hint, id="pins.E003"))
    if set(settings.ALLOWED_HOSTS) <= LOCAL_HOSTS or "*" in settings.ALLOWED_HOSTS:
        hint = "Set ALLOWED_HOSTS to the host name in PINS_SITE_URL."
        found.append(Error("ALLOWED_HOSTS names no host of its own.", hint=hint, id="pins.E004"))
    return found


@register(Tags.security, deploy=True)
def refuse_half_a_preload(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Browsers' preload lists take a domain with all its subdomains or not at all."""
    if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS or not settings.SECURE_HSTS_PRELOAD:
        return []
    hint = (
        "Set PINS_HSTS_INCLUDE_SUBDOMAINS too, if every subdomain has HTTPS, or take PINS_HSTS_PRELOAD out."
    )
    return [checks.Warning("PINS_HSTS_PRELOAD is on without subdomains.", hint=hint, id="pins.W003")]


@register(Tags.security, deploy=True)
def refuse_mail_that_goes_nowhere(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Nobody could sign in by e-mailed code, and no school would hear of anything."""
    if settings.EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend":
        return []
    hint = "Set EMAIL_URL, such as smtp+tls://user:password@mail.example.org:587"
    return [Error("E-mail is not sent to anybody.", hint=hint, id="pins.E005")]


@register(Tags.database, deploy=True)
def name_left_overs_of_the_demonstration(
    app_configs: Sequence[AppConfig] | None, **_: Any
) -> list[CheckMessage]:
    """They cannot sign in (accounts.backends), but their schools and audits stand among the real ones."""
    try:
        if settings.DEMO or not User.objects.filter(email__iendswith=f"@{DOMAIN}").exists():
            return []
    except DatabaseError:  # not there yet, or no tables in it: then nobody is left over either
        return []
    hint = (
        "They can no longer sign in, but their schools are made up too. Begin the real programme with an empty "
        "database: another DATABASE_URL or PINS_DATA_DIR. To go on with the demonstration, set PINS_DEMO=1."
    )
    return [checks.Warning("The database holds people of the demonstration.", hint=hint, id="pins.W004")]


@register(Tags.database, deploy=True)
def prefer_servers(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """The embedded database and queue are sound, but they live on one machine."""
    found: list[CheckMessage] = []
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        hint = "Set DATABASE_URL to a PostgreSQL database. On one machine with a few schools it may stay so."
        found.append(checks.Warning("The database is the embedded one.", hint=hint, id="pins.W001"))
    if not settings.REDIS_URL:
        hint = "Set REDIS_URL. On one machine with a few schools it may stay so."
        found.append(checks.Warning("The queue is the embedded one.", hint=hint, id="pins.W002"))
    return found
