"""A page and its turn, as they are written down and read again."""

import pytest

from audits.models import Answer, SectionNote
from core.page_marks import LONGEST_MARK, NO_PAGE, PageMark

PAGE = "0123456789ab"


def test_reads_what_it_wrote():
    mark = PageMark(PageMark.new().page, 999_999)
    assert PageMark.read(str(mark)) == mark
    assert len(str(mark)) == LONGEST_MARK
    assert {model._meta.get_field("page_mark").max_length for model in (Answer, SectionNote)} == {
        LONGEST_MARK
    }


def test_each_page_is_another():
    assert PageMark.new().page != PageMark.new().page


@pytest.mark.parametrize(
    "text", ["", PAGE, f"{PAGE}.", f"{PAGE}.-1", f"{PAGE}.1234567", f"{PAGE}.１", f"x{PAGE}.1", f"{PAGE}.1\n"]
)
def test_anything_else_is_no_page(text):
    assert PageMark.read(text) == NO_PAGE
    assert str(NO_PAGE) == ""


@pytest.mark.parametrize(
    ("mark", "earlier", "continues"),
    [
        (PageMark(PAGE, 2), PageMark(PAGE, 1), True),
        (PageMark(PAGE, 1), PageMark(PAGE, 1), True),
        (PageMark(PAGE, 1), PageMark(PAGE, 2), False),
        (PageMark("ba9876543210", 2), PageMark(PAGE, 1), False),
        (PageMark(PAGE, 2), NO_PAGE, False),
        (NO_PAGE, NO_PAGE, False),
    ],
    ids=["says more", "once again", "arrives late", "another page", "written by none", "no page at all"],
)
def test_only_the_same_page_continues_and_never_backwards(mark, earlier, continues):
    assert mark.continues(earlier) is continues
