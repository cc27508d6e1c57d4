"""Files with a casus: the page of one attachment, and handing out its bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, models
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from audit import showing
from audit.models import Action
from audit.performing import (
    explain_apart,
    explain_with,
    get_or_post,
    perform,
    posted,
    show_collision,
)
from directory.web.signed_in import AuthedRequest
from escalation.attachments import actions
from escalation.attachments import intake as files
from escalation.attachments.actions import StoredFile
from escalation.attachments.forms import (
    AttachmentForm,
    RemoveVersionForm,
    VersionForm,
    WithdrawForm,
)
from escalation.attachments.page import (
    COLUMNS,
    REMOVE_COLUMN,
    audience,
    current_rows,
    remove_cell,
    row,
    withdrawn_rows,
)
from escalation.attachments.rules import (
    change_denied,
    closed_because,
    content_type,
    file_name,
    file_words,
    may_remove,
    may_withdraw,
    remove_denied,
    withdraw_denied,
)
from escalation.models import Attachment, AttachmentVersion
from escalation.web.form_page import form_page
from escalation.web.frame import casus_frame
from escalation.web.load import Dossier, load_casus, load_to, require, stop_when_not_now
from rdm.lib import private_files
from rdm.lib.download import as_private_file
from rdm.lib.refusal import Refused
from rdm.lib.upload_field import was_stopped

MISSING = (
    "Dit bestand staat niet op de server. Waarschuw de functioneel beheerder: misschien is een "
    "back-up niet helemaal teruggezet."
)
LOOK_YOURSELF = (
    "Wij konden niet alle tekst erin lezen. Kijk zelf na of er persoonsgegevens in staan."
)


@get_or_post
def attachment_add(request: AuthedRequest, code: str) -> HttpResponse:
    """A new attachment with its first file."""
    dossier = load_to(request, code, "add_attachment", part="attachment")
    form = AttachmentForm(*_posted(request), seen=dossier.seen, stopped=was_stopped(request))
    if answer := _take_in(
        request,
        form,
        lambda file: actions.add_attachment(
            casus=dossier.casus,
            by=request.user,
            kind=form.cleaned_data["kind"],
            title=form.cleaned_data["title"],
            audience=form.cleaned_data["audience"],
            block=form.cleaned_data["block"],
            file=file,
            screening_reason=form.screening_reason,
        ),
        done="De bijlage is toegevoegd.",
        to=f"{dossier.url}#attachments-title",
    ):
        return answer
    return form_page(request, dossier, form, "Voeg een bijlage toe", "Voeg toe")


@require_safe
def attachment_detail(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """One attachment with all its versions; of a withdrawn one, that it was there."""
    dossier = load_casus(request, code, part=_part(pk))
    casus, attachment = dossier.casus, _attachment(dossier, pk)
    versions = list(attachment.versions.select_related("organisation"))
    for version in versions:
        version.attachment = attachment
    withdrawn = attachment.withdrawn_at is not None
    removable = [one for one in versions if remove_denied(dossier, one) is None]
    args = [casus.code, attachment.pk]
    context = {
        **casus_frame(dossier, "", page="Bijlage"),
        "attachment": attachment,
        "facts_rows": [
            ("Soort", capfirst(attachment.get_kind_display())),
            ("Wie mag het zien", audience(attachment)),
            ("Gaat over", capfirst(attachment.get_block_display())),
            ("Toegevoegd door", f"{attachment.added_by_name} ({attachment.organisation})"),
            *(withdrawn_rows(attachment) if withdrawn else current_rows(versions)),
        ],
        "columns": [*COLUMNS, *([REMOVE_COLUMN] if removable else [])],
        "rows": [
            [*row(version), *([remove_cell(version, removable)] if removable else [])]
            for version in versions
        ],
        # Of a file that is gone its own line says why.
        "reasons": list(
            dict.fromkeys(
                reason
                for version in versions
                if version.gone_at is None and (reason := closed_because(version))
            )
        ),
        "actions": []
        if withdrawn
        else [
            {
                "label": "Voeg een nieuwe versie toe",
                "url": reverse("attachment_version", args=args),
                "denied": change_denied(dossier, attachment),
            },
            *(
                []
                if may_withdraw(dossier, attachment)
                else [
                    {
                        "label": "Trek de bijlage in",
                        "url": reverse("attachment_withdraw", args=args),
                        "tone": "secondary",
                        "denied": withdraw_denied(dossier, attachment),
                    }
                ]
            ),
        ],
    }
    return render(request, "escalation/attachments/attachment_detail.html", context)


@get_or_post
def attachment_version(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """A newer file; what was there stays readable."""
    dossier = load_casus(request, code, part=_part(pk))
    casus, attachment = dossier.casus, _attachment(dossier, pk)
    require(request, dossier, "add_attachment")
    stop_when_not_now(request, change_denied(dossier, attachment))
    back = reverse("attachment_detail", args=[casus.code, attachment.pk])
    form = VersionForm(*_posted(request), stopped=was_stopped(request), version=attachment.version)
    if answer := _take_in(
        request,
        form,
        lambda file: actions.add_version(
            attachment=attachment,
            by=request.user,
            file=file,
            note=form.cleaned_data["note"],
            version=form.cleaned_data["version"],
            screening_reason=form.screening_reason,
        ),
        done="De nieuwe versie is toegevoegd.",
        to=back,
        record=attachment,
    ):
        return answer
    intro = f"Dit wordt versie {attachment.last_number + 1} van ‘{attachment}’."
    title = "Voeg een nieuwe versie toe"
    return form_page(request, dossier, form, title, "Voeg toe", back=back, intro=intro)


@get_or_post
def attachment_withdraw(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """Take an attachment away, with all its versions."""
    dossier = load_casus(request, code, part=_part(pk))
    casus, attachment = dossier.casus, _attachment(dossier, pk)
    require(request, dossier, "withdraw_attachment")
    if reason := may_withdraw(dossier, attachment):
        raise PermissionDenied(reason)
    stop_when_not_now(request, withdraw_denied(dossier, attachment))
    back = reverse("attachment_detail", args=[casus.code, attachment.pk])
    form = WithdrawForm(posted(request), version=attachment.version)
    _keep_apart(request, attachment)
    if answer := perform(
        request,
        form,
        lambda: actions.withdraw_attachment(
            attachment=attachment,
            by=request.user,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
        ),
        done="De bijlage is ingetrokken. De bestanden zijn weg.",
        to=back,
        record=attachment,
    ):
        return answer
    consequences = [
        f"Alle bestanden van ‘{attachment}’ zijn meteen weg. Dat kunt u niet ongedaan maken.",
        "Er blijft staan dat de bijlage er was, wie haar introk en waarom.",
    ]
    title, button = "Trek de bijlage in", "Trek in"
    return form_page(request, dossier, form, title, button, back=back, consequences=consequences)


@get_or_post
def attachment_remove_version(
    request: AuthedRequest, code: str, pk: int, number: int
) -> HttpResponse:
    """Take one file away and leave the others: somebody added the wrong one."""
    dossier = load_casus(request, code, part=_part(pk, number))
    casus, attachment = dossier.casus, _attachment(dossier, pk)
    require(request, dossier, "withdraw_attachment")
    version = _version(attachment, number)
    if reason := may_remove(dossier, version):
        raise PermissionDenied(reason)
    stop_when_not_now(request, remove_denied(dossier, version))
    back = reverse("attachment_detail", args=[casus.code, attachment.pk])
    form = RemoveVersionForm(posted(request), version=attachment.version)
    _keep_apart(request, attachment)
    if answer := perform(
        request,
        form,
        lambda: actions.remove_version(
            attachment=attachment,
            number=number,
            by=request.user,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
        ),
        done=f"Versie {number} is verwijderd. Het bestand is weg.",
        to=back,
        record=attachment,
    ):
        return answer
    last = not attachment.versions.filter(gone_at=None).exclude(pk=version.pk).exists()
    consequences = [
        f"Het bestand van versie {number} van ‘{attachment}’ is meteen weg. Dat kunt u niet "
        "ongedaan maken.",
        "Daarna is er geen bestand meer bij deze bijlage."
        if last
        else "De andere versies blijven.",
        "Er blijft staan dat deze versie er was, wie haar verwijderde en waarom.",
    ]
    title = f"Verwijder versie {number}"
    return form_page(
        request, dossier, form, title, "Verwijder", back=back, consequences=consequences
    )


@require_safe
def attachment_open(request: AuthedRequest, code: str, pk: int, number: int) -> FileResponse:
    """The bytes of one version; the row in the log is there before the first of them goes out."""
    dossier = load_casus(request, code, part=_part(pk, number), action=Action.EXPORT)
    version = _version(_attachment(dossier, pk), number)
    if reason := closed_because(version):
        showing.refused(request, showing.NOT_NOW)
        raise PermissionDenied(reason)
    return _bytes(request, version)


def _bytes(request: AuthedRequest, version: AttachmentVersion) -> FileResponse:
    try:
        file = private_files.open_file(version.key)
    except FileNotFoundError:
        showing.refused(request, showing.NOT_FOUND)
        raise PermissionDenied(MISSING) from None
    return as_private_file(file, file_name(version), content_type(version))


# --- What they have in common ---------------------------------------------------------------------


def _attachment(dossier: Dossier, pk: int) -> Attachment:
    """The attachment of this casus, or 404 as for one that does not exist."""
    seen = Attachment.objects.visible_to(dossier.user).select_related("organisation")
    attachment = get_object_or_404(seen, casus=dossier.casus, pk=pk)
    # The one with everything that was loaded along.
    attachment.casus = dossier.casus
    return attachment


def _version(attachment: Attachment, number: int) -> AttachmentVersion:
    """This version of it, or 404."""
    versions = attachment.versions.select_related("organisation")
    version: AttachmentVersion = get_object_or_404(versions, number=number)
    version.attachment = attachment
    return version


def _keep_apart(request: AuthedRequest, attachment: Attachment) -> None:
    """The shared timeline may not tell of what only one organisation sees."""
    if attachment.audience == Attachment.Audience.OWN:
        explain_apart(request)


def _part(pk: int, number: int | None = None) -> str:
    """The part as the log names it. A number that no row can have would not fit there."""
    numbers = [one for one in (pk, number) if one is not None]
    if any(one >= 10**18 for one in numbers):
        return "attachment"
    return f"attachment-{pk}" + (f":version-{number}" if number is not None else "")


def _posted(request: AuthedRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _take_in(
    request: AuthedRequest,
    form: Any,
    do: Callable[[StoredFile], Any],
    *,
    done: str,
    to: str,
    record: models.Model | None = None,
) -> HttpResponse | None:
    """Keep the file of this form and hand it to an action; see `audit.performing.perform`."""
    if not form.is_valid():
        return None
    if not form.cleaned_data["file"].checked.all_read:
        done = f"{done} {LOOK_YOURSELF}"
    # Kept with the file instead of on the timeline: it goes when the file goes.
    explain_with(request, lambda _: None)
    try:
        with files.taken_in(form.cleaned_data["file"]) as file:
            done = f"{done} {file_words(file.scan, file.scan_why, file.inspected)}".strip()
            return perform(request, form, lambda: do(file), done=done, to=to, record=record)
    except Refused as no:
        form.add_error("file", no.reason)
        return None
    except DatabaseError as error:
        show_collision(form, record, error)
        return None
