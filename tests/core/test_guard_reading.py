"""A text with its marks: its pieces, its reasons, and what an answer is bound to."""

from core.guard import DIGEST_LENGTH, read, unanswered


def test_the_pieces_are_marked_and_plain_in_turn():
    reading = read("Ask Oliver or Ruby.")
    assert [(one.text, bool(one.marks)) for one in reading.segments] == [
        ("Ask ", False),
        ("Oliver", True),
        (" or ", False),
        ("Ruby", True),
        (".", False),
    ]


def test_marks_that_overlap_share_a_piece():
    pieces = [one for one in read("a Year 4 boy, Oliver, with ADHD").segments if one.marks]
    assert [(one.text, {mark.kind.value for mark in one.marks}) for one in pieces] == [
        ("Year 4 boy, Oliver, with ADHD", {"name", "one"})
    ]


def test_the_same_words_have_their_reason_once():
    reasons = read("Oliver and Oliver").reasons
    assert [(one.words, one.why) for one in reasons] == [("Oliver", ("This is a first name.",))]


def test_an_answer_holds_for_these_words_alone():
    digests = {read(text).digest for text in ("Ask Oliver.", "Ask Oliver!", "Ask Oliver and Ruby.")}
    assert len(digests) == 3
    assert {len(one) for one in digests} == {DIGEST_LENGTH}


def test_an_answer_does_not_hold_where_more_is_marked():
    assert read("Ask Oliver.", allowed=["Oliver"]).digest != read("Ask Oliver.").digest


def test_line_ends_make_no_difference_to_an_answer():
    assert read("Ask\r\nOliver").digest == read("Ask\nOliver").digest


def test_nothing_and_spaces_have_no_marks():
    assert (read("").marks, read(" \n").marks, read("").segments) == ((), (), ())


def test_unanswered_are_those_with_marks_that_nobody_left_as_they_are():
    innocent, left, open_one = read("All is well."), read("Ask Oliver."), read("Ask Ruby.")
    assert unanswered([innocent, left, open_one], [left.digest]) == [open_one]
