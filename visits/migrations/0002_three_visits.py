"""What the three visits of a year are called and for, as data."""

from django.db import migrations

STEPS = [
    (1, "Meeting parent carers", "Parent carers say what works well for their children at this school, and what could be better."),
    (2, "Looking at what has changed", "Parent carers hear what the school is doing about what they said, and say what they notice."),
    (3, "Review", "Parent carers and the school look back on the year and agree what stays."),
]


def add_steps(apps, schema_editor):
    step = apps.get_model("visits", "VisitStep")
    for number, name, purpose in STEPS:
        step.objects.get_or_create(number=number, defaults={"name": name, "purpose": purpose})


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial")]
    operations = [migrations.RunPython(add_steps, migrations.RunPython.noop)]
