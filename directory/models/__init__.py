"""All tables of this app: one file per subject, each queryset with its own `visible_to`."""

from directory.models.changes import Confirmation, Edition, Proposal, ProposalStatus
from directory.models.entrances import Entrance
from directory.models.evaluations import Evaluation, EvaluationAnswer
from directory.models.people import Invitation, Membership, User
from directory.models.places import Gemeente, Organisation, Region, SubmitterKind
from directory.models.procesafspraken import Procesafspraak, ProcesafspraakChange
from directory.models.reviews import MembershipReview, MembershipReviewLine
from directory.models.signalen import Signaal, SignaalStatus, SignaalStep
from directory.models.subscribers import Subscriber
from directory.models.tafels import Domain, InstroomAlternative, InstroomCriterium, Tafel, Trede
from directory.models.vocabulary import BasicNeed, DeelnemerKind, Stagnation, Theme
from directory.roles import Role

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
