"""Inviting people to a school, accepting, and what becomes of who belongs to it."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms import SignInAddressField
from accounts.models import User
from accounts.permissions import LETS, Role
from core.fields import TelephoneField
from core.forms import GovukForm, RadiosWithHints
from core.seen import SeenForm
from schools.models import Membership, SchoolContact

NAME_LENGTH, JOB_LENGTH = 150, 100
SOMEBODY_NEW = "new"


class WorkAddressField(SignInAddressField):
    """A colleague's work e-mail address, in small letters."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}))
        super().__init__(**kwargs)


def _role_field(roles: Iterable[Role], label: str) -> forms.ChoiceField:
    choices = [(role.value, role.label) for role in roles]
    hints = {role.value: f"Can {LETS[role]}." for role in roles}
    return forms.ChoiceField(label=label, choices=choices, widget=RadiosWithHints(hints=hints))


class InviteForm(GovukForm, forms.Form):
    """Whom to invite, and what they will be able to do."""

    submit_label = "Send the invitation"

    email = WorkAddressField(label="Their work e-mail address")
    name = forms.CharField(
        label="Their name (optional)",
        help_text="The e-mail begins with it. They can correct it when they accept.",
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = _role_field(roles, "What will they do here?")
        field.error_messages["required"] = "Choose what they will do here"
        self.fields["role"] = field


class RoleForm(GovukForm, forms.Form):
    """What somebody who belongs to the school may do there."""

    submit_label = "Save the role"

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = _role_field(roles, "Role")


class EndForm(GovukForm, forms.Form):
    """The last word before somebody no longer belongs to the school."""

    leaves_nobody = forms.BooleanField(required=False, widget=forms.HiddenInput)
    """Whether the page said that nobody leads the school then."""


class HandOverForm(GovukForm, forms.Form):
    """Who leads the school from now on, and what becomes of who led it."""

    submit_label = "Hand the lead over"

    to = forms.ChoiceField(
        label="Who takes the lead?",
        error_messages={"required": "Choose who takes the lead"},
    )
    email = WorkAddressField(label="Their work e-mail address", required=False)
    then = forms.ChoiceField(error_messages={"required": "Choose what happens afterwards"})

    def __init__(
        self, *args: Any, lead: Membership, colleagues: Iterable[Membership], by: User, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(one.pk): one for one in colleagues}
        known = [(pk, f"{one.user}, {one.get_role_display().lower()}") for pk, one in self.colleagues.items()]
        self.fields["to"] = forms.ChoiceField(
            label="Who takes the lead?",
            choices=[*known, (SOMEBODY_NEW, "Somebody who is not here yet")],
            widget=RadiosWithHints(reveals={SOMEBODY_NEW: "email"}),
            error_messages={"required": "Choose who takes the lead"},
        )
        own = lead.user_id == by.pk
        self.fields["then"] = forms.ChoiceField(
            label="And you?" if own else f"And {lead.user}?",
            choices=[
                ("stay", "I stay as a contributor" if own else "Stays as a contributor"),
                ("leave", "I leave the school’s pages" if own else "Leaves the school’s pages"),
            ],
            widget=forms.RadioSelect,
            error_messages={"required": "Choose what happens afterwards"},
        )

    def clean(self) -> dict[str, Any]:
        """Somebody new needs an address."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("to") == SOMEBODY_NEW and not found.get("email") and "email" not in self.errors:
            self.add_error("email", ValidationError("Enter their work e-mail address"))
        return found

    @property
    def successor(self) -> Membership | None:
        """The colleague who was chosen; None for somebody new."""
        return self.colleagues.get(self.cleaned_data["to"])

    @property
    def stays(self) -> bool:
        """Whether who led stays as a contributor."""
        return bool(self.cleaned_data["then"] == "stay")


class AcceptForm(GovukForm, forms.Form):
    """Who accepts; of somebody whose name is known nothing is asked."""

    submit_label = "Accept the invitation"

    name = forms.CharField(
        label="Your name",
        help_text="Your colleagues here see it, and your work address.",
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    job_title = forms.CharField(
        label="Your job (optional)",
        help_text="Like: SENCo, or class teacher",
        max_length=JOB_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )

    def __init__(self, *args: Any, person: User | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person is not None and person.name:
            self.fields.clear()


class ContactForm(SeenForm):
    """A colleague whom one may write to."""

    class Meta:
        model = SchoolContact
        fields = ("role", "name", "email", "telephone")
        labels: ClassVar = {"role": "What they are at the school", "name": "Name"}
        error_messages: ClassVar = {"role": {"required": "Choose what they are at the school"}}
        widgets: ClassVar = {
            "role": forms.RadioSelect,
            "name": forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        }

    email = WorkAddressField(label="Work e-mail address")
    telephone = TelephoneField(
        label="Work telephone number (optional)",
        help_text="Most dates of visits are agreed by telephone. Give no private number.",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """One person is once on the list in one role."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        same = SchoolContact.objects.filter(
            school=self.instance.school_id, role=found.get("role"), email=found.get("email")
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("email", "This person is on the list in this role already.")
        return found
