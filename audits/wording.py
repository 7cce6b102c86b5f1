"""What is stored about an audit, put into words."""

from audits.enums import ContributorRole


def contributors_in_words(contributors: dict[str, int]) -> list[str]:
    """ "Teachers: 4" for each role that helped, in the order of the form.

    Exact, so only for the school itself and the forum; others are told what the report holds (audits/report/told.py).
    """
    return [f"{role.label}: {contributors[role]}" for role in ContributorRole if contributors.get(role)]
