"""Starts what docker-compose.yml starts, by the very same commands, without containers: so the file stays true."""

import os
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from pins.probe import ask
from pins.processes import Program, Supervisor

ROOT = Path(__file__).resolve().parent.parent
READY_SECONDS = 90


class NotUpError(Exception):
    """A service of docker-compose.yml did not come up as it should."""


def our_services() -> dict[str, dict[str, Any]]:
    """The services of docker-compose.yml that run our own image."""
    described = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return {name: service for name, service in described["services"].items() if "build" in service}


def command_of(service: Mapping[str, Any]) -> list[str]:
    """Its command, with this environment's Python for the image's."""
    return [sys.executable if word == "python" else word for word in service["command"]]


def health_command(service: Mapping[str, Any]) -> list[str]:
    """The command of its health check, as the container would run it."""
    kind, *words = service["healthcheck"]["test"]
    if kind == "CMD-SHELL":
        text = re.sub(r"\bpython\b", shlex.quote(sys.executable), words[0].replace("$$", "$"))
        return ["sh", "-c", text]
    return [sys.executable if word == "python" else word for word in words]


def set_here(service: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
    """The service's environment: the names that the file gives it, with the run's values where it has its own."""
    fixed = {name: str(value) for name, value in service["environment"].items() if "${" not in str(value)}
    return {**os.environ, "HOSTNAME": socket.gethostname(), **fixed, **given}


def run_once(name: str, service: Mapping[str, Any], environment: dict[str, str]) -> None:
    """A service that does one thing and ends, such as migrations."""
    done = subprocess.run(
        command_of(service), cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotUpError(f"{name} failed:\n{done.stdout}{done.stderr}")


def wait_until_ready(supervisor: Supervisor, port: int) -> None:
    """Returns once /readyz says that database, queue and worker are there."""
    deadline = time.monotonic() + READY_SECONDS
    while not (answer := ask(port, "/readyz")).is_well:
        if ended := supervisor.ended():
            raise NotUpError(str(ended))
        if time.monotonic() > deadline:
            raise NotUpError(f"/readyz still says {answer.status}: {answer.text}")
        time.sleep(0.2)


def check_health(name: str, service: Mapping[str, Any], environment: dict[str, str]) -> None:
    """Runs the service's own health check; raises NotUpError when it is not well."""
    done = subprocess.run(
        health_command(service), cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotUpError(f"The health check of {name} failed:\n{done.stdout}{done.stderr}")


def start_and_stop(given: Mapping[str, str], folder: Path, port: int) -> None:
    """Starts them all, asks after each, and stops them; raises NotUpError where something is amiss."""
    services = our_services()
    environments = {
        name: set_here(service, {**given, "GRANIAN_HOST": "127.0.0.1", "GRANIAN_PORT": str(port)})
        for name, service in services.items()
    }
    os.environ["PINS_SITE_URL"] = given["PINS_SITE_URL"]
    for name, service in services.items():
        if service.get("restart") == "no":
            run_once(name, service, environments[name])
    lasting = {name: service for name, service in services.items() if service.get("restart") != "no"}
    with_all = Supervisor(os.environ, ROOT)
    try:
        for name, service in lasting.items():
            log = folder / f"{name}.log"
            with_all.start(Program(name, command_of(service), log, environments[name]))
        wait_until_ready(with_all, port)
        for name, service in lasting.items():
            check_health(name, service, environments[name])
        if ended := with_all.ended():
            raise NotUpError(str(ended))
    finally:
        with_all.stop()
