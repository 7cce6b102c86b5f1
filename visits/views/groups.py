"""Groups of similar themes: the list, one group, gathering into it and out of it, merging and renaming."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from schools.decorators import requires
from schools.views.editing import EDIT, edit, sent
from visits.forms.themes import GatherForm, MergeForm, ThemeGroupForm, show_again
from visits.models import Theme, ThemeGroup
from visits.queries.groups import (
    MOST_AT_ONCE,
    chosen_themes,
    grouping_seen,
    groups_shown,
    groups_with_counts,
    merging_seen,
    themes_in,
)
from visits.services.errors import GroupGone, VisitError
from visits.services.groups import gather, gather_anew, merge, save_group

PAGE = 50


@require_safe
@requires(Verb.RECORD_VISITS)
def groups(request: SignedInRequest) -> HttpResponse:
    """All groups with what is in them, page by page."""
    page = Paginator(groups_with_counts(), PAGE).get_page(request.GET.get("page"))
    rows = groups_shown(cast(QuerySet[ThemeGroup], page.object_list))
    context = {"page": page, "rows": rows, "breadcrumbs": _crumbs()}
    return render(request, "visits/theme_groups.html", context)


@require_safe
@requires(Verb.RECORD_VISITS)
def one(request: SignedInRequest, group_pk: int) -> HttpResponse:
    """The themes of a group, to be taken out or moved on."""
    group = _group(group_pk)
    page = Paginator(themes_in(group), PAGE).get_page(request.GET.get("page"))
    (shown,) = groups_shown([group])
    crumbs = _crumbs(Crumb(group.name))
    context = {"group": group, "areas": shown.areas, "page": page, "breadcrumbs": crumbs}
    return render(request, "visits/theme_group.html", context)


@require_http_methods(EDIT)
@requires(Verb.RECORD_VISITS)
def gathering(request: SignedInRequest) -> HttpResponse:
    """Where the ticked themes go; the address names them, so that nothing is lost when it has to be asked again."""
    ticked = request.GET.getlist("theme")
    themes = chosen_themes(request.user, ticked)
    form = GatherForm(sent(request), groups=groups_with_counts(), initial=_beginning(themes))
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            moved = _gather(form, themes, request.user)
            messages.success(request, f"{moved} theme{'' if moved == 1 else 's'} moved.")
            return redirect("visits:theme_groups")
        except VisitError as refusal:
            form.add_error(None, str(refusal))
            status = 409
            show_again(form, grouping_seen(themes))
    context = {
        "form": form,
        "themes": themes,
        "left_out": max(0, len(set(ticked)) - MOST_AT_ONCE),
        "breadcrumbs": _crumbs(Crumb("Gather themes")),
    }
    return render(request, "visits/gather.html", context, status=status)


def _beginning(themes: list[Theme]) -> dict[str, object]:
    first = {"area": themes[0].area_id, "kind": themes[0].kind} if themes else {}
    return {"seen": grouping_seen(themes), **first}


def _gather(form: GatherForm, themes: list[Theme], by: User) -> int:
    seen, new = form.cleaned_data["seen"], form.new_group
    if not themes:
        raise GroupGone("Tick at least one theme first.")
    if new is not None:
        return gather_anew(themes=themes, group=new, seen=seen, by=by)
    return gather(themes=themes, into=form.known_group, seen=seen, by=by)


@require_http_methods(EDIT)
@requires(Verb.RECORD_VISITS)
def merging(request: SignedInRequest, group_pk: int) -> HttpResponse:
    """Into which other group this one goes."""
    group = _group(group_pk)
    form = MergeForm(sent(request), group=group, initial={"seen": merging_seen(group)})
    status = 422 if form.is_bound else 200
    if form.is_valid():
        into, seen = form.cleaned_data["into"], form.cleaned_data["seen"]
        try:
            merge(group=group, into=into, seen=seen, by=request.user)
            messages.success(request, f"“{group}” is part of “{into}” now.")
            return redirect("visits:theme_group", into.pk)
        except VisitError as refusal:
            form.add_error(None, str(refusal))
            status = 409
            show_again(form, merging_seen(group))
    crumbs = _crumbs(_crumb(group), Crumb("Merge"))
    page = Paginator(themes_in(group), PAGE).get_page(1)
    context = {"form": form, "group": group, "page": page, "breadcrumbs": crumbs}
    return render(request, "visits/merge_group.html", context, status=status)


@require_http_methods(EDIT)
@requires(Verb.RECORD_VISITS)
def rename(request: SignedInRequest, group_pk: int) -> HttpResponse:
    """Another name, area or kind."""
    group = _group(group_pk)
    form = ThemeGroupForm(sent(request), instance=group)
    back = reverse("visits:theme_group", args=[group.pk])
    crumbs = _crumbs(_crumb(group), Crumb("Rename the group"))
    return edit(request, form, save=save_group, back=back, crumbs=crumbs)


def _group(pk: int) -> ThemeGroup:
    return get_object_or_404(ThemeGroup.objects.select_related("area"), pk=pk)


def _crumb(group: ThemeGroup) -> Crumb:
    return Crumb(group.name, reverse("visits:theme_group", args=[group.pk]))


def _crumbs(*inside: Crumb) -> list[Crumb]:
    own = Crumb("Groups", reverse("visits:theme_groups") if inside else "")
    return [Crumb("Themes", reverse("visits:themes")), own, *inside]
