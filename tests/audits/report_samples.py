"""Snapshots of made-up audits, for tests of the report: pure data, no database."""

from collections.abc import Callable, Iterable
from typing import Any

Rate = Callable[[int, int], Any]

AREAS = (
    ("leadership", "Leadership, culture and values"),
    ("mental-health", "Mental health"),
    ("readiness", "Readiness to learn"),
    ("teaching", "Teaching and learning"),
    ("environment", "Environment"),
    ("communication", "Communication"),
    ("parent-carers", "Parent carer involvement"),
    ("pupil-voice", "Pupil voice"),
)
NEEDS = ("sensory", "social", "communication", "other")


def statement(key: str, answer: Any, **fields: Any) -> dict[str, Any]:
    """A statement; `answer` is a rating, or a state such as "dont_know"."""
    rated = isinstance(answer, int)
    position = int(key.rpartition("-")[2])
    return {
        "key": key,
        "text": f"Statement {key}: pupils know what comes next in the school day, in every room and every week.",
        "state": "rated" if rated else answer,
        "rating": answer if rated else None,
        "reason": "It is not done here." if answer == "not_applicable" else "",
        "levels": {
            "1": "It depends on who is in the room, and on whether the day goes as it was planned that week.",
            "2": "Some classes show the day in pictures. A few staff say aloud what will change before it does.",
            "3": "Every class shows the day in the same way, and new colleagues are shown how in their first week.",
            "4": "Pupils chose the pictures and look after them. Twice a year somebody asks whether they still help.",
        },
        "needs": ["sensory"],
        "actions": [
            {
                "text": f"Try {key} in one class for half a term, and ask the pupils whether it helped them.",
                "need": NEEDS[position % 4],
                "adjustment": position % 2 == 0,
                "from": 3,
            }
        ],
        **fields,
    }


def area(key: str, name: str, answers: Iterable[Any], **fields: Any) -> dict[str, Any]:
    """An area with one statement for each answer."""
    return {
        "key": key,
        "name": name,
        "kind": "domain",
        "introduction": "What this section asks about.",
        "strengths": "",
        "development_area": "",
        "contributors": [],
        "training": [module(f"module-{key}")],
        "statements": [statement(f"{key}-{n}", answer) for n, answer in enumerate(answers, 1)],
        **fields,
    }


def module(slug: str) -> dict[str, Any]:
    """A training module."""
    return {
        "slug": slug,
        "name": f"Training {slug}",
        "minutes": 90,
        "format": "Online",
        "summary": "What it is about.",
        "audience": "All staff",
    }


def snapshot(*areas: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The snapshot of an audit with these areas."""
    return {
        "format": 1,
        "programme": {
            "name": "Partnerships for Inclusion of Neurodiversity in Schools",
            "short_name": "PINS",
            "forum": "Parent and Carer Council Shropshire",
            "forum_short_name": "PACC",
            "county": "Shropshire",
            "contact_email": "pins@pacc.example",
        },
        "school": {
            "name": "Wenlock Brook Primary School",
            "slug": "wenlock-brook-primary-school",
            "town": "Much Wenlock",
            "urn": 900001,
        },
        "cohort": "Year 1",
        "programme_year": "2026 to 2027",
        "round": "baseline",
        "round_label": "Baseline",
        "submitted_on": "2026-11-23",
        "framework": {"name": "Test framework", "version": "1.0", "note": "Not the national text."},
        "areas": list(areas),
        **fields,
    }


def whole(rate: Rate, statements: int = 6, **fields: Any) -> dict[str, Any]:
    """All eight areas, answered by `rate(area, statement)`; `fields` go to each area."""
    return snapshot(
        *(
            area(key, name, [rate(i, j) for j in range(statements)], **fields)
            for i, (key, name) in enumerate(AREAS)
        )
    )


CONTRIBUTORS = [
    {"role": "teacher", "label": "Teachers", "words": "6"},
    {"role": "parent_carer", "label": "Parent carers", "words": "fewer than 5"},
]
LONG = (
    "Staff greet each child by name at the gate, and whoever needs it comes in early by the side door. " * 30
)


def full() -> dict[str, Any]:
    """Everything answered, strong here and weak there."""
    return whole(
        lambda i, j: (i * 5 + j * 3) % 4 + 1,
        strengths="A calm start to each day.",
        development_area="Supply staff do not know it yet.",
        contributors=CONTRIBUTORS,
    )


def sparse() -> dict[str, Any]:
    """Hardly anything known yet."""
    return whole(lambda i, j: 2 if i == 0 and j < 4 else "dont_know" if j else "not_applicable")


def all_at_the_top() -> dict[str, Any]:
    """Enhanced throughout."""
    return whole(lambda *_: 4, strengths="We are glad of this.")


def all_at_the_bottom() -> dict[str, Any]:
    """Emerging throughout, with more words than paper has room for."""
    return whole(
        lambda *_: 1, strengths=LONG, development_area=LONG + "\n\n" + LONG, contributors=CONTRIBUTORS
    )


def a_letter_a_line() -> dict[str, Any]:
    """Somebody pressed Enter after every letter."""
    letters = "a\n" * 660
    return whole(lambda *_: 2, strengths=letters, development_area=letters, contributors=CONTRIBUTORS)


def no_gaps() -> dict[str, Any]:
    """Not applicable throughout, for reasons without a gap between their letters."""
    sample = whole(lambda *_: "not_applicable", strengths="M" * 2000, development_area="M" * 2000)
    for area in sample["areas"]:
        for statement in area["statements"]:
            statement["reason"] = "M" * 500
    return sample


def blank() -> dict[str, Any]:
    """Nothing answered at all."""
    return whole(lambda *_: "blank", statements=5)
