"""The six trainings that the programme names, as data; titles from the programme, summaries our own."""

from django.db import migrations

MODULES = [
    (
        "inclusive-teaching",
        "Supporting inclusive learning and teaching",
        "Ways to plan and teach so that more pupils can start, follow and show what they know: smaller steps, "
        "time to think, more than one way to answer.",
        "Teachers and teaching assistants",
        120,
        ["teaching", "readiness"],
    ),
    (
        "sensory-environment",
        "Creating a positive physical and sensory environment for all children",
        "A walk through the school day by light, noise, smell, touch and space, and the small changes that make "
        "it easier to be there.",
        "All staff",
        90,
        ["environment", "readiness"],
    ),
    (
        "relational-policy",
        "Developing a relational policy that takes account of neurodiverse pupils",
        "From a list of sanctions to a policy built on relationships: what it says, how it is agreed, and how "
        "to tell whether it works.",
        "Head teachers, senior leaders, SENCos and governors",
        120,
        ["leadership", "pupil-voice"],
    ),
    (
        "parent-carer-relationships",
        "Developing positive relationships with parent carers",
        "What the journey is like for families, what helps at the school gate and in meetings, and how to plan "
        "with parent carers and not for them.",
        "All staff",
        90,
        ["parent-carers", "leadership"],
    ),
    (
        "communication-needs",
        "Supporting children with communication needs",
        "Plain language, visual supports and time to process, used alike in every room; noticing speech and "
        "language needs early.",
        "Teachers, teaching assistants and lunchtime staff",
        90,
        ["communication", "pupil-voice"],
    ),
    (
        "mental-health-support",
        "Supporting the mental health needs of all children",
        "Safe adults and safe places, anxiety and attendance, regulation before instruction, and when and how "
        "to ask for help from outside.",
        "All staff",
        120,
        ["mental-health"],
    ),
]


def add_modules(apps, schema_editor):
    module = apps.get_model("training", "Module")
    area = apps.get_model("schools", "Area")
    for slug, name, summary, audience, minutes, keys in MODULES:
        made, _ = module.objects.get_or_create(
            slug=slug,
            defaults={"name": name, "summary": summary, "audience": audience, "minutes": minutes},
        )
        made.areas.set(area.objects.filter(key__in=keys))


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial"), ("schools", "0002_areas_of_practice")]
    operations = [migrations.RunPython(add_modules, migrations.RunPython.noop)]
