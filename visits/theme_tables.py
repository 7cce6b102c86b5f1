"""Themes as files: the same rows as the pages, by the same rule."""

from collections.abc import Iterable, Iterator

from core.spreadsheets import Cell, Table
from visits.queries.themes import PublishedThemes, RawTheme, SchoolTheme

RAW_HEADER = (
    *("School", "Programme year", "Visit", "Area", "About", "Kind", "What was said", "Raised by", "Group"),
    *("What the school says", "Its comment"),
)
SCHOOL_HEADER = (
    *(
        "Visit",
        "Area",
        "About",
        "Kind",
        "What was said",
        "Parent carers",
        "What the school says",
        "Its comment",
    ),
)


def raw_table(themes: Iterable[RawTheme]) -> Table:
    """Every theme with its exact count, for the forum."""
    return Table("Themes over schools", RAW_HEADER, map(_raw, themes))


def _raw(one: RawTheme) -> list[Cell]:
    theme, visit = one.theme, one.theme.visit
    return [
        visit.school.name,
        visit.programme_year.name,
        visit.step_id,
        theme.area.name,
        one.scope,
        one.kind,
        theme.text,
        theme.raised_by,
        str(theme.group or ""),
        one.reply.words,
        one.reply.comment,
    ]


def areas_table(told: PublishedThemes) -> Table:
    """Areas and kinds over schools, as they leave the forum."""
    header = ("Area", "Kind", "Schools", "Parent carers")
    rows = ([row.area, row.kind, row.told.schools_words, row.told.raised_words] for row in told.areas)
    return Table("Themes by area and kind", header, rows)


def groups_table(told: PublishedThemes) -> Table:
    """Groups of themes over schools, as they leave the forum."""
    header = ("Group", "Area", "Kind", "Schools", "Parent carers")
    rows = (
        [row.name, row.area, row.kind, row.told.schools_words, row.told.raised_words] for row in told.groups
    )
    return Table("Groups of themes", header, rows)


def school_table(school: str, themes: Iterable[SchoolTheme]) -> Table:
    """The themes of one school, as its reader has them on the page."""
    return Table(f"Themes of {school}", SCHOOL_HEADER, _of_school(themes))


def _of_school(themes: Iterable[SchoolTheme]) -> Iterator[list[Cell]]:
    for one in themes:
        yield [
            one.visit,
            one.area,
            one.scope,
            one.kind,
            one.text,
            one.raised,
            one.reply.words,
            one.reply.comment,
        ]
