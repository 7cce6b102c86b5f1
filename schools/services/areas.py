"""The order of the areas of practice, which the self-audit and its report follow."""

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core import history
from core.seen import SeenForm
from schools.models import Area
from schools.services.programme import save_row


def next_position() -> int:
    """The place after the last area."""
    return int(Area.objects.aggregate(last=Max("position"))["last"] or 0) + 1


def save_area(*, form: SeenForm, by: User) -> bool:
    """Add an area after the others, or change one; raises what `save_seen` does."""
    if not form.instance.pk:
        form.instance.position = next_position()
    return save_row(form=form, by=by)


def move_area_up(*, area: Area, by: User) -> bool:
    """Change places with the area before; False, with nothing done, for the first."""
    with transaction.atomic():
        areas = list(Area.objects.select_for_update().order_by("position"))
        place = [one.pk for one in areas].index(area.pk)
        if place == 0:
            return False
        before, moved = areas[place - 1], areas[place]
        above, below = before.position, moved.position
        Area.objects.filter(pk=before.pk).update(position=next_position())  # two may never share a place
        Area.objects.filter(pk=moved.pk).update(position=above)
        Area.objects.filter(pk=before.pk).update(position=below)
        history.record("area.moved", f"{by} put {moved} before {before}.", by=by, target=moved)
    return True
