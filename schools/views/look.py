"""How the pages look: two colours and a logo, for administrators."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.colours import Look
from core.logos import MOST_BYTES
from core.look import Crumb
from core.models import ProgrammeSettings
from core.services import remove_logo, save_logo
from core.uploads import is_too_large, takes_files
from schools.decorators import manages_the_programme, requires
from schools.forms.texts import LogoForm, LookForm
from schools.services.texts import save_look
from schools.views.editing import EDIT, RowPage, edit, sent

COLOURS = "Change the colours"


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def change_look(request: SignedInRequest) -> HttpResponse:
    """The two colours, with what they look like now."""
    form = _form(request)
    page = _page(ProgrammeSettings.load().look)
    return edit(request, form, save=save_look, back=_look(), crumbs=_crumbs(COLOURS), page=page)


@require_POST
@requires(Verb.MANAGE_PROGRAMME)
def preview_look(request: SignedInRequest) -> HttpResponse:
    """What the colours would look like; nothing is saved."""
    form = _form(request)
    is_valid = form.is_valid()
    look = form.instance.look if is_valid else ProgrammeSettings.load().look
    page = _page(look, is_tried=is_valid)
    context = page.context(form, _look(), _crumbs(COLOURS))
    return render(request, page.template, context, status=200 if is_valid else 422)


@takes_files(most_bytes=MOST_BYTES, may=manages_the_programme)
@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def change_logo(request: SignedInRequest) -> HttpResponse:
    """The logo as it is, and a place to send another."""
    context: dict[str, Any] = {"form": LogoForm(), "breadcrumbs": _crumbs("Change the logo")}
    if request.method != "POST":
        return render(request, "schools/logo.html", context)
    form = LogoForm(request.POST, request.FILES, is_too_large=is_too_large(request))
    if not form.is_valid():
        return render(request, "schools/logo.html", context | {"form": form}, status=422)
    if save_logo(picture=form.cleaned_data["logo"], by=request.user):
        messages.success(request, "Every page shows the new logo from now on.")
    return redirect(_look())


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def take_logo_away(request: SignedInRequest) -> HttpResponse:
    """Asks before the logo goes."""
    if request.method == "POST":
        if remove_logo(by=request.user):
            messages.success(request, "The logo is gone. Pages show the sign that came with PINS Hub.")
        return redirect(_look())
    return render(request, "schools/logo_remove.html", {"breadcrumbs": _crumbs("Remove the logo")})


def _form(request: SignedInRequest) -> LookForm:
    form = LookForm(sent(request), instance=ProgrammeSettings.load())
    form.helper.form_action = reverse("schools:change_look")
    form.helper.preview_url = reverse("schools:preview_look")
    return form


def _page(look: Look, *, is_tried: bool = False) -> RowPage:
    told = "Colours saved. Every page shows them from now on."
    return RowPage("schools/look.html", {"look": look, "is_tried": is_tried}, told)


def _programme() -> str:
    return reverse("schools:programme")


def _look() -> str:
    return f"{_programme()}#look"


def _crumbs(title: str) -> list[Crumb]:
    return [Crumb("Programme", _programme()), Crumb(title)]
