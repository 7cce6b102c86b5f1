"""The words of the public pages, for administrators: which there are, changing one, seeing it first, going back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from core.models import ProgrammeSettings, PublicText
from core.public_texts import KINDS, PLACEHOLDERS, TextKind, blank_placeholders, shown
from schools.decorators import requires
from schools.forms.texts import TextForm, own_row, wording_of
from schools.queries.texts import text_lines
from schools.services.texts import reset_text, save_text
from schools.views.editing import EDIT, RowPage, edit, sent


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def index(request: SignedInRequest) -> HttpResponse:
    """Every text, with who changed it."""
    crumbs = [Crumb("Programme", reverse("schools:programme")), Crumb("Words of the public pages")]
    return render(request, "schools/texts.html", {"texts": text_lines(), "breadcrumbs": crumbs})


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def change(request: SignedInRequest, key: str) -> HttpResponse:
    """One text, as it is written."""
    kind = _kind(key)
    form = _form(request, kind)
    page = _page(kind, form)

    def after() -> str:
        for sentence in blank_placeholders(form.wording, ProgrammeSettings.load()):
            messages.warning(request, sentence)
        return reverse("schools:texts")

    back = reverse("schools:texts")
    return edit(request, form, save=save_text, back=back, crumbs=_crumbs(kind), after=after, page=page)


@require_POST
@requires(Verb.MANAGE_PROGRAMME)
def preview(request: SignedInRequest, key: str) -> HttpResponse:
    """What was written as its page would show it; nothing is saved."""
    kind = _kind(key)
    form = _form(request, kind)
    is_valid = form.is_valid()
    page = _page(kind, form)
    context = page.context(form, reverse("schools:texts"), _crumbs(kind))
    if not is_valid:
        return render(request, page.template, context, status=422)
    return render(request, page.template, context | {"preview": shown(form.wording)})


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def reset(request: SignedInRequest, key: str) -> HttpResponse:
    """Asks before what was written is given up for the text that came with the product."""
    kind = _kind(key)
    if request.method == "POST":
        if reset_text(key=key, by=request.user):
            messages.success(request, f"“{kind.label}” is again the text that came with PINS Hub.")
        return redirect("schools:texts")
    crumbs = [*_crumbs(kind)[:-1], Crumb(kind.label, reverse("schools:change_text", args=[key]))]
    context = {
        "kind": kind,
        "text": shown(wording_of(_row(key))),
        "breadcrumbs": [*crumbs, Crumb("Go back to ours")],
    }
    return render(request, "schools/text_reset.html", context)


def _kind(key: str) -> TextKind:
    if key not in KINDS:
        raise Http404
    return KINDS[key]


def _row(key: str) -> PublicText:
    return PublicText.objects.filter(key=key).first() or own_row(key)


def _form(request: SignedInRequest, kind: TextKind) -> TextForm:
    form = TextForm(sent(request), instance=_row(kind.key))
    form.helper.form_action = reverse("schools:change_text", args=[kind.key])
    form.helper.preview_url = reverse("schools:preview_text", args=[kind.key])
    return form


def _page(kind: TextKind, form: TextForm) -> RowPage:
    more = {
        "kind": kind,
        "is_changed": bool(form.instance.pk),
        "placeholders": PLACEHOLDERS,
        "blanks": blank_placeholders(form.wording, ProgrammeSettings.load()),
        "preview": None,
    }
    where = f"on the page {reverse(kind.url_name)}" if kind.is_page else f"here: {kind.stands.lower()}"
    return RowPage("schools/text_form.html", more, f"Saved: the text “{kind.label}”. It shows {where}.")


def _crumbs(kind: TextKind) -> list[Crumb]:
    texts = Crumb("Words of the public pages", reverse("schools:texts"))
    return [Crumb("Programme", reverse("schools:programme")), texts, Crumb(kind.label)]
