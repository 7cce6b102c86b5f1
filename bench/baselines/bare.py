"""A bare Django site: a view that says a word, and one that saves one answer with one upsert. Frozen."""

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.urls import path
from django.utils import timezone

from audits.models import Answer


def word(request: HttpRequest) -> HttpResponse:
    """Nothing but an answer."""
    return HttpResponse("ok")


def upsert(request: HttpRequest, audit_pk: int, statement_pk: int) -> HttpResponse:
    """Save one answer of a signed-in person in one statement, whatever was there; no form, no check, no page."""
    if not request.user.is_authenticated:
        return HttpResponseForbidden()
    answer = Answer(
        audit_id=audit_pk,
        statement_id=statement_pk,
        state="rated",
        rating=int(request.POST["answer"]),
        evidence_note=request.POST["evidence_note"],
        answered_at=timezone.now(),
        answered_by=request.user,
    )
    Answer.objects.bulk_create(
        [answer],
        update_conflicts=True,
        unique_fields=["audit", "statement"],
        update_fields=["state", "rating", "evidence_note", "answered_at", "answered_by"],
    )
    return HttpResponse("saved")


urlpatterns = [path("word/", word), path("upsert/<int:audit_pk>/<int:statement_pk>/", upsert)]
