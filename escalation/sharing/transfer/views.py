"""Handing a casus over: asking, taking the question back, and answering it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from audit import showing
from audit.models import Purpose
from audit.performing import get_or_post, perform, posted, show
from directory.models import Gemeente, User
from directory.web.signed_in import AuthedRequest
from escalation.blocks import NONE
from escalation.models import Transfer
from escalation.reading.progress import progress_of
from escalation.roles import GEMEENTE_ROLES
from escalation.sharing.transfer import actions
from escalation.sharing.transfer.forms import TransferAnswerForm, TransferForm, TransferWithdrawForm
from escalation.web.form_page import form_page
from escalation.web.load import NOT_FOUND, code_or_404, explain_on_timeline, load_to
from rdm.lib.dates import long_date


@get_or_post
def transfer_propose(request: AuthedRequest, code: str) -> HttpResponse:
    """Ask another gemeente to take the casus over."""
    dossier = load_to(request, code, "propose_transfer", part="transfer")
    casus = dossier.casus
    gemeenten = Gemeente.objects.exclude(pk=casus.gemeente_id).select_related("organisation")
    form = TransferForm(posted(request), version=casus.version, gemeenten=gemeenten)
    if answer := perform(
        request,
        form,
        lambda: actions.propose_transfer(
            casus=casus,
            by=request.user,
            gemeente=form.cleaned_data["gemeente"],
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
        ),
        done="De andere gemeente krijgt bericht. Op de casus ziet u of er al antwoord is.",
        to=dossier.url,
        record=casus,
    ):
        return answer
    consequences = [
        f"De gemeente {casus.gemeente} blijft verantwoordelijk tot de andere gemeente de casus "
        "overneemt.",
        "Tot dan ziet de andere gemeente alleen de code, uw gemeente, uw reden, de trede en de "
        "status.",
        "Zolang er geen antwoord is, kunt u de casus niet aanmelden voor trede 3 en niet "
        "afsluiten.",
        "Daarna leest uw gemeente nog mee, tot de nieuwe gemeente dat stopt. Een terugkoppeling "
        "die nog moet komen, schrijft de nieuwe gemeente.",
    ]
    title = "Overdragen aan een andere gemeente"
    button = "Vraag de andere gemeente"
    return form_page(request, dossier, form, title, button, consequences=consequences)


@get_or_post
def transfer_withdraw(request: AuthedRequest, code: str) -> HttpResponse:
    """Take the question back while nobody answered it."""
    dossier = load_to(request, code, "withdraw_transfer", part="transfer")
    casus = dossier.casus
    form = TransferWithdrawForm(posted(request), version=casus.version)
    if answer := perform(
        request,
        form,
        lambda: actions.withdraw_transfer(
            casus=casus,
            by=request.user,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
        ),
        done="De overdracht is ingetrokken. De andere gemeente krijgt bericht.",
        to=dossier.url,
        record=casus,
    ):
        return answer
    offered = dossier.now.transfer
    whom = f"De gemeente {offered.to_gemeente}" if offered else "De andere gemeente"
    intro = f"{whom} hoeft dan niet meer te antwoorden."
    title, button = "Overdracht intrekken", "Trek de overdracht in"
    return form_page(request, dossier, form, title, button, intro=intro)


@get_or_post
def transfer_answer(request: AuthedRequest, code: str) -> HttpResponse:
    """For the receiving gemeente: enough to decide on, and not the dossier."""
    user = request.user
    transfer = _offered_to(request, user, code)
    # A form goes on, so that the action says no and the text stays.
    if transfer.state != Transfer.State.PENDING and request.method != "POST":
        messages.info(request, actions.ALREADY_ANSWERED)
        accepted = transfer.state == Transfer.State.ACCEPTED
        return redirect(
            reverse("casus_detail", args=[transfer.casus.code]) if accepted else reverse("home")
        )
    form = TransferAnswerForm(posted(request))
    accepts = form.is_valid() and form.accepts
    if answer := perform(
        request,
        form,
        lambda: _answer(transfer, user, accepts, form.cleaned_data["reason"]),
        done="Uw gemeente is nu verantwoordelijk voor deze casus."
        if accepts
        else "De overdracht is geweigerd. De andere gemeente krijgt bericht.",
        to=reverse("casus_detail", args=[transfer.casus.code]) if accepts else reverse("home"),
    ):
        return answer
    trede = progress_of(transfer.casus, NONE).trede
    context = {
        "crumbs": [("Mijn werk", reverse("home"))],
        "transfer": transfer,
        "rows": [
            ("Van", f"gemeente {transfer.from_gemeente} ({transfer.proposed_by_name})"),
            ("Aan", f"gemeente {transfer.to_gemeente}"),
            ("Reden", transfer.reason),
            ("Antwoord uiterlijk", long_date(transfer.due) if transfer.due else ""),
            ("Trede", "" if trede is None else str(trede)),
            ("Status", transfer.casus.get_status_display()),
        ],
    }
    return show(request, "escalation/sharing/transfer/transfer_answer.html", context, form=form)


def _answer(transfer: Transfer, by: User, accepts: bool, text: str) -> None:
    if accepts:
        actions.accept_transfer(transfer=transfer, by=by, note=text)
    else:
        actions.refuse_transfer(transfer=transfer, by=by, reason=text)


def _offered_to(request: AuthedRequest, user: User, code: str) -> Transfer:
    """The latest transfer of this casus to a gemeente of `user`; 404 (or 403 for who sees the
    casus some other way) when there is none."""
    transfer = (
        Transfer.objects.received_by(user)
        .filter(casus__code=code_or_404(code))
        .select_related(
            "casus__gemeente__organisation",
            "casus__carried_by",
            "from_gemeente__organisation",
            "to_gemeente__organisation",
        )
        .first()
    )
    if transfer is None:
        load_to(request, code, "answer_transfer", part="transfer")
        raise Http404(NOT_FOUND)
    showing.about(
        request,
        "casus",
        transfer.casus.code,
        part="transfer",
        roles=user.roles & set(GEMEENTE_ROLES),
        purpose=Purpose.TREAT,
    )
    explain_on_timeline(request, transfer.casus)
    return transfer
