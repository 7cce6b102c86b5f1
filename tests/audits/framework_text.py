"""A framework file as short as the format allows, for tests to break in one place at a time."""

SMALL = """\
key: small
name: Small framework
version: "1.0"
note: Made for tests, and not the national text.
areas:
  - key: environment
    name: Environment
    kind: domain
    introduction: What the building feels like.
    training: [sensory-environment]
    statements:
      - key: environment-calm-space
        text: A calm space is open whenever a pupil needs it.
        guidance: A tent or a corner will do.
        evidence: [The space itself]
        levels:
          1: Pupils use a corridor.
          2: There is a space that may be locked.
          3: Every pupil knows where it is.
          4: What is in it was chosen by pupils.
        needs: [sensory]
        actions:
          - {text: Make a corner with a cushion., need: sensory, adjustment: true, from: 2}
  - key: parent-carers
    name: Parent carer involvement
    kind: compulsory
    introduction: How parent carers are met.
    training: []
    statements:
      - key: parent-carers-peer-group
        text: Parent carers can meet each other through the school.
        guidance: A coffee morning will do.
        evidence: [Dates of meetings, The invitation]
        levels: {1: By chance., 2: It stopped., 3: Each term., 4: They run it.}
        needs: [social, other]
        actions:
          - {text: Hold one meeting online., need: social, adjustment: false, from: 3}
  - key: pupil-voice
    name: Pupil voice
    kind: compulsory
    introduction: How pupils are asked.
    training: [communication-needs]
    statements:
      - key: pupil-voice-methods
        text: Pupils are offered several ways to give their views.
        guidance: Drawing will do.
        evidence: [Three methods]
        levels: {1: One form., 2: Pictures for a few., 3: A choice for all., 4: Pupils do the asking.}
        needs: [communication]
        actions:
          - {text: Make picture cards., need: communication, adjustment: true, from: 2}
"""


def small_with(old: str, new: str) -> str:
    """The small framework with one piece of it replaced; the piece must be there."""
    assert old in SMALL
    return SMALL.replace(old, new, 1)
