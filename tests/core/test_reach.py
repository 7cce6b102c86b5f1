"""Telephone numbers and e-mail addresses as links."""

import pytest

from core.templatetags.reach import reach_links


@pytest.mark.parametrize(
    ("text", "address", "words"),
    [
        ("Ring 01743 000000.", "tel:01743000000", "01743 000000"),
        ("Ring 0800 1111 222, free", "tel:08001111222", "0800 1111 222"),
        ("+44 1743 000000", "tel:+441743000000", "+44 1743 000000"),
        ("Write to a.b@larkhill.example.", "mailto:a.b@larkhill.example", "a.b@larkhill.example"),
    ],
)
def test_what_reaches_somebody_is_a_link(text, address, words):
    link = f'<a class="govuk-link" href="{address}">{words}</a>'
    assert reach_links(text) == text.replace(words, link)


@pytest.mark.parametrize("text", ["9am to 5pm, 10 to 12 May 2026", "Room 0123", "SY2 6ND @ the hall"])
def test_other_words_stay(text):
    assert reach_links(text) == text


def test_what_looks_like_markup_is_escaped():
    assert reach_links("<b> 01743 000000 <i>") == (
        '&lt;b&gt; <a class="govuk-link" href="tel:01743000000">01743 000000</a> &lt;i&gt;'
    )
