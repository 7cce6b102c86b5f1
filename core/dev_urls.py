"""Addresses for people who build the product; absent in production."""

from django.urls import path

from core import gallery

app_name = "dev"
urlpatterns = [
    path("gallery/", gallery.gallery, name="gallery"),
    path("gallery/errors/", gallery.gallery_errors, name="gallery_errors"),
    path("gallery/question/", gallery.gallery_question, name="gallery_question"),
    path("gallery/signed-in/", gallery.gallery_signed_in, name="gallery_signed_in"),
]
