"""Asks a running PINS Hub how it is: `python -m pins.probe [healthz|readyz]`, for containers and supervisors.

It speaks to this machine, under the site's own name, as the proxy in front of it would: neither ALLOWED_HOSTS nor the
redirect to HTTPS has to be widened for it. It needs neither Django nor a database.
"""

import http.client
import json
import os
import sys
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    """What came back; `status` is 0 when nothing did."""

    status: int
    text: str

    @property
    def is_well(self) -> bool:
        return self.status == http.HTTPStatus.OK

    def part(self, name: str) -> dict[str, Any]:
        """One part of what /readyz reports; empty when it is not there."""
        try:
            found = json.loads(self.text).get(name)
        except (ValueError, AttributeError):
            return {}
        return found if isinstance(found, dict) else {}


def ask(port: int, path: str, timeout: float = 5) -> Answer:
    """The answer of the process that listens on this port of this machine."""
    site = urlsplit(os.environ.get("PINS_SITE_URL") or f"http://127.0.0.1:{port}")
    headers = {"Host": site.netloc, "X-Forwarded-Proto": site.scheme}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return Answer(response.status, response.read().decode(errors="replace"))
    except (OSError, http.client.HTTPException) as error:
        return Answer(0, str(error))
    finally:
        connection.close()


def main(given: list[str]) -> int:
    """Prints the answer; 0 when all is well."""
    port = int(os.environ.get("GRANIAN_PORT") or 8000)
    answer = ask(port, f"/{given[0] if given else 'healthz'}")
    sys.stdout.write(f"{answer.text}\n")
    return 0 if answer.is_well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
