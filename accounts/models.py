"""People who sign in."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.permissions import Role

HELD_FOR = timedelta(minutes=30)
"""How long something is kept that was sent after the session had ended."""


class UserManager(BaseUserManager["User"]):
    """Makes people who sign in by e-mail."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person with this e-mail address; without a password they sign in by e-mailed code."""
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An administrator who may also open Django's own admin."""
        return self.create_user(
            email, password, is_staff=True, is_superuser=True, is_administrator=True, **fields
        )


class User(AbstractBaseUser, PermissionsMixin):
    """A colleague with a work e-mail address. Parent carers and children are never users."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150, blank=True)
    job_title = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_administrator = models.BooleanField(default=False)
    is_liaison = models.BooleanField(default=False)
    is_programme_lead = models.BooleanField(default=False)
    is_trainer = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ("email",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_email_once",
                violation_error_message="Somebody already signs in with this e-mail address.",
            ),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="accounts_email_in_small_letters",
                violation_error_message="An e-mail address is kept in small letters, as it is looked up.",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name to show."""
        return str(self)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must match to go on: it ends with a new password, as Django's own does, and a new address."""
        of_whom = f"{self.password} {self.email}"
        return salted_hmac("accounts.User.session", of_whom, secret=secret, algorithm="sha256").hexdigest()

    @property
    def site_roles(self) -> frozenset[Role]:
        """The roles that this person has everywhere; nobody who is switched off has any."""
        return frozenset(self.roles_given) if self.is_active else frozenset()

    @property
    def roles_given(self) -> list[Role]:
        """The same in their order, as they were given, whether or not the person can sign in."""
        held = {
            Role.ADMINISTRATOR: self.is_administrator,
            Role.LIAISON: self.is_liaison,
            Role.PROGRAMME_LEAD: self.is_programme_lead,
            Role.TRAINER: self.is_trainer,
        }
        return [role for role, has in held.items() if has]


class HeldPostQuerySet(models.QuerySet["HeldPost"]):
    """What was kept, fetched through the person whom it is kept for."""

    def kept_for(self, user_pk: int | None) -> Self:
        """What is still kept for this person; nothing of anybody else, nothing that is too old."""
        return self.filter(user_id=user_pk, held_at__gt=timezone.now() - HELD_FOR)

    def expired(self) -> Self:
        """What nobody came back for in time."""
        return self.filter(held_at__lte=timezone.now() - HELD_FOR)


class HeldPost(models.Model):
    """What somebody sent after their session had run out, kept for 30 minutes for the same person."""

    token = models.UUIDField(unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="held_posts")
    path = models.CharField(max_length=500)
    body = models.JSONField()
    held_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = HeldPostQuerySet.as_manager()

    class Meta:
        ordering = ("-held_at",)

    def __str__(self) -> str:
        return f"{self.path} for {self.user}"
