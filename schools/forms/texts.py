"""What an administrator writes on the public pages, and how they look."""

from typing import Any, BinaryIO, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import TemporaryUploadedFile

from core.colours import fault_of, normal
from core.forms import GovukForm
from core.logos import TOO_LARGE, LogoRefused, Picture, read_logo
from core.models import ProgrammeSettings, PublicText
from core.public_texts import KINDS, PLACEHOLDERS, Wording, own_wording, unknown_placeholders
from core.rich_text import refused_links, unfinished_links
from core.seen import SeenForm, digest


def own_row(key: str) -> PublicText:
    """Our own text as the row that it would be, not stored."""
    return PublicText(key=key, **own_wording(key)._asdict())


def wording_of(row: PublicText) -> Wording:
    """What a row says, stored or not."""
    return Wording(row.title, row.description, row.body)


class TextForm(SeenForm):
    """A text of the public pages: ours until somebody changes it."""

    submit_label: ClassVar[str] = "Save the text"

    class Meta:
        model = PublicText
        fields = ("title", "description", "body")
        labels: ClassVar = {
            "title": "Heading",
            "description": "What search engines say of the page (optional)",
            "body": "Text",
        }
        help_texts: ClassVar = {
            "title": "It is the title of the page too.",
            "description": "One or two sentences.",
            "body": "Leave an empty line between paragraphs. How to write headings, lists and links stands below.",
        }
        widgets: ClassVar = {
            "description": forms.Textarea(attrs={"rows": 2}),
            "body": forms.Textarea(attrs={"rows": 24, "maxlength": None}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial["seen"] = digest(self.shown(self.instance))
        if self.instance.key and not KINDS[self.instance.key].is_page:
            del self.fields["description"]

    @property
    def wording(self) -> Wording:
        """What the form says, as far as nothing in it is wrong; what is stored before anything was sent."""
        return wording_of(self.instance)

    def clean_title(self) -> str:
        """A heading with names that we fill in."""
        return _with_known_names(self.cleaned_data["title"])

    def clean_description(self) -> str:
        """One paragraph with names that we fill in."""
        return _with_known_names(" ".join(self.cleaned_data["description"].split()))

    def clean_body(self) -> str:
        """A text with names that we fill in, and links that lead where a link may lead."""
        text = _with_known_names(self.cleaned_data["body"].replace("\r\n", "\n"))
        if refused := refused_links(text):
            raise ValidationError(
                f"The link to “{refused[0][:60]}” leads nowhere. Begin an address with https://, mailto: or, for a "
                "page of this site, with /.",
                code="link",
            )
        for words, address in unfinished_links(text):
            raise ValidationError(_how_to_finish(words, address), code="link")
        return text


def _how_to_finish(words: str, address: str) -> str:
    if words:
        return f"The link “{words[:60]}” has no address. Write one between its round brackets, or take them all away."
    where = f" to “{address[:60]}”" if address else ""
    return f"A link{where} has no words, so nobody would see it. Write some between its square brackets."


def _with_known_names(text: str) -> str:
    if unknown := unknown_placeholders(text):
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise ValidationError(
            f"We do not know what to put in place of {{{unknown[0]}}}. There are: {known}.",
            code="placeholder",
        )
    return text


class LookForm(SeenForm):
    """The two colours of which all tones are made."""

    submit_label: ClassVar[str] = "Save the colours"

    class Meta:
        model = ProgrammeSettings
        fields = ("main_colour", "voice_colour")

    main_colour = forms.CharField(
        label="Main colour",
        help_text="For the band at the top, links and buttons. # and six digits or letters, like #0f5c63.",
        max_length=7,
    )
    voice_colour = forms.CharField(
        label="Colour of parent carers’ voice",
        help_text="For what parent carers say, wherever it appears. Like #6b2d5c.",
        max_length=7,
    )

    def clean_main_colour(self) -> str:
        """A colour on which words can be read, and that can be read itself."""
        return _readable(self.cleaned_data["main_colour"])

    def clean_voice_colour(self) -> str:
        """The same."""
        return _readable(self.cleaned_data["voice_colour"])


def _readable(text: str) -> str:
    colour = normal(text)
    if not colour:
        raise ValidationError(
            "Write the colour as # and six digits or letters from a to f, like #0f5c63.", code="colour"
        )
    if fault := fault_of(colour):
        raise ValidationError(fault, code="contrast")
    return colour


class LogoForm(GovukForm, forms.Form):
    """A picture to show beside the name."""

    submit_label: ClassVar[str] = "Use this logo"

    logo = forms.FileField(
        label="Logo",
        help_text="PNG, JPEG or WebP, at most 1 MB. It is shown up to 48 pixels high.",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )

    def __init__(self, *args: Any, is_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_too_large = is_too_large
        self.fields["logo"].required = not is_too_large

    def clean_logo(self) -> Picture:
        """The picture as we keep it; raises ValidationError in words that say how to mend the file."""
        file: TemporaryUploadedFile | None = self.cleaned_data["logo"]
        if self.is_too_large or file is None:
            raise ValidationError(TOO_LARGE, code="too_large")
        try:
            return read_logo(cast(BinaryIO, file), str(file.name))
        except LogoRefused as refusal:
            raise ValidationError(str(refusal), code="logo") from refusal
