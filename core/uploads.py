"""A file is dropped as it comes, and only its name kept, but where a page takes files from the person who sends it.

Django would spool every large file to disk before anybody asks who sent it and whether the page takes one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

V = TypeVar("V", bound=Callable[..., Any])
FORM_BYTES = 1_000_000
"""What a form may weigh beside its files."""


@dataclass(frozen=True)
class Taken:
    """What a page takes: so many bytes in all files together, from those whom `may` lets."""

    most_bytes: int
    may: Callable[[HttpRequest], bool]


def takes_files(*, most_bytes: int, may: Callable[[HttpRequest], bool]) -> Callable[[V], V]:
    """Says of a view that it takes files; nobody else's and no more than that ever reaches the disk."""

    def mark(view: V) -> V:
        view.takes_files = Taken(most_bytes, may)  # type: ignore[attr-defined]
        return view

    return mark


def names_of_files(request: HttpRequest) -> list[str]:
    """The names of all files that were dropped."""
    request.POST  # noqa: B018 - files are dropped while it is read
    return list(getattr(request, "dropped_files", []))


def is_too_large(request: HttpRequest) -> bool:
    """Whether a file was dropped because the files together are more than the page takes."""
    request.POST  # noqa: B018 - as above
    return bool(getattr(request, "files_are_too_large", False))


class DropsFiles(FileUploadHandler):
    """The only one of FILE_UPLOAD_HANDLERS: keeps a file where a page takes it, and else only its name."""

    writing: TemporaryUploadedFile | None = None
    received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Raises SkipFile where no file is taken, StopUpload where more is announced than is taken."""
        super().new_file(*args, **kwargs)
        taken = _taken(self.request)
        if taken is None:
            dropped = [*getattr(self.request, "dropped_files", []), self.file_name]
            self.request.dropped_files = dropped  # type: ignore[union-attr]
            raise SkipFile
        self.most_bytes = taken.most_bytes
        announced = int(self.request.META.get("CONTENT_LENGTH") or 0)  # type: ignore[union-attr]
        if announced > taken.most_bytes + FORM_BYTES:
            self._stop()
        self.writing = TemporaryUploadedFile(
            str(self.file_name), str(self.content_type), 0, self.charset, self.content_type_extra
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002 - Django's
        """Write it down; raises StopUpload once it is more than is taken."""
        if self.writing is None:
            return raw_data
        self.received += len(raw_data)
        if self.received > self.most_bytes:
            self._stop()
        self.writing.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """The whole file, at its beginning."""
        file, self.writing = self.writing, None
        if file is not None:
            file.seek(0)
            file.size = file_size
        return file

    def upload_interrupted(self) -> None:
        """Leave nothing on the disk."""
        if self.writing is not None:
            self.writing.close()
            self.writing = None

    def _stop(self) -> None:
        """Read the rest without keeping it: a browser that is cut off would show no page of ours."""
        self.upload_interrupted()
        self.request.files_are_too_large = True  # type: ignore[union-attr]
        raise StopUpload(connection_reset=False)


def _taken(request: HttpRequest | None) -> Taken | None:
    """What the page takes from this person; None when nothing."""
    match = request.resolver_match if request is not None else None
    taken: Taken | None = getattr(match.func, "takes_files", None) if match else None
    return taken if taken is not None and request is not None and taken.may(request) else None
