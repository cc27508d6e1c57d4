from .admission import Admission
from .attachment import Attachment, AttachmentVersion, LeftOverFile
from .casus import Casus, ClientSupport, Event, Involvement, OwnReference
from .communication import Communication
from .coordination import Submission
from .overleg import Afspraak, DateAnswer, DateOption, Deelnemer, Nomination, Overleg
from .oversight import LogWatch, UnusualReading, UnusualStatus, UnusualStep
from .retention import Destruction, Hold
from .rights import AccessRequest, Correction, Restriction
from .route import InstroomAnswer, InstroomToets, RouteStep
from .saved_view import SavedView
from .transfer import Transfer

__all__ = [
    "AccessRequest",
    "Admission",
    "Afspraak",
    "Attachment",
    "AttachmentVersion",
    "Casus",
    "ClientSupport",
    "Communication",
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
    "LeftOverFile",
    "LogWatch",
    "Nomination",
    "Overleg",
    "OwnReference",
    "Restriction",
    "RouteStep",
    "SavedView",
    "Submission",
    "Transfer",
    "UnusualReading",
    "UnusualStatus",
    "UnusualStep",
]
