from .admission import Admission
from .casus import Casus, ClientSupport, Event, Involvement, OwnReference
from .coordination import Submission
from .overleg import Afspraak, DateAnswer, DateOption, Deelnemer, Nomination, Overleg
from .oversight import LogWatch, UnusualReading, UnusualStatus, UnusualStep
from .route import InstroomAnswer, InstroomToets, RouteStep
from .transfer import Transfer

__all__ = [
    "Admission",
    "Afspraak",
    "Casus",
    "ClientSupport",
    "DateAnswer",
    "DateOption",
    "Deelnemer",
    "Event",
    "InstroomAnswer",
    "InstroomToets",
    "Involvement",
    "LogWatch",
    "Nomination",
    "Overleg",
    "OwnReference",
    "RouteStep",
    "Submission",
    "Transfer",
    "UnusualReading",
    "UnusualStatus",
    "UnusualStep",
]
