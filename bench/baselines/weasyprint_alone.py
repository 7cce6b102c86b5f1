"""WeasyPrint and nothing else. Its stylesheet and fonts are read once, as a careful caller would. Frozen."""

from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration


class WeasyPrintAlone:
    """Makes PDF/UA-1 of one HTML text, again and again."""

    def __init__(self, html: str, stylesheet: Path) -> None:
        self.html = html
        self.fonts = FontConfiguration()
        self.stylesheet = CSS(filename=str(stylesheet), font_config=self.fonts)

    def write(self) -> bytes:
        """The file."""
        return HTML(string=self.html).write_pdf(
            stylesheets=[self.stylesheet], font_config=self.fonts, pdf_variant="pdf/ua-1"
        )
