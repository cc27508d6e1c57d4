"""Files with the casussen of the demo: made on the spot, so that they can be opened."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from directory.models import User
from escalation.attachments import actions as attachments
from escalation.attachments import intake as files
from escalation.models import Attachment, Casus
from rdm.lib import docx, uploads
from rdm.lib.upload_field import Upload

INVENTED = "Verzonnen voorbeeld, alleen om mee te oefenen."
PLAN = (
    "Wat de inwoner wil: rust, en een plek waar iemand langskomt.",
    "Eén aanspreekpunt voor alle partijen.",
    "Een vaste begeleider, twee keer in de week.",
    "Na zes weken kijken de partijen samen of het werkt.",
)
PLAN_BETTER = (*PLAN, "De nachten: een telefonische achterwacht tot en met de proefperiode.")
ADVICE = (
    "Een opname lost het niet op zonder een plek daarna.",
    "Begin met een time-out van twee weken, en regel in die tijd de woning.",
)


def attach(casus: Casus, by: User, title: str, lines: Sequence[str], **more: Any) -> Attachment:
    """Somebody adds a Word document."""
    with files.taken_in(_upload(title, lines)) as file:
        return attachments.add_attachment(casus=casus, by=by, title=title, file=file, **more)


def improve(attachment: Attachment, by: User, lines: Sequence[str], note: str) -> None:
    """Somebody adds a newer version."""
    with files.taken_in(_upload(attachment.title, lines)) as file:
        attachments.add_version(attachment=attachment, by=by, file=file, note=note)


def _upload(title: str, lines: Sequence[str]) -> Upload:
    content = docx.render(title, [docx.Paragraph(INVENTED), docx.BulletList(lines)])
    name = f"{title.lower()}.docx"
    checked = uploads.check(name, BytesIO(content), len(content), most=settings.UPLOAD_MAX_BYTES)
    return Upload(checked, SimpleUploadedFile(name, content))
