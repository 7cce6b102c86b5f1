"""Positions on the National Grid."""

import pytest

from schools.grid import lies_inside, to_grid


@pytest.mark.parametrize(
    ("longitude", "latitude", "easting", "northing"),
    [
        # Ordnance Survey's own pairs of ETRS89 and National Grid positions of its test stations.
        (1.716073973, 52.658007833, 651_409.804, 313_177.450),
        (-6.299777520, 49.922263937, 91_492.146, 11_318.804),
        (-4.108645636, 50.438858256, 250_359.811, 62_016.569),
        (-3.551283492, 51.400782201, 292_184.870, 168_003.465),
        (-2.154586144, 52.255293816, 389_544.190, 261_912.153),
    ],
)
def test_agrees_with_ordnance_survey_within_five_metres(longitude, latitude, easting, northing):
    got = to_grid(longitude, latitude)
    assert got == pytest.approx((easting, northing), abs=5)


SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]


@pytest.mark.parametrize(
    ("point", "inside"), [((5, 5), True), ((15, 5), False), ((-5, 5), False), ((5, 12), False)]
)
def test_inside_a_ring(point, inside):
    assert lies_inside(point, SQUARE) is inside
