"""The WSGI application that granian (or any other server) loads."""

import os

import django

from core.plain_requests import PlainHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pins.settings")
django.setup(set_prefix=False)
application = PlainHandler()
