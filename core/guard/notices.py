"""The notice about marked words, as markup for a page that no form of core.guard.forms draws."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.guard.reading import Reading


def notice(reading: Reading, *, box_id: str = "", name: str = "", left: bool = False) -> SafeString:
    """components/guard_notice.html with these values; nothing where nothing is marked."""
    if not reading.marks:
        return SafeString("")
    values = {"reading": reading, "box_id": box_id, "name": name, "left": left}
    return render_to_string("components/guard_notice.html", values)
