from .admission import Admission
from .casus import Casus, ClientSupport, Event, Involvement, OwnReference
from .communication import Communication
from .coordination import Submission
from .overleg import Afspraak, DateAnswer, DateOption, Deelnemer, Nomination, Overleg
from .route import InstroomAnswer, InstroomToets, RouteStep
from .saved_view import SavedView
from .transfer import Transfer

__all__ = [
    "Admission",
    "Afspraak",
    "Casus",
    "ClientSupport",
    "Communication",
    "DateAnswer",
    "DateOption",
    "Deelnemer",
    "Event",
    "InstroomAnswer",
    "InstroomToets",
    "Involvement",
    "Nomination",
    "Overleg",
    "OwnReference",
    "RouteStep",
    "SavedView",
    "Submission",
    "Transfer",
]
