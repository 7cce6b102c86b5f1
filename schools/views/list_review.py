"""The review of a council's list: each line with what it came to, and what a person decided about it."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from accounts.models import User
from schools.forms.lists import LineForm, ListForm, shown_of
from schools.forms.participation import RegisterSearchForm
from schools.models import ProgrammeYear
from schools.queries.finding import find_in_register
from schools.queries.matching import TO_DECIDE, Kind, Match, match_lines
from schools.school_lists import lines_of

MOST_LOOKED_UP = 8
"""Schools that looking one line up adds to its choices."""


class ListReview:
    """What a page of the review shows, and what applying it would do."""

    def __init__(self, form: ListForm, *, year: ProgrammeYear, user: User, sent: QueryDict | None) -> None:
        """`form` is valid; `sent` is what was decided so far, None for a list that has just come."""
        self.form = form
        self.user = user
        self.sent = sent
        self.matched = match_lines(lines_of(form.cleaned_data["lines"]), year=year, user=user)
        self.matches = self.matched.matches
        self.shown = shown_of(self.matches)
        self.lines = [self._line(match) for match in self.matches if self._is_asked(match)]

    @staticmethod
    def _is_asked(match: Match) -> bool:
        return match.kind is Kind.EXACT or match.kind in TO_DECIDE

    def _line(self, match: Match) -> LineForm:
        if self.sent is None or match.kind is Kind.EXACT:
            return LineForm(self.sent, match=match)
        prefix = f"line-{match.line.number}"
        found: list[int] = []
        search = RegisterSearchForm({"q": self.sent.get(f"{prefix}-find", "")})
        if search.is_valid():
            asked = find_in_register(self.user, search.cleaned_data["q"], most=MOST_LOOKED_UP)
            found = [school.pk for school in asked]
        taken, chosen = "", self.sent.get(f"{prefix}-choice", "")
        if chosen.isascii() and chosen.isdigit() and len(chosen) < 10:
            found.append(int(chosen))
            school = self.matched.register.by_pk.get(int(chosen))
            taken = school.name if school else ""
        return LineForm(self.sent, match=match, found=self.matched.to_choose(found), taken=taken)

    @property
    def is_as_shown(self) -> bool:
        """Whether the page that was sent showed what the lines come to now."""
        return self.sent is not None and self.sent.get("shown") == self.shown

    def only_look(self) -> None:
        """Draw what was chosen so far without asking for the rest."""
        for line in self.lines:
            if "choice" in line.fields:
                line.fields["choice"].required = False

    def is_decided(self) -> bool:
        """Whether every line is, and no school twice; else the forms say what is missing."""
        are_valid = not [line for line in self.lines if not line.is_valid()]
        first: dict[int, int] = {}
        for line in self.lines:
            pk = line.school_pk if line.is_valid() else None
            number = line.match.line.number
            if pk is None:
                continue
            if pk in first:
                said = f"Line {number} is the same school as line {first[pk]}. Leave one of them out."
                line.add_error("choice" if "choice" in line.fields else "add", said)
                are_valid = False
            first.setdefault(pk, number)
        return are_valid

    @property
    def schools(self) -> dict[int, int]:
        """The schools to add, by number of line; for a review that is decided."""
        chosen = ((line.match.line.number, line.school_pk) for line in self.lines)
        return {number: pk for number, pk in chosen if pk is not None}

    def left_out(self) -> list[tuple[int, str, str]]:
        """Number, words and reason of each line that adds no school; blank ones are not told."""
        added = set(self.schools)
        told = [one for one in self.matches if one.line.number not in added and not one.line.is_blank]
        return [
            (one.line.number, one.line.typed, "You left it out." if self._is_asked(one) else one.remark)
            for one in told
        ]

    def context(self) -> dict[str, Any]:
        """What the template shows."""
        of = self.matched.counts()
        passed = [one for one in self.matches if not self._is_asked(one) and not one.line.is_blank]
        return {
            "review": self,
            "to_decide": [line for line in self.lines if line.match.kind is not Kind.EXACT],
            "ready": [line for line in self.lines if line.match.kind is Kind.EXACT],
            "passed": passed,
            "blank": sum(one.line.is_blank for one in self.matches),
            "several": of[Kind.SEVERAL],
            "near": of[Kind.NEAR],
            "none": of[Kind.NONE],
        }
