"""The top floor: settings, addresses, the worker, and pages that combine apps."""

from pins.celery import app as celery_app

__all__ = ["celery_app"]
