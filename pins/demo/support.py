"""Made-up local support; one entry was checked long ago, and one is not shown any more."""

from datetime import date, timedelta

from visits.models import LocalSupport

_LISTED = (
    # name, what it is for, how to reach it, website, days since it was checked, shown
    (
        "Larkhill Listening Line",
        "Somebody to talk to in the evening, a parent carer who has been there.",
        "Ring 01632 960101, 7pm to 9pm, Monday to Thursday.",
        "",
        20,
        True,
    ),
    (
        "Meres Sensory Library",
        "Borrow weighted blankets, ear defenders and toys for four weeks, free of charge.",
        "Write to library@meres-sensory.example, or come on Saturday mornings.",
        "https://meres-sensory.example/",
        45,
        True,
    ),
    (
        "Severn Valley Family Advice",
        "Free, impartial advice on support at school and on education, health and care plans.",
        "Ring 01632 960144, 9am to 4pm on weekdays.",
        "https://severn-advice.example/",
        70,
        True,
    ),
    (
        "Stepping Stones Drop-in",
        "A morning for families who wait for an assessment; no diagnosis is needed.",
        "Wednesdays, 9:30am to 11am, in the community hall at Much Wenlock.",
        "",
        230,
        True,
    ),
    (
        "Wrekin Weekend Club",
        "Saturday activities for neurodivergent children and their brothers and sisters.",
        "Closed for this year; ask again in spring.",
        "",
        260,
        False,
    ),
)


def seed_support(*, today: date) -> None:
    """Make what is missing of the list, dated from `today`."""
    for name, what_for, how_to_reach, website, ago, is_shown in _LISTED:
        LocalSupport.objects.get_or_create(
            name=name,
            defaults={
                "what_for": what_for,
                "how_to_reach": how_to_reach,
                "website": website,
                "checked_on": today - timedelta(days=ago),
                "is_shown": is_shown,
            },
        )
