"""Reading settings from the environment, so that what cannot be meant is refused and never guessed."""

import math
from collections.abc import Sequence
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

YES = frozenset({"true", "on", "yes", "y", "1"})
NO = frozenset({"false", "off", "no", "n", "0"})


class SettingError(ImproperlyConfigured):
    """A setting has a value that it cannot have; the message says so to the person who set it."""


def is_left_out(var: str) -> bool:
    """Whether the environment does not hold the setting, or holds nothing in it."""
    return not environ.Env.ENVIRON.get(var, "").strip()


def refusal(var: str, given: str, allowed: str) -> SettingError:
    """What to tell the person who set it so."""
    return SettingError(f"{var} is set to “{given}”. Set it to {allowed}, or leave it out.")


class Environment(environ.Env):  # type: ignore[misc]
    """Settings as somebody wrote them; one that is empty, or blank, is one left out.

    django-environ's own reader takes an empty value for a value, a word that it does not know for “no”, "60s"
    for 60, and what begins with a dollar for the name of another setting; ours does not.
    """

    def get_value(
        self,
        var: str,
        cast: Any = None,
        default: Any = None,
        parse_default: Any = False,  # noqa: FBT002 - django-environ's own signature
    ) -> Any:
        """The setting, turned into what `cast` makes of it; the default where it is left out."""
        if is_left_out(var):
            return self.parse_value(default, cast) if parse_default else default
        return self.parse_value(self.ENVIRON[var], cast)

    def bool(self, var: str, default: Any = False) -> bool:  # noqa: FBT002 - django-environ's own signature
        """Whether the setting is switched on. Raises SettingError for a word that says neither yes nor no."""
        given = self.get_value(var, default="")
        word = given.strip().lower()
        if word in YES | NO:
            return word in YES
        if word:
            raise refusal(var, given, "true or false")
        return bool(default)

    def list(self, var: str, cast: Any = None, default: Any = ()) -> Any:
        """The words between the commas, without the blanks around them."""
        words = (word.strip() for word in self.get_value(var, default="").split(","))
        return [cast(word) if cast else word for word in words if word] or default

    def database(self, var: str, *, default: str) -> dict[str, Any]:
        """What Django connects to. Raises SettingError, without the password, for an address that cannot be read."""
        try:
            found: dict[str, Any] = self.db(var, default=default)
        except ValueError:
            found = {"PASSWORD": "\ufffd"}
        if "\ufffd" in str(found.get("PASSWORD", "")):
            raise SettingError(
                f"{var} is no address that can be read. In its user name and password write letters and digits "
                "only, or each other character as % and its two-digit code: / is %2F, % is %25."
            )
        return found

    def whole(self, var: str, *, default: int, least: int, most: int) -> int:
        """A whole number within these bounds; raises SettingError for anything else."""
        given = self.get_value(var, default=str(default))
        try:
            found = int(given)
        except ValueError:
            found = least - 1
        if not least <= found <= most:
            raise refusal(var, given, f"a whole number from {least} to {most}")
        return found

    def number(self, var: str, *, default: float, least: int, most: int) -> float:
        """A number within these bounds; raises SettingError for anything else."""
        given = self.get_value(var, default=str(default))
        try:
            found = float(given)
        except ValueError:
            found = math.nan
        if not least <= found <= most:
            raise refusal(var, given, f"a number from {least} to {most}")
        return found

    def one_of(self, var: str, words: Sequence[str], *, default: str) -> str:
        """One of these words, which are in capitals, written in any case; raises SettingError for any other."""
        given = self.get_value(var, default=default)
        if given.strip().upper() not in words:
            raise refusal(var, given, f"{', '.join(words[:-1])} or {words[-1]}")
        return str(given.strip().upper())
