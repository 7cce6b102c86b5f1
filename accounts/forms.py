"""The forms of signing in: allauth's rules, our words, our template pack."""

from functools import reduce
from operator import or_
from typing import Any, ClassVar

from allauth.account import forms as allauth
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from accounts.backends import person_with
from accounts.limits import seconds_to_wait, wait_in_words
from accounts.models import User
from accounts.permissions import SITE_ROLES
from core.fields import AddressField
from core.forms import GovukForm
from core.seen import SeenForm

HINT_FOR_A_NEW_ONE = "10 characters or more. Three words that have nothing to do with each other work well."

WHEN_EMPTY = {
    "E-mail address": "Enter your e-mail address",
    "Password": "Enter your password",
    "Current password": "Enter your current password",
    "New password": "Enter your new password",
    "Code from the e-mail": "Enter the code from the e-mail",
}
"""What is said at a field that was left empty, by its label."""


def _email_input() -> forms.EmailInput:
    return forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"})


class SignInAddressField(AddressField):
    """An address in small letters, as it is looked up; made so first, since some letters grow by it."""

    def to_python(self, value: Any) -> str:
        """The address in small letters."""
        return str(super().to_python(value)).lower()


def _person_to_write_to(address: str) -> User | None:
    """Whoever has this address, unless switched off; allauth's own look-up finds people by former ones too."""
    person = person_with(address)
    return person if person is not None and person.is_active else None


class OurWords:
    """Puts our labels, hints and inputs in place of allauth's, and leaves out what we do not ask."""

    labels: ClassVar[dict[str, str]] = {}
    hints: ClassVar[dict[str, str]] = {}
    not_asked: ClassVar[tuple[str, ...]] = ()

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.not_asked:
            self.fields.pop(name, None)
        for name, theirs in self.fields.items():
            is_address = isinstance(theirs, forms.EmailField)
            self.fields[name] = field = SignInAddressField(widget=_email_input()) if is_address else theirs
            field.label = self.labels[name]
            field.help_text = self.hints.get(name, "")
            field.error_messages["required"] = WHEN_EMPTY[field.label]


class SignInForm(GovukForm, OurWords, allauth.LoginForm):  # type: ignore[misc]
    """E-mail address and password."""

    submit_label = "Sign in"
    labels: ClassVar = {"login": "E-mail address", "password": "Password"}
    not_asked: ClassVar = ("remember",)

    def clean(self) -> dict[str, Any]:
        """What is wrong with the two together is said at the first, so that its link lands somewhere."""
        try:
            super().clean()
        except ValidationError as error:
            self.add_error("login", error)
        cleaned: dict[str, Any] = self.cleaned_data
        return cleaned


class RequestCodeForm(GovukForm, OurWords, allauth.RequestLoginCodeForm):  # type: ignore[misc]
    """Where to send a sign-in code."""

    submit_label = "E-mail me a code"
    labels: ClassVar = {"email": "E-mail address"}
    hints: ClassVar = {"email": "The work address that you were invited with."}

    request: HttpRequest

    def clean_email(self) -> str:
        """The address; after too many codes for it, how long to wait for the next."""
        try:
            address = str(super().clean_email())
        except ValidationError as error:
            if error.code != "too_many_login_attempts":
                raise
            key = self.cleaned_data["email"].lower()
            request = allauth.context.request
            wait = wait_in_words(seconds_to_wait(request, action="request_login_code", key=key))
            raise ValidationError(
                f"Several codes were sent to this address just now. Wait {wait}, then ask again.",
                code=error.code,
            ) from None
        self._user = _person_to_write_to(address)
        return address


class ConfirmCodeForm(GovukForm, OurWords, allauth.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code that came by e-mail."""

    submit_label = "Sign in"
    labels: ClassVar = {"code": "Code from the e-mail"}
    hints: ClassVar = {"code": "6 numbers"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget = forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
                "class": "govuk-input--width-10",
            }
        )


class ResetPasswordForm(GovukForm, OurWords, allauth.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link for a new password."""

    submit_label = "E-mail me a link"
    labels: ClassVar = {"email": "E-mail address"}
    hints: ClassVar = {"email": "The work address that you sign in with."}

    def clean_email(self) -> str:
        """The address; the link goes to whoever has it."""
        address = str(super().clean_email())
        person = _person_to_write_to(address)
        self.users = [] if person is None else [person]
        return address


class ResetPasswordKeyForm(GovukForm, OurWords, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password, after the link. Asked once: it can be shown while it is typed."""

    submit_label = "Save the new password"
    labels: ClassVar = {"password1": "New password"}
    hints: ClassVar = {"password1": HINT_FOR_A_NEW_ONE}
    not_asked: ClassVar = ("password2",)


class ChangePasswordForm(GovukForm, OurWords, allauth.ChangePasswordForm):  # type: ignore[misc]
    """The current password and the new one."""

    submit_label = "Save the new password"
    labels: ClassVar = {"oldpassword": "Current password", "password1": "New password"}
    hints: ClassVar = {"password1": HINT_FOR_A_NEW_ONE}
    not_asked: ClassVar = ("password2",)


class SetPasswordForm(GovukForm, OurWords, allauth.SetPasswordForm):  # type: ignore[misc]
    """A first password for somebody who signs in by code."""

    submit_label = "Save the password"
    labels: ClassVar = {"password1": "Password"}
    hints: ClassVar = {"password1": HINT_FOR_A_NEW_ONE}
    not_asked: ClassVar = ("password2",)


class PersonForm(SeenForm):
    """Somebody who works for the programme: their name, their address and what they may do everywhere."""

    class Meta:
        model = User
        fields = (
            "name",
            "email",
            "job_title",
            "is_administrator",
            "is_liaison",
            "is_programme_lead",
            "is_trainer",
            "is_active",
        )
        labels: ClassVar = {
            "name": "Name",
            "job_title": "Job title (optional)",
            "is_administrator": "Administrator",
            "is_liaison": "Liaison",
            "is_programme_lead": "Programme lead",
            "is_trainer": "Trainer",
            "is_active": "Can sign in",
        }
        help_texts: ClassVar = {
            "is_administrator": "Runs the programme: its years, schools and people",
            "is_liaison": "Looks after all schools, reviews self-audits, meets parent carers",
            "is_programme_lead": "Works for the council or a board; reads and reviews what schools have submitted",
            "is_trainer": "Gives training sessions",
            "is_active": "Untick it for somebody who has left. They are signed out at once, and what they did stays. "
            "Invitations that they sent and nobody accepted yet end.",
        }

    email = SignInAddressField(label="Work e-mail address", widget=_email_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        standing = ["is_active"] if self.instance.pk else []
        if not standing:
            del self.fields["is_active"]
        roles = Fieldset("What they may do at all schools", *ROLE_FIELDS)
        self.helper.layout = Layout("name", "email", "job_title", roles, *standing, "seen")

    def clean_email(self) -> str:
        """An address that nobody else has."""
        email = str(self.cleaned_data["email"])
        if User.objects.exclude(pk=self.instance.pk).filter(email=email).exists():
            raise ValidationError(
                "Somebody already signs in with this e-mail address. Find them in the list of people."
            )
        return email

    def clean(self) -> dict[str, Any]:
        """Somebody new needs a role: without one there is nothing for them here."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.instance.pk and not any(cleaned.get(name) for name in ROLE_FIELDS):
            words = "Choose at least one role. Colleagues of a school are invited on the school’s own page."
            self.add_error("is_administrator", ValidationError(words, code="required"))
        return cleaned


ROLE_FIELDS = ("is_administrator", "is_liaison", "is_programme_lead", "is_trainer")


class PeopleFilterForm(GovukForm, forms.Form):
    """Which of the people to list."""

    q = forms.CharField(label="Name or e-mail address", required=False, max_length=100)
    role = forms.ChoiceField(
        label="Role",
        required=False,
        choices=[
            ("", "Any role at all schools"),
            *[(role.value, role.label) for role in SITE_ROLES],
            ("everybody", "Everybody, schools too"),
        ],
    )

    def found(self) -> QuerySet[User]:
        """Those who are asked for, by name; nobody when the filter is wrong."""
        if not self.is_valid():
            return User.objects.none()
        q, role = self.cleaned_data["q"], self.cleaned_data["role"]
        people = User.objects.order_by("name", "email")
        for word in q.split():
            people = people.filter(Q(name__icontains=word) | Q(email__icontains=word))
        if role in SITE_ROLES:
            return people.filter(**{f"is_{role}": True})
        return people if role else people.filter(reduce(or_, (Q(**{name: True}) for name in ROLE_FIELDS)))
