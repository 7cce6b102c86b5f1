"""The product set up as in production, in a data folder of its own that is thrown away."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def set_up(folder: Path) -> None:
    """Settings for the embedded default in `folder`, whatever the surroundings say; an empty, migrated database."""
    os.environ.update(
        {
            "DJANGO_SETTINGS_MODULE": "pins.settings",
            "PINS_DATA_DIR": str(folder),
            "PINS_STATIC_ROOT": str(folder / "static"),
            "DATABASE_URL": f"sqlite:///{folder / 'pins.sqlite3'}",
            "PINS_SITE_URL": "http://127.0.0.1:8000",
            "ALLOWED_HOSTS": "127.0.0.1",
            "LOG_LEVEL": "WARNING",
            "DEBUG": "false",
            "PINS_DEMO": "false",
            **dict.fromkeys(("REDIS_URL", "SENTRY_DSN", "SECRET_KEY"), ""),
        }
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
