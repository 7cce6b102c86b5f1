"""What no browser sends is refused before anything reads it."""

import pytest

pytestmark = pytest.mark.django_db

URLENCODED = ("application/x-www-form-urlencoded", b"login=%ff")
MULTIPART = (
    "multipart/form-data; boundary=B",
    b'--B\r\nContent-Disposition: form-data; name="login"\r\n\r\nx\xff\r\n--B--\r\n',
)


@pytest.mark.parametrize("port", ["99999999", "65536", "9" * 5000])
@pytest.mark.parametrize("path", ["/", "/home/", "/accounts/login/", "/nowhere/"])
def test_a_port_that_is_none(client, path: str, port: str):
    client.raise_request_exception = False
    assert client.get(path, headers={"host": f"[::1]:{port}"}).status_code == 400


@pytest.mark.parametrize("host", ["[::1]:65535", "localhost:8000", "localhost"])
def test_any_other_port_is_fine(client, host: str):
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("charset", ["utf-16", "cp037"])
@pytest.mark.parametrize(("kind", "body"), [URLENCODED, MULTIPART], ids=["urlencoded", "multipart"])
@pytest.mark.parametrize("path", ["/accounts/login/", "/home/?page=%ff", "/schools/?q=%ff"])
def test_a_body_in_another_alphabet(client, path: str, kind: str, body: bytes, charset: str):
    client.raise_request_exception = False
    answer = client.generic("POST", path, body, content_type=f"{kind}; charset={charset}")
    assert answer.status_code == 400


@pytest.mark.parametrize("charset", ["hex", "idna"])
def test_a_body_in_what_is_no_alphabet_at_all(client, charset: str):
    client.raise_request_exception = False
    kind, body = MULTIPART
    answer = client.generic("POST", "/accounts/login/", body, content_type=f"{kind}; charset={charset}")
    assert answer.status_code == 400


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "no-such-alphabet"])
def test_utf_8_however_it_is_spelt(client, charset: str):
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    assert client.generic("POST", "/accounts/login/", b"login=x", content_type=kind).status_code == 422
