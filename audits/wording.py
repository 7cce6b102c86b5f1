"""What is stored about an audit, put into words."""

from audits.enums import SMALL_NUMBER_ROLES, ContributorRole
from core.small_numbers import publish


def contributors_in_words(contributors: dict[str, int], *, threshold: int | None = None) -> list[str]:
    """ "Teachers: 4" for each role that helped, in the order of the form.

    Exact without a `threshold`, so only for the school itself and the forum; with one, counts of parent carers
    and pupils are published by the small-numbers rule.
    """

    def words(role: ContributorRole, count: int) -> str:
        hidden = threshold is not None and role in SMALL_NUMBER_ROLES
        return publish(count, threshold=threshold or 0).words if hidden else str(count)

    return [
        f"{role.label}: {words(role, contributors[role])}"
        for role in ContributorRole
        if contributors.get(role)
    ]
