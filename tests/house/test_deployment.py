"""The files for production are true: they parse, name what exists, and say what the settings read.

.ci/run starts the very commands of docker-compose.yml on PostgreSQL and Redis; this holds what can be read off.
"""

import importlib.util

import pytest

from tests.house import deployment
from tests.house.project import ROOT

LASTING = ["beat", "web", "worker"]


def test_compose_has_the_services_of_the_product():
    assert sorted(deployment.services()) == ["beat", "migrate", "postgres", "redis", "web", "worker"]


@pytest.mark.parametrize("name", ["beat", "postgres", "redis", "web", "worker"])
def test_every_service_that_lasts_has_a_health_check(name: str):
    check = deployment.services()[name]["healthcheck"]
    assert check["test"][0] in {"CMD", "CMD-SHELL"}
    assert {"interval", "timeout"} <= set(check)


@pytest.mark.parametrize("name", LASTING)
def test_a_service_starts_after_the_migrations_and_comes_back_after_a_crash(name: str):
    service = deployment.services()[name]
    assert service["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert service["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ["migrate", *LASTING])
def test_a_command_names_a_module_or_a_script_that_exists(name: str):
    module = deployment.module_of(deployment.services()[name]["command"])
    assert (ROOT / module).is_file() or importlib.util.find_spec(module)


def test_ports_are_open_to_this_machine_alone():
    ports = [port for service in deployment.services().values() for port in service.get("ports", [])]
    assert ports == ["127.0.0.1:8000:8000"]


def test_every_setting_in_compose_is_read_by_something():
    given = {name for service in deployment.our_services().values() for name in service["environment"]}
    assert given - deployment.read_by_settings() - deployment.READ_BY_GRANIAN == set()


@pytest.mark.parametrize("name", ["migrate", *LASTING])
def test_every_setting_of_the_example_reaches_the_containers_unless_a_reason_says_why_not(name: str):
    passed = deployment.passed_from_outside(deployment.services()[name])
    wanted = deployment.named_in_example() - set(deployment.NOT_PASSED)
    assert set(passed) == (wanted if name == "web" else wanted - deployment.READ_BY_GRANIAN)


def test_what_compose_takes_for_a_setting_left_out_is_what_the_example_shows():
    passed = deployment.passed_from_outside(deployment.services()["web"])
    shown = deployment.example_values()
    assert {
        name: (value, shown[name]) for name, value in passed.items() if value and value != shown[name]
    } == {}


def test_every_volume_is_declared_and_used():
    mounts = [mount for service in deployment.services().values() for mount in service.get("volumes", [])]
    used = {mount.partition(":")[0] for mount in mounts}
    assert used == set(deployment.compose()["volumes"])


def test_the_image_is_python_3_12_and_runs_as_nobody_in_particular():
    found = deployment.dockerfile()
    assert ("FROM", "python:3.12-slim-bookworm") in found
    users = [rest for word, rest in found if word == "USER"]
    assert users == ["pins"]
    after_user = [word for word, _ in found[found.index(("USER", "pins")) :]]
    assert "RUN" not in after_user
    assert "COPY" not in after_user


def test_the_image_has_a_health_check_and_the_command_of_the_web_service():
    found = dict(deployment.dockerfile())
    assert "pins.probe" in found["HEALTHCHECK"]
    assert found["CMD"] == str(deployment.services()["web"]["command"]).replace("'", '"')


def test_the_image_installs_the_locked_packages_by_hash_and_collects_static_files():
    runs = " ".join(rest for word, rest in deployment.dockerfile() if word == "RUN")
    assert runs.count("--require-hashes") == 2
    assert "collectstatic" in runs


def test_the_image_has_the_libraries_that_bin_installs():
    wanted = {"libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-liberation"}
    runs = " ".join(rest for word, rest in deployment.dockerfile() if word == "RUN")
    set_up = (ROOT / "bin" / "_setup").read_text()
    assert {name for name in wanted if name not in runs or name not in set_up} == set()


def test_the_example_of_settings_names_what_the_settings_read_and_nothing_else():
    known = deployment.read_by_settings() | deployment.READ_BY_GRANIAN | deployment.READ_BY_COMPOSE
    optional = {"GRANIAN_HOST", "GRANIAN_PORT"}
    assert deployment.named_in_example() == known - optional


def test_the_documentation_lists_every_setting_and_no_other():
    known = deployment.read_by_settings() | deployment.READ_BY_GRANIAN | deployment.READ_BY_COMPOSE
    assert deployment.named_in_operations() == known


def test_continued_lines_and_comments_of_a_dockerfile_are_read_as_docker_does():
    text = "# first\nFROM python:3.12\nRUN one \\\n    # why\n    && two\nuser pins\n"
    assert deployment.instructions(text) == [
        ("FROM", "python:3.12"),
        ("RUN", "one  && two"),
        ("USER", "pins"),
    ]
