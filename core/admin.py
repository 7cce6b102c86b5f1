"""What our models have in common in Django's own admin, which is there for emergencies."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from core import history

if TYPE_CHECKING:
    from django.forms import ModelForm

    AnyModelAdmin = admin.ModelAdmin[Any]
    AnyModelForm = ModelForm[Any]
else:
    AnyModelAdmin = admin.ModelAdmin


class RecordedAdmin(AnyModelAdmin):
    """Every saving leaves a history line, and nothing is deleted: its name stands in what happened."""

    noun: str = ""
    """What the history calls a row: "person.added"; the model's name where nothing is said."""

    def save_model(self, request: HttpRequest, obj: Any, form: "AnyModelForm", change: bool) -> None:  # noqa: FBT001
        """Save, and say in the history who did it."""
        super().save_model(request, obj, form, change)
        did = "changed" if change else "added"
        history.record(
            f"{self.noun or obj._meta.model_name}.{did}",
            f"{obj} was {did} on the admin pages.",
            by=request.user,
            target=obj,
            school=getattr(obj, "school", None),
            details={"changed": form.changed_data},
        )

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Nobody deletes here."""
        return False
