"""Addresses of visits and of what becomes of them."""

from django.urls import URLPattern, URLResolver, include, path

from visits.views import (
    answering,
    batch,
    blank,
    capacity,
    families,
    families_asking,
    families_public,
    families_words,
    feeds,
    groups,
    loop,
    names,
    outcomes,
    planner,
    planning,
    record,
    requesting,
    school_themes,
    sharing,
    summaries,
    support,
    themes,
    visit,
    weeks,
)

app_name = "visits"

_record: list[URLPattern | URLResolver] = [
    path("visits/blank-record/", blank.blank, name="blank_record"),
    path("visits/<int:visit_pk>/blank-record/", blank.of_visit, name="blank_record_of"),
    path("visits/<int:visit_pk>/record/", record.record, name="record"),
    path("visits/<int:visit_pk>/record/here/", record.here, name="here"),
    path("visits/<int:visit_pk>/record/signposting/", record.save_support, name="save_signposting"),
    path("visits/<int:visit_pk>/record/themes/<uuid:key>/", record.save_theme, name="save_theme"),
    path("visits/<int:visit_pk>/record/themes/<uuid:key>/remove/", record.remove, name="remove_theme"),
    path("visits/<int:visit_pk>/record/themes/<uuid:key>/put-back/", record.put_back, name="put_theme_back"),
    path("visits/<int:visit_pk>/record/themes/<uuid:key>/forget/", record.forget, name="forget_theme"),
    path("visits/<int:visit_pk>/record/<slug:part>/", record.save_part, name="save_record_part"),
]
_support: list[URLPattern | URLResolver] = [
    path("support/", support.public, name="public_support"),
    path("programme/support/", support.support, name="support"),
    path("programme/support.csv", support.support_csv, name="support_csv"),
    path("programme/support.xlsx", support.support_excel, name="support_excel"),
    path("programme/support/add/", support.add, name="add_support"),
    path("programme/support/<int:support_pk>/change/", support.change, name="change_support"),
]

_calendars = [
    path("calendars/", feeds.feeds, name="feeds"),
    path("calendars/make/", feeds.make_own, name="make_own_feed"),
    path("calendars/make/<int:school_pk>/", feeds.make_for_school, name="make_school_feed"),
    path("calendars/<int:feed_pk>/take-back/", feeds.revoke, name="revoke_feed"),
    path("calendars/<str:token>.ics", feeds.calendar_feed, name="calendar_feed"),
]

_planning = [
    path("visits/<int:visit_pk>/", visit.visit, name="visit"),
    path("visits/<int:visit_pk>/propose/", planning.propose, name="propose"),
    path("visits/<int:visit_pk>/send-again/", planning.send_link_again, name="send_link_again"),
    path("visits/<int:visit_pk>/confirm/", planning.confirm, name="confirm"),
    path("visits/<int:visit_pk>/move/", planning.move, name="move"),
    path("visits/<int:visit_pk>/take-back/", planning.take_times_back, name="take_times_back"),
    path("visits/<int:visit_pk>/take-date-back/", planning.take_date_back, name="take_date_back"),
    path("visits/<int:visit_pk>/cancel/", planning.cancel, name="cancel"),
    path("visits/<int:visit_pk>/log/", planning.log, name="log"),
    path("visits/<int:visit_pk>/not-held/", planning.not_held, name="not_held"),
    path("visits/<int:visit_pk>/workers/", planning.workers, name="workers"),
    path("visits/<int:visit_pk>/times/", answering.times, name="times"),
    path("times/<str:token>/", answering.times_by_link, name="times_by_link"),
]

_theme_outcome = [
    path("", outcomes.decide, name="theme_outcome"),
    path("action/", outcomes.new_action, name="theme_action"),
    path("take-back/", outcomes.take_back, name="theme_take_back"),
]
_families_year = [
    path("", families.page, name="families_page"),
    path("draft/", families.draft, name="draft_families"),
    path("first-words/", families_words.intro, name="families_intro"),
    path("lines/add/", families_words.add_line, name="add_families_line"),
    path("lines/<int:line_pk>/change/", families_words.change_line, name="change_families_line"),
    path("lines/<int:line_pk>/remove/", families_words.remove, name="remove_families_line"),
    path("approve/", families.approve, {"side": "school"}, name="approve_families_school"),
    path("approve/forum/", families.approve, {"side": "forum"}, name="approve_families_forum"),
    path(
        "approve/take-back/",
        families.take_approval_back,
        {"side": "school"},
        name="unapprove_families_school",
    ),
    path(
        "approve/forum/take-back/",
        families.take_approval_back,
        {"side": "forum"},
        name="unapprove_families_forum",
    ),
    path("ask-for-a-change/", families_asking.ask, name="ask_families_change"),
    path("withdraw-the-change/", families_asking.withdraw, name="withdraw_families_change"),
    path("answer-the-change/", families_asking.answer, name="answer_families_change"),
    path("publish/", families.publish, name="publish_families"),
]
_families: list[URLPattern | URLResolver] = [
    path("", families.index, name="families"),
    path("<int:year_pk>/", include(_families_year)),
    path("editions/<int:edition_pk>/take-down/", families.take_down, name="take_families_down"),
    path("editions/<int:edition_pk>/sheet-again/", families.sheet_again, name="families_sheet_again"),
]
_loop: list[URLPattern | URLResolver] = [
    path("visits/<int:visit_pk>/themes/<int:theme_pk>/outcome/", include(_theme_outcome)),
    path("workspaces/<int:school_pk>/loop/", loop.loop, name="loop"),
    path("workspaces/<int:school_pk>/loop.csv", loop.as_csv, name="loop_csv"),
    path("workspaces/<int:school_pk>/loop.xlsx", loop.as_excel, name="loop_excel"),
    path("workspaces/<int:school_pk>/families/", include(_families)),
    path("schools/<slug:slug>/you-said/", families_public.page, name="families_public"),
    path("schools/<slug:slug>/you-said.pdf", families_public.sheet, name="families_sheet"),
]


_planner = [
    path("visits/", planner.planner, name="planner"),
    path("visits.csv", planner.as_csv, name="planner_csv"),
    path("visits.xlsx", planner.as_excel, name="planner_excel"),
    path("visits/week/", weeks.week, name="week"),
    path("visits/week.csv", weeks.week_csv, name="week_csv"),
    path("visits/week.xlsx", weeks.week_excel, name="week_excel"),
    path("visits/month/", weeks.month, name="month"),
    path("visits/month.csv", weeks.month_csv, name="month_csv"),
    path("visits/month.xlsx", weeks.month_excel, name="month_excel"),
    path("visits/capacity/", capacity.capacity, name="capacity"),
    path("visits/capacity.csv", capacity.as_csv, name="capacity_csv"),
    path("visits/capacity.xlsx", capacity.as_excel, name="capacity_excel"),
    path("visits/plan/", batch.choose, name="plan"),
    path("visits/plan/apply/", batch.apply, name="apply_plan"),
    path("programme/visits/", names.index, name="names"),
    path("programme/visits/<int:number>/", names.change, name="change_name"),
    path("workspaces/<int:school_pk>/visits/request/", requesting.request_visit, name="request_visit"),
]

_sharing: list[URLPattern | URLResolver] = [
    path("visits/<int:visit_pk>/summary/", sharing.summary, name="summary"),
    path("visits/<int:visit_pk>/notes-written/", sharing.finish, name="finish_notes"),
    path("visits/<int:visit_pk>/summary/send-again/", sharing.send_again, name="send_summary_again"),
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


urlpatterns: list[URLPattern | URLResolver] = [
    *_calendars,
    *_planning,
    *_planner,
    *_record,
    *_support,
    *_sharing,
    *_themes,
    *_loop,
]
