"""What an administrator does with the words and the look of the public pages."""

from django.db import transaction

from accounts.models import User
from core import history
from core.models import PublicText
from core.public_texts import KINDS, own_wording
from core.seen import ChangedMeanwhile, RemovedMeanwhile, SeenForm, digest, save_seen


def save_text(*, form: SeenForm, by: User) -> bool:
    """Store what was changed of a text; raises what `save_seen` does. A text that is as ours is not stored."""
    key = form.instance.key
    own = PublicText(key=key, **own_wording(key)._asdict())
    if form.instance.pk is None:
        if form.shown(form.instance) == form.shown(own):
            return False
        if form.cleaned_data["seen"] != digest(form.shown(own)):
            raise ChangedMeanwhile(own)
    told = f"{by} changed the text “{KINDS[key].label}” of the public pages."
    try:
        return save_seen(form, kind="text.changed", tell=lambda _: told, by=by)
    except RemovedMeanwhile:  # somebody went back to ours at this moment
        raise ChangedMeanwhile(own) from None


def reset_text(*, key: str, by: User) -> bool:
    """Go back to the product’s own text; the history keeps what is given up. False for one that was ours."""
    with transaction.atomic():
        row = PublicText.objects.select_for_update().filter(key=key).first()
        if row is None:
            return False
        given_up = {"title": row.title, "description": row.description, "body": row.body}
        told = f"{by} went back to the text “{KINDS[key].label}” that came with the product."
        history.record("text.reset", told, by=by, target=row, details=given_up)
        row.delete()
    return True


def save_look(*, form: SeenForm, by: User) -> bool:
    """Change the two colours; raises what `save_seen` does."""
    return save_seen(form, kind="look.changed", tell=lambda _: f"{by} changed the colours.", by=by)
