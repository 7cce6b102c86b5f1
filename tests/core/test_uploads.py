"""Files go nowhere: no page of the product takes one."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from core.uploads import names_of_files
from pins.urls import urlpatterns as product

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

TOO_LARGE_FOR_MEMORY = 2_700_000


@login_not_required
@require_POST
def sent(request: HttpRequest) -> JsonResponse:
    names = names_of_files(request)
    return JsonResponse({"names": names, "files": list(request.FILES), "note": request.POST["note"]})


urlpatterns = [*product, path("sent/", sent, name="sent")]


@pytest.fixture
def no_disk(settings, tmp_path):
    """Whatever is spooled fails."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "not-there")


@pytest.mark.parametrize("size", [10, TOO_LARGE_FOR_MEMORY])
def test_files_are_dropped_their_names_are_known_and_the_rest_arrives(client, no_disk, size: int):
    files = [SimpleUploadedFile(name, b"x" * size) for name in ("plan.pdf", "hall.jpg")]
    answer = client.post("/sent/", {"file": files, "note": "Both halls"})
    assert answer.json() == {"names": ["plan.pdf", "hall.jpg"], "files": [], "note": "Both halls"}


@pytest.mark.parametrize("to", ["/accounts/login/", "/nowhere/", "/home/"])
def test_no_page_of_the_product_spools_what_strangers_send(client, no_disk, to: str):
    file = SimpleUploadedFile("plan.pdf", b"x" * TOO_LARGE_FOR_MEMORY)
    assert client.post(to, {"file": file}).status_code < 500
