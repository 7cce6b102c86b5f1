"""The guard: reads free text about people and marks what could identify a child or a family. A person decides.

It is a help and guarantees nothing (docs/decisions/0029); it knows no model and writes nothing. A box about people:

    class NoteForm(GuardedForm, GovukForm, forms.Form):          # core.guard.forms; SeenForm does as well
        guarded = ("text",)
        text = forms.CharField(label="What was said", max_length=500, widget=forms.Textarea)

    form = NoteForm(request.POST or None, initial={"text": note.text},
                    allowed=[school.name, school.town], accepted=note.accepted)
    if form.is_valid():                                          # marks stop nobody: the text is always saved
        services.save_note(note=note, text=form.cleaned_data["text"], accepted=form.answered(), by=request.user)
        return redirect(...)                                     # the page then shows the notice under its box
    # before a text goes out (share, publish): what nobody has looked at yet
    left = unanswered([read(note.text, allowed=names) for note in notes], accepted)

Words that go out as they are sent (a reason in an e-mail) stand in an `AskedOnceForm`: with marks it comes back once,
and goes with the tick.

`note.accepted` is a list of digests (`DIGEST_LENGTH` characters each), kept by the caller's model beside the text: an
answer holds for these words with these marks and for no others. Where the page is not drawn by a form, include
components/guard_notice.html with a Reading; where it is, the notice stands under the box by itself.
"""

from core.guard.finding import find
from core.guard.marks import Kind, Mark
from core.guard.reading import DIGEST_LENGTH, HINT, Reading, Segment, read, unanswered

__all__ = ["DIGEST_LENGTH", "HINT", "Kind", "Mark", "Reading", "Segment", "find", "read", "unanswered"]
