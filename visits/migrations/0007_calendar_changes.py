from django.db import migrations, models
from django.db.models.functions import Now
from django.utils import timezone


class Migration(migrations.Migration):
    """Visits that are there count as changed now: what `changed_at` says of them is also when notes were finished."""

    dependencies = [
        ("visits", "0006_theme_keys_in_summaries"),
    ]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="calendar_changed_at",
            field=models.DateTimeField(db_default=Now(), default=timezone.now, editable=False),
        ),
    ]
