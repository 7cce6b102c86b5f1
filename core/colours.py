"""Two colours make the look: the tones that belong to them, and whether words on them can be read.

Everything else in static/css/pins.css stays: ink, the colours of states, and the levels 1 to 4. A colour is taken
only if every pair that the stylesheets print keeps WCAG AA. See docs/decisions/0027-two-colours-make-the-look.md.
"""

import hashlib
import re
from functools import lru_cache
from typing import NamedTuple

OWN_MAIN, OWN_VOICE = "#0f5c63", "#6b2d5c"
WORDS = 4.5
"""The least contrast of words with their ground: WCAG 2.2, 1.4.3."""

BLACK, WHITE, INK = "#000000", "#ffffff", "#1c2430"
GROUNDS = {
    "white": WHITE,
    "the grey of panels": "#f4f6f5",
    "the green of what is done": "#e5f3e9",
    "the yellow of what waits": "#fdf1dc",
    "the red of what is wrong": "#fdeceb",
}
"""Where links stand, by the names that a person would give them; from static/css/pins.css."""

SHARES = (0.12, 0.09, 0.06, 0.04)
"""How much of a colour its soft tone has; the first on which the colour itself can be read is taken."""


class Look(NamedTuple):
    """The tones that a page or a report is drawn with; the names are those of the stylesheet."""

    main: str
    voice: str

    @property
    def is_own(self) -> bool:
        """Whether these are the colours that the stylesheets have already."""
        return (self.main, self.voice) == (OWN_MAIN, OWN_VOICE)

    @property
    def dark(self) -> str:
        """The main colour for headings on its soft tone, and under the pointer."""
        return "#0a4349" if self.main == OWN_MAIN else mix(self.main, BLACK, 0.7)

    @property
    def soft(self) -> str:
        """The main colour as a ground."""
        return "#e1efef" if self.main == OWN_MAIN else soft_of(self.main)

    @property
    def voice_soft(self) -> str:
        """The ground of what parent carers say."""
        return "#f5e9f1" if self.voice == OWN_VOICE else soft_of(self.voice)

    @property
    def css(self) -> str:
        """The stylesheet that puts these tones in place of ours."""
        tones = {
            "teal": self.main,
            "teal-dark": self.dark,
            "teal-soft": self.soft,
            "plum": self.voice,
            "plum-soft": self.voice_soft,
            "govuk-brand-colour": self.main,
            "govuk-link-colour": self.main,
            "govuk-link-visited-colour": self.main,
            "govuk-link-hover-colour": self.dark,
        }
        return ":root{" + ";".join(f"--{name}:{tone}" for name, tone in tones.items()) + "}\n"

    @property
    def paper_css(self) -> str:
        """The same for a report on paper, whose stylesheet knows no variables; blank for our own colours."""
        if self.is_own:
            return ""
        return (
            f"h1,h2,h3,caption{{color:{self.dark}}}a{{color:{self.main}}}"
            f".cover-band{{background:{self.main}}}.cover-band h1{{color:{WHITE}}}"
            f".report-panel{{background:{self.soft};border-color:{self.main}}}"
        )

    @property
    def digest(self) -> str:
        """What the stylesheet is known by; blank where there is none, since these are our own colours."""
        return "" if self.is_own else hashlib.sha256(self.css.encode()).hexdigest()[:16]


@lru_cache(maxsize=8)
def look_of(main: str, voice: str) -> Look:
    """The look of two colours."""
    return Look(main, voice)


def normal(text: str) -> str:
    """A colour as it is stored: "#0F5C63", "0f5c63" and "#abc" are all understood; blank for what is no colour."""
    letters = text.strip().lower().removeprefix("#")
    if re.fullmatch("[0-9a-f]{3}", letters):
        letters = "".join(2 * letter for letter in letters)
    return f"#{letters}" if re.fullmatch("[0-9a-f]{6}", letters) else ""


def contrast(one: str, other: str) -> float:
    """From 1 (no difference) to 21 (black on white), as WCAG has it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """A colour that has `share` of the first and the rest of the second."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02x}" for a, b in pairs)


def soft_of(colour: str) -> str:
    """A ground that has a little of the colour, on which the colour can be read if it can on white."""
    tones = [mix(colour, WHITE, share) for share in SHARES]
    return next((tone for tone in tones if contrast(colour, tone) >= WORDS), tones[-1])


def fault_of(colour: str) -> str:
    """Why a colour cannot be taken, and one near it that can; blank when it can."""
    grounds = {**GROUNDS, "its own soft tone": soft_of(colour)}
    name, least = min(
        ((name, contrast(colour, ground)) for name, ground in grounds.items()), key=lambda pair: pair[1]
    )
    if least >= WORDS:
        return ""
    measured = int(least * 10) / 10
    return (
        f"{colour} is too light: with {name} its contrast is {measured:g} to 1, and words need 4.5 to 1. "
        f"Choose a darker shade, such as {_darker(colour)}."
    )


def pairs(look: Look) -> list[tuple[str, str]]:
    """Every pair of words and ground that the stylesheets print in tones of the look."""
    on_main = [(WHITE, look.main), (WHITE, look.dark), (WHITE, look.voice)]
    on_soft = [
        (INK, look.soft),
        (INK, look.voice_soft),
        (look.dark, look.soft),
        (look.voice, look.voice_soft),
    ]
    links = [(look.main, ground) for ground in (*GROUNDS.values(), look.soft)]
    return [*on_main, *on_soft, *links, (look.dark, WHITE)]


def _darker(colour: str) -> str:
    """The lightest shade of a colour that is taken; black always is."""
    shades = (mix(colour, BLACK, step / 20) for step in range(19, -1, -1))
    return next(shade for shade in shades if not _is_too_light(shade))


def _is_too_light(colour: str) -> bool:
    return any(contrast(colour, ground) < WORDS for ground in (*GROUNDS.values(), soft_of(colour)))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(value / 255) for value in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
