"""What the made-up schools wrote about themselves, area by area: plain, and nobody could be recognised by it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AreaWords:
    """Notes to draw from: on a whole section, and as evidence for what goes well or has only begun."""

    strengths: tuple[str, ...]
    development: tuple[str, ...]
    going_well: tuple[str, ...]
    begun: tuple[str, ...]


WORDS: dict[str, AreaWords] = {
    "leadership": AreaWords(
        strengths=(
            "Governors ask about this at every meeting, and the SENCo sits with senior leaders.",
            "We agreed our wording together in September, and most reports now follow it.",
            "New staff shadow two colleagues in their first week and tell us it helped.",
        ),
        development=(
            "The SENCo’s release time goes to cover too often. We want it protected by Easter.",
            "Policies are checked by one person. We would like families to read them with us.",
            "Lunchtime staff have not been part of the training so far.",
        ),
        going_well=(
            "Minutes of the autumn governors’ meeting; link governor visited in October.",
            "Induction folder, and what two new teaching assistants said about it.",
            "Behaviour policy, page 3, and the restorative questions on each lanyard.",
            "SENCo timetable: Tuesday mornings, kept free since September.",
        ),
        begun=(
            "Talked about at the September training day; nothing written yet.",
            "In the school development plan for the spring.",
            "Depends on who writes the report.",
        ),
    ),
    "mental-health": AreaWords(
        strengths=(
            "Two trained adults are free at the start of every day, and pupils know where they are.",
            "Morning check-ins run in every class and are part of the day, not an extra.",
            "We look at what made a day hard before we talk about attendance.",
        ),
        development=(
            "Adults who have supported a pupil through a hard hour go straight back to class.",
            "Office staff would like a short list of services to give to families.",
            "Older pupils tell us the quiet room feels as if it were for younger ones.",
        ),
        going_well=(
            "Poster with faces and names by each classroom door.",
            "Check-in charts in all classes; seen on a walk in the second week of term.",
            "Assemblies on different kinds of minds, planned with pupils.",
            "List of services on the website, checked in September.",
        ),
        begun=(
            "Works in two classes; the others have not started.",
            "We know whom to call, families often do not.",
            "Asked for at the last staff meeting.",
        ),
    ),
    "readiness": AreaWords(
        strengths=(
            "Pupils can come in by the side door at 8:40am, and about a dozen do.",
            "Every class shows the day on the wall and says when something will change.",
            "Movement breaks are in all timetables and nobody has to earn them.",
        ),
        development=(
            "Wet play is the hardest hour of the week. We want more choices indoors.",
            "Cover teachers do not always know about the warning cards.",
            "Moving on to secondary school starts in June, which is late for some.",
        ),
        going_well=(
            "Timetables with movement marked in green, all classes.",
            "Transition booklets with photographs, made by Year 5.",
            "Side door rota, and what families said about it in the autumn.",
            "Lunchtime clubs list: building, drawing, a walk.",
        ),
        begun=(
            "In Reception and Year 1 only.",
            "Happens when there is an extra adult.",
            "A few pupils have it in their plan; it is not for everybody yet.",
        ),
    ),
    "teaching": AreaWords(
        strengths=(
            "Planning starts from the pupils who find it hardest to begin, and others gain from it.",
            "Steps stay on the board in every class that we visited.",
            "Reviews every term change what we do: five plans out of eight were different afterwards.",
        ),
        development=(
            "Answers are still mostly written. We want to try recordings and models in science first.",
            "Thinking time is short when a lesson is being observed, by our own admission.",
            "Some pupils wait for an adult before they start. We want to look at how we deploy people.",
        ),
        going_well=(
            "Task boards in seven of eight classes, October walk.",
            "Pupils’ books in history: drawings, captions, one recorded talk.",
            "Graduated approach folder, reviews dated each term.",
            "Teaching assistants’ notes on stepping back, from the autumn training.",
        ),
        begun=(
            "Two teachers try it out this half term.",
            "In the plans, less so in the lessons we saw.",
            "We have the software and do not use it much.",
        ),
    ),
    "environment": AreaWords(
        strengths=(
            "The library corner is open to anybody who needs a quieter place.",
            "Uniform has a soft version, and nobody needs a letter for it.",
            "We walked the school with the lights off and on and changed three rooms.",
        ),
        development=(
            "The dining hall is loud, and there is nowhere else to eat yet.",
            "Displays cover most walls. We want to clear the one that pupils look at.",
            "The calm space is also used for reading groups, so it is often taken.",
            "Toilets smell and the hand dryers are loud; we have asked for a quote.",
        ),
        going_well=(
            "Photographs of three classrooms before and after.",
            "Seating choices: stools, cushions, a standing desk in each class.",
            "Early lunch for those who want it, up to fifteen pupils a day.",
            "Accessibility plan, reviewed by governors in July.",
        ),
        begun=(
            "One class has tried it since September.",
            "Depends on which room you are in.",
            "The plan speaks of ramps and doors and of nothing else so far.",
            "Ear defenders are there, in a cupboard.",
        ),
    ),
    "communication": AreaWords(
        strengths=(
            "The same symbols hang in the hall, the classrooms and the office.",
            "Letters home have become half as long, and more families answer them.",
            "Teachers ask pupils to show what they will do first, and wait.",
        ),
        development=(
            "Each class has its own symbols. We want to agree on one set.",
            "Instructions come in long chains, most of all at the end of the day.",
            "We notice speech and language needs late, when reading becomes hard.",
            "Lunchtime staff have no symbols with them.",
        ),
        going_well=(
            "Symbols on lanyards, seen with all adults on one Tuesday.",
            "Last four newsletters: one page, dates in bold.",
            "Language screening in Reception, autumn results.",
            "Communication boards by the climbing frame.",
        ),
        begun=(
            "Used with two pupils and not around them.",
            "Started after the training in October.",
            "Some adults do, some do not.",
            "We text and send e-mail, and say different things in each.",
        ),
    ),
    "parent-carers": AreaWords(
        strengths=(
            "The gate is staffed by somebody who knows the families, every morning.",
            "Parent carers write the first part of each review.",
            "A coffee morning each half term, run by parent carers themselves.",
        ),
        development=(
            "Families tell us they hear from us when something went wrong. We want it the other way round too.",
            "Parent carers who work cannot come to meetings at two o’clock.",
            "When home and school see different things, we tend to believe what we see.",
        ),
        going_well=(
            "Review forms with the family’s part filled in first.",
            "One-page guide, Who to ask, on the website and in the office.",
            "Coffee morning dates; seven came in October.",
            "Survey in July and our letter about what changed.",
        ),
        begun=(
            "Told at parents’ evening, twice a year.",
            "Depends on the class teacher.",
            "We asked once and have not answered yet.",
        ),
    ),
    "pupil-voice": AreaWords(
        strengths=(
            "Pupils can speak, draw, choose pictures or show us, and they do.",
            "Playground markings were chosen by pupils, and the sign beside them says so.",
            "Two of our six play leaders are neurodivergent and say so with pride.",
        ),
        development=(
            "We hear most from those who speak easily. We want to count whom we have not asked.",
            "Pupils rarely hear what became of what they said.",
            "Support plans are explained to pupils after adults have written them.",
        ),
        going_well=(
            "Pupil survey with pictures, autumn; how many took part is in the SENCo’s table.",
            "“You said, we did” board outside the hall.",
            "School council list and the jobs of Year 6.",
            "Pupils’ own pages in eight support plans.",
        ),
        begun=(
            "School council only.",
            "Asked in one class as a trial.",
            "We collected views in the summer and have not looked at them together.",
        ),
    ),
}

REASONS_NOT_APPLICABLE = {
    "environment-uniform": "We have no uniform.",
    "readiness-moving-on": "We opened last year and nobody has left or moved on yet.",
    "teaching-assistants": "We have no teaching assistants this year.",
    "communication-early-notice": "Our youngest pupils are in Year 3; the infant school does this.",
}

SENT_BACK = (
    "Thank you, this is thoughtful. Could you say a little more about Environment? Four statements have a top "
    "rating without a note, and your own strengths say that the dining hall is hard. Fifteen minutes would do."
)
REOPENED = (
    "You told us that the new calm space opened after you had submitted. Please look again at Environment; "
    "everything else stays as it was."
)
