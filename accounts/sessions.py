"""Sessions in the database, as Django keeps them; reading one is a prepared query, since every page does it."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from core.prepared import Prepared

_BY_KEY = Prepared(lambda key: Session.objects.filter(session_key=key), str)


class SessionStore(DatabaseSessionStore):
    """What SESSION_ENGINE names."""

    def _get_session_from_db(self) -> Session | None:
        key = str(self.session_key)
        # A cookie may hold anything, and PostgreSQL takes no NUL in a text.
        session = None if "\0" in key else _BY_KEY.first(key)
        if session is None or session.expire_date <= timezone.now():
            self._session_key = None
            return None
        return session
