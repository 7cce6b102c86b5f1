"""Whoever did something is stored together with when: every `_at` that has a `_by` is bound to it by the database."""

from itertools import product

import pytest
from django.apps import apps
from django.db import models
from django.db.models import CheckConstraint, Q

from tests.house.project import ROOT

Known = dict[str, bool]
"""Whether a field is null."""


def our_models() -> list[type[models.Model]]:
    """The models of this project, those of packages left out."""
    return [model for model in apps.get_models() if (ROOT / model._meta.app_label).is_dir()]


def pairs() -> list[tuple[type[models.Model], str, str]]:
    """Every `_at` with its `_by`, of every model of ours."""
    found = []
    for model in our_models():
        names = {field.name for field in model._meta.get_fields()}
        found += [
            (model, name, f"{name.removesuffix('_at')}_by")
            for name in sorted(names)
            if name.endswith("_at") and f"{name.removesuffix('_at')}_by" in names
        ]
    return found


def unknown_in(condition: Q, known: Known) -> set[object]:
    """The parts of a condition that other fields decide."""
    if isinstance(condition, Q):
        return set().union(*(unknown_in(child, known) for child in condition.children))
    return set() if is_about(condition, known) else {str(condition)}


def is_about(leaf: object, known: Known) -> bool:
    if not isinstance(leaf, tuple):
        return False
    field, _, lookup = str(leaf[0]).partition("__")
    return field in known and lookup == "isnull"


def holds(condition: object, known: Known, others: dict[object, bool]) -> bool:
    """Whether a condition holds, given which of the two is null and what the other fields decide."""
    if isinstance(condition, Q):
        results = [holds(child, known, others) for child in condition.children]
        found = {"AND": all, "OR": any}[condition.connector](results)
        return found != condition.negated
    if is_about(condition, known):
        field = str(condition[0]).partition("__")[0]
        return known[field] == condition[1]
    return others[str(condition)]


def refuses(condition: Q, known: Known) -> bool:
    """Whether the condition can never hold, whatever the other fields say."""
    unknown = sorted(unknown_in(condition, known), key=str)
    return not any(
        holds(condition, known, dict(zip(unknown, decided, strict=True)))
        for decided in product([False, True], repeat=len(unknown))
    )


def is_bound(model: type[models.Model], at: str, by: str) -> bool:
    """Whether the table refuses one of the two without the other."""
    nullable = [model._meta.get_field(name).null for name in (at, by)]
    if not any(nullable):
        return True
    checks = [
        constraint.condition
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint) and isinstance(constraint.condition, Q)
    ]
    halves: list[Known] = [{at: True, by: False}, {at: False, by: True}]
    return all(any(refuses(check, half) for check in checks) for half in halves)


PAIRS = pairs()


@pytest.mark.parametrize(("model", "at", "by"), PAIRS, ids=[f"{m._meta.label}.{at}" for m, at, _ in PAIRS])
def test_the_database_refuses_a_time_without_its_person_and_a_person_without_their_time(model, at, by):
    assert is_bound(model, at, by)


def test_the_pairs_are_found():
    labels = {f"{model._meta.label}.{at}" for model, at, _ in PAIRS}
    assert {
        "audits.Audit.submitted_at",
        "audits.SectionNote.given_at",
        "audits.Report.requested_at",
    } <= labels


BOTH = Q(at__isnull=True, by__isnull=True) | Q(at__isnull=False, by__isnull=False)


@pytest.mark.parametrize(
    ("condition", "is_enough"),
    [
        (BOTH, True),
        (BOTH & Q(status="done"), True),
        (
            Q(at__isnull=True, by__isnull=True, why="") | Q(at__isnull=False, by__isnull=False) & ~Q(why=""),
            True,
        ),
        (BOTH | Q(status="draft"), False),
        (Q(at__isnull=False) | Q(by__isnull=True), False),
        (Q(status="done", at__isnull=False) | ~Q(status="done"), False),
    ],
    ids=["both", "and_more", "with_reason", "but_not_for_drafts", "one_way", "only_the_time"],
)
def test_a_condition_counts_only_if_it_refuses_both_halves(condition, is_enough):
    halves = [{"at": True, "by": False}, {"at": False, "by": True}]
    assert all(refuses(condition, half) for half in halves) == is_enough
