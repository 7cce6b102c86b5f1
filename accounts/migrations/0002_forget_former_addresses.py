"""What allauth kept of addresses that people no longer have: the release before signed them in with those too."""

from django.db import migrations
from django.db.models import F


def forget_former_addresses(apps, schema_editor):
    kept = apps.get_model("account", "EmailAddress")
    kept.objects.exclude(email=F("user__email")).delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("account", "0009_emailaddress_unique_primary_email")]
    operations = [migrations.RunPython(forget_former_addresses, migrations.RunPython.noop)]
