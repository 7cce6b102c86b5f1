from django.db import migrations


def make_settings(apps, schema_editor):
    """The one row, with the defaults of its columns, where nobody has changed anything yet."""
    apps.get_model("core", "ProgrammeSettings").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_words_and_look")]

    operations = [migrations.RunPython(make_settings, migrations.RunPython.noop)]
