"""Addresses that were given capitals on the admin pages: their people could not sign in."""

from django.db import migrations
from django.db.models.functions import Lower


def lower(apps, schema_editor):
    # Never two alike: accounts_email_once compares them by the same function.
    apps.get_model("accounts", "User").objects.exclude(email=Lower("email")).update(email=Lower("email"))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_forget_former_addresses")]
    operations = [migrations.RunPython(lower, migrations.RunPython.noop)]
