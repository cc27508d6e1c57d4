"""Every page of the product: who visits it, and in which state of a casus.

The inspectors visit all of them. `test_every_address_is_visited` holds this list against the
addresses of the product, so a new page is inspected from the first day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from django.template.base import Template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.safestring import SafeString

from tests.house.scene import Scene, reset_link

Arguments = Callable[[Scene], list[Any]]


@dataclass(frozen=True)
class Page:
    """One visit: the address by name, the person of the cast ("" is a visitor), the arguments."""

    name: str
    who: str = ""
    of: str = ""  # which casus of the scene
    key: str = ""  # which other row of the scene
    more: tuple[Any, ...] = ()
    query: str = ""
    status: int = 200

    @property
    def id(self) -> str:
        parts = [self.name, self.who or "visitor", self.of, self.key, *map(str, self.more)]
        return ":".join(part for part in [*parts, self.query] if part)

    def path(self, scene: Scene) -> str:
        arguments = [scene.codes[self.of]] if self.of else []
        arguments += [scene.keys[self.key]] if self.key else []
        here = scene.cast.setting
        more = [here.translated(one) if isinstance(one, str) else one for one in self.more]
        if self.name == "review_detail":  # the number stands last
            return reverse(self.name, args=[*more, *arguments])
        return reverse(self.name, args=[*arguments, *more])

    def url(self, scene: Scene) -> str:
        query = scene.cast.setting.translated(self.query)
        return self.path(scene) + (f"?{query}" if query else "")


def visitor(scene: Scene, who: str) -> Client:
    """A browser-less visitor, signed in as somebody of the cast, or as nobody.

    The same one for the whole test, because signing in for every form takes time. Ask for it
    outside `undone()`, which would undo the signing in.
    """
    if who not in scene.visitors:
        scene.visitors[who] = fresh_visitor(scene, who)
    return scene.visitors[who]


def fresh_visitor(scene: Scene, who: str, **options: Any) -> Client:
    client = Client(raise_request_exception=False, **options)
    if who == FORGETFUL:
        client.get(reset_link(scene))
    elif who:
        client.force_login(getattr(scene.cast, who))
        # The first click begins the session, which is then the same for every page.
        client.get(reverse("health_live"))
    return client


@dataclass(frozen=True)
class Look:
    """What somebody got to see, with the names of an answer."""

    status_code: int
    headers: dict[str, str]
    content: bytes
    streaming: bool


_looks: dict[tuple[str, Page], Look] = {}


def first_look(scene: Scene, page: Page) -> Look:
    """This page as it is at the beginning of a test. The scene is the same every time, so for who
    only reads what stands on it, it is asked once."""
    known = (scene.cast.setting.name, page)
    if known not in _looks:
        answer = visitor(scene, page.who).get(page.url(scene))
        content = b"" if answer.streaming else answer.content
        _looks[known] = Look(answer.status_code, dict(answer.headers), content, answer.streaming)
    return _looks[known]


@contextmanager
def without_rendering() -> Iterator[None]:
    """Pages stay empty, for an inspector who only looks at the status: that is decided before."""
    with patch.object(Template, "_render", lambda *_: SafeString("")):
        yield


def _steps(name: str, who: str, of: str) -> list[Page]:
    return [Page(name, who, of, more=(step,)) for step in STEPS]


STEPS = ("situatie", "geprobeerd", "inwoner", "delen")
MANAGER, COORDINATOR, GEMEENTE = "procesmanager", "coordinator", "gemeente"
OUTSIDER = "outsider"  # of the gemeente that is asked to take a casus over
READER, THEME_GROUP, ADMIN = "portefeuillehouder", "themagroep", "admin"
CONTACT = "tafel_contact"
OVERSEER = "privacy_officer"
# Nobody of the cast: a visitor who opened the link for a new password in the mail.
FORGETFUL = "forgetful"

PUBLIC_PAGES = [
    Page("home"),
    Page("tafel_list"),
    Page("tafel_list", query="q=bestaat-echt-niet"),
    Page("tafel_detail", key="tafel"),
    Page("tafel_check", key="tafel"),
    Page("tafel_check", key="tafel", query="ernstige-veiligheid=ja"),
    Page("guide"),
    Page("guide", query="stap=2&nood=zorg-weg&gemeente=enschede"),
    Page("guide", query="stap=3&speelt=meer-ggz&speelt=wlz"),
    Page("guide_result", query="nood=geen&gemeente=enschede&wie=huisarts&speelt=ggz&speelt=zvw"),
    Page("guide_result", query="nood=gevaar&leeftijd=jonger&gemeente=verzonnen"),
    Page("guide_result"),
    Page("guide_mail", query="nood=geen&speelt=ggz"),
    Page("invitation_accept", key="invitation_secret"),
    Page("invitation_accept", key="known_secret"),
    Page("invitation_accept", key="used_secret", status=404),
    Page("invitation_accept", "outsider", key="invitation_secret"),
    Page("deelnemer_answer", key="asked"),
    Page("deelnemer_answer", key="invited"),
    Page("deelnemer_answer", more=("verzonnen",), status=404),
    Page("account_login"),
    Page("account_reset_password"),
    Page("account_reset_password_done"),
    Page("account_reset_password_from_key", FORGETFUL, key="reset_uid", more=("set-password",)),
    Page("account_reset_password_from_key", more=("1", "verlopen")),
    Page("account_reset_password_from_key_done"),
    Page("account_signup"),
    Page("account_inactive"),
    Page("demo_personas"),
    Page("demo_mail", ADMIN),
]

CASUS_PAGES = [
    Page("casus_list", MANAGER),
    Page("casus_list", "client_support"),
    Page("casus_list", MANAGER, query="q=bestaat-echt-niet"),
    Page("casus_start", MANAGER),
    Page("casus_start", "aanmelder"),
    Page("casus_copy", MANAGER, "active"),
    Page("casus_crisis", MANAGER),
    Page("casus_minor", MANAGER),
    *_steps("casus_register_step", MANAGER, "draft"),
    *_steps("casus_edit", MANAGER, "active"),
    Page("casus_check", MANAGER, "draft"),
    Page("casus_check", MANAGER, "complete"),
    Page("casus_discard", MANAGER, "draft"),
    Page("casus_detail", MANAGER, "active"),
    Page("casus_detail", "client_support", "active"),
    *[
        Page("casus_detail", MANAGER, of)
        for of in ("discarded", "step_submitted", "tried", "submitted", "incomplete", "accepted")
    ],
    *[Page("casus_detail", COORDINATOR, of) for of in ("planned", "held", "nominated")],
    Page("casus_detail", MANAGER, "closed"),
    Page("casus_timeline", MANAGER, "held"),
    Page("casus_access_log", COORDINATOR, "submitted"),
    Page("casus_access_log", "privacy_officer", "submitted"),
    Page("casus_access_log", COORDINATOR, "submitted", query="wat=exported&van=2020-01-01"),
    Page("access_log_find", "privacy_officer"),
    Page("access_log_find", "privacy_officer", query="code=TW-26-00000", status=422),
    Page("casus_note", MANAGER, "active"),
    Page("casus_reference", MANAGER, "active"),
    Page("casus_client_support", MANAGER, "active"),
    Page("attachment_add", MANAGER, "active"),
    *[
        Page("attachment_detail", MANAGER, "active", key)
        for key in ("attachment", "withdrawn_attachment", "waiting_attachment")
    ],
    Page("attachment_detail", "client_support", "active", "attachment"),
    Page("attachment_version", MANAGER, "active", "attachment"),
    Page("attachment_withdraw", MANAGER, "active", "attachment"),
    Page("attachment_remove_version", MANAGER, "active", "attachment", more=(1,)),
    Page("casus_involve", MANAGER, "active"),
    Page("casus_involvement", MANAGER, "active", "involvement"),
    Page("casus_uninvolve", MANAGER, "active", "involvement"),
    Page("left_behind_withdraw", MANAGER, "left_behind", "left_involvement"),
    Page("casus_detail", MANAGER, "left_behind"),
    # Who sees a part of the casus.
    *[Page(name, "client_support", "shared") for name in ("casus_detail", "casus_timeline")],
    Page("casus_note", "client_support", "shared"),
    Page("casus_close", MANAGER, "active"),
    Page("casus_detail", MANAGER, "offered"),
    Page("casus_detail", MANAGER, "admitted"),
    Page("casus_timeline", MANAGER, "offered"),
    Page("transfer_propose", MANAGER, "active"),
    Page("transfer_withdraw", MANAGER, "offered"),
    Page("transfer_answer", OUTSIDER, "offered"),
    Page("admission_add", MANAGER, "active"),
    Page("admission_end", MANAGER, "admitted"),
    Page("casus_reopen", COORDINATOR, "reopenable"),
    Page("step_add", MANAGER, "active"),
    *[
        Page("step_detail", MANAGER, f"step_{state}", more=(1,))
        for state in ("unchecked", "prepared", "submitted", "discussed", "closed")
    ],
    Page("step_instroom", MANAGER, "step_unchecked", more=(1,)),
    Page("step_instroom", MANAGER, "step_prepared", more=(1,)),
    Page("step_submit", MANAGER, "step_prepared", more=(1,)),
    Page("step_result", MANAGER, "step_submitted", more=(1,)),
    Page("step_close", MANAGER, "step_discussed", more=(1,)),
    Page("step_close", MANAGER, "step_submitted", more=(1,)),
    Page("step_client_support", MANAGER, "step_prepared", more=(1,)),
    Page("step_add", MANAGER, "offered"),
    Page("casus_advice", MANAGER, "active"),
    Page("casus_advice", COORDINATOR, "returned"),
    Page("casus_detail", MANAGER, "returned"),
    Page("step_add", MANAGER, "returned", query="tafel=oostnl-hoogcomplex"),
    Page("casus_submit", MANAGER, "tried"),
    Page("casus_withdraw", MANAGER, "submitted"),
    Page("casus_complete", MANAGER, "incomplete"),
    Page("casus_list", MANAGER, query="lijst=mijn&status=active"),
    Page("casus_list", COORDINATOR, query="lijst=wacht"),
    Page("casus_list", MANAGER, query="lijst=gedeeld"),
    Page("casus_timeline", MANAGER, "told"),
    Page("casus_timeline", MANAGER, "told", query="soort=gegevens&organisatie=niemand&van=31-02"),
    Page("casus_timeline", MANAGER, "told", query="weergave=afdrukken"),
    Page("casus_detail", MANAGER, "told"),
    Page("casus_note_correct", MANAGER, "told", "note"),
    Page("communication_list", MANAGER, "told"),
    Page("communication_list", "client_support", "active"),
    Page("communication_add", MANAGER, "told"),
    Page("communication_correct", MANAGER, "told", "communication"),
    Page("casus_register_step", MANAGER, "same_reference", more=("delen",)),
    Page("casus_check", MANAGER, "same_reference"),
    Page("saved_view_list", MANAGER),
    Page("saved_view_list", "client_support"),
    Page("saved_view_add", MANAGER, query="lijst=mijn&status=active"),
    Page("saved_view_rename", MANAGER, key="saved_view"),
    Page("saved_view_delete", MANAGER, key="saved_view"),
]

OVERLEG_PAGES = [
    Page("coordinatiepunt", COORDINATOR),
    *[Page("submission_detail", COORDINATOR, of) for of in ("submitted", "returned", "held")],
    Page("submission_accept", COORDINATOR, "submitted"),
    Page("submission_ask_completion", COORDINATOR, "submitted"),
    Page("submission_return", COORDINATOR, "submitted"),
    Page("submission_spoed", COORDINATOR, "submitted"),
    *[
        Page("overleg_detail", GEMEENTE, of)
        for of in (
            "accepted_bare",
            "unasked",
            "accepted",
            "planned",
            "past",
            "unsolved",
            "nominated",
        )
    ],
    Page("overleg_detail", GEMEENTE, "held"),
    Page("deelnemer_add", GEMEENTE, "accepted"),
    Page("deelnemer_edit", GEMEENTE, "accepted", "deelnemer"),
    Page("deelnemer_remove", GEMEENTE, "accepted", "deelnemer"),
    Page("date_change", GEMEENTE, "accepted", "option"),
    Page("overleg_fix", GEMEENTE, "accepted"),
    Page("overleg_fix", GEMEENTE, "thin"),
    Page("overleg_fix", GEMEENTE, "accepted_bare"),
    Page("overleg_fix", GEMEENTE, "planned"),
    Page("overleg_cancel", GEMEENTE, "planned"),
    Page("overleg_stop", GEMEENTE, "planned"),
    Page("overleg_detail", GEMEENTE, "stopped"),
    Page("casus_detail", GEMEENTE, "stopped"),
    Page("overleg_record", GEMEENTE, "past"),
    Page("afspraak_change", GEMEENTE, "held", "afspraak"),
    Page("afspraak_correct", GEMEENTE, "held", "afspraak"),
    Page("casus_return", GEMEENTE, "held"),
    Page("casus_nominate", GEMEENTE, "unsolved"),
    Page("casus_nominate", COORDINATOR, "unsolved"),
    Page("nomination_answer", GEMEENTE, "nominated"),
]

LEARNING_PAGES = [
    Page("terugkoppeling_list", READER),
    Page("terugkoppeling_list", GEMEENTE),
    Page("terugkoppeling_list", READER, query="gelezen=ja&jaar=1900"),
    Page("terugkoppeling_write", GEMEENTE, "written", "written_overleg"),
    Page("terugkoppeling_write", GEMEENTE, "held", "overleg"),
    Page("terugkoppeling_write", GEMEENTE, "correcting", "correcting_overleg"),
    Page("terugkoppeling_check", GEMEENTE, "written", "written_overleg"),
    Page("terugkoppeling_detail", READER, "reported", "reported"),
    Page("terugkoppeling_detail", GEMEENTE, "correcting", "correcting"),
    Page("terugkoppeling_detail", COORDINATOR, "twice", "twice"),
    Page("terugkoppeling_detail", COORDINATOR, "twice", "twice", query="versie=1"),
    Page("terugkoppeling_compare", COORDINATOR, "twice", "twice"),
    Page("terugkoppeling_correct", GEMEENTE, "reported", "reported"),
    Page("terugkoppeling_stop_correction", GEMEENTE, "correcting", "correcting"),
    Page("lesson_add_from", COORDINATOR, "reported", "reported"),
    Page("leersessie_list", COORDINATOR),
    Page("leersessie_plan", THEME_GROUP),
    *[
        Page("leersessie_detail", COORDINATOR, key=key)
        for key in ("leersessie", "held_leersessie", "cancelled")
    ],
    Page("leersessie_edit", COORDINATOR, key="leersessie"),
    Page("leersessie_hold", COORDINATOR, key="leersessie"),
    Page("leersessie_cancel", COORDINATOR, key="leersessie"),
    Page("lesson_add", COORDINATOR, key="leersessie"),
    Page("lesson_list", COORDINATOR),
    Page("lesson_list", COORDINATOR, query="niveau=organisation&stand=dropped"),
    Page("lesson_detail", COORDINATOR, key="lesson"),
    *[
        Page("lesson_move", COORDINATOR, key="lesson", more=(word,))
        for word in ("oppakken", "afronden", "niet-verder")
    ],
    Page("lesson_correct", COORDINATOR, key="lesson"),
    Page("lesson_move", COORDINATOR, key="finished_lesson", more=("heropenen",)),
    Page("report", COORDINATOR),
    Page("report", READER),
    Page("report", READER, query="jaar=1999"),
]

HOUSE_PAGES = [
    *[Page("home", who) for who in (MANAGER, GEMEENTE, OUTSIDER, COORDINATOR, READER, ADMIN)],
    *[Page("home", who) for who in (THEME_GROUP, "tafel_contact", "privacy_officer")],
    Page("member_list", ADMIN),
    Page("member_list", ADMIN, query="q=bestaat-echt-niet"),
    Page("member_detail", ADMIN, key="member"),
    Page("membership_end", ADMIN, key="membership"),
    Page("user_active", ADMIN, key="member"),
    Page("member_invite", ADMIN),
    Page("member_invite", ADMIN, query="organisatie=zvh-twente"),
    Page("member_invite", ADMIN, query="organisatie=verzonnen", status=422),
    Page("heavy_role_list", ADMIN),
    Page("log_watch", ADMIN),
    Page("health_signs", ADMIN),
    Page("scanner_state", ADMIN),
    Page("log_watch", "privacy_officer"),
    Page("log_alarm", "privacy_officer", key="alarm"),
    Page("log_alarm", ADMIN, key="explained_alarm"),
    Page("heavy_role_list", "privacy_officer"),
    Page("invitation_agree", "privacy_officer", key="heavy_invitation"),
    Page("invitation_agree", "privacy_officer", key="declined_invitation"),
    Page("invitation_decline", "privacy_officer", key="heavy_invitation"),
    Page("invitation_list", ADMIN),
    Page("invitation_correct", ADMIN, key="invitation"),
    Page("organisation_list", ADMIN),
    Page("mail_failed", ADMIN),
    Page("copy_list", ADMIN),
    Page("procesafspraak_list", COORDINATOR),
    Page("procesafspraak_edit", COORDINATOR, key="agreement"),
    Page("procesafspraak_edit", COORDINATOR, key="text_agreement"),
    Page("college_list", COORDINATOR),
    Page("college_edit", COORDINATOR, more=("enschede",)),
    Page("covenant_edit", COORDINATOR),
    Page("unusual_list", OVERSEER),
    Page("unusual_list", OVERSEER, query="stand=alles&soort=reading"),
    *[
        Page("unusual_detail", OVERSEER, key=f"unusual_{state}")
        for state in ("new", "seen", "done")
    ],
    Page("unusual_move", OVERSEER, key="unusual_new", more=("uitzoeken",)),
    Page("unusual_move", OVERSEER, key="unusual_seen", more=("afhandelen",)),
    Page("unusual_move", OVERSEER, key="unusual_done", more=("heropenen",)),
    Page("review_list", ADMIN),
    Page("review_organisation", ADMIN, more=("mediant",)),
    Page("review_organisation", ADMIN, more=("zvh-twente",)),
    Page("review_detail", ADMIN, more=("scot",), key="review"),
    Page("account_logout", MANAGER),
    Page("account_change_password", MANAGER),
    Page("demo_mail_detail", ADMIN, key="mail"),
    Page("demo_mail_detail", ADMIN, key="calendar_mail"),
]

KEEPING_PAGES = [
    Page("change_log"),
    Page("change_log", query="page=2"),
    Page("tafel_history", key="own_tafel"),
    Page("tafel_compare", key="own_tafel"),
    Page("tafel_compare", key="own_tafel", query="van=9&naar=x"),
    Page("gemeente_list"),
    Page("gemeente_detail", more=("enschede",)),
    Page("gemeente_detail", more=("hengelo",)),
    Page("gemeente_history", more=("enschede",)),
    Page("gemeente_compare", more=("enschede",)),
    Page("overview"),
    Page("gemeente_overview", more=("enschede",)),
    Page("open_data"),
    Page("subscribe"),
    Page("subscribe_confirm", key="asked_reader"),
    Page("subscribe_confirm", key="known_reader"),
    Page("subscribe_confirm", more=("verzonnen",), status=404),
    Page("unsubscribe", key="reader"),
    Page("unsubscribe", key="gone_reader"),
    Page("confirm_by_link", key="yearly"),
    Page("confirm_by_link", key="answered"),
    Page("confirm_by_link", key="waiting"),
    Page("confirm_by_link", more=("verzonnen",), status=404),
    Page("propose_by_link", key="yearly"),
    Page("home", CONTACT),
    Page("home", THEME_GROUP),
    Page("tafel_detail", CONTACT, key="own_tafel"),
    Page("tafel_propose", CONTACT, key="own_tafel"),
    Page("tafel_confirm", CONTACT, key="own_tafel"),
    *[
        Page("proposal_detail", THEME_GROUP, key=key)
        for key in ("proposal", "both", "published", "refused")
    ],
    Page("proposal_detail", CONTACT, key="proposal"),
    Page("proposal_detail", GEMEENTE, key="gemeente_proposal"),
    Page("proposal_refuse", THEME_GROUP, key="proposal"),
    Page("proposal_withdraw", GEMEENTE, key="gemeente_proposal"),
    Page("proposal_withdraw", CONTACT, key="proposal"),
    Page("upkeep_board", THEME_GROUP),
    Page("signaal_new"),
    Page("signaal_new", query="tafel=topx"),
    Page("signaal_thanks"),
    Page("signaal_list", THEME_GROUP),
    Page("signaal_list", READER, query="stand=alles&tafel=geen&thema=geen&jaar=2020"),
    Page("signaal_patterns", COORDINATOR),
    *[
        Page("signaal_detail", THEME_GROUP, key=f"signaal_{state}")
        for state in ("new", "in_progress", "expert_group", "steering_group", "done")
    ],
    Page("signaal_detail", COORDINATOR, key="signaal_new"),
    *[
        Page("signaal_move", THEME_GROUP, key=f"signaal_{state}", more=(word,))
        for state, word in (
            ("new", "oppakken"),
            ("new", "afronden"),
            ("in_progress", "expertgroep"),
            ("in_progress", "stuurgroep"),
            ("steering_group", "terugnemen"),
            ("done", "heropenen"),
        )
    ],
    Page("signaal_sort", THEME_GROUP, key="signaal_new"),
    Page("evaluation_answer", key="survey"),
    Page("evaluation_answer", key="closed_survey"),
    Page("evaluation_answer", more=("verzonnen",), status=404),
    Page("evaluation_thanks"),
    Page("region_page", more=("privacy",)),
    Page("region_page", more=("toegankelijkheid",)),
    Page("region_page", more=("verzonnen",), status=404),
    Page("evaluation_stop", key="no_survey"),
    Page("evaluation_stop", key="stopped_survey"),
    Page("evaluation_stop", more=("verzonnen",), status=404),
    Page("evaluation_list", THEME_GROUP),
    Page("evaluation_list", READER),
    Page("evaluation_detail", THEME_GROUP, key="survey_year"),
    Page("evaluation_detail", COORDINATOR, key="closed_survey_year"),
    Page("evaluation_open", THEME_GROUP),
    Page("evaluation_close", THEME_GROUP, key="survey_year"),
    Page("gemeente_detail", GEMEENTE, more=("enschede",)),
    Page("entrances_edit", GEMEENTE, more=("enschede",)),
]

OFFICER = "privacy_officer"
RIGHTS_PAGES = [
    Page("residents"),
    Page("retention_list", GEMEENTE),
    Page("retention_list", OFFICER),
    Page("rights_detail", GEMEENTE, "asked_for"),
    Page("rights_detail", OFFICER, "asked_for"),
    Page("rights_detail", GEMEENTE, "restricted"),
    Page("rights_detail", COORDINATOR, "held"),
    Page("rights_detail", OFFICER, "proposed"),
    Page("casus_detail", GEMEENTE, "restricted"),
    Page("restriction_set", GEMEENTE, "active"),
    Page("restriction_set", OFFICER, "active"),
    Page("restriction_lift", GEMEENTE, "restricted"),
    Page("casus_correct", GEMEENTE, "active"),
    Page("access_request_add", GEMEENTE, "active"),
    Page("access_request_judge", GEMEENTE, "asked_for", "access_request"),
    Page("access_request_judge", OFFICER, "asked_for", "access_request", status=403),
    Page("access_request_judge", GEMEENTE, "asked_again", "unjudged_request"),
    Page("destruction_propose", GEMEENTE, "due"),
    Page("destruction_approve", OFFICER, "proposed"),
    Page("hold_add", GEMEENTE, "due"),
    Page("hold_add", OFFICER, "proposed"),
    Page("hold_release", GEMEENTE, "kept"),
    Page("casus_detail", GEMEENTE, "destroyed", status=410),
]

GROUPS = {
    "public": PUBLIC_PAGES,
    "casus": CASUS_PAGES,
    "overleg": OVERLEG_PAGES,
    "learning": LEARNING_PAGES,
    "keeping": KEEPING_PAGES,
    "house": HOUSE_PAGES,
    "rights": RIGHTS_PAGES,
}
PAGES = [page for group in GROUPS.values() for page in group]

# Addresses that only take a POST, with who may send it. Their forms stand on pages above.
POST_ONLY = [
    Page("proposal_publish", THEME_GROUP, key="proposal"),
    Page("deelnemer_link", GEMEENTE, "accepted", "deelnemer"),
    Page("date_propose", GEMEENTE, "accepted"),
    Page("date_drop", GEMEENTE, "accepted", "option"),
    Page("dates_ask", GEMEENTE, "unasked"),
    Page("dates_remind", GEMEENTE, "accepted"),
    Page("terugkoppeling_read", READER, "reported", "reported"),
    Page("invitation_withdraw", ADMIN, key="invitation"),
    Page("mail_retry", ADMIN, key="failed_mail"),
    Page("mail_retry_all", ADMIN),
    Page("demo_sign_in", more=("verzonnen",)),
]

# Files; inspected for their queries only.
DOWNLOADS = [
    Page("attachment_open", MANAGER, "active", "attachment", more=(1,)),
    Page("casus_pdf", MANAGER, "active"),
    Page("casus_pdf", COORDINATOR, "nominated"),
    Page("step_pdf", MANAGER, "step_discussed", more=(1,)),
    Page("step_docx", MANAGER, "step_discussed", more=(1,)),
    Page("casus_list_csv", MANAGER),
    Page("casus_list_xlsx", MANAGER),
    Page("terugkoppeling_pdf", READER, "twice", "twice"),
    Page("terugkoppeling_docx", READER, "twice", "twice"),
    Page("report_csv", COORDINATOR),
    Page("access_request_pdf", GEMEENTE, "asked_for", "access_request"),
    Page("access_request_json", GEMEENTE, "asked_for", "access_request"),
    Page("tombstone_pdf", GEMEENTE, key="tombstone"),
    Page("overview_pdf"),
    Page("gemeente_overview_pdf", more=("enschede",)),
]

# For programs; inspected for their queries only.
OPEN_DATA = [
    Page("dcat_catalog"),
    Page("security_txt"),
    Page("robots"),
    Page("sitemap"),
    Page("change_feed"),
    Page("agenda"),
    Page("tafel_agenda", key="own_tafel"),
    Page("api_openapi"),
    Page("api_tafels"),
    Page("api_tafels", query="trede=1&gemeente=enschede&onderwerp=ggz&aanmelder=huisarts"),
    Page("api_tafels", query="trede=verzonnen", status=400),
    Page("api_tafels_csv"),
    Page("api_tafel", key="own_tafel"),
    Page("api_gemeenten"),
    Page("api_gemeente", more=("enschede",)),
    Page("hsds_root"),
    Page("hsds_services", query="full=true"),
    Page("hsds_service", more=("verzonnen",), status=404),
    Page("api_unknown", more=("v1/verzonnen",), status=404),
]

# Leads to another page and shows nothing itself.
REDIRECTS = [
    Page("unsubscribe_one_click", key="reader", status=302),
    Page("evaluation_stop_one_click", key="no_survey", status=302),
    Page("casus_resume", MANAGER, "draft", status=302),
    Page("account_set_password", MANAGER, status=302),
    Page("change_password", status=302),
]

# No page for people.
NOT_VISITED = {"health_live", "health_ready"}


def every_name(resolver: URLResolver | None = None) -> Iterator[str]:
    """The name of every address, those of allauth and of the demo included."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from every_name(one)
        elif isinstance(one, URLPattern) and one.name:
            yield one.name


def listed() -> set[str]:
    visits = [*PAGES, *POST_ONLY, *DOWNLOADS, *OPEN_DATA, *REDIRECTS]
    return {page.name for page in visits} | NOT_VISITED
