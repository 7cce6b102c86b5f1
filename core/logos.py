"""A forum's logo: whatever picture is sent, what we keep and serve is a small PNG that we drew anew ourselves."""

import hashlib
import struct
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO, NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 1_000_000
"""Of what is sent."""
MOST_PIXELS = 20_000_000
LEAST_HEIGHT = 16
WIDEST, HIGHEST = 480, 160
HEAVIEST = 30_000
"""Bytes of what is served: it belongs to the 100 KB of a first visit."""

ENDINGS = {"PNG": (".png",), "JPEG": (".jpg", ".jpeg"), "WEBP": (".webp",)}
TOO_LARGE = "The file is larger than 1 MB. Save the logo in a smaller size, 480 pixels wide is enough."
NO_PICTURE = (
    "This is not a picture that we can use. Save the logo as PNG, JPEG or WebP, and choose that file."
)
BROKEN = "The picture is damaged or cut off. Save it again, and choose the new file."
ANIMATED = "The picture moves. Choose one that stands still."
TOO_MANY_PIXELS = (
    "The picture has more than 20 million pixels. Save it in a smaller size, 480 pixels wide is enough."
)
TOO_SMALL = (
    f"The picture is too small to be seen. It needs to be at least {LEAST_HEIGHT} pixels high and wide."
)

_OF_BROKEN_FILES = (
    *(OSError, ValueError, SyntaxError, EOFError, TypeError),
    *(struct.error, AttributeError, LookupError, ArithmeticError),
)
"""What Pillow raises for broken pictures; the second line is of what cameras write beside them."""


class LogoRefused(Exception):  # noqa: N818 - it reads as what it says
    """The file cannot be a logo; the message says how to mend it."""


class Picture(NamedTuple):
    """A logo as it is served."""

    content: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """What it is known by; another picture has another."""
        return hashlib.sha256(self.content).hexdigest()[:32]


def read_logo(file: BinaryIO, name: str) -> Picture:
    """The picture in the file, drawn anew as a PNG without anything else that the file held; raises LogoRefused."""
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise LogoRefused(TOO_LARGE)
    try:
        with Image.open(BytesIO(content), formats=list(ENDINGS)) as sent:
            _check(sent, name)
            if not _is_whole(content, str(sent.format)):
                raise LogoRefused(BROKEN)
            picture = _drawn(sent)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise LogoRefused(TOO_MANY_PIXELS) from error
    except UnidentifiedImageError as error:
        raise LogoRefused(NO_PICTURE) from error
    except _OF_BROKEN_FILES as error:
        raise LogoRefused(BROKEN) from error
    return _light_enough(picture)


def _check(sent: Image.Image, name: str) -> None:
    """Before anything is unpacked: the file's head alone is read by then."""
    kind = str(sent.format)
    if PurePath(name).suffix.lower() not in ENDINGS[kind]:
        raise LogoRefused(
            f"The file’s name does not end as its picture’s kind does, which is {kind}. Save it afresh as PNG, "
            "JPEG or WebP in a drawing program: a new name alone does not change a file."
        )
    if getattr(sent, "is_animated", False):
        raise LogoRefused(ANIMATED)
    if min(sent.size) < LEAST_HEIGHT:
        raise LogoRefused(TOO_SMALL)
    if sent.width * sent.height > MOST_PIXELS:
        raise LogoRefused(TOO_MANY_PIXELS)


def _is_whole(content: bytes, kind: str) -> bool:
    """Whether the file goes on to its end: Pillow would fill the rest with grey, as WeasyPrint has asked it to."""
    if kind == "WEBP":
        return int.from_bytes(content[4:8], "little") + 8 <= len(content)
    return (b"IEND" if kind == "PNG" else b"\xff\xd9") in content[-4096:]


def _drawn(sent: Image.Image) -> Image.Image:
    """Turned as the camera held it, no larger than we show it, and nothing but its points."""
    turned = ImageOps.exif_transpose(sent).convert("RGBA")
    turned.thumbnail((WIDEST, HIGHEST), Image.Resampling.LANCZOS)
    if min(turned.size) < 1:
        raise LogoRefused(TOO_SMALL)
    turned.info = {}
    return turned


def _light_enough(picture: Image.Image) -> Picture:
    """With all its colours, else with 256, else smaller until it is light enough."""
    content = _png(picture)
    while len(content) > HEAVIEST:
        content = _png(picture.quantize(256, method=Image.Quantize.FASTOCTREE))
        if len(content) > HEAVIEST:
            picture = picture.resize((max(1, picture.width * 4 // 5), max(1, picture.height * 4 // 5)))
    return Picture(content, picture.width, picture.height)


def _png(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()
