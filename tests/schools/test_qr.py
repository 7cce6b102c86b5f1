"""QR codes: what is drawn is what the standard says, with its white edge."""

import re

import segno

from schools.qr import QUIET, qr_code

ADDRESS = "https://pins.example.org/schools/caer-ridge-primary-school/"


def test_every_dark_module_is_drawn_and_no_other():
    code = qr_code(ADDRESS)
    drawn = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", code.path)}
    matrix = segno.make(ADDRESS, error="m", micro=False).matrix
    assert drawn == {
        (x + QUIET, y + QUIET) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark
    }
    assert code.size == len(matrix) + 2 * QUIET


def test_another_address_has_another_code():
    assert qr_code(ADDRESS) != qr_code(ADDRESS + "x")
