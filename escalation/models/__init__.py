"""All tables of this app: one file per noun, each queryset with its own `visible_to`."""

from escalation.models.admission import Admission
from escalation.models.afspraak import Afspraak
from escalation.models.attachment import (
    Attachment,
    AttachmentVersion,
    LeftOverFile,
    VirusScanner,
)
from escalation.models.casus import Casus, ClientSupport, Involvement
from escalation.models.communication import Communication
from escalation.models.coordination import Submission
from escalation.models.deelnemer import DateAnswer, DateOption, Deelnemer
from escalation.models.event import Event
from escalation.models.nomination import Nomination
from escalation.models.overleg import Overleg
from escalation.models.oversight import LogWatch, UnusualReading, UnusualStatus, UnusualStep
from escalation.models.reference import OwnReference
from escalation.models.retention import Destruction, Hold
from escalation.models.rights import AccessRequest, Correction, Restriction
from escalation.models.route import InstroomAnswer, InstroomToets, RouteStep
from escalation.models.saved_view import SavedView
from escalation.models.transfer import Transfer

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
    "VirusScanner",
]
