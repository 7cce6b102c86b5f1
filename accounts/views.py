"""Pages about one's own account. The steps of signing in are allauth's, under our templates."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import HELD_FOR, HeldPost
from accounts.requests import SignedInRequest


@login_not_required
@require_safe
def invitation_only(request: HttpRequest) -> HttpResponse:
    """Nobody signs up by themselves: how one gets an account."""
    return render(request, "accounts/invitation_only.html")


@require_safe
def your_account(request: SignedInRequest) -> HttpResponse:
    """Name, e-mail address and password of the person who is signed in."""
    return render(request, "accounts/your_account.html")


@never_cache
@require_safe
def held_post(request: SignedInRequest, token: str) -> HttpResponse:
    """What this person sent after their session had ended, and the button that sends it on."""
    held = HeldPost.objects.kept_for(request.user.pk).filter(token=token).first()
    if held is None:
        return render(request, "accounts/held_post_gone.html", status=404)
    fields = QueryDict(held.body["form"])
    words = [value for _, values in fields.lists() for value in values if " " in value.strip()]
    context = {
        "held": held,
        "kept_until": held.held_at + HELD_FOR,
        "does": held.body.get("words", ""),
        "words": words,
        "files": held.body["files"],
    }
    return render(request, "accounts/held_post.html", context)


@login_not_required
def too_many_requests(request: HttpRequest) -> HttpResponse:
    """One address tried too often within a minute."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "60"
    return response
