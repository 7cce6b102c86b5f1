"""What docker-compose.yml, the Dockerfile, the settings and their documentation say, side by side."""

import re
import shlex
from typing import Any

import yaml

from tests.house.project import ROOT

READ_BY_SETTINGS = re.compile(r"""\benv(?:\.\w+)?\(\s*["']([A-Z0-9_]+)["']""")
SUITE_ONLY = {"PYTEST_XDIST_WORKER"}
READ_BY_GRANIAN = {"GRANIAN_HOST", "GRANIAN_PORT", "GRANIAN_WORKERS"}
READ_BY_COMPOSE = {"POSTGRES_PASSWORD"}
NOT_PASSED = {
    "DATABASE_URL": "docker-compose.yml makes the database and names it itself",
    "REDIS_URL": "docker-compose.yml makes the queue and names it itself",
    "POSTGRES_PASSWORD": "part of DATABASE_URL, which is passed",
    "PINS_DATA_DIR": "the image says where its volume is",
    "PINS_STATIC_ROOT": "the image holds its styles and scripts",
    "PINS_DEMO": "never in a real programme",
    "DEBUG": "never in a real programme",
}
"""Settings of .env.example that our containers are not given from outside, and why."""


def compose() -> dict[str, Any]:
    """docker-compose.yml, with its anchors resolved."""
    described = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    assert isinstance(described, dict)
    return described


def services() -> dict[str, dict[str, Any]]:
    """Its services by name."""
    found: dict[str, dict[str, Any]] = compose()["services"]
    return found


def our_services() -> dict[str, dict[str, Any]]:
    """Those that run our own image."""
    return {name: service for name, service in services().items() if "build" in service}


def read_by_settings() -> set[str]:
    """Names that the settings read from the environment."""
    return set(READ_BY_SETTINGS.findall((ROOT / "pins" / "settings.py").read_text())) - SUITE_ONLY


def instructions(text: str) -> list[tuple[str, str]]:
    """A Dockerfile's instructions with their arguments, continued lines joined and comments left out."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [
        (word.upper(), rest.strip())
        for word, _, rest in (line.partition(" ") for line in joined.splitlines())
        if word
    ]


def dockerfile() -> list[tuple[str, str]]:
    """Ours."""
    return instructions((ROOT / "Dockerfile").read_text())


def named_in_example() -> set[str]:
    """Names that .env.example shows, set or commented out."""
    return set(re.findall(r"^#?([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def passed_from_outside(service: dict[str, Any]) -> dict[str, str]:
    """The settings that a service takes from .env under their own name, with what stands for one left out."""
    taken = re.compile(r"\$\{([A-Z0-9_]+):([-?])(.*)\}", re.ASCII)
    found = {name: taken.fullmatch(str(value)) for name, value in service["environment"].items()}
    return {
        name: match[3] if match[2] == "-" else ""
        for name, match in found.items()
        if match and match[1] == name
    }


def example_values() -> dict[str, str]:
    """What .env.example shows for each name, set or commented out."""
    text = (ROOT / ".env.example").read_text()
    return dict(re.findall(r"^#?([A-Z0-9_]+)=(.*)$", text, re.MULTILINE))


def named_in_operations() -> set[str]:
    """Names in the first column of the table of settings in docs/operations.md."""
    return set(re.findall(r"^\| `([A-Z0-9_]+)`", (ROOT / "docs" / "operations.md").read_text(), re.MULTILINE))


def module_of(command: list[str]) -> str:
    """The Python module that a command of ours runs: what follows -m, or the script."""
    words = command if len(command) > 1 else shlex.split(command[0])
    return words[words.index("-m") + 1] if "-m" in words else words[1]
