"""The product's addresses with those of the gallery, which a test run does not have by itself."""

from django.urls import include, path

from pins.urls import urlpatterns as ours

urlpatterns = [*ours, path("dev/", include("core.dev_urls"))]
