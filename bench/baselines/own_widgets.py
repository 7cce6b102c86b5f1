"""The fields of one statement as a plain Django form with Django's own widgets. Frozen."""

from typing import Any

from django import forms

from audits.models import Answer, Statement


class OwnWidgetsForm(forms.Form):
    """What a statement asks."""

    answer = forms.ChoiceField(label="Where is your school now?", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why does it not apply to your school?",
        help_text="Write no names, and nothing that shows which child or family it is.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    evidence_note = forms.CharField(
        label="What shows this? (optional)",
        help_text="Write no names, and nothing that shows which child or family it is.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    come_back = forms.BooleanField(label="Come back to this")
    seen = forms.CharField(widget=forms.HiddenInput)

    CHOICES = (
        *(("1", "1 Emerging"), ("2", "2 Developing"), ("3", "3 Established"), ("4", "4 Enhanced")),
        *(("not_applicable", "Not applicable to our school"), ("dont_know", "We don’t know yet")),
    )

    def __init__(self, statement: Statement, stored: Answer | None) -> None:
        self.statement = statement
        self.stored = stored
        initial: dict[str, Any] = {"seen": "0-000000000000"}
        if stored:
            initial |= {"answer": str(stored.rating or stored.state), "reason": stored.reason}
            initial |= {"evidence_note": stored.evidence_note, "come_back": stored.come_back}
        super().__init__(prefix=statement.key, initial=initial)
        self.fields["answer"].choices = self.CHOICES
