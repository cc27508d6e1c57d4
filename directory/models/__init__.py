from directory.roles import Role

from .changes import Confirmation, Edition, Proposal, ProposalStatus
from .entrances import Entrance
from .evaluations import Evaluation, EvaluationAnswer
from .people import Invitation, Membership, User
from .places import Gemeente, Organisation, Region, SubmitterKind
from .procesafspraken import Procesafspraak, ProcesafspraakChange
from .reviews import MembershipReview, MembershipReviewLine
from .signalen import Signaal, SignaalStatus, SignaalStep
from .subscribers import Subscriber
from .tafels import Domain, InstroomAlternative, InstroomCriterium, Tafel, Trede
from .vocabulary import BasicNeed, DeelnemerKind, Stagnation, Theme

__all__ = [
    "BasicNeed",
    "Confirmation",
    "DeelnemerKind",
    "Domain",
    "Edition",
    "Entrance",
    "Evaluation",
    "EvaluationAnswer",
    "Gemeente",
    "InstroomAlternative",
    "InstroomCriterium",
    "Invitation",
    "Membership",
    "MembershipReview",
    "MembershipReviewLine",
    "Organisation",
    "Procesafspraak",
    "ProcesafspraakChange",
    "Proposal",
    "ProposalStatus",
    "Region",
    "Role",
    "Signaal",
    "SignaalStatus",
    "SignaalStep",
    "Stagnation",
    "SubmitterKind",
    "Subscriber",
    "Tafel",
    "Theme",
    "Trede",
    "User",
]
