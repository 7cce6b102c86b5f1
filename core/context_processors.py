"""What every page knows of the programme."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core.demonstration import mail_leaves
from core.models import ProgrammeSettings


def programme(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - the shape is Django's
    """The programme's own names (asked for once, when a template first uses them), and what tells a demonstration."""
    return {
        "programme": SimpleLazyObject(ProgrammeSettings.load),
        "is_demo": settings.DEMO,
        "mail_leaves": mail_leaves(),
    }
