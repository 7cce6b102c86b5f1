"""The tables of the audits app as files."""

from collections.abc import Iterator

from accounts.models import User
from audits.access import standing_for
from audits.enums import AnswerState, Level
from audits.models.audit import AuditQuerySet
from audits.snapshot import Snapshot
from core.spreadsheets import Cell, Table


def audits_table(audits: AuditQuerySet, user: User) -> Table:
    """The rows of the list of self-audits, as this person is told how each stands.

    The day of submission only while the audit is not open again.
    """
    return Table(
        title="Self-audits",
        header=["School", "Programme year", "Round", "Status", "Overdue", "Wanted by", "Submitted"],
        rows=(
            [
                audit.school.name,
                audit.programme_year.name,
                audit.get_round_display(),
                standing_for(user, audit).label,
                "yes" if audit.is_overdue else "",
                audit.wanted_by,
                None if audit.is_open else audit.submitted_at,
            ]
            for audit in audits.iterator(chunk_size=500)
        ),
    )


def answers_table(snapshot: Snapshot) -> Table:
    """The answers that a report is made of, a statement a row."""
    return Table(
        title="Answers by statement",
        header=["Area", "Statement", "Answer", "Level", "Why it does not apply"],
        rows=_answers(snapshot),
    )


def _answers(snapshot: Snapshot) -> Iterator[list[Cell]]:
    for area in snapshot["areas"]:
        for one in area["statements"]:
            rating = one["rating"]
            answer = Level(rating).label if rating else AnswerState(one["state"]).label
            yield [area["name"], one["text"], answer, rating, one["reason"]]
