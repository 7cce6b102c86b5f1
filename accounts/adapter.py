"""How django-allauth is fitted to PINS Hub: no sign-up, mail as rows, our own words, a history line."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.messages import INFO, SUCCESS
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.backends import may_sign_in
from accounts.limits import seconds_to_wait, wait_in_words
from accounts.models import User
from core import emails, history
from core.models import ProgrammeSettings

SAID = {
    "account/messages/logged_out.txt": (INFO, "You have signed out."),
    "account/messages/login_code_sent.txt": (INFO, "A code is on its way to {email}."),
    "account/messages/password_changed.txt": (SUCCESS, "Your new password is saved. Use it from now on."),
    "account/messages/password_set.txt": (SUCCESS, "Your password is saved. Use it from now on."),
}
"""What a page says after a step of signing in; steps that speak for themselves are not here."""

PASSWORD_SENTENCES = {
    "password_too_short": "The password is too short. Use 10 characters or more.",
    "password_too_common": "Many people use this password, so it is easy to guess. Choose another.",
    "password_too_similar": "The password is too much like your name or e-mail address. Choose another.",
}


class AccountAdapter(DefaultAccountAdapter):
    """People come by invitation; sign-in mail goes through the outgoing mail like any other."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is wrong. Check both and try again.",
        "incorrect_code": "That is not the code that we sent. Check it, or ask for a new one.",
        "too_many_login_attempts": "That was too many tries. Wait 1 minute, then ask for a new code.",
        "rate_limited": "That was too many tries. Wait 1 minute, then try again.",
        "enter_current_password": "That is not your current password. Try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never: an account is made by somebody who invites."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never: these pages are pages, and allauth's answers as JSON are one more thing to guard."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Only a path of this site: no other host, however much we trust it elsewhere."""
        return bool(url) and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the message as a secret one: its body holds a code or a link that signs somebody in."""
        _queue(template_prefix, email, context, kind="Signing in", secret=True)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what happened in our words (`SAID`), or the words that were handed over."""
        if message_template in SAID:
            level, words = SAID[message_template]
            message = words.format(**(message_context or {}))
        if message:
            super().add_message(request, level, message=str(message), extra_tags=extra_tags)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002
        # allauth's own key holds the host name, so that each of our names would have a count of its own.
        return str(credentials.get("email", "")).lower()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try; raises ValidationError, which says how long to wait, after too many wrong ones."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            key = self._get_login_attempts_cache_key(request, **credentials)
            wait = wait_in_words(seconds_to_wait(request, action="login_failed", key=key))
            raise ValidationError(
                f"That was too many tries. Wait {wait}, then try again, or have a code e-mailed to you.",
                code="too_many_login_attempts",
            ) from None

    def pre_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse | None:
        """The last gate before a session, however somebody came; the page that says so for who may not sign in."""
        user.is_active = may_sign_in(user)  # never stored: allauth turns away who is switched off
        answer: HttpResponse | None = super().pre_login(request, user, **more)
        return answer

    def clean_password(self, password: str, user: User | None = None) -> str:
        """The password, if it is good enough; else ValidationError with sentences that say how to mend it."""
        try:
            return str(super().clean_password(password, user))
        except ValidationError as error:
            raise ValidationError(
                [
                    ValidationError(PASSWORD_SENTENCES.get(str(each.code), each.message), params=each.params)
                    for each in error.error_list
                ]
            ) from None

    def set_password(self, user: User, password: str) -> None:
        """Store a new password with its history line, and tell the person by e-mail; wrong tries begin anew."""
        with transaction.atomic():
            user.set_password(password)
            user.save(update_fields=["password"])
            history.record("account.password_changed", f"{user} chose a new password.", by=user, target=user)
            _queue("account/email/password_changed", user.email, {"user": user}, kind="Password changed")
        self._delete_login_attempts_cached_email(self.request, email=user.email)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Back to the page of one's own account."""
        return reverse("your_account")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link for the e-mail, on the site's own address and never on one that the request names."""
        uidb36, _, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": token})
        return f"{settings.SITE_URL}{path}"


def _queue(prefix: str, to: str, context: dict[str, Any], *, kind: str, secret: bool = False) -> None:
    context = {**context, "email": to, "programme": ProgrammeSettings.load(), "site_url": settings.SITE_URL}
    emails.queue(
        to=to,
        subject=render_to_string(f"{prefix}_subject.txt", context),
        body=render_to_string(f"{prefix}_message.txt", context).strip() + "\n",
        kind=kind,
        secret=secret,
    )
