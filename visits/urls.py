"""Addresses of visits and of what becomes of them."""

from django.urls import URLPattern, URLResolver, path

from visits.views import batch, capacity, names, planner, requesting, weeks

app_name = "visits"

_planner = [
    path("visits/", planner.planner, name="planner"),
    path("visits.csv", planner.as_csv, name="planner_csv"),
    path("visits.xlsx", planner.as_excel, name="planner_excel"),
    path("visits/week/", weeks.week, name="week"),
    path("visits/week.csv", weeks.week_csv, name="week_csv"),
    path("visits/week.xlsx", weeks.week_excel, name="week_excel"),
    path("visits/month/", weeks.month, name="month"),
    path("visits/month.csv", weeks.month_csv, name="month_csv"),
    path("visits/month.xlsx", weeks.month_excel, name="month_excel"),
    path("visits/capacity/", capacity.capacity, name="capacity"),
    path("visits/capacity.csv", capacity.as_csv, name="capacity_csv"),
    path("visits/capacity.xlsx", capacity.as_excel, name="capacity_excel"),
    path("visits/plan/", batch.choose, name="plan"),
    path("visits/plan/apply/", batch.apply, name="apply_plan"),
    path("programme/visits/", names.index, name="names"),
    path("programme/visits/<int:number>/", names.change, name="change_name"),
    path("workspaces/<int:school_pk>/visits/request/", requesting.request_visit, name="request_visit"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *_planner,
]
