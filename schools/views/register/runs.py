"""The runs of the register: all of them, a new one, and what can be done with one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.uploads import is_too_large, takes_files
from schools.decorators import manages_the_programme, requires
from schools.forms.register import MOST_MEGABYTES, ApplyForm, UploadForm
from schools.models import RegisterRun, SuccessionToReview
from schools.services import register as services
from schools.services.errors import RegisterError
from schools.views.register.report import page_of


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def index(request: SignedInRequest) -> HttpResponse:
    """Every refresh, the latest first, and what waits for a person."""
    context = {
        "page": Paginator(RegisterRun.objects.with_people(), 50).get_page(request.GET.get("page")),
        "waiting": SuccessionToReview.objects.undecided().count(),
    }
    return render(request, "schools/register/index.html", context)


@takes_files(most_bytes=MOST_MEGABYTES * 1_000_000, may=manages_the_programme)
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.MANAGE_PROGRAMME)
def upload(request: SignedInRequest) -> HttpResponse:
    """Send a register file; the page of its run says what becomes of it."""
    if request.method != "POST":
        return _upload_page(request, UploadForm())
    form = UploadForm(request.POST, request.FILES, is_too_large=is_too_large(request))
    if not form.is_valid():
        return _upload_page(request, form, status=422)
    run = services.upload(
        file=form.cleaned_data["register"], links=form.cleaned_data["links"], by=request.user
    )
    return redirect(run)


def _upload_page(request: SignedInRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
    return render(request, "schools/register/upload.html", {"form": form}, status=status)


@never_cache
@require_POST
@requires(Verb.MANAGE_PROGRAMME)
def apply(request: SignedInRequest, run_pk: int) -> HttpResponse:
    """Have exactly what this page showed written."""
    run = get_object_or_404(RegisterRun, pk=run_pk)
    form = ApplyForm(request.POST, renamed=run.counts.get("renamed", 0))
    if not form.is_valid():
        return page_of(request, run, form, status=422)
    if form.cleaned_data["digest"] != run.digest:
        messages.warning(request, "The file was checked again since you read this page. Read it anew.")
        return redirect(run)
    _try(request, services.apply, run)
    return redirect(run)


@require_POST
@requires(Verb.MANAGE_PROGRAMME)
def check_again(request: SignedInRequest, run_pk: int) -> HttpResponse:
    """Have the same files checked beside the schools as they are now."""
    run = get_object_or_404(RegisterRun, pk=run_pk)
    _try(request, services.check_again, run)
    return redirect(run)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.MANAGE_PROGRAMME)
def discard(request: SignedInRequest, run_pk: int) -> HttpResponse:
    """Throw a file away, after saying what that means."""
    run = get_object_or_404(RegisterRun, pk=run_pk)
    if request.method != "POST":
        return render(request, "schools/register/discard.html", {"run": run})
    if _try(request, services.discard, run):
        messages.success(request, f"{run.file_name} was thrown away. Nothing of the schools was changed.")
        return redirect("schools:register")
    return redirect(run)


def _try(request: SignedInRequest, service: object, run: RegisterRun) -> bool:
    try:
        service(run=run, by=request.user)  # type: ignore[operator]
    except RegisterError as refusal:
        messages.warning(request, str(refusal))
        return False
    return True
