"""Words that schools, self-audits, visits and actions share."""

from django.db.models import TextChoices


class Need(TextChoices):
    """Which need of pupils a statement or an action answers."""

    SENSORY = "sensory", "Sensory"
    SOCIAL = "social", "Social"
    COMMUNICATION = "communication", "Communication"
    OTHER = "other", "Other"


class OwnerRole(TextChoices):
    """Whose an action is, by role and never by name."""

    HEAD_TEACHER = "head_teacher", "Head teacher"
    SENCO = "senco", "SENCo"
    SENIOR_LEADERS = "senior_leaders", "Senior leaders"
    CLASS_STAFF = "class_staff", "Class teachers and teaching assistants"
    OFFICE_STAFF = "office_staff", "Office, lunchtime and other staff"
    GOVERNORS = "governors", "Governors"
    FORUM = "forum", "Parent carer forum"
