"""The words of the dashboard."""

from django.db.models import TextChoices


class Waits(TextChoices):
    """Whom a stage of a school waits for."""

    SCHOOL = "school", "The school"
    FORUM = "forum", "The forum"
    NOBODY = "nobody", "Nobody"
