from .changes import Confirmation, Edition, Proposal, ProposalStatus
from .entrances import Entrance
from .people import Invitation, Membership, Role, User
from .places import Gemeente, Organisation, Region, SubmitterKind
from .procesafspraken import Procesafspraak, ProcesafspraakChange
from .subscribers import Subscriber
from .tafels import Domain, InstroomAlternative, InstroomCriterium, Tafel, Trede
from .vocabulary import DeelnemerKind, Theme

__all__ = [
    "Confirmation",
    "DeelnemerKind",
    "Domain",
    "Edition",
    "Entrance",
    "Gemeente",
    "InstroomAlternative",
    "InstroomCriterium",
    "Invitation",
    "Membership",
    "Organisation",
    "Procesafspraak",
    "ProcesafspraakChange",
    "Proposal",
    "ProposalStatus",
    "Region",
    "Role",
    "SubmitterKind",
    "Subscriber",
    "Tafel",
    "Theme",
    "Trede",
    "User",
]
