"""Answers like a real school's: strong here, weak there, a few unknown, some with evidence."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from accounts.models import User
from audits.enums import AnswerState, ContributorRole
from audits.models import Answer, Audit, Section, SectionNote, Statement
from pins.demo.words import REASONS_NOT_APPLICABLE, WORDS

LOWER = {
    "environment": -0.45,
    "communication": -0.35,
    "pupil-voice": -0.15,
    "mental-health": 0.15,
    "leadership": 0.25,
}
"""What schools tend to find harder or easier, in steps of the scale."""

_STAFF = {
    ContributorRole.TEACHER: (2, 8),
    ContributorRole.TEACHING_ASSISTANT: (1, 6),
    ContributorRole.OTHER_STAFF: (0, 3),
    ContributorRole.GOVERNOR: (0, 2),
}


@dataclass
class Profile:
    """One school's own way of being: how far it is in each area, drawn once from its own dice."""

    dice: Random
    moved: float = 0.0
    levels: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, *, moved: float = 0.0) -> "Profile":
        """The same for the same name every time; `moved` is how far a follow-up has come, in steps."""
        dice = Random(f"pins {name}")  # noqa: S311 - the same every time is the point
        school = dice.uniform(1.9, 2.9)
        levels = {
            key: school + LOWER.get(key, 0.0) + dice.gauss(0, 0.45) + moved * dice.uniform(0.4, 1.2)
            for key in WORDS
        }
        return cls(dice, moved, levels)

    def rating(self, area: str) -> int:
        """One rating in the area, 1 to 4."""
        return min(4, max(1, round(self.dice.gauss(self.levels[area], 0.6))))


def answers_for(
    audit: Audit, statements: Iterable[Statement], profile: Profile, *, by: User, when: datetime
) -> list[Answer]:
    """Unsaved answers to the statements, a minute or two apart and ending at `when`."""
    answers = [_answer(audit, statement, profile, by) for statement in statements]
    for place, answer in enumerate(reversed(answers)):
        answer.answered_at = when - timedelta(seconds=70 * place)
    return answers


def _answer(audit: Audit, statement: Statement, profile: Profile, by: User) -> Answer:
    dice, area = profile.dice, statement.section.area.key
    answer = Answer(audit=audit, statement=statement, answered_by=by)
    chance = dice.random()
    reason = REASONS_NOT_APPLICABLE.get(statement.key, "")
    if reason and chance < 0.12:
        answer.state, answer.reason = AnswerState.NOT_APPLICABLE, reason
    elif chance > 0.965:
        answer.state = AnswerState.DONT_KNOW
    else:
        answer.state, answer.rating = AnswerState.RATED, profile.rating(area)
        answer.evidence_note = _evidence(dice, area, answer.rating)
    return answer


def _evidence(dice: Random, area: str, rating: int) -> str:
    words = WORDS[area]
    if rating == 4 or (rating == 3 and dice.random() < 0.45):
        return dice.choice(words.going_well)
    if rating < 3 and dice.random() < 0.3:
        return dice.choice(words.begun)
    return ""


def note_for(audit: Audit, section: Section, profile: Profile, *, by: User, when: datetime) -> SectionNote:
    """An unsaved note on the section: what is strong, what to develop, and how many of whom helped."""
    dice, words = profile.dice, WORDS[section.area.key]
    return SectionNote(
        audit=audit,
        section=section,
        strengths=dice.choice(words.strengths) if dice.random() < 0.85 else "",
        development_area=dice.choice(words.development) if dice.random() < 0.9 else "",
        contributors=_contributors(dice, section.area.key),
        revision=1,
        noted_at=when,
        noted_by=by,
    )


def _contributors(dice: Random, area: str) -> dict[str, int]:
    counts = {ContributorRole.HEAD_TEACHER: dice.choice((0, 1)), ContributorRole.SENCO: 1}
    for role, (fewest, most) in _STAFF.items():
        counts[role] = dice.randint(fewest, most)
    if area == "parent-carers":
        counts[ContributorRole.PARENT_CARER] = dice.choice((2, 3, 4, 6, 7, 9, 12))
    if area == "pupil-voice":
        counts[ContributorRole.PUPIL] = dice.choice((3, 6, 8, 11, 14, 24, 31))
    return {role.value: count for role, count in counts.items() if count}
