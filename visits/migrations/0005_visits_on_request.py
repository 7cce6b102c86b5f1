from django.db import migrations, models


def note_requests(apps, schema_editor):
    """What was asked for until now stands in the history alone."""
    del schema_editor
    lines = apps.get_model("core", "HistoryEntry").objects.filter(kind="visit.requested", target_type="visits.visit")
    asked_for = [int(pk) for pk in lines.values_list("target_id", flat=True)]
    apps.get_model("visits", "Visit").objects.filter(pk__in=asked_for).update(is_on_request=True)


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0005_email_calendars"),
        ("visits", "0004_change_asked_for"),
    ]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="is_on_request",
            field=models.BooleanField(db_default=False, default=False, verbose_name="on request"),
        ),
        migrations.RunPython(note_requests, migrations.RunPython.noop, elidable=True),
    ]
