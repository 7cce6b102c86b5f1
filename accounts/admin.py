"""People in Django's own admin, for whoever looks after the installation."""

from typing import TYPE_CHECKING

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.admin.widgets import AdminEmailInputWidget
from django.forms import ModelForm
from django.http import HttpRequest
from django.views.generic import RedirectView

from accounts.forms import SignInAddressField
from accounts.models import User
from accounts.services import forget_former_addresses
from core.admin import RecordedAdmin

# The admin's own sign-in page knows neither our limits nor our look.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# Its own page for a new password leaves no history line and tells nobody.
admin.site.password_change = RedirectView.as_view(pattern_name="account_change_password")  # type: ignore[method-assign, assignment]
admin.site.site_header = admin.site.site_title = "PINS Hub"
admin.site.index_title = "Installation"
# A person has one address, the one on their own page; allauth's table beside it opens nothing.
admin.site.unregister(EmailAddress)


if TYPE_CHECKING:
    from core.admin import AnyModelForm

    UserModelForm = ModelForm[User]
else:
    UserModelForm = ModelForm


class UserForm(UserModelForm):
    """A person, with the address as it is looked up when they sign in."""

    email = SignInAddressField(widget=AdminEmailInputWidget)

    class Meta:
        model = User
        fields = ("email", "name", "job_title")


@admin.register(User)
class UserAdmin(RecordedAdmin):
    """Who signs in and what they may do everywhere; a password is chosen by the person alone."""

    noun = "person"
    form = UserForm
    list_display = (
        "email",
        "name",
        "is_active",
        "is_administrator",
        "is_liaison",
        "is_programme_lead",
        "is_trainer",
    )
    list_filter = ("is_active", "is_administrator", "is_liaison", "is_programme_lead", "is_trainer")
    search_fields = ("email", "name")
    fields = (
        "email",
        "name",
        "job_title",
        "is_active",
        "is_administrator",
        "is_liaison",
        "is_programme_lead",
        "is_trainer",
        "is_staff",
    )

    def save_model(self, request: HttpRequest, obj: User, form: "AnyModelForm", change: bool) -> None:  # noqa: FBT001
        """Save with a history line; a new person has no password and signs in by e-mailed code.

        With a changed address nothing is left of the former one.
        """
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            forget_former_addresses(obj)
