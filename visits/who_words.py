"""What the people of the forum at a visit are called, said here once.

Those who go read "Who goes", on every page that the forum alone has. A school reads "Who comes". An e-mail about a
visit goes to both in the same words, and those are the school's.
"""

WHO_GOES = "Who goes"
WHO_COMES = "Who comes"


def who_words(*, of_the_forum: bool) -> str:
    """The words for this reader."""
    return WHO_GOES if of_the_forum else WHO_COMES
