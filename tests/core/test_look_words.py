"""Dates and times in words."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.template import engines

from core.words import date_words, datetime_words, lower_first, moment_words, time_words

UTC = dt.UTC


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (dt.date(2027, 3, 3), "3 March 2027"),
        (dt.date(2026, 12, 31), "31 December 2026"),
        (dt.datetime(2027, 6, 30, 23, 30, tzinfo=UTC), "1 July 2027"),
        (dt.datetime(2027, 1, 31, 23, 30, tzinfo=UTC), "31 January 2027"),
    ],
)
def test_a_date_is_its_day_in_london(value, words):
    assert date_words(value) == words


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (0, 0, "midnight"),
        (0, 5, "12:05am"),
        (8, 45, "8:45am"),
        (9, 0, "9am"),
        (12, 0, "midday"),
        (12, 30, "12:30pm"),
        (15, 5, "3:05pm"),
        (23, 59, "11:59pm"),
    ],
)
def test_a_time_reads_as_people_say_it(hour, minute, words):
    assert time_words(dt.time(hour, minute)) == words


def test_a_moment_is_told_by_londons_clocks_in_summer():
    assert datetime_words(dt.datetime(2027, 7, 3, 7, 45, tzinfo=UTC)) == "8:45am on 3 July 2027"


def test_a_moment_from_elsewhere_is_told_by_londons_clocks():
    tokyo = ZoneInfo("Asia/Tokyo")
    assert datetime_words(dt.datetime(2027, 3, 4, 2, 0, tzinfo=tokyo)) == "5pm on 3 March 2027"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (dt.datetime(2027, 7, 3, 7, 45, tzinfo=UTC), "8:45am"),
        (dt.datetime(2027, 7, 2, 23, 30, tzinfo=UTC), "12:30am"),
        (dt.datetime(2027, 7, 2, 22, 30, tzinfo=UTC), "11:30pm on 2 July 2027"),
    ],
)
@time_machine.travel(dt.datetime(2027, 7, 3, 12, 0, tzinfo=UTC), tick=False)
def test_a_moment_of_another_day_says_which(moment, words):
    assert moment_words(moment) == words


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Your name", "your name"),
        ("SENCo", "SENCo"),
        ("URN of the school", "URN of the school"),
        ("I agree", "I agree"),
        ("", ""),
    ],
)
def test_a_label_inside_a_sentence_keeps_its_names(text, inside):
    assert lower_first(text) == inside


def test_the_filters_print_nothing_for_nothing_and_keep_midnight():
    template = engines["django"].from_string(
        "{% load words %}[{{ none|date_words }}{{ none|time_words }}{{ none|datetime_words }}] "
        "{{ midnight|time_words }}"
    )
    assert template.render({"none": None, "midnight": dt.time(0, 0)}) == "[] midnight"


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{{ at|date_words }}", "3\xa0March\xa02027"),
        ("{{ at|datetime_words }}", "5pm on 3\xa0March\xa02027"),
        ("{% autoescape off %}{{ at|datetime_words }}{% endautoescape %}", "5pm on 3 March 2027"),
    ],
)
def test_a_date_stays_on_one_line_of_a_page_and_is_plain_in_an_e_mail(template, words):
    page = engines["django"].from_string("{% load words %}" + template)
    assert page.render({"at": dt.datetime(2027, 3, 3, 17, 0, tzinfo=UTC)}) == words
