"""Who may do what: verbs, roles and the one table between them.

Views, templates, tests and the page "Who can do what" all read this table. Roles are granted for the whole
site (`User`) or for one school (`schools.Membership`); `schools.access` works out the scope.
"""

from dataclasses import dataclass

from django.db.models import TextChoices


class Role(TextChoices):
    """The roles; the first four hold everywhere, the others at one school."""

    ADMINISTRATOR = "administrator", "Administrator"
    LIAISON = "liaison", "Liaison"
    PROGRAMME_LEAD = "programme_lead", "Programme lead"
    TRAINER = "trainer", "Trainer"
    SCHOOL_LEAD = "school_lead", "School lead"
    CONTRIBUTOR = "contributor", "Contributor"
    GOVERNOR = "governor", "Governor"


SITE_ROLES = (Role.ADMINISTRATOR, Role.LIAISON, Role.PROGRAMME_LEAD, Role.TRAINER)
SCHOOL_ROLES = (Role.SCHOOL_LEAD, Role.CONTRIBUTOR, Role.GOVERNOR)


LETS: dict[Role, str] = {
    Role.SCHOOL_LEAD: (
        "answer and submit the self-audit, give out its sections, read the support report, pick times for visits "
        "and reply to their notes, change the school’s actions, approve what families read, "
        "and look after the people of the school"
    ),
    Role.CONTRIBUTOR: (
        "answer the sections of the self-audit that are given to them, read the answers and the support report, and "
        "add actions and change those"
    ),
    Role.GOVERNOR: "read the self-audit once it is submitted, the support report, and the notes of visits once shared",
}
"""What a role at a school lets somebody do, for those who invite and those who are invited: "They can …"."""


class Reach(TextChoices):
    """How far a role's right to a verb goes, in the words of the page "Who can do what"."""

    ANY = "any", "any school"
    OWN = "own", "own school"
    ANY_SUBMITTED = "any_submitted", "any school, once submitted"
    OWN_SUBMITTED = "own_submitted", "own school, once submitted"
    OWN_GIVEN = "own_given", "own school, sections given to them"
    OWN_ACTIONS = "own_actions", "own school, actions that they added"
    OWN_READ = "own_read", "own school, reading only"
    OWN_SESSIONS = "own_sessions", "own sessions"
    BOOKED = "booked", "schools booked on own sessions: name and contact"
    ANY_SUPPRESSED = "any_suppressed", "any school, small numbers hidden"
    ANY_READ = "any_read", "any school, reading only"


class Verb(TextChoices):
    """What can be done. Each verb is a row of the table below."""

    VIEW_SCHOOL = "view_school"
    MANAGE_PROGRAMME = "manage_programme"
    ANSWER_AUDIT = "answer_audit"
    READ_ANSWERS = "read_answers"
    LEAD_AUDIT = "lead_audit"
    REVIEW_AUDIT = "review_audit"
    CONFIRM_PRIORITIES = "confirm_priorities"
    READ_REPORT = "read_report"
    RECORD_VISITS = "record_visits"
    TAKE_PART_IN_VISITS = "take_part_in_visits"
    APPROVE_FOR_FAMILIES = "approve_for_families"
    CHANGE_ACTIONS = "change_actions"
    RUN_TRAINING = "run_training"
    BOOK_PLACES = "book_places"
    SEE_DASHBOARDS = "see_dashboards"
    MANAGE_PEOPLE = "manage_people"
    NAME_PUBLICLY = "name_publicly"


@dataclass(frozen=True)
class Rule:
    """One row of the table: the verb in words, and how far each role's right to it goes."""

    sentence: str
    reach: dict[Role, Reach]
    not_yet: bool = False
    """Whether no page does it so far: the rule is agreed, the rest is still to be built."""

    @property
    def words(self) -> str:
        """The sentence, and whether one would look for it in vain."""
        return f"{self.sentence} (not yet in PINS Hub)" if self.not_yet else self.sentence


_A, _L, _P, _T = SITE_ROLES
_S, _C, _G = SCHOOL_ROLES

TABLE: dict[Verb, Rule] = {
    Verb.VIEW_SCHOOL: Rule(
        "See a school’s own pages here",
        {
            _A: Reach.ANY,
            _L: Reach.ANY,
            _P: Reach.ANY,
            _T: Reach.BOOKED,
            _S: Reach.OWN,
            _C: Reach.OWN,
            _G: Reach.OWN,
        },
    ),
    Verb.MANAGE_PROGRAMME: Rule(
        "Change the programme and the schools in it, ask them for their self-audit, see what becomes of e-mails",
        {_A: Reach.ANY},
    ),
    Verb.ANSWER_AUDIT: Rule("Answer the self-audit", {_S: Reach.OWN, _C: Reach.OWN_GIVEN}),
    Verb.READ_ANSWERS: Rule(
        "Read answers and evidence notes",
        {
            _A: Reach.ANY,
            _L: Reach.ANY,
            _P: Reach.ANY_SUBMITTED,
            _S: Reach.OWN,
            _C: Reach.OWN,
            _G: Reach.OWN_SUBMITTED,
        },
    ),
    Verb.LEAD_AUDIT: Rule(
        "Submit the self-audit, give out its sections",
        {_S: Reach.OWN},
    ),
    Verb.REVIEW_AUDIT: Rule(
        "Review a submitted self-audit, send it back or reopen it",
        {_A: Reach.ANY, _L: Reach.ANY, _P: Reach.ANY},
    ),
    Verb.CONFIRM_PRIORITIES: Rule("Confirm a school’s priorities", {_A: Reach.ANY}, not_yet=True),
    Verb.READ_REPORT: Rule(
        "Read the support report",
        {_A: Reach.ANY, _L: Reach.ANY, _P: Reach.ANY, _S: Reach.OWN, _C: Reach.OWN, _G: Reach.OWN},
    ),
    Verb.RECORD_VISITS: Rule("Plan and record visits, read raw notes", {_A: Reach.ANY, _L: Reach.ANY}),
    Verb.TAKE_PART_IN_VISITS: Rule(
        "Pick a time for a visit, reply to its notes, read them once they are shared",
        {_A: Reach.ANY, _L: Reach.ANY, _S: Reach.OWN, _G: Reach.OWN_READ},
    ),
    Verb.APPROVE_FOR_FAMILIES: Rule(
        "Approve for the school what families read about its changes", {_S: Reach.OWN}
    ),
    Verb.CHANGE_ACTIONS: Rule(
        "Change the actions of a school’s plan",
        {_A: Reach.ANY, _L: Reach.ANY, _S: Reach.OWN, _C: Reach.OWN_ACTIONS},
    ),
    Verb.RUN_TRAINING: Rule(
        "Create training sessions and keep their registers",
        {_A: Reach.ANY, _L: Reach.ANY, _T: Reach.OWN_SESSIONS},
        not_yet=True,
    ),
    Verb.BOOK_PLACES: Rule(
        "Book places on training", {_A: Reach.ANY, _L: Reach.ANY, _S: Reach.OWN}, not_yet=True
    ),
    Verb.SEE_DASHBOARDS: Rule(
        "See dashboards, packs and exports",
        {_A: Reach.ANY, _L: Reach.ANY, _P: Reach.ANY_SUPPRESSED},
    ),
    Verb.MANAGE_PEOPLE: Rule(
        "Look after the people of a school and read its history",
        {_A: Reach.ANY, _L: Reach.ANY_READ, _S: Reach.OWN},
    ),
    Verb.NAME_PUBLICLY: Rule(
        "Say whether a school is named on the public list", {_A: Reach.ANY, _S: Reach.OWN}
    ),
}


def reach_of(role: Role, verb: Verb) -> Reach | None:
    """How far a role's right to a verb goes; None when it has none."""
    return TABLE[verb].reach.get(role)
