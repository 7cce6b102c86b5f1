"""The cache of the embedded default: a folder that all server processes share."""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache


class SharedFolderCache(FileBasedCache):
    """Django's file cache with an `add` that adds once, whatever other processes do at that moment.

    The sign-in limits use `add` as their lock; with Django's own (look first, then write) two processes could
    both hold it and lose each other's count.
    """

    def add(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Store the value unless there is one; whether it was stored."""
        self._createdir()  # type: ignore[attr-defined]
        name = self._key_to_file(key, version)  # type: ignore[attr-defined]
        if self.has_key(key, version):  # also takes an expired one away
            return False
        handle, draft = tempfile.mkstemp(dir=self._dir)  # type: ignore[attr-defined]
        try:
            with open(handle, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
                self._write_content(file, timeout, value)  # type: ignore[attr-defined]
            os.link(draft, name)
        except FileExistsError:
            return False
        finally:
            Path(draft).unlink()
        return True
