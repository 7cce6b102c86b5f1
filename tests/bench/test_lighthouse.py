"""What is read from a report of Lighthouse: the gate says which page, which score and which audit."""

import shutil

import pytest

from bench import lighthouse_run
from bench.lighthouse_run import (
    GATES,
    PERFORMANCE,
    TRIES,
    VERSIONS,
    LighthouseError,
    is_possible,
    judged,
    measured,
    refused,
)


def report(**scores: float):
    audits = {
        "image-alt": {"id": "image-alt", "title": "Images have no words", "score": 0.0, "details": {
            "items": [{"node": {"snippet": "<img src=x>"}}]}},
        "fast": {"id": "fast", "title": "Slow", "score": 0.1},
        "fine": {"id": "fine", "title": "Fine", "score": 1},
        "not asked": {"id": "not asked", "title": "None", "score": None},
    }  # fmt: skip
    refs = {"accessibility": ["image-alt", "fine", "not asked"], PERFORMANCE: ["fast"]}
    return {
        "audits": audits,
        "categories": {
            name: {
                "score": scores.get(name.replace("-", "_"), 1),
                "auditRefs": [{"id": one, "weight": 1} for one in refs.get(name, [])],
            }
            for name in (*GATES, PERFORMANCE)
        },
    }


def test_a_page_below_100_says_which_audit_failed_and_where():
    found = judged("/", report(accessibility=0.93, performance=0.5))
    assert not found.is_whole
    assert found.words == (
        "/: accessibility 93, best practices 100, search 100 (performance 50)\n"
        "  image-alt - Images have no words: <img src=x>"
    )


@pytest.mark.parametrize("name", GATES)
def test_each_of_the_three_gates(name):
    assert judged("/", report()).is_whole
    assert not judged("/", report(**{name.replace("-", "_"): 0.99})).is_whole


def test_performance_gates_nothing():
    assert judged("/", report(performance=0.2)).is_whole


def test_without_node_it_is_skipped(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not is_possible()
    assert lighthouse_run.LOUDLY.startswith("SKIPPED")
    assert shutil.which("node") is None


def test_what_is_installed_is_named_without_a_registry():
    lock = (VERSIONS / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert "://registry" not in lock


NO_NAVSTART = (
    "Runtime error encountered: Something went wrong with recording the trace over your page load."
    " Please run Lighthouse again. (NO_NAVSTART)"
)


class Answers:
    """Asked for a page, says what it was given, in turn."""

    def __init__(self, *answers):
        self.left = list(answers)

    def __call__(self):
        answer = self.left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_a_page_that_could_not_be_measured_is_asked_for_again():
    page = judged("/", report())
    assert measured(Answers(refused(NO_NAVSTART), refused(NO_NAVSTART), page)) is page


def test_a_page_that_can_never_be_measured_fails_with_what_was_said():
    with pytest.raises(LighthouseError, match="NO_NAVSTART"):
        measured(Answers(*[refused(NO_NAVSTART)] * TRIES))


def test_any_other_fault_fails_at_once():
    answers = Answers(refused("Cannot find module 'lighthouse'"), judged("/", report()))
    with pytest.raises(LighthouseError, match="Cannot find module"):
        measured(answers)
