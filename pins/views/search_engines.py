"""What programs that look for pages are told: which there are, and which are not for them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.page_card import site_address
from core.public_texts import KINDS
from core.same_page import same_file
from schools.public_words import school_path
from schools.queries.listing import whole_list_now

PUBLIC_PAGES = (
    "front",
    "schools:public_list",
    "visits:public_support",
    *(k.url_name for k in KINDS.values() if k.url_name not in {"", "front"}),
)
"""Names of the addresses that anybody may read, beside the pages of schools."""

PRIVATE = ("/accounts/", "/home/", "/django-admin/", "/dev/", "/outbox/", "/schools/?q=", "/schools/?*&q=")
"""Where there is nothing to find: pages that ask for a sign-in, and results of a search."""


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page, those of schools that agreed to be named among them, as sitemaps.org has it."""
    paths = [reverse(name) for name in PUBLIC_PAGES]
    paths += [path for school in whole_list_now().schools if (path := school_path(school))]
    addresses = [site_address(path) for path in paths]

    def build() -> HttpResponse:
        content = render_to_string("pins/sitemap.xml", {"addresses": addresses})
        return HttpResponse(content, content_type="application/xml; charset=utf-8")

    return same_file(request, build, contents=tuple(addresses))


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What is not for them, and where the sitemap is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE)]
    content = "\n".join([*lines, "", f"Sitemap: {site_address(reverse('sitemap'))}", ""])
    return same_file(
        request, lambda: HttpResponse(content, content_type="text/plain; charset=utf-8"), contents=content
    )
