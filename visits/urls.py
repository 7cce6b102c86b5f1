"""Addresses of visits and of what becomes of them."""

from django.urls import URLPattern, URLResolver, path

from visits.views import feeds

app_name = "visits"

_calendars = [
    path("calendars/", feeds.feeds, name="feeds"),
    path("calendars/make/", feeds.make_own, name="make_own_feed"),
    path("calendars/make/<int:school_pk>/", feeds.make_for_school, name="make_school_feed"),
    path("calendars/<int:feed_pk>/take-back/", feeds.revoke, name="revoke_feed"),
    path("calendars/<str:token>.ics", feeds.calendar_feed, name="calendar_feed"),
]

urlpatterns: list[URLPattern | URLResolver] = [*_calendars]
