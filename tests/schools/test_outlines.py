"""Outlines of districts: what a file may be, what is refused and why, what is stored."""

import json

import pytest
from django.core.management import CommandError, call_command

from core.models import HistoryEntry, ProgrammeSettings
from pins.demo.seeding import OUTLINE
from schools.grid import lies_inside
from schools.models import MapOutline
from schools.outlines.loading import load_outline
from schools.outlines.reading import MOST_PROBLEMS, OutlineRefusedError, read_outline

SQUARE = [[-2.8, 52.6], [-2.7, 52.6], [-2.7, 52.7], [-2.8, 52.7], [-2.8, 52.6]]


def district(ring=None, **changes):
    feature = {
        "type": "Feature",
        "properties": {"name": "Rutland"},
        "geometry": {"type": "Polygon", "coordinates": [SQUARE if ring is None else ring]},
    }
    return {**feature, **changes}


@pytest.fixture
def write(tmp_path):
    def written(*features, text=None, **changes):
        path = tmp_path / "outline.geojson"
        whole = {"type": "FeatureCollection", "features": list(features), **changes}
        path.write_bytes(text if text is not None else json.dumps(whole).encode())
        return path

    return written


def problems(path):
    with pytest.raises(OutlineRefusedError) as refused:
        read_outline(path)
    return list(refused.value.problems)


class TestReading:
    def test_the_outline_that_we_bring_is_on_the_grid(self):
        by_name = {one.name: one for one in read_outline(OUTLINE)}
        assert len(by_name) == 10
        (ring,) = by_name["Shropshire"].rings
        assert len(ring) == 200
        assert lies_inside((349_500, 312_600), ring)  # Shrewsbury
        assert by_name["Stafford"].county == "Staffordshire"

    def test_holes_and_islands_are_rings_too(self, write):
        parts = {"type": "MultiPolygon", "coordinates": [[SQUARE, SQUARE[::-1]], [SQUARE]]}
        (one,) = read_outline(write(district(geometry=parts)))
        assert len(one.rings) == 3

    def test_heights_and_a_byte_order_mark_do_no_harm(self, write):
        text = json.dumps({"type": "FeatureCollection", "features": [district([[*p, 99.5] for p in SQUARE])]})
        assert len(read_outline(write(text=b"\xef\xbb\xbf" + text.encode()))) == 1


class TestRefusal:
    @pytest.mark.parametrize(
        "text",
        [b"", b"\x00\x01", b"{", b"URN,Name\n1,2", b"[" * 200_000, b'{"a": NaN}', b"\xff\xfe{}", b"9" * 5000],
        ids=["empty", "binary", "cut", "csv", "deep", "nan", "utf-16", "digits"],
    )
    def test_of_what_is_no_json(self, write, text):
        assert problems(write(text=text)) == [
            "This is not a GeoJSON file, or it was cut short. Download it again."
        ]

    def test_of_a_file_that_is_not_there_or_far_too_large(self, tmp_path, write):
        assert problems(tmp_path / "x") == [
            "The file cannot be read (No such file or directory). Check its name."
        ]
        assert problems(write(text=b" " * 5_000_001)) == [
            "The file has more than 5 MB. Choose a more generalised one."
        ]

    @pytest.mark.parametrize("whole", [b"[]", b"1", b"null", b'{"type": "Feature"}'])
    def test_of_json_that_is_no_collection(self, write, whole):
        assert problems(write(text=whole)) == ["This is not a GeoJSON FeatureCollection."]

    def test_of_no_districts_and_of_far_too_many(self, write):
        assert problems(write()) == ["There is no district in the file."]
        assert "101 districts, at most 100" in problems(write(*[district()] * 101))[0]

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"type": "Polygon"}, "This is not a GeoJSON Feature."),
            ({"properties": None}, "no “name”"),
            ({"properties": {"name": 7}}, "no “name”"),
            ({"properties": {"name": "x" * 121}}, "no “name”"),
            ({"properties": {"name": "Rut\u202eland"}}, "no “name”"),
            ({"geometry": None}, "“Rutland”: The geometry is no Polygon or MultiPolygon."),
            ({"geometry": {"type": "Point", "coordinates": [1, 2]}}, "no Polygon"),
            ({"geometry": {"type": "Polygon", "coordinates": []}}, "no rings"),
            ({"geometry": {"type": "MultiPolygon", "coordinates": [[]]}}, "no rings"),
        ],
    )
    def test_of_a_broken_district(self, write, change, words):
        (problem,) = problems(write(district(**change)))
        assert problem.startswith("District 1: ")
        assert words in problem

    @pytest.mark.parametrize(
        ("ring", "words"),
        [
            ("x", "fewer than four points"),
            (SQUARE[:3], "fewer than four points"),
            (SQUARE[:4], "does not end where it begins"),
            ([[-2.8, 52.6], [-2.7, 52.6], [-2.75, 52.6], [-2.8, 52.6]], "no area"),
            ([[-2.8], *SQUARE[1:]], "no pair"),
            ([["-2.8", 52.6], *SQUARE[1:]], "no number"),
            ([[True, 52.6], *SQUARE[1:]], "no number"),
            ([[10**400, 52.6], *SQUARE[1:]], "not in Great Britain"),
            ([[lat, lon] for lon, lat in SQUARE], "longitude before latitude"),
            ([[349_000, 312_000], *SQUARE[1:]], "not in Great Britain"),
        ],
    )
    def test_of_a_broken_ring(self, write, ring, words):
        (problem,) = problems(write(district(ring)))
        assert words in problem

    def test_of_a_number_that_is_infinite(self, write):
        text = json.dumps({"type": "FeatureCollection", "features": [district()]}).replace("-2.7", "1e999")
        assert "not in Great Britain" in problems(write(text=text.encode()))[0]

    def test_of_far_too_many_points(self, write):
        ring = [*SQUARE[:4] * 5_001, SQUARE[0]]
        assert "at most 20000" in problems(write(district(ring)))[0]
        half = [*SQUARE[:4] * 2_600, SQUARE[0]]
        other = district(half, properties={"name": "Other"})
        assert problems(write(district(half), other)) == [
            "There are 20802 points, at most 20000. Choose a more generalised file."
        ]

    def test_of_one_district_twice(self, write):
        assert problems(write(district(), district())) == ["“Rutland” is there twice."]

    def test_tells_only_so_many_problems(self, write):
        found = problems(write(*[{}] * 30))
        assert (len(found), found[-1]) == (MOST_PROBLEMS + 1, "and 10 more")


@pytest.mark.django_db
class TestLoading:
    def stored(self):
        return {one.name: one.is_own for one in MapOutline.objects.all()}

    def test_stores_every_district_and_knows_the_programmes_own(self):
        loaded = load_outline(OUTLINE)
        assert (loaded.own, len(loaded.neighbours), loaded.points) == (("Shropshire",), 9, 863)
        assert sum(self.stored().values()) == 1
        assert MapOutline.objects.first().attribution == (
            "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
            "Contains OS data © Crown copyright and database right 2024"
        )
        assert HistoryEntry.objects.get().summary == "The outline of Shropshire was loaded for the map."

    def test_another_county_takes_its_place_several_districts_together(self):
        load_outline(OUTLINE)
        load_outline(OUTLINE, name="staffordshire")
        assert {name for name, is_own in self.stored().items() if is_own} == {
            "Newcastle-under-Lyme",
            "South Staffordshire",
            "Stafford",
        }
        assert MapOutline.objects.count() == 10

    def test_is_of_the_county_of_the_settings_where_none_is_named(self):
        ProgrammeSettings(pk=1, county="Telford and Wrekin").save()
        assert load_outline(OUTLINE).own == ("Telford and Wrekin",)

    def test_the_same_again_changes_nothing(self):
        load_outline(OUTLINE)
        before = list(MapOutline.objects.values())
        assert not load_outline(OUTLINE).changed
        assert list(MapOutline.objects.values()) == before
        assert HistoryEntry.objects.count() == 1

    @pytest.mark.parametrize("attribution", [" ", "x" * 301])
    def test_wants_an_attribution(self, attribution):
        with pytest.raises(OutlineRefusedError, match="The attribution has 1 to 300 characters"):
            load_outline(OUTLINE, attribution=attribution)


@pytest.mark.django_db
class TestCommand:
    def test_says_what_was_loaded_and_what_was_there_already(self, capsys):
        call_command("load_outline", str(OUTLINE), "--name", "Shropshire")
        assert capsys.readouterr().out.splitlines() == [
            "The outline of Shropshire was loaded.",
            "  neighbours  9",
            "  points      863",
        ]
        call_command("load_outline", str(OUTLINE), "--name", "Shropshire")
        assert "is loaded already; nothing was changed." in capsys.readouterr().out

    def test_changes_nothing_when_it_refuses(self, write):
        load_outline(OUTLINE)
        before = list(MapOutline.objects.values())
        with pytest.raises(
            CommandError, match="outline.geojson was refused, and nothing was changed:\n  Dist"
        ):
            call_command("load_outline", str(write(district(), {})))
        with pytest.raises(CommandError, match="No district is called “Rutland”. There are: Cheshire East,"):
            call_command("load_outline", str(OUTLINE), name="Rutland")
        assert list(MapOutline.objects.values()) == before
