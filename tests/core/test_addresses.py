"""The tag that looks an address up once gives what Django's own gives."""

import pytest
from django.template import Context, Template
from django.template.defaulttags import URLNode
from django.urls import NoReverseMatch, path, reverse, set_script_prefix
from django.views.generic import RedirectView

from core.templatetags.addresses import SameAddress

urlpatterns = [path("word/", RedirectView.as_view(), name="word")]


def nodes(source):
    return [type(node) for node in Template(source).nodelist]


def test_an_address_is_the_one_that_django_finds():
    for _ in range(2):
        assert Template('{% url "visits:planner" %}').render(Context()) == reverse("visits:planner")


def test_it_can_be_kept_in_a_variable_and_is_escaped_where_it_is_printed():
    template = Template('{% url "home" as here %}{{ here|add:"?a&b" }}')
    assert template.render(Context()) == f"{reverse('home')}?a&amp;b"


def test_a_page_that_there_is_not_is_an_error_and_nothing_in_a_variable():
    with pytest.raises(NoReverseMatch):
        Template('{% url "no_such_page" %}').render(Context())
    assert Template('{% url "no_such_page" as here %}<{{ here }}>').render(Context()) == "<>"


def test_an_address_with_something_in_it_is_looked_up_each_time():
    assert nodes('{% url "workspace" pk %}') == nodes("{% url name %}") == [URLNode]
    assert nodes('{% url "home" %}') == [SameAddress]
    template = Template('{% url "workspace" pk %}')
    assert [template.render(Context({"pk": pk})) for pk in (1, 2)] == [
        reverse("workspace", args=[1]),
        reverse("workspace", args=[2]),
    ]


def test_below_another_prefix_and_among_other_pages_the_address_is_theirs(settings):
    template = Template('{% url "word" %}')
    settings.ROOT_URLCONF = __name__
    assert template.render(Context()) == "/word/"
    set_script_prefix("/below/")
    try:
        assert template.render(Context()) == "/below/word/"
    finally:
        set_script_prefix("/")
    settings.ROOT_URLCONF = "pins.urls"
    with pytest.raises(NoReverseMatch):
        template.render(Context())
