"""Every address of the product and the row of the permission table that guards it.

A new address must be added here, or `test_urls.py` fails: nobody forgets to decide.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# Addresses without sign-in, by decision: the directory is public, deelnemers have a signed link.
PUBLIC = {
    "home",
    "health_live",
    "health_ready",
    "tafel_list",
    "tafel_detail",
    "tafel_check",
    "guide",
    "guide_result",
    "guide_mail",
    "invitation_accept",
    "deelnemer_answer",
    "change_log",
    "tafel_history",
    "tafel_compare",
    "gemeente_list",
    "gemeente_detail",
    "gemeente_history",
    "gemeente_compare",
    "overview",
    "overview_pdf",
    "gemeente_overview",
    "gemeente_overview_pdf",
    "subscribe",
    "subscribe_confirm",
    "unsubscribe",
    "unsubscribe_one_click",
    "confirm_by_link",
    "propose_by_link",
    "signaal_new",
    "signaal_thanks",
    "evaluation_answer",
    "evaluation_thanks",
    "evaluation_stop",
    "evaluation_stop_one_click",
    "open_data",
    "dcat_catalog",
    "change_feed",
    "agenda",
    "tafel_agenda",
    "api_openapi",
    "api_tafels",
    "api_tafels_csv",
    "api_tafel",
    "api_gemeenten",
    "api_gemeente",
    "hsds_root",
    "hsds_services",
    "hsds_service",
    "api_unknown",
    "residents",
    "security_txt",
    "change_password",
    "robots",
    "sitemap",
    "region_page",
}

# Address of one casus → action in escalation.permissions.ACTIONS.
CASUS = {
    "casus_detail": "view",
    "casus_timeline": "view",
    "casus_pdf": "view",
    "casus_access_log": "view_access_log",
    "casus_register_step": "edit",
    "casus_resume": "edit",
    "casus_check": "register",
    "casus_discard": "discard",
    "casus_edit": "edit",
    "casus_note": "add_note",
    "casus_reference": "note_reference",
    "casus_note_correct": "correct_note",
    "communication_list": "view",
    "communication_add": "log_communication",
    "communication_correct": "correct_note",
    "casus_client_support": "offer_client_support",
    "attachment_add": "add_attachment",
    "attachment_detail": "view",
    "attachment_open": "view",
    "attachment_version": "add_attachment",
    "attachment_withdraw": "withdraw_attachment",
    "attachment_remove_version": "withdraw_attachment",
    "casus_involve": "involve",
    "casus_involvement": "change_involvement",
    "casus_uninvolve": "end_involvement",
    "left_behind_withdraw": "end_involvement",
    "transfer_propose": "propose_transfer",
    "transfer_withdraw": "withdraw_transfer",
    "transfer_answer": "answer_transfer",
    "admission_add": "record_admission",
    "admission_end": "end_admission",
    "casus_close": "close",
    "casus_reopen": "reopen",
    "step_add": "add_step",
    "step_detail": "view",
    "step_instroom": "check_instroom",
    "step_submit": "submit_step",
    "step_result": "discuss_step",
    "step_close": "close_step",
    "step_client_support": "change_step",
    "step_pdf": "export_step",
    "step_docx": "export_step",
    "casus_advice": "view",
    "casus_copy": "copy",
    "casus_submit": "submit",
    "casus_withdraw": "withdraw",
    "casus_complete": "complete",
    "submission_accept": "accept",
    "submission_ask_completion": "ask_completion",
    "submission_return": "return_with_advice",
    "submission_spoed": "mark_spoed",
    "overleg_detail": "view",
    "deelnemer_add": "plan_overleg",
    "deelnemer_edit": "plan_overleg",
    "deelnemer_remove": "plan_overleg",
    "deelnemer_link": "plan_overleg",
    "date_propose": "plan_overleg",
    "date_drop": "plan_overleg",
    "date_change": "plan_overleg",
    "dates_ask": "plan_overleg",
    "dates_remind": "plan_overleg",
    "overleg_fix": "fix_date",
    "overleg_cancel": "cancel_date",
    "overleg_stop": "stop_overleg",
    "overleg_record": "record_overleg",
    "afspraak_change": "change_afspraak",
    "afspraak_correct": "change_afspraak",
    "casus_return": "return_to_region",
    "casus_nominate": "nominate",
    "nomination_answer": "record_answer",
    "rights_detail": "view_rights",
    "restriction_set": "restrict",
    "restriction_lift": "lift_restriction",
    "casus_correct": "correct_text",
    "access_request_add": "export_dossier",
    "access_request_judge": "export_dossier",
    "access_request_pdf": "export_dossier",
    "access_request_json": "export_dossier",
    "destruction_propose": "propose_destruction",
    "destruction_approve": "approve_destruction",
    "hold_add": "keep_longer",
    "hold_release": "release_hold",
}

# What an address of a casus does besides its action above: address, action, and what is sent.
ALSO = [("step_result", "not_admit_step", {"what": "not_admitted"})]

# Address about the report of one overleg → action in learning.roles.OF_THE_GEMEENTE. Whoever
# may `report_back` on the casus may do these.
REPORT = {
    "terugkoppeling_write": "write_terugkoppeling",
    "terugkoppeling_check": "submit_terugkoppeling",
    "terugkoppeling_correct": "start_correction",
    "terugkoppeling_stop_correction": "withdraw_correction",
}

# Address without a casus → (permission table, action).
GENERAL = {
    "casus_list": ("escalation", "list_casussen"),
    "casus_list_csv": ("escalation", "export_casussen"),
    "casus_list_xlsx": ("escalation", "export_casussen"),
    "saved_view_list": ("escalation", "keep_view"),
    "saved_view_add": ("escalation", "keep_view"),
    "saved_view_rename": ("escalation", "keep_view"),
    "saved_view_delete": ("escalation", "keep_view"),
    "casus_start": ("escalation", "start_casus"),
    "casus_crisis": ("escalation", "start_casus"),
    "casus_minor": ("escalation", "start_casus"),
    "access_log_find": ("escalation", "find_access_log"),
    "retention_list": ("escalation", "list_retention"),
    "tombstone_pdf": ("escalation", "list_retention"),
    "coordinatiepunt": ("escalation", "coordinate"),
    "submission_detail": ("escalation", "coordinate"),
    "member_list": ("directory", "manage_people"),
    "member_detail": ("directory", "manage_people"),
    "organisation_list": ("directory", "manage_people"),
    "invitation_list": ("directory", "manage_people"),
    "member_invite": ("directory", "manage_people"),
    "invitation_withdraw": ("directory", "manage_people"),
    "invitation_correct": ("directory", "manage_people"),
    "invitation_agree": ("directory", "agree_to_role"),
    "invitation_decline": ("directory", "agree_to_role"),
    "heavy_role_list": ("directory", "view_heavy_roles"),
    "log_watch": ("directory", "watch_log"),
    "health_signs": ("directory", "watch_health"),
    "scanner_state": ("directory", "watch_scanner"),
    "log_alarm": ("directory", "watch_log"),
    "membership_end": ("directory", "manage_people"),
    "user_active": ("directory", "manage_people"),
    "unusual_list": ("escalation", "oversee"),
    "unusual_detail": ("escalation", "oversee"),
    "unusual_move": ("escalation", "oversee"),
    "review_list": ("directory", "review_memberships"),
    "review_organisation": ("directory", "review_memberships"),
    "review_detail": ("directory", "review_memberships"),
    "mail_failed": ("directory", "retry_mail"),
    "copy_list": ("directory", "watch_copies"),
    "mail_retry": ("directory", "retry_mail"),
    "mail_retry_all": ("directory", "retry_mail"),
    "tafel_propose": ("directory", "propose_tafel"),
    "tafel_confirm": ("directory", "confirm_tafel"),
    "proposal_detail": ("directory", "see_proposal"),
    "proposal_publish": ("directory", "check_proposal"),
    "proposal_refuse": ("directory", "check_proposal"),
    "proposal_withdraw": ("directory", "change_entrances"),
    "upkeep_board": ("directory", "view_upkeep"),
    "entrances_edit": ("directory", "change_entrances"),
    "signaal_list": ("directory", "view_signalen"),
    "signaal_patterns": ("directory", "view_signalen"),
    "signaal_detail": ("directory", "view_signalen"),
    "signaal_move": ("directory", "handle_signaal"),
    "signaal_sort": ("directory", "handle_signaal"),
    "evaluation_list": ("directory", "view_evaluation"),
    "evaluation_detail": ("directory", "view_evaluation"),
    "evaluation_open": ("directory", "run_evaluation"),
    "evaluation_close": ("directory", "run_evaluation"),
    "procesafspraak_list": ("directory", "view_procesafspraken"),
    "procesafspraak_edit": ("directory", "change_procesafspraak"),
    "college_list": ("directory", "view_procesafspraken"),
    "college_edit": ("directory", "change_college_decision"),
    "covenant_edit": ("directory", "change_covenant"),
    "terugkoppeling_list": ("learning", "list_terugkoppelingen"),
    "terugkoppeling_detail": ("learning", "list_terugkoppelingen"),
    "terugkoppeling_pdf": ("learning", "list_terugkoppelingen"),
    "terugkoppeling_docx": ("learning", "list_terugkoppelingen"),
    "terugkoppeling_compare": ("learning", "list_terugkoppelingen"),
    "terugkoppeling_read": ("learning", "confirm_read"),
    "leersessie_list": ("learning", "view_leersessies"),
    "leersessie_detail": ("learning", "view_leersessies"),
    "leersessie_plan": ("learning", "plan_leersessie"),
    "leersessie_edit": ("learning", "change_leersessie"),
    "leersessie_hold": ("learning", "hold_leersessie"),
    "leersessie_cancel": ("learning", "cancel_leersessie"),
    "lesson_list": ("learning", "view_leersessies"),
    "lesson_add": ("learning", "add_lesson"),
    "lesson_add_from": ("learning", "add_lesson"),
    "lesson_detail": ("learning", "view_leersessies"),
    "lesson_correct": ("learning", "correct_lesson"),
    "lesson_move": ("learning", "pick_up_lesson"),
    "report": ("learning", "view_report"),
    "report_csv": ("learning", "view_report"),
}

# Pages above that do something else with another word in their address.
MOVES = {
    ("lesson_move", "afronden"): "finish_lesson",
    ("lesson_move", "niet-verder"): "drop_lesson",
    ("lesson_move", "heropenen"): "reopen_lesson",
}

# Actions that decide about what stands on a page, not about who comes in; each with its own test.
NOT_AN_ADDRESS: dict[str, set[str]] = {
    "escalation": set(),
    "directory": set(),
    "learning": {"view_full_report"},
}


def served(pattern: URLPattern) -> frozenset[str]:
    """The methods of this address, from the decorators of its view; all when it names none."""
    found, view = {"get", "post"}, pattern.callback
    while view is not None:
        named = inspect.getclosurevars(view).nonlocals.get("request_method_list")
        found &= {method.lower() for method in named} if named else found
        view = getattr(view, "__wrapped__", None)
    return frozenset(found)


def patterns(resolver: URLResolver | None = None, at: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address with its path, except allauth's own and those of the demo."""
    for one in (resolver or get_resolver()).url_patterns:
        path = at + str(one.pattern)
        if path.startswith(("account/", "demo/")):
            continue
        if isinstance(one, URLResolver):
            yield from patterns(one, path)
        else:
            yield path, one
