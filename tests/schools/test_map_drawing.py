"""The map: the county in its frame, schools where they are or a little apart, nothing that lies elsewhere."""

from itertools import combinations
from math import hypot

import pytest

from pins.demo.seeding import OUTLINE
from schools.map_drawing import MOST_LINES, REACH, WIDTH, base_map, draw
from schools.outlines.loading import ONS, load_outline
from schools.queries.listing import MOST_ON_MAP, PublicSchool
from schools.queries.outlines import outline_digest

pytestmark = pytest.mark.django_db
SHREWSBURY = (349_500, 312_600)


@pytest.fixture(autouse=True)
def digest():
    load_outline(OUTLINE, name="Shropshire")
    return outline_digest()


def school(pk=1, easting=SHREWSBURY[0], northing=SHREWSBURY[1], name="Caer Ridge"):
    return PublicSchool(pk, name, "", "", "", "x", easting, northing, "", "", 0j)


def gaps(drawing):
    return [hypot(a.x - b.x, a.y - b.y) for a, b in combinations(drawing.points, 2)]


class TestBase:
    def test_has_the_county_and_its_neighbours(self, digest):
        base = base_map(digest)
        assert (len(base.own), len(base.neighbours)) == (1, 9)
        assert base.attributions == (ONS,)
        assert 400 < base.height < 600

    def test_is_small_enough_for_a_bad_line(self, digest):
        base = base_map(digest)
        assert sum(len(path) for path in (*base.own, *base.neighbours)) < 9_000

    def test_there_is_none_before_an_outline_was_loaded(self):
        assert draw("", [school()]) is None
        assert draw("of another time", [school()]) is None

    def test_is_drawn_from_the_rows_once(self, digest, django_assert_num_queries):
        base_map(digest)
        with django_assert_num_queries(0):
            draw(digest, [school()])


class TestPoints:
    def test_a_school_alone_is_where_it_is(self, digest):
        (point,) = draw(digest, [school()]).points
        base = base_map(digest)
        x, y = base.place(*SHREWSBURY)
        assert (point.x, point.y) == (pytest.approx(x, abs=0.1), pytest.approx(y, abs=0.1))
        assert not point.is_moved
        assert 0.3 < x / WIDTH < 0.6

    def test_north_is_up_and_east_is_right(self, digest):
        whitchurch, bridgnorth = draw(
            digest, [school(1, 354_560, 341_170), school(2, 371_600, 293_540)]
        ).points
        assert whitchurch.y < bridgnorth.y
        assert whitchurch.x < bridgnorth.x

    @pytest.mark.parametrize("point", [(None, None), (530_000, 180_000), (0, 0), (349_500, 1_250_000)])
    def test_a_school_without_a_place_or_with_one_elsewhere_is_counted_and_not_drawn(self, digest, point):
        drawing = draw(digest, [school(), school(2, *point)])
        assert ([point.school.pk for point in drawing.points], drawing.missing) == ([1], 1)

    @pytest.mark.parametrize("together", [2, 7, MOST_ON_MAP])
    def test_schools_at_one_place_never_cover_each_other(self, digest, together):
        drawing = draw(digest, [school(n) for n in range(together)])
        assert len(drawing.points) == together
        assert min(gaps(drawing)) > 2 * REACH - 0.2
        assert drawing.are_moved

    def test_schools_in_the_corner_stay_on_the_map(self, digest):
        base = base_map(digest)
        corner = (round(base.west) + 100, round(base.north) - 100)
        drawing = draw(digest, [school(n, *corner) for n in range(5)])
        assert all(
            REACH <= p.x <= WIDTH - REACH and REACH <= p.y <= base.height - REACH for p in drawing.points
        )
        assert min(gaps(drawing)) > 2 * REACH - 0.2

    def test_is_the_same_for_the_same_schools(self, digest):
        schools = [school(n) for n in range(4)]
        assert draw(digest, schools) == draw(digest, schools)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Caer Ridge", ("Caer Ridge",)),
        ("Rea Bridge Primary School and Nursery", ("Rea Bridge Primary", "School and Nursery")),
        ("x" * 200, None),
        ("a " * 100, None),
        ("🏫", ("🏫",)),
    ],
)
def test_a_name_has_lines_short_enough_for_the_map(digest, name, lines):
    (point,) = draw(digest, [school(name=name)]).points
    assert len(point.lines) <= MOST_LINES
    assert all(len(line) <= 18 for line in point.lines)
    assert lines is None or point.lines == lines


def test_a_name_stands_on_the_side_that_has_room(digest):
    west, east = draw(digest, [school(1, 330_000, 290_000), school(2, 378_000, 295_000)]).points
    assert (west.anchor, east.anchor) == ("start", "end")
    assert west.text_x > west.x
    assert east.text_x < east.x
