from django.db import migrations, models


def note_requests(apps, schema_editor):
    """What was asked for until now stands in the history alone."""
    del schema_editor
    lines = apps.get_model("core", "HistoryEntry").objects.filter(kind="visit.requested", target_type="visits.visit")
    asked_for = [int(pk) for pk in lines.values_list("target_id", flat=True)]
    visit, part = apps.get_model("visits", "Visit"), apps.get_model("schools", "Participation")
    owed = part.objects.filter(
        school=models.OuterRef("school"),
        programme_year=models.OuterRef("programme_year"),
        offer="full",
        status__in=("confirmed", "active", "completed"),
    )
    visit.objects.filter(~models.Exists(owed), pk__in=asked_for).update(is_on_request=True)


class Migration(migrations.Migration):

    dependencies = [
        ("schools", "0008_actions_and_terms"),
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
