"""The local authority of each school that is here already: the first three digits of its LAESTAB."""

from django.db import migrations
from django.db.models.functions import Substr


def fill(apps, schema_editor):
    schools = apps.get_model("schools", "School").objects.filter(la_code="").exclude(laestab="")
    schools.update(la_code=Substr("laestab", 1, 3))


class Migration(migrations.Migration):
    dependencies = [("schools", "0005_register_runs")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
