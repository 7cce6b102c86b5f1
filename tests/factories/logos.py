"""Pictures to send as a logo."""

from io import BytesIO
from typing import Any

from PIL import Image


def png(width: int = 20, height: int = 20, colour: Any = (15, 92, 99, 255)) -> bytes:
    """A PNG of one colour."""
    return picture("PNG", width, height, colour)


def picture(
    kind: str, width: int = 40, height: int = 20, colour: Any = (15, 92, 99), **options: Any
) -> bytes:
    """A picture of one colour, as a file of this kind."""
    file = BytesIO()
    mode = "RGBA" if len(colour) == 4 else "RGB"
    Image.new(mode, (width, height), colour).save(file, kind, **options)
    return file.getvalue()


def noise(width: int, height: int) -> bytes:
    """A picture that no format makes small."""
    file = BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(file, "PNG")
    return file.getvalue()
