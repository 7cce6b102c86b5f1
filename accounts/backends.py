"""Who may sign in, and who somebody is from one request to the next."""

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User
from core.demonstration import is_left_over
from core.prepared import Prepared

_BY_PK = Prepared(lambda pk: User.objects.filter(pk=pk), int)


def may_sign_in(user: User) -> bool:
    """Whether this person may be here at all: nobody who is switched off, nor a left-over of the demonstration."""
    return user.is_active and not is_left_over(user.email)


def person_with(address: str) -> User | None:
    """Whoever has this address, in capitals or not. What allauth keeps of addresses beside it opens nothing."""
    return User.objects.filter(email=address.lower()).first()


class SignInBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's; finding the person of a session is a prepared query, since every page does it."""

    def get_user(self, user_id: int) -> User | None:
        """The person with this id; nobody once they may no longer sign in."""
        user = _BY_PK.first(user_id)
        return user if user is not None and may_sign_in(user) else None

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        # allauth's own also takes former addresses, and prefers them to the one that somebody has now.
        user: User | None = self._check_password(person_with(email), password)
        return user

    def user_can_authenticate(self, user: User) -> bool:
        """Asked after the right password; the way by code asks in the adapter."""
        return may_sign_in(user)
