"""Whom to write to at a school."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from core.spreadsheets import Table, csv_response, excel_response
from schools.access import may_change
from schools.forms.people import ContactForm
from schools.models import School, SchoolContact
from schools.queries.people import contacts_of
from schools.services.contacts import remove_contact, save_contact
from schools.views.crumbs import contacts_crumb, school_crumbs
from schools.views.editing import EDIT, edit, sent
from schools.views.fetching import school_to_change, school_to_read


@require_safe
def contacts(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """Head teacher, SENCo, PINS lead, with their work addresses and telephone numbers."""
    school = school_to_read(request, school_pk)
    context = {
        "school": school,
        "contacts": contacts_of(school),
        "manages": may_change(request.user, Verb.MANAGE_PEOPLE, school),
        "breadcrumbs": school_crumbs(request, school, Crumb("Contacts")),
    }
    return render(request, "schools/people/contacts.html", context)


def _table(school: School) -> Table:
    rows = [(one.get_role_display(), one.name, one.email, one.telephone) for one in contacts_of(school)]
    return Table(
        f"Contacts of {school}", ("Role", "Name", "Work e-mail address", "Work telephone number"), rows
    )


@require_safe
def contacts_csv(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """The same as CSV."""
    school = school_to_read(request, school_pk)
    return csv_response(_table(school), f"contacts-{school.slug}")


@require_safe
def contacts_excel(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """The same for Excel."""
    school = school_to_read(request, school_pk)
    return excel_response(_table(school), f"contacts-{school.slug}")


@require_http_methods(EDIT)
def add_contact(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """One more contact."""
    school = school_to_change(request, school_pk, Verb.MANAGE_PEOPLE)
    form = ContactForm(sent(request), instance=SchoolContact(school=school))
    crumbs = school_crumbs(request, school, contacts_crumb(school), Crumb("Add a contact"))
    back = reverse("schools:contacts", args=[school.pk])
    return edit(request, form, save=save_contact, back=back, crumbs=crumbs)


@require_http_methods(EDIT)
def change_contact(request: SignedInRequest, school_pk: int, contact_pk: int) -> HttpResponse:
    """Role, name and address of a contact."""
    contact = _contact_to_change(request, school_pk, contact_pk)
    form = ContactForm(sent(request), instance=contact)
    crumbs = school_crumbs(request, contact.school, contacts_crumb(contact.school), Crumb("Change a contact"))
    back = reverse("schools:contacts", args=[school_pk])
    return edit(request, form, save=save_contact, back=back, crumbs=crumbs)


@require_http_methods(EDIT)
def remove(request: SignedInRequest, school_pk: int, contact_pk: int) -> HttpResponse:
    """Ask, then take a contact off the list."""
    contact = _contact_to_change(request, school_pk, contact_pk)
    if request.method == "POST":
        remove_contact(contact=contact, by=request.user)
        messages.success(request, f"{contact.name} is no longer on the list.")
        return redirect("schools:contacts", school_pk)
    crumbs = school_crumbs(request, contact.school, contacts_crumb(contact.school), Crumb("Remove a contact"))
    return render(request, "schools/people/remove_contact.html", {"contact": contact, "breadcrumbs": crumbs})


def _contact_to_change(request: SignedInRequest, school_pk: int, contact_pk: int) -> SchoolContact:
    school = school_to_change(request, school_pk, Verb.MANAGE_PEOPLE)
    return get_object_or_404(SchoolContact.objects.select_related("school"), pk=contact_pk, school=school)
