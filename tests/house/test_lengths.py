"""Nothing that a form lets through is too long for the column in which it ends.

SQLite stores what PostgreSQL refuses, so that a length which is missing shows in production alone. Each text field
of a form stands below with its column, or with the reason why it has none.
"""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

import pytest
from django import forms
from django.db import models
from django.forms.forms import BaseForm
from django.http import QueryDict

from accounts import forms as accounts
from accounts.admin import UserForm
from accounts.models import User
from accounts.permissions import SCHOOL_ROLES
from audits import forms as audits
from audits.models import Answer, Audit, SectionNote, Statement
from core.models import OutgoingEmail
from core.seen import SeenForm
from pins import forms as pins
from pins.dashboard.filters import BoardFilterForm
from schools.forms import actions, links, lists, participation, people, programme, public, register, schools
from schools.models import Action, Invitation, Membership, ProgrammeYear, School, SuccessionToReview
from schools.queries.matching import Kind, Match
from schools.queries.terms import SchoolCalendar
from schools.school_lists import Line
from tests.house.project import APPS
from visits.forms import (
    answering,
    batch,
    families,
    outcomes,
    planner,
    planning,
    record,
    safeguarding,
    sharing,
    signposting,
    themes,
    weeks,
)
from visits.forms.choosing import WhichForm
from visits.models import FamiliesPage, ProposedTime, Theme, ThemeGroup, Visit, VisitNotes, VisitStep

ONLY_SHOWN = ("core.gallery",)
"""Forms of the page that shows how ours look; they store nothing."""

HASHED = "a hash of it is stored, which is as long for every password"
COMPARED = "it is compared and never stored"
READ = "a time is read from it"
KEPT = "the history keeps it, whatever its length"


def column(model: type[models.Model], name: str) -> models.Field:
    return model._meta.get_field(name)


def a_visit() -> Visit:
    return Visit(pk=1, school=School(pk=1), step=VisitStep(number=1))


MADE: dict[type[BaseForm], Callable[[], BaseForm]] = {
    audits.AnswerForm: lambda: audits.AnswerForm(statement=Statement(key="a-key")),
    audits.GiveSectionForm: lambda: audits.GiveSectionForm(colleagues=User.objects.none(), by=User()),
    lists.LineForm: lambda: lists.LineForm(match=Match(Line(1, "A school"), Kind.NONE)),
    participation.CarryOnForm: lambda: participation.CarryOnForm(parts=[]),
    participation.BeginForm: lambda: participation.BeginForm(parts=[]),
    people.AcceptForm: lambda: people.AcceptForm(person=None),
    people.HandOverForm: lambda: people.HandOverForm(lead=Membership(user=User()), colleagues=[], by=User()),
    people.InviteForm: lambda: people.InviteForm(roles=SCHOOL_ROLES),
    people.RoleForm: lambda: people.RoleForm(roles=SCHOOL_ROLES),
    links.GroupForm: lambda: links.GroupForm(by=User()),
    pins.WorkspaceFilterForm: lambda: pins.WorkspaceFilterForm(
        QueryDict(), years=[], running=None, workers=[]
    ),
    audits.AuditFilterForm: lambda: audits.AuditFilterForm(QueryDict(), tells_open_apart=True),
    BoardFilterForm: lambda: BoardFilterForm(QueryDict(), years=[], today=date(2026, 11, 25), forum="PACC"),
    themes.GatherForm: lambda: themes.GatherForm(groups=[]),
    themes.MergeForm: lambda: themes.MergeForm(group=ThemeGroup()),
    sharing.ShareForm: lambda: sharing.ShareForm(marked="a" * 64),
    families.ApproveForm: lambda: families.ApproveForm(marked=True),
    families.AnswerChangeForm: lambda: families.AnswerChangeForm(page=FamiliesPage(school=School())),
    outcomes.LoopFilterForm: lambda: outcomes.LoopFilterForm(school=School(pk=1)),
    outcomes.OutcomeForm: lambda: outcomes.OutcomeForm(actions=Action.objects.none()),
    record.AttendanceForm: lambda: record.AttendanceForm(visit=Visit(), prefix="attendance"),
    record.NotesForm: lambda: record.NotesForm(visit=Visit(), prefix="notes"),
    record.ThemeForm: lambda: record.ThemeForm(visit=Visit(), key=UUID(int=1), areas=[]),
    signposting.SignpostingForm: lambda: signposting.SignpostingForm(choices=[], ticked=[]),
    safeguarding.SafeguardingForm: lambda: safeguarding.SafeguardingForm(
        visit=Visit(), prefix="safeguarding"
    ),
    public.PublicListForm: lambda: public.PublicListForm({}, cohorts=[], phases=[]),
    planning.ProposeForm: lambda: planning.ProposeForm(visit=a_visit(), by=User()),
    planning.ConfirmForm: lambda: planning.ConfirmForm(visit=a_visit(), by=User()),
    planning.LogForm: lambda: planning.LogForm(visit=a_visit(), by=User()),
    planning.RescheduleForm: lambda: planning.RescheduleForm(visit=a_visit()),
    planning.TakeDateBackForm: lambda: planning.TakeDateBackForm(visit=a_visit()),
    planning.CancelForm: lambda: planning.CancelForm(visit=a_visit()),
    planning.NotHeldForm: lambda: planning.NotHeldForm(visit=a_visit()),
    planning.WorkersForm: lambda: planning.WorkersForm(visit=a_visit()),
    answering.PickForm: lambda: answering.PickForm(visit=a_visit(), times={}),
    answering.SuggestForm: lambda: answering.SuggestForm(visit=a_visit()),
    planner.PlannerFilterForm: lambda: planner.PlannerFilterForm(
        QueryDict(), years=[], running=None, workers=[], cohorts=[]
    ),
    weeks.CalendarForm: lambda: weeks.CalendarForm({}, workers=[], today=date(2026, 11, 25)),
    WhichForm: lambda: WhichForm({}),
    batch.ChooseVisitsForm: lambda: batch.ChooseVisitsForm(visits=[], by=User()),
    batch.PlannedVisitForm: lambda: batch.PlannedVisitForm(
        visit=Visit(
            school=School(name="A school"),
            step=VisitStep(number=1),
            programme_year=ProgrammeYear(starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31)),
        ),
        workers=[],
        calendar=SchoolCalendar((), {}),
        how=batch.How(),
    ),
}
"""How to make a form that wants arguments."""

ENDS_IN: dict[type[BaseForm], dict[str, models.Field | str]] = {
    accounts.PeopleFilterForm: {"q": COMPARED},
    accounts.SignInForm: {"login": column(User, "email"), "password": COMPARED},
    accounts.RequestCodeForm: {"email": column(OutgoingEmail, "to")},
    accounts.ConfirmCodeForm: {"code": COMPARED},
    accounts.ResetPasswordForm: {"email": column(OutgoingEmail, "to")},
    accounts.ResetPasswordKeyForm: {"password1": HASHED},
    accounts.ChangePasswordForm: {"oldpassword": COMPARED, "password1": HASHED},
    accounts.SetPasswordForm: {"password1": HASHED},
    audits.AnswerForm: {
        "reason": column(Answer, "reason"),
        "evidence_note": column(Answer, "evidence_note"),
        "seen": "its pattern bounds the mark that is stored of it",
    },
    audits.SectionNoteForm: {
        "strengths": column(SectionNote, "strengths"),
        "development_area": column(SectionNote, "development_area"),
        "seen": "its pattern bounds the mark that is stored of it",
    },
    audits.ReasonForm: {"reason": column(Audit, "returned_reason")},
    actions.NotGoingAheadForm: {"reason": column(Action, "reason")},
    actions.WhatChangedForm: {"what_changed": column(Action, "what_changed")},
    sharing.ShareForm: {"looked_at": COMPARED},
    families.ApproveForm: {"words": COMPARED},
    families.AskForChangeForm: {"note": KEPT},
    families.AnswerChangeForm: {"reason": KEPT, "asked": COMPARED},
    outcomes.OutcomeForm: dict.fromkeys(("reason", "needed"), column(Theme, "outcome_reason")),
    lists.LineForm: {"find": COMPARED},
    lists.ListForm: {"lines": COMPARED},
    participation.RegisterSearchForm: {"q": COMPARED},
    people.AcceptForm: {name: column(User, name) for name in ("name", "job_title")},
    people.HandOverForm: {"email": column(Invitation, "email")},
    people.InviteForm: {name: column(Invitation, name) for name in ("email", "name")},
    programme.ReasonForm: {"reason": KEPT},
    links.GroupDraftForm: dict.fromkeys(
        ("q", "name", "seen"), "the address carries it; nothing is stored of it"
    ),
    pins.WorkspaceFilterForm: {"q": COMPARED},
    participation.CarryOnForm: {"seen": COMPARED},
    schools.HandMadeSchoolForm: {
        "name": column(School, "name"),
        "town": column(School, "town"),
        **dict.fromkeys(("urn", "postcode", "laestab"), "its pattern bounds what is stored of it"),
    },
    pins.MailTestForm: {"to": column(OutgoingEmail, "to")},
    public.PublicListForm: {"q": COMPARED},
    planner.PlannerFilterForm: {"q": COMPARED},
    batch.PlannedVisitForm: dict.fromkeys(
        [f"{part}{ending}" for part in ("day", "start") for ending in batch.ENDINGS],
        "it is read as a day or a time of day",
    ),
    register.ApplyForm: {"digest": COMPARED},
    register.DecisionForm: {"reason": column(SuccessionToReview, "reason")},
    BoardFilterForm: {"q": COMPARED},
    themes.GatherForm: {"name": column(ThemeGroup, "name"), "seen": COMPARED},
    themes.MergeForm: {"seen": COMPARED},
    themes.ThemeFilterForm: {"q": COMPARED},
    record.AttendanceForm: {"seen": "its pattern bounds the mark that is stored of it"},
    record.NotesForm: {
        "told_leaders": column(VisitNotes, "told_leaders"),
        "follow_ups": column(VisitNotes, "follow_ups"),
        "seen": "its pattern bounds the mark that is stored of it",
    },
    record.ThemeForm: {
        "text": column(Theme, "text"),
        "seen": "its pattern bounds the mark that is stored of it",
    },
    signposting.SignpostingForm: {"seen": COMPARED},
    safeguarding.SafeguardingForm: {
        "at": "the time that is read from it is stored",
        "seen": "its pattern bounds the mark that is stored of it",
    },
    planning.ProposeForm: {
        "place": column(Visit, "place"),
        **dict.fromkeys(("clock_1", "clock_2", "clock_3"), READ),
    },
    planning.ConfirmForm: {"place": column(Visit, "place"), "clock": READ},
    planning.LogForm: {"clock": READ},
    planning.RescheduleForm: {
        "place": column(Visit, "place"),
        "clock": READ,
        "seen": COMPARED,
        "reason": KEPT,
    },
    planning.TakeDateBackForm: {"reason": KEPT},
    planning.CancelForm: {"reason": column(Visit, "cancelled_reason")},
    planning.NotHeldForm: {"reason": KEPT},
    planning.WorkersForm: {"seen": COMPARED},
    answering.SuggestForm: {"clock": READ, "note": column(ProposedTime, "note")},
    UserForm: {name: column(User, name) for name in ("email", "name", "job_title")},
}


def ends_of(form: type[BaseForm]) -> dict[str, models.Field | str]:
    """Where each text of a form ends: those of a row's own form in the row."""
    if not issubclass(form, SeenForm):
        return ENDS_IN.get(form, {})
    own = set(texts(form)) - {"seen"}
    return {"seen": COMPARED, **{name: column(form._meta.model, name) for name in own}}


def is_ours(form: type[BaseForm]) -> bool:
    return form.__module__.partition(".")[0] in APPS and form.__module__ not in ONLY_SHOWN


def forms_below(form: type[BaseForm]) -> Iterator[type[BaseForm]]:
    """Every form of ours that pages use: those from which no other of ours is made."""
    for below in form.__subclasses__():
        deeper = list(forms_below(below))
        yield from deeper
        if is_ours(below) and not deeper:
            yield below


def texts(form: type[BaseForm]) -> dict[str, forms.CharField]:
    made = MADE.get(form, form)()
    return {name: field for name, field in made.fields.items() if isinstance(field, forms.CharField)}


FORMS = sorted(set(forms_below(BaseForm)), key=lambda form: form.__qualname__)


def too_long_for(field: forms.CharField, stored: models.Field) -> str:
    """What is wrong with the field's length; empty when nothing is."""
    if field.max_length is None:
        return "has no length"
    if stored.max_length is not None and field.max_length > stored.max_length:
        return f"takes {field.max_length} characters, its column {stored.max_length}"
    return ""


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__qualname__)
def test_every_text_field_says_where_it_ends(form: type[BaseForm]):
    assert set(ends_of(form)) == set(texts(form))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__qualname__)
def test_no_text_is_longer_than_its_column(form: type[BaseForm]):
    ends = {name: end for name, end in ends_of(form).items() if isinstance(end, models.Field)}
    faults = {name: too_long_for(texts(form)[name], end) for name, end in ends.items()}
    assert {name: fault for name, fault in faults.items() if fault} == {}


@pytest.mark.parametrize(
    ("field", "fault"),
    [
        (forms.CharField(), "has no length"),
        (forms.CharField(max_length=255), "takes 255 characters, its column 254"),
        (forms.CharField(max_length=254), ""),
    ],
)
def test_a_length_is_held_against_the_column(field: forms.CharField, fault: str):
    assert too_long_for(field, column(OutgoingEmail, "to")) == fault
