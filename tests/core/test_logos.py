"""Whatever is sent as a logo, a small PNG of ours comes of it, or words that say how to mend it."""

from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from core import logos
from core.logos import HEAVIEST, LogoRefused, read_logo
from core.models import HistoryEntry, Logo, ProgrammeSettings
from core.services import remove_logo, save_logo
from tests.factories.logos import noise, picture, png

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'


def read(content: bytes, name: str = "logo.png"):
    return read_logo(BytesIO(content), name)


def animated() -> bytes:
    file = BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(file, "PNG", save_all=True, append_images=frames[1:])
    return file.getvalue()


@pytest.mark.parametrize(
    ("kind", "name"), [("PNG", "a.png"), ("JPEG", "A.JPG"), ("JPEG", "a.jpeg"), ("WEBP", "a.webp")]
)
def test_each_kind_becomes_a_png(kind, name):
    made = read(picture(kind), name)
    with Image.open(BytesIO(made.content)) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (40, 20))
        assert (made.width, made.height) == drawn.size


@pytest.mark.parametrize(
    ("size", "drawn"),
    [((960, 320), (480, 160)), ((2000, 100), (480, 24)), ((100, 1600), (10, 160)), ((60, 50), (60, 50))],
)
def test_it_is_no_larger_than_it_is_shown(size, drawn):
    made = read(png(*size))
    assert (made.width, made.height) == drawn


def test_however_busy_it_is_light():
    made = read(noise(960, 320))
    assert len(made.content) <= HEAVIEST
    assert made.width > 50


def test_nothing_else_of_the_file_is_kept():
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Somebody at home")
    exif = Image.Exif()
    exif[0x010E] = "Somebody at home"
    sent = picture("PNG", pnginfo=info, exif=exif, icc_profile=b"Somebody at home")
    assert b"Somebody" in sent
    assert b"Somebody" not in read(sent).content


def test_a_photograph_is_turned_as_it_was_held():
    exif = Image.Exif()
    exif[0x0112] = 6
    made = read(picture("JPEG", 40, 20, exif=exif), "a.jpg")
    assert (made.width, made.height) == (20, 40)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (SVG, "a.svg", logos.NO_PICTURE),
        (SVG, "a.png", logos.NO_PICTURE),
        (b"GIF89a", "a.gif", logos.NO_PICTURE),
        (b"", "a.png", logos.NO_PICTURE),
        (b"\x89PNG\r\n\x1a\n", "a.png", logos.NO_PICTURE),
        (noise(60, 60)[:900], "a.png", logos.BROKEN),
        (picture("JPEG", 60, 60), "a.png", "The file’s name does not end as its picture’s kind does, which is JPEG."),
        (animated(), "a.png", logos.ANIMATED),
        (png(15, 60), "a.png", logos.TOO_SMALL),
    ],
    ids=["svg", "svg as png", "gif", "nothing", "no more than a head", "cut off", "another name", "moves", "tiny"],
)  # fmt: skip
def test_what_cannot_be_a_logo_is_refused_in_words(content, name, words):
    with pytest.raises(LogoRefused) as refused:
        read(content, name)
    assert str(refused.value).startswith(words)


def with_odd_notes(kind: str, odd: str) -> bytes:
    """A picture that has to be turned, whose notes have a fraction where a whole number or words belong."""
    exif = Image.Exif()
    exif[0x0112], exif[0x011A] = 6, 72.0
    notes, is_a_fraction = exif.tobytes(), bytes.fromhex("011a0005")
    assert notes.count(is_a_fraction) == 1
    return picture(kind, exif=notes.replace(is_a_fraction, bytes.fromhex(odd)))


@pytest.mark.parametrize(("kind", "name"), [("PNG", "a.png"), ("JPEG", "a.jpg"), ("WEBP", "a.webp")])
@pytest.mark.parametrize("odd", ["01010005", "010e0005"], ids=["height", "description"])
def test_odd_notes_of_a_camera_are_refused_in_words(kind, name, odd):
    with pytest.raises(LogoRefused) as refused:
        read(with_odd_notes(kind, odd), name)
    assert str(refused.value) == logos.BROKEN


@pytest.mark.parametrize("side", [5_000, 20_000, 60_000])
def test_a_picture_that_unpacks_to_gigabytes_is_never_unpacked(side):
    """The head says how large it is; the rest is not looked at."""
    head = bytearray(png())
    head[16:24] = side.to_bytes(4, "big") * 2
    import zlib

    head[29:33] = zlib.crc32(head[12:29]).to_bytes(4, "big")
    with pytest.raises(LogoRefused) as refused:
        read(bytes(head))
    assert str(refused.value) == logos.TOO_MANY_PIXELS


def test_a_picture_without_points_is_refused():
    import zlib

    head = bytearray(png())
    head[16:24] = bytes(8)
    head[29:33] = zlib.crc32(head[12:29]).to_bytes(4, "big")
    with pytest.raises(LogoRefused):
        read(bytes(head))


@pytest.mark.django_db
class TestStored:
    def test_one_at_a_time_with_a_line_each(self, people):
        first, second = read(png(20, 20)), read(png(30, 20))
        assert save_logo(picture=first, by=people.admin)
        assert not save_logo(picture=first, by=people.admin)
        assert save_logo(picture=second, by=people.admin)
        assert list(Logo.objects.values_list("digest", flat=True)) == [second.digest]
        assert ProgrammeSettings.load().logo_width == 30
        assert HistoryEntry.objects.filter(kind="logo.changed").count() == 2

    def test_gone_with_a_line(self, people):
        save_logo(picture=read(png()), by=people.admin)
        assert remove_logo(by=people.admin)
        assert not remove_logo(by=people.admin)
        assert not Logo.objects.exists()
        assert ProgrammeSettings.load().logo_digest == ""
        assert HistoryEntry.objects.filter(kind="logo.removed").count() == 1
