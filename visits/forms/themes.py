"""Narrowing the list of themes, and gathering those that are about the same."""

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict

from core.forms import GovukForm
from core.guard.forms import AskedOnceForm
from core.seen import SeenForm
from schools.models import Area, Cohort, ProgrammeYear
from visits.enums import Kind, Scope
from visits.models import ThemeGroup
from visits.queries.themes import IN_NO_GROUP

NEW_GROUP = "new"
PUBLIC_NAME = "Programme leads read it too: name no school."


class PublishedFilterForm(GovukForm, forms.Form):
    """Which themes to count, for those who read no text of them: a search would tell what the texts say."""

    label_size: ClassVar[str] = "s"
    year = forms.ModelChoiceField(
        label="Programme year", required=False, queryset=ProgrammeYear.objects.all(), empty_label="Every year"
    )
    cohort = forms.ModelChoiceField(
        label="Joined with",
        required=False,
        queryset=Cohort.objects.all(),
        to_field_name="slug",
        empty_label="Any cohort",
    )
    area = forms.ModelChoiceField(
        label="Area",
        required=False,
        queryset=Area.objects.all(),
        to_field_name="key",
        empty_label="Any area",
    )
    scope = forms.ChoiceField(label="About", required=False, choices=[("", "Both"), *Scope.choices])
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "Any kind"), *Kind.choices])

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for; nothing that is wrong."""
        return self.cleaned_data if self.is_valid() else {}


def _groups_to_choose() -> list[tuple[str, str]]:
    """Any, none or one of them; asked anew for each form."""
    groups = [(str(group.pk), group.name) for group in ThemeGroup.objects.all()]
    return [("", "Any or none"), (IN_NO_GROUP, "In no group"), *groups]


class ThemeFilterForm(PublishedFilterForm):
    """The same for the forum, by words and by group too."""

    group = forms.ChoiceField(label="Group", required=False, choices=_groups_to_choose)
    q = forms.CharField(
        label="Words in it", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )


class GatherForm(AskedOnceForm, GovukForm, forms.Form):
    """Into which group the chosen themes go: a new one, one that is there, or none."""

    submit_label = "Gather them"
    guarded = ("name",)

    into = forms.ChoiceField(label="Where do they go?")
    name = forms.CharField(
        label="Name of the new group",
        required=False,
        max_length=120,
        help_text=PUBLIC_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    area = forms.ModelChoiceField(
        label="Area of the new group", required=False, queryset=Area.objects.all(), empty_label=None
    )
    kind = forms.ChoiceField(label="Kind of the new group", required=False, choices=Kind.choices)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, groups: Iterable[ThemeGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(group.pk): group for group in groups}
        known = [(pk, f"{group}, {group.get_kind_display().lower()}") for pk, group in self.groups.items()]
        self.fields["into"].choices = [  # type: ignore[attr-defined]
            (NEW_GROUP, "Into a new group"),
            *known,
            (IN_NO_GROUP, "Out of their group, into none"),
        ]

    def clean(self) -> dict[str, Any]:
        """A new group has a name, an area and a kind of its own."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("into") != NEW_GROUP:
            return found
        for name, words in (
            ("name", "Name the new group"),
            ("area", "Choose an area"),
            ("kind", "Choose a kind"),
        ):
            if not found.get(name) and name not in self.errors:
                self.add_error(name, words)
        return found

    def asks_about(self, name: str) -> bool:  # noqa: ARG002 - there is one box
        """Of a name nothing is saved where the themes go elsewhere."""
        return bool(self.cleaned_data.get("into") == NEW_GROUP)

    @property
    def new_group(self) -> ThemeGroup | None:
        """The group to make; None when the themes go elsewhere."""
        found = self.cleaned_data
        if found["into"] != NEW_GROUP:
            return None
        return ThemeGroup(name=found["name"].strip(), area=found["area"], kind=found["kind"])

    @property
    def known_group(self) -> ThemeGroup | None:
        """The group that was chosen; None for no group."""
        return self.groups.get(self.cleaned_data["into"])


class MergeForm(GovukForm, forms.Form):
    """Into which other group all themes of a group go."""

    submit_label = "Merge them"

    into = forms.ModelChoiceField(label="Merge it into", queryset=ThemeGroup.objects.none(), empty_label=None)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, group: ThemeGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = ThemeGroup.objects.exclude(pk=group.pk)  # type: ignore[attr-defined]


def show_again(form: GatherForm | MergeForm, seen: str) -> None:
    """From now on the form counts as having seen how the groups stand now; what was typed stays."""
    data = cast(QueryDict, form.data).copy()
    data["seen"] = seen
    form.data = data


class ThemeGroupForm(AskedOnceForm, SeenForm):
    """What a group is called, and where it stands."""

    guarded = ("name",)

    class Meta:
        model = ThemeGroup
        fields = ("name", "area", "kind")
        labels: ClassVar = {"name": "Name of the group"}
        help_texts: ClassVar = {"name": PUBLIC_NAME}
        widgets: ClassVar = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "kind": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].empty_label = None  # type: ignore[attr-defined]
