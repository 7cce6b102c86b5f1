"""Where a postcode is: how it is read, and the middle of the register's schools around it."""

import pytest

from schools.models import School
from schools.queries.postcodes import Middle, Reading, middle_of, read_postcode
from tests.factories import SchoolFactory


@pytest.mark.parametrize(
    "text", ["SY1 2AB", "sy12ab", " sy1  2ab ", "S Y 1 2 A B", "SY1\u00a02ab", "sy1 2 AB"]
)
def test_a_whole_postcode_in_any_case_and_spacing(text):
    assert read_postcode(text) == [Reading("SY1", "2")]


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("SY1", [Reading("SY1")]),
        ("b4", [Reading("B4")]),
        ("W1A", [Reading("W1A")]),
        ("SY1 2", [Reading("SY1", "2"), Reading("SY12")]),
        ("SY1 2a", [Reading("SY1", "2")]),
        ("SY12", [Reading("SY12"), Reading("SY1", "2", is_guess=True)]),
        ("SY123", [Reading("SY12", "3")]),
        ("SY12 3", [Reading("SY12", "3")]),
        ("EC1A 1BB", [Reading("EC1A", "1")]),
    ],
)
def test_a_sector_or_a_district(text, readings):
    assert read_postcode(text) == readings


@pytest.mark.parametrize(
    "text", ["", "Shrewsbury", "Year 1", "1", "SY", "SY1 2ABC", "SYY1 2AB", "ＳＹ１", "SY١", "12"]
)
def test_what_is_none(text):
    assert read_postcode(text) == []


@pytest.mark.django_db
class TestMiddle:
    @pytest.fixture(autouse=True)
    def register(self):
        for number, (postcode, point, status) in enumerate(
            (
                ("SY1 2AB", (349_000, 312_000), "open"),
                ("SY1 2CD", (351_000, 314_000), "closing"),
                ("SY1 4AA", (345_000, 310_000), "open"),
                ("SY1 2EF", (300_000, 300_000), "closed"),
                ("SY1 2GH", (None, None), "open"),
                ("SY12 0AA", (340_000, 335_000), "open"),
            )
        ):
            easting, northing = point
            SchoolFactory(
                name=f"School {number}", postcode=postcode, easting=easting, northing=northing, status=status
            )

    def middle(self, text):
        return middle_of(read_postcode(text))

    def test_is_the_mean_of_the_sectors_open_schools_whether_they_take_part_or_not(self):
        assert self.middle("SY1 2ZZ") == Middle("SY1 2", 350_000, 313_000)

    def test_is_that_of_the_district_where_the_sector_has_none(self):
        assert self.middle("SY1 9ZZ") == Middle("SY1", pytest.approx(348_333, abs=1), 312_000)
        assert self.middle("SY1").label == "SY1"

    def test_is_no_other_districts(self):
        assert self.middle("SY12") == Middle("SY12", 340_000, 335_000)
        assert self.middle("SY") is None

    def test_of_a_district_written_like_a_sector_is_the_sectors_where_there_is_no_such_district(self):
        assert self.middle("SY14").label == "SY1 4"
        assert self.middle("SY19") is None

    def test_leaves_out_placeholders_far_away(self):
        School.objects.filter(name="School 2").update(easting=530_000, northing=180_000)
        assert self.middle("SY1") == Middle("SY1", 350_000, 313_000)

    @pytest.mark.parametrize("text", ["ZZ1 1ZZ", "ZZ1"])
    def test_is_nowhere_where_the_register_has_no_school(self, text):
        assert self.middle(text) is None

    def test_takes_one_query(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            self.middle("SY1 2AB")

    def test_is_so_many_miles_away(self):
        assert self.middle("SY12").miles_to(340_000, 335_000 - 16_093) == pytest.approx(10, abs=0.01)
