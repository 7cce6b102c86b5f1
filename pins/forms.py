"""Forms of the top floor."""

from typing import ClassVar

from django import forms

from core.fields import AddressField
from core.forms import GovukForm
from core.models import OutgoingEmail


class MailFilterForm(GovukForm, forms.Form):
    """Which outgoing mail to show."""

    label_size: ClassVar[str] = "s"
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Any status"), *OutgoingEmail.Status.choices]
    )


class MailTestForm(GovukForm, forms.Form):
    """Where a test e-mail goes."""

    submit_label = "Send the test"

    to = AddressField(label="Send a test to", help_text="It takes about a minute to arrive.")
