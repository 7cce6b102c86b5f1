"""Addresses that hold a secret are not written down: whoever reads a log could open what was sent to somebody else."""

import logging
import re
from typing import Any

from django.conf import settings

_SECRET = re.compile(r"(/(?:invitations|times|summaries)/|/calendars/(?!make/|\d+/))[^/\s?\"']+")


def without_secrets(text: str) -> str:
    """The text with an ellipsis where an address holds the secret of a link or of a calendar."""
    return _SECRET.sub(r"\1…", text)


def holds_secret(text: str) -> bool:
    """Whether an address of ours in the text opens something to whoever has it; one of another site is not ours."""
    return re.search(re.escape(settings.SITE_URL) + _SECRET.pattern, text) is not None


class SecretsHidden(logging.Filter):
    """For a handler: every line that passes loses its secrets."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the line pass."""
        message = record.getMessage()
        told = without_secrets(message)
        if told != message:
            record.msg, record.args = told, ()
        return True


def event_without_secrets(event: Any, _hint: Any = None) -> Any:
    """The same for what goes to Sentry: every text in the event, however deep."""
    if isinstance(event, str):
        return without_secrets(event)
    if isinstance(event, dict):
        return {name: event_without_secrets(value) for name, value in event.items()}
    if isinstance(event, list | tuple):
        return type(event)(event_without_secrets(value) for value in event)
    return event
