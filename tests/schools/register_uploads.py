"""Sending register files as an administrator does, and doing what the worker does."""

from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from schools.models import RegisterRun
from schools.register import runs

UPLOAD = "/register/upload/"


def send(client: Client, file: Path | bytes, links: Path | bytes | None = None, name: str = "register.csv"):
    """Post the form; returns the answer."""
    data = {"register": _file(file, name)}
    if links is not None:
        data["links"] = _file(links, "links.csv")
    return client.post(UPLOAD, data)


def _file(content: Path | bytes, name: str) -> SimpleUploadedFile:
    found = content.read_bytes() if isinstance(content, Path) else content
    return SimpleUploadedFile(name, found, content_type="text/csv")


def check(client: Client, file: Path | bytes, links: Path | bytes | None = None) -> RegisterRun:
    """Send it and do what the worker does; returns the run as it then stands."""
    response = send(client, file, links)
    assert response.status_code == 302, response.content.decode()
    run = RegisterRun.objects.get() if RegisterRun.objects.count() == 1 else RegisterRun.objects.latest("pk")
    runs.do(run.pk)
    run.refresh_from_db()
    return run


def apply(client: Client, run: RegisterRun, **data: str):
    """Press the button of the page and do what the worker does; returns the page that follows."""
    wanted = {"digest": run.digest, **data}
    response = client.post(reverse("schools:register_apply", args=[run.pk]), wanted, follow=True)
    runs.do(run.pk)
    run.refresh_from_db()
    return response


def a_run(person, file: Path, links: Path | None = None) -> RegisterRun:
    """A run that waits to be checked, made without a page."""
    run = RegisterRun(asked_by=person, file_name=file.name)
    run.file.save("a.csv", ContentFile(file.read_bytes()), save=False)
    if links is not None:
        run.links_name = links.name
        run.links.save("b.csv", ContentFile(links.read_bytes()), save=False)
    run.save()
    return run
