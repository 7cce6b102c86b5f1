"""The six national domains and the two compulsory parts, as data."""

from django.db import migrations

AREAS = [
    ("leadership", "Leadership, culture and values", "domain"),
    ("mental-health", "Mental health", "domain"),
    ("readiness", "Readiness to learn", "domain"),
    ("teaching", "Teaching and learning", "domain"),
    ("environment", "Environment", "domain"),
    ("communication", "Communication", "domain"),
    ("parent-carers", "Parent carer involvement", "compulsory"),
    ("pupil-voice", "Pupil voice", "compulsory"),
]


def add_areas(apps, schema_editor):
    area = apps.get_model("schools", "Area")
    for position, (key, name, kind) in enumerate(AREAS, start=1):
        area.objects.get_or_create(key=key, defaults={"name": name, "kind": kind, "position": position})


class Migration(migrations.Migration):
    dependencies = [("schools", "0001_initial")]
    operations = [migrations.RunPython(add_areas, migrations.RunPython.noop)]
