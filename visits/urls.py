"""Addresses of visits and of what becomes of them."""

from django.urls import URLPattern, URLResolver, path

from visits.views import groups, school_themes, sharing, summaries, themes

app_name = "visits"

_sharing: list[URLPattern | URLResolver] = [
    path("visits/<int:visit_pk>/summary/", sharing.summary, name="summary"),
    path("visits/<int:visit_pk>/notes-written/", sharing.finish, name="finish_notes"),
    path("visits/<int:visit_pk>/write-on/", sharing.write_on, name="write_on"),
    path("visits/<int:visit_pk>/share/", sharing.share, name="share"),
    path("visits/<int:visit_pk>/receipt/", sharing.receipt, name="receipt"),
    path("visits/<int:visit_pk>/reply/", sharing.reply, name="reply"),
    path("visits/<int:visit_pk>/close/", sharing.close, name="close"),
    path("visits/<int:visit_pk>/open-again/", sharing.reopen, name="reopen"),
    path("summaries/<str:token>/", summaries.summary, name="summary_by_link"),
    path("summaries/<str:token>/receipt/", summaries.receipt, name="receipt_by_link"),
    path("summaries/<str:token>/reply/", summaries.reply, name="reply_by_link"),
]
_themes: list[URLPattern | URLResolver] = [
    path("themes/", themes.themes, name="themes"),
    path("themes.csv", themes.themes_csv, name="themes_csv"),
    path("themes.xlsx", themes.themes_excel, name="themes_excel"),
    path("themes/gather/", groups.gathering, name="gather_themes"),
    path("themes/groups/", groups.groups, name="theme_groups"),
    path("themes/groups.csv", themes.groups_csv, name="theme_groups_csv"),
    path("themes/groups.xlsx", themes.groups_excel, name="theme_groups_excel"),
    path("themes/groups/<int:group_pk>/", groups.one, name="theme_group"),
    path("themes/groups/<int:group_pk>/merge/", groups.merging, name="merge_group"),
    path("themes/groups/<int:group_pk>/rename/", groups.rename, name="rename_group"),
    path("workspaces/<int:school_pk>/themes/", school_themes.themes, name="school_themes"),
    path("workspaces/<int:school_pk>/themes.csv", school_themes.themes_csv, name="school_themes_csv"),
    path("workspaces/<int:school_pk>/themes.xlsx", school_themes.themes_excel, name="school_themes_excel"),
]

urlpatterns: list[URLPattern | URLResolver] = [*_sharing, *_themes]
