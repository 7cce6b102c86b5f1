"""The sentences of the report that are the same for every school, and small rules of grammar."""

from collections.abc import Iterable

from audits.enums import Level

LEVEL_MEANINGS = {
    Level.EMERGING: "It depends on a person or a moment, and could stop tomorrow.",
    Level.DEVELOPING: "It has begun, and can be seen in some places and not yet in others.",
    Level.ESTABLISHED: "It happens across the school on an ordinary day, and new staff are shown how.",
    Level.ENHANCED: "Pupils and families have helped to shape it, and you check that it works.",
}
"""What the four words have in common; each statement of the framework describes its own levels."""


def plural(count: int, noun: str) -> str:
    """3 statements, 1 area."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def joined(names: Iterable[str]) -> str:
    """One; one and two; one; two; and three, since names of areas have commas of their own."""
    every = list(names)
    if len(every) < 3:
        return " and ".join(every)
    return f"{'; '.join(every[:-1])}; and {every[-1]}"


def level_words(level: Level, average: str) -> str:
    """An average beside the word that it is nearest to."""
    return f"nearest to {level.label} ({average} on average)"
