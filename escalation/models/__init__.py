from .admission import Admission
from .casus import Casus, ClientSupport, Event, Involvement, OwnReference
from .coordination import Submission
from .overleg import Afspraak, DateAnswer, DateOption, Deelnemer, Nomination, Overleg
from .retention import Destruction, Hold
from .rights import AccessRequest, Correction, Restriction
from .route import InstroomAnswer, InstroomToets, RouteStep
from .transfer import Transfer

__all__ = [
    "AccessRequest",
    "Admission",
    "Afspraak",
    "Casus",
    "ClientSupport",
    "Correction",
    "DateAnswer",
    "DateOption",
    "Deelnemer",
    "Destruction",
    "Event",
    "Hold",
    "InstroomAnswer",
    "InstroomToets",
    "Involvement",
    "Nomination",
    "Overleg",
    "OwnReference",
    "Restriction",
    "RouteStep",
    "Submission",
    "Transfer",
]
