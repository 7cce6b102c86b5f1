"""`bin/manage import_framework`: what it prints, how it refuses, and that a refusal changes nothing."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audits.models import Framework, FrameworkVersion, Statement
from tests.audits.framework_text import SMALL, small_with

pytestmark = pytest.mark.django_db

CALM = "environment.environment-calm-space"
VERSION_1 = Path(__file__).parents[4] / "audits" / "frameworks" / "pins-hub-1.yaml"


@pytest.fixture
def write(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "framework.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def run(file: Path, *options: str) -> list[str]:
    out = StringIO()
    call_command("import_framework", str(file), *options, stdout=out)
    return out.getvalue().splitlines()


def refusal_of(file: Path, *options: str) -> str:
    with pytest.raises(CommandError) as refusal:
        run(file, *options)
    assert refusal.value.returncode == 1
    return str(refusal.value)


def test_version_1_is_imported():
    assert run(VERSION_1) == [
        "PINS Hub framework, version 1.0: imported and published.",
        "8 sections, 47 statements, 141 suggested actions",
    ]
    for statement in Statement.objects.all():
        statement.full_clean()


def test_a_second_run_has_nothing_to_do():
    run(VERSION_1)
    assert run(VERSION_1) == [
        "PINS Hub framework, version 1.0: published already with this very text. Nothing to do."
    ]


def test_a_check_says_what_would_happen_and_changes_nothing(write):
    assert run(write(SMALL), "--check") == [
        "Small framework, version 1.0: would be imported and published.",
        "3 sections, 3 statements, 3 suggested actions",
        "Nothing was changed.",
    ]
    assert not Framework.objects.exists()


def test_unknown_training_is_named(write):
    lines = run(write(small_with("[sensory-environment]", "[juggling]")))
    assert lines[-1] == "Training that is not known, left out: juggling"


def test_every_problem_is_printed_with_its_line_and_key(write):
    path = write(small_with("needs: [sensory]", "needs: [senses]").replace('"1.0"', "1.0"))
    assert refusal_of(path).splitlines() == [
        f"{path}: 2 problems. Nothing was changed.",
        "line 3, version: YAML takes this for a number. Write text, and put quotes round it.",
        f"line 21, {CALM}.needs: Write one of sensory, social, communication, other, not “senses”.",
    ]


def test_a_flood_of_problems_is_cut_short(write):
    lines = refusal_of(write("".join(f"k{n}: 1\n" for n in range(500)))).splitlines()
    assert len(lines) == 52
    assert lines[-1] == "and 451 more"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('!!python/object/apply:os.system ["true"]\n', id="code"),
        pytest.param("a: &a [x, x]\nb: &b [*a, *a]\n", id="bomb"),
        pytest.param("[" * 100_000, id="nesting"),
        pytest.param("key: \0\n", id="NUL"),
        pytest.param(small_with("A tent", '"\\0 tent"'), id="escaped NUL"),
        pytest.param(small_with("A tent", "&tent A tent"), id="anchor in a framework"),
        pytest.param(SMALL[: len(SMALL) // 2], id="cut short"),
        pytest.param(SMALL + SMALL, id="twice over"),
        pytest.param("", id="empty"),
        pytest.param("urn,name\n100000,A school\n", id="another kind of file"),
    ],
)
@pytest.mark.parametrize("options", [(), ("--check",)])
def test_a_hostile_or_broken_file_changes_nothing(write, text, options):
    assert "Nothing was changed." in refusal_of(write(text), *options)
    assert not Framework.objects.exists()


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert "line 1: The file cannot be opened" in refusal_of(tmp_path / "none.yaml")


@pytest.mark.parametrize("options", [(), ("--check",)])
def test_another_text_under_a_published_number_is_refused(write, options):
    run(write(SMALL))
    refusal = refusal_of(write(small_with("A tent", "A den")), *options)
    assert "Raise the version in the file, to 1.1 for instance.\nNothing was changed." in refusal
    assert FrameworkVersion.objects.count() == 1
