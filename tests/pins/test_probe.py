"""The probe of containers: asks under the site's name, and says plainly whether all is well."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from pins import probe

WELL = {"ready": True, "worker": {"ok": True, "heartbeat_seconds": 3}}


class Site(BaseHTTPRequestHandler):
    """Answers as PINS Hub behind its proxy does: only under its name, well or not as the path says."""

    def do_GET(self) -> None:
        named = self.headers["Host"] == "pins.example" and self.headers["X-Forwarded-Proto"] == "https"
        self.send_response(400 if not named else 200 if self.path == "/healthz" else 503)
        self.end_headers()
        self.wfile.write(json.dumps(WELL).encode())

    def log_message(self, *_) -> None:
        pass


@pytest.fixture
def port(monkeypatch) -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("PINS_SITE_URL", "https://pins.example")
        monkeypatch.setenv("GRANIAN_PORT", str(server.server_port))
        yield server.server_port
        server.shutdown()


def test_it_asks_under_the_name_of_the_site(port: int):
    assert probe.ask(port, "/healthz") == probe.Answer(200, json.dumps(WELL))


def test_it_reads_one_part_of_what_is_reported(port: int):
    assert probe.ask(port, "/healthz").part("worker") == {"ok": True, "heartbeat_seconds": 3}
    assert probe.ask(port, "/healthz").part("mail") == {}


@pytest.mark.usefixtures("port")
def test_it_prints_the_answer_and_exits_with_success_when_all_is_well(capsys):
    assert probe.main([]) == 0
    assert json.loads(capsys.readouterr().out) == WELL


@pytest.mark.usefixtures("port")
def test_it_exits_with_failure_when_something_is_not_well():
    assert probe.main(["readyz"]) == 1


def test_nothing_that_listens_is_not_well(monkeypatch):
    monkeypatch.setenv("GRANIAN_PORT", "1")
    assert probe.main([]) == 1


@pytest.mark.parametrize("text", ["ok", "[]", "null", '{"worker": 1}'])
def test_an_answer_of_another_shape_has_no_parts(text: str):
    assert probe.Answer(200, text).part("worker") == {}
