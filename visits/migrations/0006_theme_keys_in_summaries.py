from collections import defaultdict

from django.db import migrations


def give_keys(apps, schema_editor):
    """Each theme of a summary gets the key of the theme from which it was made: that of the same words, kind and scope.

    Nothing of a shared visit is written any more, so the words are the same. Of two that say the same each gets one.
    """
    del schema_editor
    theme, summary = apps.get_model("visits", "Theme"), apps.get_model("visits", "VisitSummary")
    for one in summary.objects.iterator():
        keys = defaultdict(list)
        written = theme.objects.filter(visit=one.visit_id).order_by("area__position", "pk")
        for key, *said in written.values_list("key", "text", "kind", "scope"):
            keys[tuple(said)].append(str(key))
        told = []
        for row in one.snapshot["themes"]:
            found = keys[row["text"], row["kind"], row["scope"]]
            # what is no longer there has a key that no theme has
            told.append({"key": found.pop(0) if found else NO_THEME, **row})
        one.snapshot["themes"] = told
        one.save(update_fields=["snapshot"])


NO_THEME = "00000000-0000-0000-0000-000000000000"


class Migration(migrations.Migration):

    dependencies = [
        ("visits", "0005_visits_on_request"),
    ]

    operations = [migrations.RunPython(give_keys, migrations.RunPython.noop, elidable=True)]
