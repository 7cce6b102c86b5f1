"""What somebody sends after their session has ended is kept for half an hour, for the same person.

Every form shown to somebody signed in carries a signed token of who they are. When an anonymous POST with
such a token meets a page that needs a sign-in, its fields are stored, and the way leads through the sign-in
to a page with one button. That button posts to where the first POST went, with the number of what was kept;
the middleware below then puts the stored fields back, exactly as they came. What was kept is erased once a
page has taken it; what a part of a page did not save stays, and the answer shows the way back to the page.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import unquote, urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import HELD_FOR, HeldPost, User
from core.forms import HIDDEN_CHARACTER
from core.uploads import names_of_files

PERSON_FIELD = "held_for"
PERSON_HEADER = "X-Held-For"
WORDS_FIELD = "held_as"
WORDS_HEADER = "X-Held-As"
LONGEST_WORDS = 300
KEPT_FIELD = "held_post"
PAGE_STAYS_OPEN = timedelta(days=7)
"""How old a page may be whose POST is still kept."""
LONGEST_BODY = 100_000
LONGEST_PATH = 500
MOST_HELD = 20

_NOT_KEPT = ("csrfmiddlewaretoken", PERSON_FIELD, WORDS_FIELD, KEPT_FIELD)
_signer = TimestampSigner(salt="accounts.held_posts")


class SavedPart(HttpResponse):
    """A part of a page that says: all that was sent is saved, and nothing is left to choose or to mend."""


def person_token(user: User) -> str:
    """A signed token of who a form is shown to: it opens nothing, and says for whom to keep what is sent."""
    return _signer.sign(str(user.pk))


def _person_of(token: str) -> User | None:
    try:
        pk = _signer.unsign(token, max_age=PAGE_STAYS_OPEN)
    except BadSignature:
        return None
    return User.objects.filter(pk=pk, is_active=True).first()


def _may_be_kept(request: HttpRequest) -> bool:
    """Only what was sent to a page of ours that needs a sign-in, and never a password."""
    match = request.resolver_match
    if request.method != "POST" or match is None or not getattr(match.func, "login_required", True):
        return False
    if "admin" in match.app_names or (match.url_name or "").startswith("account_"):
        return False
    return not any(_asks_for_a_password(name) for name in request.POST)


def _asks_for_a_password(name: str) -> bool:
    """By the field's own name: what a form sets before it, such as the key of a statement, says nothing."""
    return "password" in name.lower().rpartition("-")[2]


def keep(request: HttpRequest) -> HeldPost | None:
    """Keep the POST for the person whom its form was shown to; None when it is not one to be kept.

    Files are not kept, only their names; nor is what is over 100 kB. The oldest makes room for the
    twenty-first.
    """
    if not _may_be_kept(request):
        return None
    person = _person_of(request.headers.get(PERSON_HEADER, "") or request.POST.get(PERSON_FIELD, ""))
    if person is None or (request.user.is_authenticated and request.user.pk != person.pk):
        return None
    fields = request.POST.copy()
    for name in _NOT_KEPT:
        fields.pop(name, None)
    body, path = fields.urlencode(), request.get_full_path()
    if len(body) > LONGEST_BODY or len(path) > LONGEST_PATH:
        return None
    files = names_of_files(request)
    page = _page_before(request) if getattr(request, "htmx", False) else ""
    return _store(person, path, {"form": body, "files": files, "page": page, "words": _words_of(request)})


def _words_of(request: HttpRequest) -> str:
    """What sending the form does, as its page said; a header comes percent-encoded."""
    words = request.POST.get(WORDS_FIELD) or unquote(request.headers.get(WORDS_HEADER, ""), errors="replace")
    return HIDDEN_CHARACTER.sub("", words)[:LONGEST_WORDS]


def _store(person: User, path: str, body: dict[str, object]) -> HeldPost:
    with transaction.atomic():
        newest = person.held_posts.order_by("-held_at", "-pk").values_list("pk", flat=True)[: MOST_HELD - 1]
        person.held_posts.exclude(pk__in=list(newest)).delete()
        return HeldPost.objects.create(token=uuid.uuid4(), user=person, path=path, body=body)


def page_of(held: HeldPost) -> str:
    """The address of the page that gives it back."""
    return reverse("held_post", args=[held.token])


def _own_path(address: str, host: str) -> str:
    """The path of an address of this site; empty for any other, and for what is no address at all."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.netloc not in ("", host):
        return ""
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""


def _page_before(request: HttpRequest) -> str:
    """The page that the form stood on, to go to after the sign-in: a form's own address may take no GET."""
    for header in ("HX-Current-URL", "Referer"):
        if path := _own_path(request.headers.get(header, ""), request.get_host()):
            return path
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def go(request: HttpRequest, address: str) -> HttpResponse:
    """A redirect; for htmx one of the whole page, or the sign-in would land inside a fragment."""
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def to_sign_in(request: HttpRequest, then: str) -> HttpResponse:
    """To the sign-in page, and on to `then`, a path of ours."""
    return go(request, f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': then})}")


def _signed_out(request: HttpRequest) -> HttpResponse | None:
    if request.method != "POST":
        return to_sign_in(request, _page_before(request)) if getattr(request, "htmx", False) else None
    if waiting := _number(request.POST.get(KEPT_FIELD, "")):  # the session ended once more, on the kept page
        return to_sign_in(request, reverse("held_post", args=[waiting]))
    held = keep(request)
    if held is None:
        return to_sign_in(request, _page_before(request))
    messages.info(request, "Your session had ended. What you sent is kept: sign in and you can send it on.")
    return to_sign_in(request, page_of(held))


def _answer(request: HttpRequest, held: HeldPost, response: HttpResponse) -> HttpResponse:
    """What the page answered; erases what was kept once a page has taken it, an error keeps it for another try.

    What htmx sent is answered by a part of a page: when it is saved the way leads back to its page, and
    otherwise the part is set into a page of its own.
    """
    page = held.body["page"]
    if response.status_code >= 400:
        return response
    if page and response.status_code == 200 and b"<html" not in response.content:
        if not isinstance(response, SavedPart):
            return _not_saved(request, held, response)
        messages.success(request, "What you sent is saved.")
        response = HttpResponseRedirect(page)
    held.delete()
    return response


def _not_saved(request: HttpRequest, held: HeldPost, part: HttpResponse) -> HttpResponse:
    context = {
        "answer": part.content.decode(),
        "page": held.body["page"],
        "kept": page_of(held),
        "kept_until": held.held_at + HELD_FOR,
    }
    return render(request, "accounts/held_post_not_saved.html", context)


def _number(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None


class HeldPostMiddleware:
    """Keeps and restores; stands after the CSRF check and before the sign-in is required."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer what was sent on from the kept page in a way that a whole page can show."""
        response = self.get_response(request)
        restored: HeldPost | None = getattr(request, "restored_post", None)
        return response if restored is None else _answer(request, restored, response)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_: object
    ) -> HttpResponse | None:
        """Keep what an ended session would lose, or put back what was kept."""
        if not getattr(view, "login_required", True):
            return None  # nothing is kept there, and who asks would need the database
        if not request.user.is_authenticated:
            return _signed_out(request)
        if request.method == "POST" and KEPT_FIELD in request.POST:
            return self._restore(request)
        return None

    def _restore(self, request: HttpRequest) -> HttpResponse | None:
        number = _number(request.POST[KEPT_FIELD])
        held = HeldPost.objects.kept_for(request.user.pk).filter(token=number).first() if number else None
        if held is None or held.path != request.get_full_path():
            # An empty form must not reach the page in its place.
            return render(request, "accounts/held_post_gone.html", status=404)
        request.POST = QueryDict(held.body["form"])
        request.restored_post = held  # type: ignore[attr-defined]
        return None
