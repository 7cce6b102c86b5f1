"""What an administrator writes about what ties schools together: groups, other programmes, a school's link worker."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from accounts.models import User
from core.fields import LONGEST_ROW_NUMBER, RowsField, TelephoneField
from core.forms import GovukForm
from core.seen import SeenForm
from schools.models import OtherProgramme, School, SchoolGroup
from schools.queries.links import link_workers, programme_schools

MOST_IN_GROUP = 200
"""Schools that a search carries on with; no group has as many."""


class SchoolsField(RowsField):
    """Schools, each with its town beside its name."""

    def label_from_instance(self, obj: School) -> str:
        """Name and town."""
        return f"{obj.name}, {obj.town}" if obj.town else obj.name


class SchoolForm(SeenForm):
    """Who looks after a school at the forum, and what else it belongs to."""

    class Meta:
        model = School
        fields = ("link_worker", "telephone", "other_programmes", "groups")
        labels: ClassVar = {"link_worker": "Link worker (optional)"}
        help_texts: ClassVar = {
            "link_worker": "Whom the school asks first. People of the school see who it is."
        }

    telephone = TelephoneField(
        label="Telephone number of its office (optional)",
        help_text="The next refresh from the register writes over it where the register has one.",
        required=False,
    )
    other_programmes = RowsField(
        label="Other programmes that it is in (optional)",
        queryset=OtherProgramme.objects.all(),
        required=False,
    )
    groups = RowsField(
        label="Federations and clusters that it belongs to (optional)",
        queryset=SchoolGroup.objects.all(),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["groups"] = list(self.instance.groups.all()) if self.instance.pk else []
        workers = cast("forms.ModelChoiceField[User]", self.fields["link_worker"])
        workers.queryset = link_workers(self.instance)
        workers.empty_label = "Nobody yet"
        if self.instance.pk:
            self._leave_out_what_there_is_none_of()

    def _leave_out_what_there_is_none_of(self) -> None:
        for name in ("other_programmes", "groups"):
            if not cast("forms.ModelMultipleChoiceField[Any]", self.fields[name]).choices:
                del self.fields[name]

    def shown(self, row: Any) -> dict[str, Any]:
        """Its groups too, which hang on the groups and not on the school."""
        groups = sorted(row.groups.values_list("pk", flat=True)) if row.pk else []
        return {**super().shown(row), "groups": groups}

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]  # the stubs lack it
        if "groups" in self.cleaned_data:
            cast(School, self.instance).groups.set(self.cleaned_data["groups"])


class ConsentForm(SeenForm):
    """Whether the school agrees to be named on the public list."""

    submit_label = "Save the choice"

    class Meta:
        model = School
        fields = ("public_consent",)

    public_consent = forms.TypedChoiceField(
        label="May the public list name the school?",
        choices=[("True", "Yes, name it"), ("False", "No, do not name it")],
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
    )


class OtherProgrammeForm(SeenForm):
    """Another programme that schools here are in."""

    class Meta:
        model = OtherProgramme
        fields = ("name",)
        labels: ClassVar = {"name": "Name of the other programme"}
        help_texts: ClassVar = {"name": "For example: Mental Health Support Team"}

    def clean_name(self) -> str:
        """A name that no other has, in capitals or not."""
        return _of_its_own(self, "There is another programme with this name already.")


class GroupForm(SeenForm):
    """A federation or a cluster: its name, what its schools do together, and which they are.

    Boxes stand for the schools that belong to it, those that are ticked, and `found`: never for the whole county.
    """

    class Meta:
        model = SchoolGroup
        fields = ("name", "kind", "trains_together", "meets_together", "schools")
        labels: ClassVar = {"name": "Name of the group", "kind": "What is it?"}
        help_texts: ClassVar = {"name": "For example: Clee Hills cluster"}
        widgets: ClassVar = {"kind": forms.RadioSelect}

    kind = forms.ChoiceField(
        label="What is it?",
        choices=[
            ("federation", "A federation: schools with one governing body"),
            ("cluster", "A cluster: schools that have come together"),
        ],
        widget=forms.RadioSelect,
    )
    trains_together = forms.BooleanField(label="Their staff train together", required=False)
    meets_together = forms.BooleanField(label="They meet parent carers together", required=False)
    schools = SchoolsField(
        label="Schools in it (optional)",
        queryset=School.objects.none(),
        required=False,
    )

    def __init__(self, *args: Any, by: User, found: Iterable[School] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        if seen := (kwargs.get("initial") or {}).get("seen"):
            self.initial["seen"] = seen
        field = cast(SchoolsField, self.fields["schools"])
        members = Q(pk__in=self.instance.schools.values("pk") if self.instance.pk else ())
        field.queryset = School.objects.filter(Q(pk__in=programme_schools(by)) | members)
        ticked = self.data.getlist("schools") if self.is_bound else self.initial.get("schools", [])  # type: ignore[attr-defined]
        listed = Q(pk__in=_ids([*ticked, *found])) | members
        self.boxes = list(field.queryset.filter(listed).order_by("name", "pk"))
        field.choices = [(school.pk, field.label_from_instance(school)) for school in self.boxes]

    def showing(self, row: Any) -> Self:
        """With the schools that the same person may tick."""
        return type(self)(instance=row, by=self.by)

    def clean_name(self) -> str:
        """A name that no other group has, in capitals or not."""
        return _of_its_own(self, "There is a group with this name already.")


class GroupDraftForm(GovukForm, forms.Form):
    """What was typed of a group before it is saved, while its schools are looked for; carried in the address."""

    label_size: ClassVar[str] = "s"
    q = forms.CharField(
        label="Find schools of the programme by name or town",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    name = forms.CharField(required=False, max_length=300)
    kind = forms.ChoiceField(required=False, choices=SchoolGroup.Kind)
    trains_together = forms.BooleanField(required=False)
    meets_together = forms.BooleanField(required=False)
    schools = forms.TypedMultipleChoiceField(required=False, coerce=int)
    seen = forms.CharField(required=False, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.data.getlist("schools")[:MOST_IN_GROUP] if self.is_bound else []  # type: ignore[attr-defined]
        self.fields["schools"].choices = [(pk, pk) for pk in map(str, _ids(asked))]  # type: ignore[attr-defined]

    def typed(self) -> dict[str, Any]:
        """What is to stand in the group's form, without what was no such thing; nothing where nothing was carried."""
        self.full_clean()
        if "seen" not in self.data:
            return {}
        return {name: value for name, value in self.cleaned_data.items() if name != "q"}


def _ids(values: Iterable[Any]) -> list[int]:
    """Ids of rows, or of what was posted for them; what is none is left out."""
    found = (str(getattr(value, "pk", value)) for value in values)
    return [int(one) for one in found if one.isascii() and one.isdigit() and len(one) <= LONGEST_ROW_NUMBER]


def _of_its_own(form: SeenForm, refusal: str) -> str:
    """The name that was typed; ValidationError where another row has it, in capitals or not."""
    name = str(form.cleaned_data["name"])
    others: QuerySet[Any] = type(form.instance)._default_manager.exclude(pk=form.instance.pk)
    if others.filter(name__iexact=name).exists():
        raise ValidationError(refusal)
    return name
