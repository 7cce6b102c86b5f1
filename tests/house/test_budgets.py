"""Files and functions stay short enough to read in one go, and modules are named after what is in them."""

from pathlib import Path

from tests.house import budgets
from tests.house.project import project_files, python_files, source_files, suite_files

LONG_BODY = "def late() -> None:\n" + '    """Says when."""\n' + "    print(1)\n" * 26
FITTING_BODY = "def early() -> None:\n" + '    """Says when."""\n' + "    print(1)\n" * 25


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_source_files_are_short_enough():
    assert budgets.files_too_long(source_files(), budgets.SOURCE_LINES) == []


def test_test_files_are_short_enough():
    assert budgets.files_too_long(suite_files(), budgets.TEST_LINES) == []


def test_templates_are_short_enough():
    assert budgets.files_too_long(list(project_files(".html", ".jinja")), budgets.TEMPLATE_LINES) == []


def test_functions_are_short_enough():
    assert budgets.functions_too_long(source_files()) == []


def test_views_are_short_enough():
    assert budgets.views_too_long(source_files()) == []


def test_no_module_has_a_name_that_says_nothing():
    assert budgets.vaguely_named(python_files()) == []


def test_a_file_that_is_a_line_too_long_is_found(tmp_path: Path):
    fitting = written(tmp_path / "fitting.py", "pass\n" * 3)
    too_long = written(tmp_path / "too_long.py", "pass\n" * 4)
    assert budgets.files_too_long([fitting, too_long], 3) == ["too_long.py: 4 lines, at most 3"]


def test_a_function_that_is_a_line_too_long_is_found_and_its_docstring_is_free(tmp_path: Path):
    path = written(tmp_path / "module.py", FITTING_BODY + LONG_BODY)
    assert budgets.functions_too_long([path]) == ["module.py:28 late: 26 lines, at most 25"]


def test_a_method_is_measured_too(tmp_path: Path):
    path = written(
        tmp_path / "module.py", "class Clock:\n    def late(self) -> None:\n" + "        print(1)\n" * 26
    )
    assert budgets.functions_too_long([path]) == ["module.py:2 late: 26 lines, at most 25"]


def test_a_view_is_measured_with_its_decorators_and_only_in_a_view_module(tmp_path: Path):
    text = "@login\n@get\ndef show():\n" + "    print(1)\n" * 28
    view = written(tmp_path / "views" / "visits.py", text)
    other = written(tmp_path / "forms.py", text)
    assert budgets.views_too_long([view, other]) == ["visits.py:3 show: 31 lines, at most 30"]


def test_a_vague_name_is_found_in_a_module_and_in_a_folder(tmp_path: Path):
    module = written(tmp_path / "core" / "utils.py", "")
    folder = written(tmp_path / "helpers" / "dates.py", "")
    fine = written(tmp_path / "core" / "dates.py", "")
    assert budgets.vaguely_named([module, folder, fine]) == ["utils.py", "dates.py"]
