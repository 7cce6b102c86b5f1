"""The made-up schools, the programme years and the cohorts that they joined in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

from schools.models import Cohort, Participation, PartnerBody, ProgrammeYear, School, SchoolUrn

FIRST_URN = 900_001
"""The register's own numbers are far below; they have not reached 160000."""


@dataclass(frozen=True)
class DemoSchool:
    """One invented school: where it stands (metres on the National Grid) and how many pupils it has."""

    name: str
    town: str
    point: tuple[int, int]
    pupils: int
    type_name: str = "Community school"
    trust: str = ""
    consents: bool = True
    has_website: bool = True

    @property
    def website(self) -> str:
        """An address under a name that belongs to nobody."""
        return f"https://{slugify(self.name.partition(' Primary')[0])}.example/" if self.has_website else ""


_ACADEMY, _AIDED, _CONTROLLED = "Academy converter", "Voluntary aided school", "Voluntary controlled school"
_MARCHES, _SEVERN = "Marches Meadow Learning Trust", "Severn Oak Academies"

YEAR_1 = (
    DemoSchool("Caer Ridge Primary School", "Church Stretton", (350460, 295700), 203),
    DemoSchool("Severn Oxbow Primary School", "Shrewsbury", (349410, 313060), 281, _ACADEMY, _SEVERN),
    DemoSchool("Kingfisher Lane Primary School", "Shrewsbury", (350680, 313470), 398),
    DemoSchool("Copperbeech Primary School and Nursery", "Shrewsbury", (348600, 312160), 342, consents=False),
    DemoSchool("Mill Leat CofE Primary School", "Ellesmere", (339240, 334470), 189, _CONTROLLED),
    DemoSchool("St Winnold's CofE Primary School", "Wem", (351340, 329020), 172, _CONTROLLED),
    DemoSchool("Perry Bank Primary School", "Baschurch", (343110, 322180), 146, _ACADEMY, _MARCHES),
    DemoSchool("Ironbank Primary School", "Broseley", (367290, 300240), 131, has_website=False),
    DemoSchool("Castle Steps Primary School", "Bridgnorth", (371600, 293540), 214),
    DemoSchool("Larden Meadow Primary School", "Craven Arms", (343050, 283060), 118, _ACADEMY, _MARCHES),
    DemoSchool("Teme Weir Primary School", "Ludlow", (352270, 275450), 236),
    DemoSchool("Old Saddlers Primary School", "Oswestry", (329340, 329040), 281, _ACADEMY, _MARCHES),
    DemoSchool("Tern Meadows Primary School", "Market Drayton", (366570, 334580), 342),
    DemoSchool("Sandstone Hill Primary School", "Whitchurch", (354560, 341170), 214, _ACADEMY, _SEVERN),
    DemoSchool("Hawkbatch Primary School", "Highley", (373260, 283600), 146),
    DemoSchool("Rea Bridge Primary School and Nursery", "Cleobury Mortimer", (366540, 275560), 131),
    DemoSchool("Offa's Gate Primary School", "Oswestry", (329400, 329540), 203, has_website=False),
    DemoSchool("Beacon Field CofE Primary School", "Albrighton", (381220, 304090), 189, _AIDED),
    DemoSchool("Stile End Primary School", "Shifnal", (375600, 306720), 236, consents=False),
    DemoSchool("Longfold Primary School", "Worthen", (332480, 304270), 84, consents=False),
)
YEAR_2 = (
    DemoSchool("Wenlock Brook Primary School", "Much Wenlock", (362970, 299710), 172),
    DemoSchool("Clun Hill Primary School", "Clun", (330390, 280450), 71),
    DemoSchool("Skylark Rise Primary School", "Shrewsbury", (349170, 311440), 398, _ACADEMY, _SEVERN),
    DemoSchool("Bramble Hollow Primary School", "Shrewsbury", (349070, 312320), 236),
    DemoSchool("St Oswin's Catholic Primary School", "Oswestry", (330300, 329620), 146, _AIDED),
    DemoSchool("Willowmoor Primary School", "Gobowen", (330190, 334160), 131),
    DemoSchool("Dovecote Lane Primary School", "Shifnal", (375060, 307340), 214, consents=False),
    DemoSchool("Corve Bridge Primary School", "Ludlow", (351550, 275030), 118, _ACADEMY, _MARCHES),
    DemoSchool("Hazel Bank Primary School", "Bishop's Castle", (331980, 289320), 104),
    DemoSchool("Meres End Primary School", "Ellesmere", (339800, 335050), 96, has_website=False),
    DemoSchool("Foldgate Primary School and Nursery", "Hodnet", (361000, 328440), 118),
    DemoSchool("Titterstone View Primary School", "Clee Hill", (359700, 274710), 62),
    DemoSchool("Heron's Reach Primary School", "Prees", (356510, 333620), 84, _ACADEMY, _SEVERN),
    DemoSchool("Packhorse Primary School", "Bucknell", (335580, 273990), 48, has_website=False),
    DemoSchool("Roundhill CofE Primary School", "Claverley", (379970, 293570), 96, _CONTROLLED),
)
POSTCODES = {
    "Church Stretton": "SY6",
    "Shrewsbury": "SY3",
    "Ellesmere": "SY12",
    "Wem": "SY4",
    "Baschurch": "SY4",
    "Broseley": "TF12",
    "Bridgnorth": "WV15",
    "Craven Arms": "SY7",
    "Ludlow": "SY8",
    "Oswestry": "SY11",
    "Market Drayton": "TF9",
    "Whitchurch": "SY13",
    "Highley": "WV16",
    "Cleobury Mortimer": "DY14",
    "Albrighton": "WV7",
    "Shifnal": "TF11",
    "Worthen": "SY5",
    "Much Wenlock": "TF13",
    "Clun": "SY7",
    "Gobowen": "SY11",
    "Bishop's Castle": "SY9",
    "Hodnet": "TF9",
    "Clee Hill": "SY8",
    "Prees": "SY13",
    "Bucknell": "SY7",
    "Claverley": "WV5",
}
"""The district of each town. What follows it is made up: no real postcode has a "V" in its second half."""

HEADS_SCHOOL = "Wenlock Brook Primary School"
OTHER_HEADS_SCHOOL = "Clun Hill Primary School"
TWO_SCHOOLS = ("Meres End Primary School", "Titterstone View Primary School")
"""Those of the executive head teacher."""

WITHDREW = "Longfold Primary School"
WITHDRAWAL = ("The head teacher left, and the school is without a SENCo until September.", date(2026, 1, 12))
LEFT_THIS_YEAR = "Copperbeech Primary School and Nursery"
"""Had asked for a visit more, and withdrew before it."""
LEAVING = "The federation that the school joins has a programme of its own."
TRAINING_ONLY = frozenset({"Beacon Field CofE Primary School", "Offa's Gate Primary School"})
ONLY_CONFIRMED = frozenset({"Packhorse Primary School", "Titterstone View Primary School"})

BODIES = (
    ("A made-up council", "Leads the programme in the county, with its educational psychologists"),
    ("A made-up integrated care board", "Brings speech and language and occupational therapists"),
)

HOURS_FULL, HOURS_EMBEDDING = 30, 8


@dataclass(frozen=True)
class DemoProgramme:
    """What stands after the schools were made: the two years, and the schools by name."""

    first_year: ProgrammeYear
    second_year: ProgrammeYear
    schools: dict[str, School]


def seed_schools() -> DemoProgramme:
    """Make what is missing of the years, cohorts, schools and their parts in the programme."""
    years = [
        ProgrammeYear.objects.get_or_create(name=name, defaults={"starts_on": starts, "ends_on": ends})[0]
        for name, starts, ends in (
            ("2025 to 2026", date(2025, 6, 1), date(2026, 3, 31)),
            ("2026 to 2027", date(2026, 4, 1), date(2027, 3, 31)),
        )
    ]
    for name, does in BODIES:
        PartnerBody.objects.get_or_create(name=name, defaults={"part": does})
    schools = {}
    urn = FIRST_URN
    for name, year, members in zip(("Year 1", "Year 2"), years, (YEAR_1, YEAR_2), strict=True):
        cohort, _ = Cohort.objects.get_or_create(
            slug=slugify(name), defaults={"name": name, "joined_in": year}
        )
        for made_up in members:
            schools[made_up.name] = school = _school(made_up, urn)
            urn += 1
            for year_of_part, part in _parts(made_up, cohort, *years):
                Participation.objects.get_or_create(
                    school=school, programme_year=year_of_part, defaults={"cohort": cohort, **part}
                )
    return DemoProgramme(years[0], years[1], schools)


def _school(made_up: DemoSchool, urn: int) -> School:
    known = SchoolUrn.objects.filter(urn=urn).select_related("school").first()
    if known is not None:
        return known.school
    easting, northing = made_up.point
    school = School.objects.create(
        name=made_up.name,
        slug=slugify(made_up.name),
        phase="Primary",
        type_name=made_up.type_name,
        trust=made_up.trust,
        town=made_up.town,
        postcode=f"{POSTCODES[made_up.town]} 9VV",
        easting=easting,
        northing=northing,
        website=made_up.website,
        telephone=f"01632 960{urn % 1000:03}",
        pupils=made_up.pupils,
        public_consent=made_up.consents,
    )
    SchoolUrn.objects.create(school=school, urn=urn)
    return school


def _parts(
    made_up: DemoSchool, cohort: Cohort, first: ProgrammeYear, second: ProgrammeYear
) -> Iterator[tuple[ProgrammeYear, dict[str, object]]]:
    offers, states = Participation.Offer, Participation.Status
    full = {"offer": offers.FULL, "support_hours": HOURS_FULL}
    if cohort.joined_in_id == second.pk:
        yield (
            second,
            {**full, "status": states.CONFIRMED if made_up.name in ONLY_CONFIRMED else states.ACTIVE},
        )
        return
    if made_up.name == WITHDREW:
        reason, day = WITHDRAWAL
        left = {"status": states.WITHDRAWN, "withdrawal_reason": reason, "withdrawn_on": day}
        yield first, {**full, **left}
        return
    yield first, {**full, "status": states.COMPLETED}
    if made_up.name in TRAINING_ONLY:
        yield second, {"status": states.ACTIVE, "offer": offers.TRAINING_ONLY}
    else:
        embedding = {"offer": offers.EMBEDDING, "support_hours": HOURS_EMBEDDING}
        yield second, {**embedding, "status": states.ACTIVE}
