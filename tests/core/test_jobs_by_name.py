"""Handing over a job from a process that loads no tasks, nor what they need: a web process."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import django, sys
django.setup()
import pins.urls
from audits.models import Report
from core import jobs
jobs._wake(Report, 7)
loaded = {"audits.tasks", "weasyprint"} & set(sys.modules)
assert not loaded, f"A web process has loaded {loaded}."
"""


def test_the_message_reaches_the_queue(tmp_path):
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    environment = {**kept, "PINS_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "pins.settings"}
    subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, check=True, timeout=60)
    (message,) = (tmp_path / "queue").glob("*.msg")
    assert "audits.tasks.build_report" in message.read_text()
