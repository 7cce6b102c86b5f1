"""The queue of the embedded default: kombu's file system transport, with messages that appear whole or not at all.

kombu opens a message under its final name and then writes into it; a worker that looks in between reads an empty file
and ends itself. The same holds for the file that says which queues there are. Here both are written aside first.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from logging import getLogger
from pathlib import Path
from time import monotonic_ns
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps

logger = getLogger(__name__)


class Channel(filesystem.Channel):
    """Messages as files of a folder that every process of this machine shares."""

    def _put(self, queue: Any, payload: Any, **_: Any) -> None:  # type: ignore[override]
        """Put the message into the queue; raises ChannelError when the folder takes no file."""
        folder = Path(self.data_folder_out)
        try:
            name = f"{monotonic_ns():020}_{uuid4()}.{queue}.msg"  # names sort as messages were put
            _write_aside(folder / name, dumps(payload).encode(), os.replace)  # type: ignore[no-untyped-call]
        except OSError as error:
            raise ChannelError(f"The queue's folder {folder} takes no message: {error}") from error

    def _get(self, queue: Any, timeout: Any = None) -> Any:  # noqa: ARG002 - the shape is kombu's
        """The next message; raises Empty. One that cannot be read is let go: the row that it speaks of stays."""
        while True:
            try:
                return super()._get(queue)  # type: ignore[no-untyped-call]
            except ValueError:
                logger.warning(
                    "A message in the queue %s could not be read; the next sweep makes it good.", queue
                )

    def _queue_bind(self, exchange: Any, routing_key: Any, pattern: Any, queue: Any) -> None:
        table = self._exchange_file(exchange)  # type: ignore[no-untyped-call]
        table.parent.mkdir(exist_ok=True)
        if not table.exists():
            with suppress(OSError):  # another process was quicker, or this folder knows no links
                _write_aside(table, b"[]", os.link)
        super()._queue_bind(exchange, routing_key, pattern, queue)  # type: ignore[no-untyped-call]


class Transport(filesystem.Transport):
    """What the alias stands for."""

    Channel = Channel


def _write_aside(path: Path, content: bytes, put_in_place: Callable[[Path, Path], None]) -> None:
    aside = path.with_name(f"{path.name}.{uuid4()}.part")
    try:
        aside.write_bytes(content)
        put_in_place(aside, path)
    finally:
        aside.unlink(missing_ok=True)
