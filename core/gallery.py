"""The component gallery, /dev/gallery/: every component and control in every state. Development only."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.forms import CheckboxesWithHints, DateBoxesField, GovukForm, RadiosWithHints
from core.guard import HINT, read
from core.guard.forms import GuardedForm
from core.look import Crumb, Step, SummaryRow, Task, Todo

LEVELS = [("1", "Emerging"), ("2", "Developing"), ("3", "Established"), ("4", "Enhanced")]
DESCRIPTORS = {
    "1": "It depends on one person, and stops when they are away.",
    "2": "Some classes do it, each in its own way.",
    "3": "Every class does it and new staff are shown how.",
    "4": "Pupils and parent carers helped to shape it, and it is checked each term.",
    "na": "It does not arise in our school; say why.",
}
SETTINGS = [("hall", "Dining hall"), ("play", "Playground"), ("toilets", "Toilets")]
GROUPED = [
    ("", "Choose a cohort"),
    ("Full offer", [("1", "Year 1"), ("2", "Year 2")]),
    ("Lighter", [("3", "Embedding")]),
]


class GalleryForm(GovukForm, forms.Form):
    """Every control of the template pack."""

    submit_label = "Save and continue"

    name = forms.CharField(label="Your name", max_length=60)
    email = forms.EmailField(
        label="Work e-mail", help_text="We only use it to sign you in and to remind you."
    )
    password = forms.CharField(
        label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    number = forms.IntegerField(
        label="How many parent carers came?",
        help_text="0 is a good answer too.",
        min_value=0,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )
    note = forms.CharField(
        label="Evidence note",
        help_text="Where could somebody see this? Please write no names.",
        max_length=200,
        widget=forms.Textarea,
    )
    comment = forms.CharField(label="Anything else", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    cohort = forms.ChoiceField(label="Cohort", choices=GROUPED)
    when = forms.ChoiceField(
        label="When would suit you?",
        choices=[("drop", "After drop-off"), ("pick", "Before pick-up")],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    level = forms.ChoiceField(
        label="Staff share words for talking about difference",
        help_text="Choose the sentence that is most like your school today.",
        choices=[*LEVELS, ("na", "Not applicable")],
        widget=RadiosWithHints(hints=DESCRIPTORS, reveals={"na": "reason"}),
    )
    reason = forms.CharField(label="Why is it not applicable?", required=False)
    places = forms.MultipleChoiceField(
        label="Where is it loud?",
        help_text="Tick all that are.",
        choices=SETTINGS,
        widget=CheckboxesWithHints(hints={"hall": "At lunch, not only at assembly."}),
    )
    agree = forms.BooleanField(label="I have left out names", help_text="Of children, families and staff.")
    held_on = DateBoxesField(label="When was the meeting?", help_text="For example, 3 March 2027")
    plan = forms.FileField(label="A file", help_text="PDF or photo, up to 10 MB")
    secret = forms.CharField(widget=forms.HiddenInput, initial="travels unseen")


class FilterForm(GovukForm, forms.Form):
    """A row of filters."""

    q = forms.CharField(label="School or town", required=False)
    cohort = forms.ChoiceField(
        label="Cohort", choices=[("", "All"), ("1", "Year 1"), ("2", "Year 2")], required=False
    )


class GuardedGalleryForm(GuardedForm, GovukForm, forms.Form):
    """Two boxes about people: in one something is marked, in the other somebody left it as it is."""

    guarded = ("said", "idea")

    said = forms.CharField(label="What was said", max_length=500, widget=forms.Textarea)
    idea = forms.CharField(label="An idea", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class QuestionForm(GovukForm, forms.Form):
    """One question a page: its label is the heading."""

    submit_label = "Continue"
    heading_field = "slot"

    slot = forms.ChoiceField(
        label="Which time suits your school?",
        choices=[("a", "8:45am on 3 March 2027"), ("b", "2:15pm on 4 March 2027")],
        widget=forms.RadioSelect,
    )


def _filled() -> GalleryForm:
    return GalleryForm(
        initial={
            "name": "Ada O'Neill <b>& sons</b>",
            "email": "ada@example.org",
            "number": 0,
            "note": "On the wall of each class, at the height of the pupils' eyes.",
            "cohort": "2",
            "when": "drop",
            "level": "3",
            "places": ["hall", "toilets"],
            "agree": True,
            "held_on": dt.date(2027, 3, 3),
        },
        prefix="filled",
    )


def _guarded() -> GuardedGalleryForm:
    idea = "Grace was told that the choir could sing outside."
    said = "A Year 4 boy with ADHD misses playtime.\nHis mum <b>Kelly</b> would like a call: 07700 900123."
    return GuardedGalleryForm(
        initial={"said": said, "idea": idea}, accepted=[read(idea).digest], prefix="guarded"
    )


def _wrong() -> GalleryForm:
    typed = {
        "wrong-email": "ada at example",
        "wrong-note": "x" * 212,
        "wrong-held_on-day": "31",
        "wrong-held_on-year": "2027",
        "wrong-number": "some",
        "wrong-comment": "Pasted\x07 from elsewhere",
        "wrong-secret": "travels unseen",
    }
    form = GalleryForm(typed, prefix="wrong")
    form.add_error(None, "Two people saved this at the same time. Choose which text to keep.")
    return form


EXAMPLES: dict[str, Any] = {
    "breadcrumbs": [Crumb("Home", "/home/"), Crumb("Hopton Bank Primary School", "#"), Crumb("Gallery")],
    "tasks": [
        Task("Leadership, culture and values", "Completed", "#", "6 of 6 answered"),
        Task("Mental health", "In progress", "#", "2 of 5 answered, about 5 minutes left", "teal"),
        Task("Readiness to learn", "Not started", "#", "About 8 minutes", "grey"),
        Task("Submit the audit", "Cannot start yet", hint="When every section is answered"),
    ],
    "todos": [
        Todo(
            "Answer the next section of the self-audit",
            "#",
            "Hopton Bank Primary School",
            8,
            "by 3 March 2027",
        ),
        Todo(
            "Choose a date for the second meeting",
            "#",
            "Hopton Bank Primary School",
            2,
            "overdue since 1 March 2027",
            overdue=True,
        ),
    ],
    "rows": [
        SummaryRow("Name", "Ada O'Neill", "#", "your name"),
        SummaryRow("Address", "1 The Lane\nHopton", "#", "your address"),
        SummaryRow("URN", "900001"),
    ],
    "steps": [
        Step("Waiting for its turn", "done"),
        Step("Building the report, about 20 seconds", "now"),
        Step("Ready", "later"),
    ],
    "schools": [
        ("Hopton Bank Primary School", "Ludlow", 41),
        ("Clun Valley Primary School", "Craven Arms", 7),
    ],
    "colours": ["grey", "teal", "plum", "amber", "red", "green"],
    "levels": LEVELS,
    "guard_hint": HINT,
    "guard_reading": read("We spoke with Agnieszka Nowak about the hall."),
    "moment": dt.datetime(2027, 3, 3, 8, 45, tzinfo=dt.UTC),
}


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component, and the controls empty and filled."""
    page = Paginator(range(1, 501), 20).get_page(request.GET.get("page", "7"))
    forms_shown = {
        "empty_form": GalleryForm(prefix="empty"),
        "filled_form": _filled(),
        "filter_form": FilterForm(prefix="f"),
        "guarded_form": _guarded(),
    }
    return render(request, "core/gallery.html", {**EXAMPLES, **forms_shown, "page": page})


@login_not_required
@require_safe
def gallery_errors(request: HttpRequest) -> HttpResponse:
    """The controls with everything wrong, under the error summary."""
    return render(
        request,
        "core/gallery_form.html",
        {"form": _wrong(), "heading": "Every control, with everything wrong"},
    )


@login_not_required
@require_safe
def gallery_question(request: HttpRequest) -> HttpResponse:
    """One question a page."""
    return render(
        request, "core/gallery_form.html", {"form": QuestionForm(request.GET or None), "heading": ""}
    )


@login_not_required
@require_safe
def gallery_signed_in(request: HttpRequest) -> HttpResponse:
    """The slim bar of people who are signed in, over a list of what to do next."""
    return render(request, "core/gallery_signed_in.html", EXAMPLES)
