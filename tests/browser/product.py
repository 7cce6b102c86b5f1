"""The product as `bin/run` starts it, in a data folder of its own, with the demonstration in it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent.parent
NEW_SCHOOL = """
from datetime import timedelta
from django.utils import timezone
from accounts.models import User
from audits.models import Audit, FrameworkVersion
from schools.models import Cohort, Membership, Participation, ProgrammeYear, School, SchoolUrn
name = {name!r}
slug = name.lower().replace(" ", "-")
school = School.objects.create(name=name, slug=slug, town="Ludlow", phase="Primary")
SchoolUrn.objects.create(school=school, urn=990000 + school.pk)
year = ProgrammeYear.objects.last()
cohort = Cohort.objects.last()
Participation.objects.create(school=school, programme_year=year, cohort=cohort, status="active")
for role in ("school_lead", "contributor"):
    user = User.objects.create_user(f"{{role}}.{{slug}}@pins.example", "pins-demo", name=f"{{role}} {{name}}")
    Membership.objects.create(user=user, school=school, role=role)
audit = Audit.objects.create(
    school=school, programme_year=year, version=FrameworkVersion.objects.published().first(),
    wanted_by=timezone.localdate() + timedelta(days=18))
print("AUDIT", audit.pk)
"""

ANSWER_ALL = """
from accounts.models import User
from audits.models import Answer, Audit, Statement
from audits.services.submission import submit
from django.utils import timezone
now = timezone.now()
audit, lead = Audit.objects.get(pk={audit}), User.objects.get(email={lead!r})
Answer.objects.bulk_create(
    Answer(audit=audit, statement=one, state="rated", rating=3, answered_by=lead, answered_at=now)
    for one in Statement.objects.filter(section__version=audit.version))
Audit.objects.filter(pk=audit.pk).update(status="in_progress")
"""
SUBMIT = "submit(audit=Audit.objects.get(pk=audit.pk), by=lead)"


@dataclass(frozen=True)
class SchoolWithAudit:
    """A school of one test's own, with an audit that nobody has begun."""

    name: str
    audit: int
    lead: str
    contributor: str


class Product:
    """A running product."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.port = _free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.environment = {**os.environ, **environment, "PINS_DATA_DIR": str(folder), "PINS_DEMO": "true"}
        for name in ("DJANGO_SETTINGS_MODULE", "PYTEST_CURRENT_TEST"):
            self.environment.pop(name, None)
        self.log = folder.parent / "run.log"

    def start(self) -> None:
        """Start everything and wait until it says where it is; AssertionError with its words when it does not."""
        command = [sys.executable, "-m", "pins.serve", "--port", str(self.port)]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        while "Ctrl-C stops everything" not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop everything, as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=60)

    def manage(self, *arguments: str) -> str:
        """What a management command prints, run beside the product."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def new_school(self, name: str) -> SchoolWithAudit:
        """A school with a lead, a contributor and an audit to answer."""
        found = re.search(r"AUDIT (\d+)", self.manage("shell", "-c", NEW_SCHOOL.format(name=name)))
        assert found
        slug = name.lower().replace(" ", "-")
        return SchoolWithAudit(
            name, int(found[1]), f"school_lead.{slug}@pins.example", f"contributor.{slug}@pins.example"
        )

    def answer_all(self, school: SchoolWithAudit, *, submit: bool = False) -> None:
        """Answer every statement of the school's audit, and submit it if wished, behind everybody's back."""
        code = ANSWER_ALL.format(audit=school.audit, lead=school.lead) + (SUBMIT if submit else "")
        self.manage("shell", "-c", code)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def services_of_its_own(folder: str) -> dict[str, str]:
    """Where the product keeps its rows and its queue: the suite's servers, but a database and a number of its own."""
    environment = {}
    if os.environ.get("DATABASE_URL"):
        environment["DATABASE_URL"] = _new_database(os.environ["DATABASE_URL"], f"pins_browser_{os.getpid()}")
    if os.environ.get("REDIS_URL"):
        parts = urlsplit(os.environ["REDIS_URL"])
        environment["REDIS_URL"] = urlunsplit(parts._replace(path="/9"))
        environment["PINS_QUEUE"] = f"browser-{folder}"
    return environment


def _new_database(url: str, name: str) -> str:
    import psycopg2

    with_name = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    connection = psycopg2.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    connection.close()
    return with_name
