"""Decides how the papers of an internship may change: its agreement and its assessments. Runs none of their moves.

`sign` has two targets: the agreement is signed once nobody's signature is missing.
"""

from employers.moves import Machine, Move, Refusal, StateFlags, from_states
from placement.enums import AssessmentState as A
from placement.enums import InternshipAgreementState as I
from placement.models import Assessment, InternshipAgreement
from placement.paper_texts import digest_of


def text_is_whole(agreement: InternshipAgreement) -> Refusal | None:
    """Nobody signs or confirms a text that is not the one whose digest was taken when it was issued."""
    is_whole = agreement.text is not None and digest_of(agreement.text) == agreement.digest
    return None if is_whole else Refusal("paper_text_altered")


WRITE, SIGN, CONFIRM = "internship_agreement:change", "internship_agreement:sign", "internship_agreement:confirm"

INTERNSHIP_AGREEMENT = Machine(
    "internship_agreement",
    InternshipAgreement,
    from_states(I.DRAFT),
    {
        I.DRAFT: StateFlags(open=True, waits_for="counselor"),
        I.ISSUED: StateFlags(open=True, waits_for="company"),
        I.SIGNED: StateFlags(open=True, waits_for="counselor"),
        I.CONFIRMED: StateFlags(won=True, closed=True),
        I.VOIDED: StateFlags(closed=True),
    },
    (
        Move("fill", from_states(I.DRAFT), I.DRAFT, WRITE),
        Move("issue", from_states(I.DRAFT), I.ISSUED, WRITE),
        Move("sign", from_states(I.ISSUED), I.ISSUED, SIGN, guard=text_is_whole),
        Move("sign", from_states(I.ISSUED), I.SIGNED, SIGN, guard=text_is_whole),
        Move("confirm", from_states(I.SIGNED), I.CONFIRMED, CONFIRM, guard=text_is_whole),
        Move("void", from_states(I.DRAFT, I.ISSUED, I.SIGNED, I.CONFIRMED), I.VOIDED, WRITE, needs_reason=True),
    ),
)

ASSESS, REPLY, DROP = "assessment:answer", "assessment:reply", "assessment:change"

ASSESSMENT = Machine(
    "assessment",
    Assessment,
    from_states(A.DUE),
    {
        A.DUE: StateFlags(open=True, waits_for="company"),
        A.ANSWERED: StateFlags(open=True, waits_for="graduate"),
        A.ACCEPTED: StateFlags(won=True, closed=True),
        A.CONTRADICTED: StateFlags(won=True, closed=True),
        A.DROPPED: StateFlags(closed=True),
    },
    (
        Move("answer", from_states(A.DUE), A.ANSWERED, ASSESS),
        Move("accept", from_states(A.ANSWERED), A.ACCEPTED, REPLY),
        Move("contradict", from_states(A.ANSWERED), A.CONTRADICTED, REPLY),
        Move("drop", from_states(A.DUE), A.DROPPED, DROP, needs_reason=True),
    ),
)

PAPERS = (INTERNSHIP_AGREEMENT, ASSESSMENT)
