"""No page takes a file: what is sent is dropped as it comes, and only its name is kept.

Django would spool every large file to disk before anybody asks who sent it and whether the page takes one.
"""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


def names_of_files(request: HttpRequest) -> list[str]:
    """The names of all files that were sent."""
    request.POST  # noqa: B018 - files are dropped while it is read
    return list(getattr(request, "dropped_files", []))


class DropsFiles(FileUploadHandler):
    """The only one of FILE_UPLOAD_HANDLERS: drops each file and keeps its name."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Raises SkipFile, always."""
        super().new_file(*args, **kwargs)
        dropped = [*getattr(self.request, "dropped_files", []), self.file_name]
        self.request.dropped_files = dropped  # type: ignore[union-attr]
        raise SkipFile
