"""What a person may do with one audit: the table's rights, narrowed by what was submitted or given."""

from accounts.models import User
from accounts.permissions import Reach, Verb, reach_of
from audits.enums import OF_OPEN, Standing
from audits.models import Audit, Section, SectionNote
from schools.access import may, reaches

READ_SUBMITTED = {Reach.ANY_SUBMITTED, Reach.OWN_SUBMITTED}


def may_read_answers(user: User, audit: Audit) -> bool:
    """Whether this person may read the answers as they stand now."""
    reach = reaches(user, Verb.READ_ANSWERS, audit.school)
    if reach & {Reach.ANY, Reach.OWN}:
        return True
    return bool(reach & READ_SUBMITTED) and not audit.is_open


def tells_open_apart(user: User) -> bool:
    """Whether this person, at schools that are not their own, is told how far an audit is that is open."""
    return any(reach_of(role, Verb.READ_ANSWERS) is Reach.ANY for role in user.site_roles)


def standing_for(user: User, audit: Audit) -> Standing:
    """What this person is told of how it stands: who reads only what was submitted, that the school has it."""
    if audit.standing not in OF_OPEN or tells_open_apart(user):
        return audit.standing
    reach = reaches(user, Verb.READ_ANSWERS, audit.school)
    return Standing.WITH_SCHOOL if reach == {Reach.ANY_SUBMITTED} else audit.standing


def may_read_again(user: User, audit: Audit) -> bool:
    """Whether this person will read the answers once the school has submitted them again, and cannot until then."""
    reach = reaches(user, Verb.READ_ANSWERS, audit.school)
    return bool(reach & READ_SUBMITTED) and not may_read_answers(user, audit) and bool(audit.returned)


def may_read_exact_counts(user: User, audit: Audit) -> bool:
    """Whether counts of parent carers and pupils are this person's to read as the school typed them."""
    own = {Reach.ANY, Reach.OWN, Reach.OWN_SUBMITTED}
    return bool(reaches(user, Verb.READ_ANSWERS, audit.school) & own)


def may_be_given_sections(user: User, audit: Audit) -> bool:
    """Whether this person answers what a school lead gives to them."""
    return Reach.OWN_GIVEN in reaches(user, Verb.ANSWER_AUDIT, audit.school)


def only_answers_given(user: User, audit: Audit) -> bool:
    """Whether the audit is this person's no further than the sections that a school lead gives to them."""
    return may_be_given_sections(user, audit) and not may_lead(user, audit)


def may_lead(user: User, audit: Audit) -> bool:
    """Whether this person may submit the audit and give out its sections."""
    return may(user, Verb.LEAD_AUDIT, audit.school)


def may_review(user: User, audit: Audit) -> bool:
    """Whether this person may review the audit, send it back or reopen it."""
    return may(user, Verb.REVIEW_AUDIT, audit.school)


def may_answer(user: User, audit: Audit, section: Section) -> bool:
    """Whether this person may answer this section; whether the audit is open is another question."""
    reach = reaches(user, Verb.ANSWER_AUDIT, audit.school)
    if Reach.OWN in reach:
        return True
    return Reach.OWN_GIVEN in reach and _was_given(user, audit, section)


def _was_given(user: User, audit: Audit, section: Section) -> bool:
    return SectionNote.objects.given_to(user).filter(audit=audit, section=section).exists()
