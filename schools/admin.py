"""Years, cohorts and who belongs to which school in Django's own admin, until the product's pages do it."""

from typing import ClassVar

from django.contrib import admin

from core.admin import RecordedAdmin
from schools.models import Cohort, Membership, Participation, ProgrammeYear, School


@admin.register(School)
class SchoolAdmin(RecordedAdmin):
    """Schools come from the register; here one is found, and its consent to be named is noted."""

    list_display = ("name", "town", "status", "public_consent")
    search_fields = ("name", "town", "urns__urn")
    fields = ("name", "town", "postcode", "public_consent")
    readonly_fields = ("name", "town", "postcode")

    def has_add_permission(self, request: object) -> bool:  # noqa: ARG002 - the shape is Django's
        """A school is imported, with its URN."""
        return False


@admin.register(ProgrammeYear)
class ProgrammeYearAdmin(RecordedAdmin):
    """Years with their own start and end."""

    list_display = ("name", "starts_on", "ends_on")


@admin.register(Cohort)
class CohortAdmin(RecordedAdmin):
    """The schools that joined together."""

    list_display = ("name", "joined_in")
    prepopulated_fields: ClassVar = {"slug": ("name",)}


@admin.register(Participation)
class ParticipationAdmin(RecordedAdmin):
    """A school's part in one year."""

    list_display = ("school", "programme_year", "cohort", "offer", "status")
    list_filter = ("programme_year", "cohort", "offer", "status")
    search_fields = ("school__name",)
    autocomplete_fields = ("school",)


@admin.register(Membership)
class MembershipAdmin(RecordedAdmin):
    """Who belongs to which school; one that ended keeps its row."""

    list_display = ("user", "school", "role", "started_at", "ended_at")
    list_filter = ("role",)
    search_fields = ("user__email", "user__name", "school__name")
    autocomplete_fields = ("user", "school")
