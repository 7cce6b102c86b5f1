"""Hostile words in the report's page and in its files: back as they were typed, and never as markup."""

import csv
import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from openpyxl import load_workbook

from core.spreadsheets import as_typed
from tests.audits.report_samples import area, snapshot, statement
from tests.factories import AuditFactory, ReportFactory, small_framework
from tests.naughty import naughty_strings

pytestmark = pytest.mark.django_db
STRINGS = naughty_strings()


@pytest.fixture
def report(people, settings, tmp_path):
    """A report in which every hostile string is a reason and somebody's own words."""
    settings.MEDIA_ROOT = tmp_path
    taken = snapshot(
        area(
            "leadership",
            "Leadership",
            [],
            statements=[statement(f"a-{n}", "not_applicable", reason=one) for n, one in enumerate(STRINGS)],
        ),
        *(area(f"area-{n}", one, [], strengths=one, development_area=one) for n, one in enumerate(STRINGS)),
    )
    audit = AuditFactory(school=people.school, version=small_framework(1, 1))
    return ReportFactory(
        audit=audit,
        snapshot=taken,
        status="ready",
        file=default_storage.save("reports/1/made.pdf", ContentFile(b"%PDF")),
        sha256="0" * 64,
        pages=9,
        built_at=timezone.now(),
    )


def test_the_page_shows_them_unchanged(report, people, sign_in):
    text = sign_in(people.head).get(reverse("audits:report", args=[report.pk])).text
    assert [one for one in STRINGS if f'report-said">{escape(one.strip())}</p>' not in text] == []


def test_the_csv_file_gives_them_back(report, people, sign_in):
    response = sign_in(people.head).get(reverse("audits:report_answers_csv", args=[report.pk]))
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert [as_typed(row[4]) for row in rows[1:]] == STRINGS


def test_the_excel_file_holds_no_formula(report, people, sign_in):
    response = sign_in(people.head).get(reverse("audits:report_answers_excel", args=[report.pk]))
    sheet = load_workbook(io.BytesIO(response.content)).active
    kinds = {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row}
    assert "f" not in kinds
