from .people import Invitation, Membership, Role, User
from .places import Gemeente, Organisation, Region, SubmitterKind
from .procesafspraken import Procesafspraak, ProcesafspraakChange
from .tafels import Domain, InstroomAlternative, InstroomCriterium, Tafel, Trede
from .vocabulary import DeelnemerKind, Theme

__all__ = [
    "DeelnemerKind",
    "Domain",
    "Gemeente",
    "InstroomAlternative",
    "InstroomCriterium",
    "Invitation",
    "Membership",
    "Organisation",
    "Procesafspraak",
    "ProcesafspraakChange",
    "Region",
    "Role",
    "SubmitterKind",
    "Tafel",
    "Theme",
    "Trede",
    "User",
]
