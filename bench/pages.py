"""Which pages are measured, by whom, and for which row: every address of the product, or a reason.

`tests/bench/` holds this list against the addresses. A page for which the filled database has no
row is an error: a page that quietly drops out looks fast.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from directory.models import Invitation, Procesafspraak, Tafel, User
from escalation.models import Casus, Deelnemer, Overleg, RouteStep, UnusualReading
from escalation.overleg.deelnemers.links import link_for
from learning.models import Leersessie, Lesson, Terugkoppeling
from outbox.models import Message
from rdm.lib import clock

Row = Callable[[], Any]


@dataclass(frozen=True)
class Page:
    """One page, and the name of the role that asks for it (empty: a visitor)."""

    name: str
    role: str
    url: str


@dataclass(frozen=True)
class Visit:
    """An address by name, who asks for it, and `of`: the row in ROWS that it is about."""

    name: str
    role: str = ""
    of: str = ""
    more: tuple[Any, ...] = ()
    query: str = ""

    @property
    def label(self) -> str:
        state = f" {self.of}" if self.of else ""
        asked = f" ?{self.query.partition('=')[0]}" if self.query else ""
        return f"{self.name}{state}{asked}" + (f" ({self.role})" if self.role else "")


MANAGER, COORDINATOR, ADMIN = "procesmanager", "coordinator", "admin"
READER, PRIVACY = "portefeuillehouder", "privacy_officer"

PUBLIC = [
    Visit("home"),
    Visit("tafel_list"),
    Visit("tafel_list", query="q=zorgkantoor"),
    Visit("tafel_detail", of="tafel"),
    Visit("tafel_check", of="tafel"),
    Visit("guide"),
    Visit("guide_result", query="nood=geen&gemeente=enschede&wie=huisarts&speelt=ggz&speelt=zvw"),
    Visit("guide_mail", query="nood=geen&speelt=ggz"),
    Visit("invitation_accept", of="invitation"),
    Visit("deelnemer_answer", of="link"),
]
CASUS = [
    Visit("casus_list", MANAGER),
    Visit("casus_list", COORDINATOR),
    Visit("casus_list", MANAGER, query="q={code}"),
    Visit("casus_list", COORDINATOR, query="q={code}"),
    Visit("casus_list", MANAGER, query="lijst=mijn"),
    Visit("casus_list", COORDINATOR, query="lijst=wacht"),
    # Not a word that stands nowhere: that reads every text which somebody may see, so it takes as
    # long as there are such texts, and no index helps on both databases (`lists.search.rules`).
    Visit("casus_list_csv", MANAGER, query="status=submitted"),
    Visit("casus_list_xlsx", MANAGER, query="status=submitted"),
    Visit("saved_view_list", MANAGER),
    Visit("saved_view_add", MANAGER, query="lijst=mijn"),
    Visit("communication_list", MANAGER, "active"),
    Visit("communication_add", MANAGER, "active"),
    Visit("casus_note_correct", MANAGER, "note"),
    Visit("casus_start", MANAGER),
    Visit("casus_crisis", MANAGER),
    Visit("casus_minor", MANAGER),
    Visit("casus_register_step", MANAGER, "draft", ("situatie",)),
    Visit("casus_check", MANAGER, "draft"),
    Visit("casus_discard", MANAGER, "draft"),
    Visit("casus_detail", MANAGER, "active"),
    Visit("casus_detail", COORDINATOR, "submitted"),
    Visit("casus_timeline", MANAGER, "active"),
    Visit("casus_pdf", MANAGER, "active"),
    Visit("casus_pdf", COORDINATOR, "nominated"),
    Visit("casus_access_log", COORDINATOR, "submitted"),
    Visit("casus_access_log", PRIVACY, "submitted"),
    Visit("access_log_find", PRIVACY),
    Visit("casus_edit", MANAGER, "active", ("situatie",)),
    Visit("casus_note", MANAGER, "active"),
    Visit("casus_reference", MANAGER, "active"),
    Visit("casus_client_support", MANAGER, "active"),
    Visit("attachment_add", MANAGER, "active"),
    Visit("casus_involve", MANAGER, "active"),
    Visit("casus_involvement", MANAGER, "involvement"),
    Visit("casus_uninvolve", MANAGER, "involvement"),
    Visit("transfer_propose", MANAGER, "active"),
    Visit("transfer_withdraw", MANAGER, "offered"),
    Visit("transfer_answer", "outsider", "offered"),
    Visit("admission_add", MANAGER, "active"),
    Visit("admission_end", MANAGER, "admitted"),
    Visit("casus_close", MANAGER, "active"),
    Visit("casus_reopen", MANAGER, "closed"),
    Visit("step_add", MANAGER, "active"),
    Visit("step_detail", MANAGER, "step_discussed"),
    Visit("step_instroom", MANAGER, "step_prepared"),
    Visit("step_submit", MANAGER, "step_prepared"),
    Visit("step_client_support", MANAGER, "step_prepared"),
    Visit("step_result", MANAGER, "step_submitted"),
    Visit("step_close", MANAGER, "step_discussed"),
    Visit("step_pdf", MANAGER, "step_discussed"),
    Visit("step_docx", MANAGER, "step_discussed"),
    Visit("casus_advice", MANAGER, "active"),
    Visit("casus_copy", MANAGER, "active"),
    Visit("casus_submit", MANAGER, "active"),
    Visit("casus_withdraw", MANAGER, "submitted"),
    Visit("casus_complete", MANAGER, "incomplete"),
]
OVERLEG = [
    Visit("coordinatiepunt", COORDINATOR),
    Visit("submission_detail", COORDINATOR, "submitted"),
    Visit("submission_accept", COORDINATOR, "submitted"),
    Visit("submission_ask_completion", COORDINATOR, "submitted"),
    Visit("submission_return", COORDINATOR, "submitted"),
    Visit("submission_spoed", COORDINATOR, "submitted"),
    Visit("overleg_detail", MANAGER, "accepted"),
    Visit("overleg_detail", COORDINATOR, "held"),
    Visit("deelnemer_add", MANAGER, "accepted"),
    Visit("deelnemer_edit", MANAGER, "deelnemer"),
    Visit("deelnemer_remove", MANAGER, "deelnemer"),
    Visit("overleg_fix", MANAGER, "accepted"),
    Visit("overleg_cancel", MANAGER, "planned"),
    Visit("overleg_stop", MANAGER, "planned"),
    Visit("overleg_record", MANAGER, "past"),
    Visit("afspraak_change", MANAGER, "afspraak"),
    Visit("casus_return", MANAGER, "held"),
    Visit("casus_nominate", MANAGER, "held"),
    Visit("nomination_answer", MANAGER, "nominated"),
]
LEARNING = [
    Visit("terugkoppeling_list", READER),
    Visit("terugkoppeling_write", MANAGER, "unreported"),
    Visit("terugkoppeling_check", MANAGER, "written"),
    Visit("terugkoppeling_detail", READER, "reported"),
    Visit("terugkoppeling_compare", READER, "twice"),
    Visit("terugkoppeling_pdf", READER, "reported"),
    Visit("terugkoppeling_docx", READER, "reported"),
    Visit("terugkoppeling_correct", MANAGER, "reported"),
    Visit("terugkoppeling_stop_correction", MANAGER, "correcting"),
    Visit("lesson_add_from", COORDINATOR, "reported"),
    Visit("leersessie_list", COORDINATOR),
    Visit("leersessie_plan", COORDINATOR),
    Visit("leersessie_detail", COORDINATOR, "leersessie"),
    Visit("leersessie_edit", COORDINATOR, "leersessie"),
    Visit("leersessie_hold", COORDINATOR, "leersessie"),
    Visit("leersessie_cancel", COORDINATOR, "leersessie"),
    Visit("lesson_add", COORDINATOR, "leersessie"),
    Visit("lesson_list", COORDINATOR),
    Visit("lesson_detail", COORDINATOR, "lesson"),
    Visit("lesson_move", COORDINATOR, "lesson", ("afronden",)),
    Visit("report", COORDINATOR),
    Visit("report", READER),
    Visit("report_csv", COORDINATOR),
]
HOUSE = [
    *[Visit("home", who) for who in (MANAGER, COORDINATOR, READER, ADMIN)],
    Visit("member_list", ADMIN),
    Visit("member_list", ADMIN, query="q=verzonnen"),
    Visit("member_detail", ADMIN, "member"),
    Visit("member_invite", ADMIN),
    Visit("invitation_list", ADMIN),
    Visit("organisation_list", ADMIN),
    Visit("unusual_list", PRIVACY),
    Visit("heavy_role_list", PRIVACY),
    Visit("log_watch", PRIVACY),
    Visit("health_signs", ADMIN),
    Visit("scanner_state", ADMIN),
    Visit("unusual_detail", PRIVACY, "unusual"),
    Visit("unusual_move", PRIVACY, "unusual", ("uitzoeken",)),
    Visit("review_list", ADMIN),
    Visit("review_organisation", ADMIN, more=("enschede",)),
    Visit("mail_failed", ADMIN),
    Visit("copy_list", ADMIN),
    Visit("procesafspraak_list", COORDINATOR),
    Visit("procesafspraak_edit", COORDINATOR, "agreement"),
    Visit("college_list", COORDINATOR),
    Visit("college_edit", COORDINATOR, more=("enschede",)),
    Visit("covenant_edit", COORDINATOR),
]
RIGHTS = [
    Visit("retention_list", COORDINATOR),
    Visit("retention_list", PRIVACY),
    Visit("rights_detail", MANAGER, "active"),
    Visit("restriction_set", MANAGER, "active"),
    Visit("casus_correct", MANAGER, "active"),
    Visit("access_request_add", MANAGER, "active"),
    Visit("hold_add", MANAGER, "active"),
]
VISITS = [*PUBLIC, *CASUS, *OVERLEG, *LEARNING, *HOUSE, *RIGHTS]

_OVERVIEW = "grows with the tafels and not with the casussen; test_queries.py holds it"
_ATTACHMENT = "reads the rows of one attachment, however many casussen there are"
_POST = "takes a POST only"
_ALLAUTH = "a page of allauth, without a list behind it"
_DEMO = "of the demo, which does not exist in production"
# Address → why it is not measured.
NOT_MEASURED: dict[str, str] = {
    "review_detail": "grows with the roles of one organisation; test_queries.py holds it",
    "casus_resume": "leads to another page and shows nothing itself",
    "communication_correct": "the same form as communication_add, and a row by its key",
    "left_behind_withdraw": "reads the attachments of one casus, however many casussen there are",
    "saved_view_rename": "reads one row by its key",
    "saved_view_delete": "reads one row by its key",
    "invitation_agree": "reads one row by its key",
    "invitation_correct": "reads one row by its key",
    "afspraak_correct": "reads one row by its key",
    "date_change": "reads one row by its key",
    "lesson_correct": "reads one row by its key",
    "region_page": "reads the one row of the region",
    "robots": "reads nothing",
    "security_txt": "reads the one row of the region",
    "change_password": "leads to another page and shows nothing itself",
    "log_alarm": "reads one row by its key",
    "invitation_decline": "reads one row by its key",
    "health_live": "reads nothing",
    **dict.fromkeys(
        (
            "access_request_judge",
            "access_request_pdf",
            "access_request_json",
            "restriction_lift",
            "destruction_propose",
            "destruction_approve",
            "hold_release",
            "tombstone_pdf",
        ),
        "about one casus at a rare moment; test_queries.py holds it",
    ),
    "residents": "three procesafspraken, the same for everybody",
    "health_ready": "reads one row",
    **dict.fromkeys(
        (
            "deelnemer_link",
            "date_propose",
            "date_drop",
            "dates_ask",
            "dates_remind",
            "terugkoppeling_read",
            "membership_end",
            "user_active",
            "invitation_withdraw",
            "mail_retry",
            "mail_retry_all",
        ),
        _POST,
    ),
    **dict.fromkeys(
        (
            "agenda",
            "api_gemeente",
            "api_gemeenten",
            "api_openapi",
            "api_tafel",
            "api_tafels",
            "api_tafels_csv",
            "api_unknown",
            "change_feed",
            "change_log",
            "confirm_by_link",
            "dcat_catalog",
            "entrances_edit",
            "evaluation_answer",
            "evaluation_close",
            "evaluation_detail",
            "evaluation_list",
            "evaluation_open",
            "evaluation_stop",
            "evaluation_stop_one_click",
            "evaluation_thanks",
            "gemeente_compare",
            "gemeente_detail",
            "gemeente_history",
            "gemeente_list",
            "hsds_root",
            "hsds_service",
            "hsds_services",
            "open_data",
            "gemeente_overview",
            "gemeente_overview_pdf",
            "overview",
            "overview_pdf",
            "proposal_detail",
            "proposal_publish",
            "proposal_refuse",
            "proposal_withdraw",
            "propose_by_link",
            "signaal_detail",
            "signaal_list",
            "signaal_move",
            "signaal_new",
            "signaal_patterns",
            "signaal_sort",
            "signaal_thanks",
            "sitemap",
            "subscribe",
            "subscribe_confirm",
            "tafel_agenda",
            "tafel_compare",
            "tafel_confirm",
            "tafel_history",
            "tafel_propose",
            "unsubscribe",
            "unsubscribe_one_click",
            "upkeep_board",
        ),
        _OVERVIEW,
    ),
    **dict.fromkeys(
        (
            "attachment_detail",
            "attachment_open",
            "attachment_remove_version",
            "attachment_version",
            "attachment_withdraw",
        ),
        _ATTACHMENT,
    ),
    **dict.fromkeys(("demo_personas", "demo_sign_in", "demo_mail", "demo_mail_detail"), _DEMO),
    **dict.fromkeys(
        (
            "account_login",
            "account_logout",
            "account_signup",
            "account_inactive",
            "account_change_password",
            "account_set_password",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key",
            "account_reset_password_from_key_done",
        ),
        _ALLAUTH,
    ),
}


class NoRow(RuntimeError):
    """The filled database has nothing for this page; the filler must make it."""


def pages(only: str = "") -> list[Page]:
    """Every visit with its address in this database; raises NoRow when one has no row. `only`
    those with this text in their name, for a look at one page."""
    return [Page(visit.label, visit.role, _url(visit)) for visit in VISITS if only in visit.label]


def _url(visit: Visit) -> str:
    arguments = _arguments(visit.of) if visit.of else []
    path = reverse(visit.name, args=[*arguments, *visit.more])
    if not visit.query:
        return path
    return f"{path}?{visit.query.format(code=_arguments('active')[0])}"


def _arguments(of: str) -> list[Any]:
    found = ROWS[of]()
    if found is None:
        raise NoRow(f"no row for {of!r}")
    return list(found) if isinstance(found, tuple) else [found]


# --- Rows -----------------------------------------------------------------------------------------
# All of Enschede, the gemeente of the procesmanager of the cast.


def _casus(status: str) -> Row:
    def find() -> Any:
        own = Casus.objects.filter(status=status, gemeente__organisation__slug="enschede")
        if status == "active":
            # With a finished step, so that it could go to trede 3.
            own = own.filter(steps__status="closed", transfers=None, admissions=None)
            own = own.exclude(steps__status="prepared")
        return own.order_by("pk").values_list("code", flat=True).first()

    return find


def _step(status: str) -> Row:
    steps = RouteStep.objects.filter(
        status=status, casus__status="active", casus__gemeente__organisation__slug="enschede"
    )
    return lambda: steps.order_by("pk").values_list("casus__code", "position").first()


def _terugkoppeling(**wanted: Any) -> Row:
    def find() -> Any:
        own = Terugkoppeling.objects.filter(
            overleg__casus__gemeente__organisation__slug="enschede", **wanted
        )
        found = own.order_by("pk").select_related("overleg__casus").first()
        if found is None:
            return None
        # The pages on which is written are found by the overleg.
        key = found.overleg_id if wanted.get("status") == "draft" else found.pk
        return (found.overleg.casus.code, key)

    return find


def _unreported() -> Any:
    own = Overleg.objects.filter(
        terugkoppeling=None, held_on__isnull=False, casus__status="held",
        casus__gemeente__organisation__slug="enschede",
    )  # fmt: skip
    return own.order_by("pk").values_list("casus__code", "pk").first()


def _past() -> Any:
    """Planned, and the moment has come: the record can be made."""
    own = Casus.objects.filter(status="planned", gemeente__organisation__slug="enschede")
    past = own.filter(overleggen__starts_at__lt=clock.now())
    return past.order_by("pk").values_list("code", flat=True).first()


def _of_casus(status: str, many: str) -> Row:
    """The casus in this state with the first of its rows in the relation `many`."""
    own = Casus.objects.filter(
        status=status, gemeente__organisation__slug="enschede", **{f"{many}__isnull": False}
    )
    return lambda: own.order_by("pk").values_list("code", f"{many}__pk").first()


def _moving(many: str) -> Row:
    """An active casus with a row in the relation `many`, by its code only."""
    of_casus = _of_casus("active", many)
    return lambda: (of_casus() or (None,))[0]


def _open_lesson() -> Any:
    return Lesson.objects.filter(status="open").order_by("pk").values_list("pk", flat=True).first()


def _planned() -> Any:
    planned = Leersessie.objects.filter(status="planned").order_by("pk")
    return planned.values_list("pk", flat=True).first()


def _invitation() -> str | None:
    """The secret stands in the mail and nowhere else."""
    waiting = Invitation.objects.filter(accepted_at=None).first()
    mail = Message.objects.filter(to=waiting.email).first() if waiting else None
    found = re.search(r"/uitnodiging/(\S+)/", mail.body) if mail else None
    return found[1] if found else None


def _link() -> str | None:
    asked = Deelnemer.objects.filter(overleg__casus__status="accepted").order_by("pk").first()
    return link_for(asked).rstrip("/").rsplit("/", 1)[1] if asked else None


ROWS: dict[str, Row] = {
    **{
        status: _casus(status)
        for status in (
            *("draft", "active", "submitted", "incomplete", "accepted"),
            *("planned", "held", "nominated", "closed"),
        )
    },
    **{f"step_{status}": _step(status) for status in ("prepared", "submitted", "discussed")},
    "past": _past,
    "offered": _moving("transfers"),
    "admitted": _moving("admissions"),
    "involvement": _of_casus("active", "involvements"),
    "note": _of_casus("active", "events"),
    "deelnemer": _of_casus("accepted", "overleggen__deelnemers"),
    "afspraak": _of_casus("held", "overleggen__afspraken"),
    "tafel": lambda: Tafel.objects.values_list("slug", flat=True).first(),
    "agreement": lambda: Procesafspraak.objects.values_list("code", flat=True).first(),
    "member": lambda: User.objects.order_by("pk").values_list("pk", flat=True).first(),
    "invitation": _invitation,
    "link": _link,
    "unreported": _unreported,
    "written": _terugkoppeling(status="draft"),
    "reported": _terugkoppeling(status="submitted"),
    "correcting": _terugkoppeling(status="correcting"),
    "twice": _terugkoppeling(status="submitted", versions__number=2),
    "leersessie": _planned,
    "lesson": _open_lesson,
    "unusual": lambda: UnusualReading.objects.values_list("pk", flat=True).first(),
}
