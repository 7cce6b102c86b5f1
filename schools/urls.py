"""Addresses of schools."""

from django.urls import path

from schools.views import public

app_name = "schools"
urlpatterns = [
    path("schools/", public.public_list, name="public_list"),
    path("schools.csv", public.public_csv, name="public_csv"),
    path("schools.xlsx", public.public_excel, name="public_excel"),
    path("schools.json", public.public_json, name="public_json"),
]
