"""Reading terugkoppelingen: the list, one report with its versions, comparing, downloading."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.db.models import Exists, Min, OuterRef, Prefetch, QuerySet, Subquery
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from audit.models import Action
from audit.performing import perform, show
from directory.models import Gemeente, Role, User
from directory.web.signed_in import AuthedRequest
from escalation.models import Casus, Overleg
from learning import documents
from learning.actions import terugkoppelingen as actions
from learning.forms.terugkoppelingen import CompareForm, ReadForm, TerugkoppelingFilter
from learning.models import ReadReceipt, Terugkoppeling, TerugkoppelingVersion
from learning.models.terugkoppeling import unreported
from learning.permissions import may, may_report, reason_denied
from learning.roles import OWN_READERS
from learning.views.lessons import lesson_rows
from learning.views.load import load_terugkoppeling, require
from learning.workflow import TerugkoppelingStatus
from rdm.lib import clock
from rdm.lib.dates import long_date
from rdm.lib.download import as_download
from rdm.lib.paging import page_of

MOST_TO_WRITE = 50


@require_safe
def terugkoppeling_list(request: AuthedRequest) -> HttpResponse:
    """What the own gemeenten still have to write, and what was submitted."""
    user = require(request, "list_terugkoppelingen")
    visible = Terugkoppeling.objects.visible_to(user).filter(first_submitted_at__isnull=False)
    form = TerugkoppelingFilter(request.GET or None, years=_years(visible), gemeenten=_gemeenten())
    page = page_of(request, _narrow(_with_reading(visible, user), form))
    context = {
        "to_write": _to_write(user),
        "to_write_columns": ["Casus", "Gemeente", "Overleg", "Termijn", "Status"],
        "columns": ["Casus", "Gemeente", "Overleg", "Ingediend", "Gelezen"],
        "form": form,
        "active": form.active,
        "page": page,
        "count": page.paginator.count_words("terugkoppeling", "terugkoppelingen"),  # type: ignore[attr-defined]
        "rows": [_row(one) for one in page],
    }
    return show(request, "learning/terugkoppeling_list.html", context)


def _with_reading(found: QuerySet[Terugkoppeling], user: User) -> Any:
    """Each with its last version and whether that one was read: by this portefeuillehouder, or
    for the others by any."""
    last = TerugkoppelingVersion.objects.filter(terugkoppeling=OuterRef("pk")).order_by("-number")
    receipts = ReadReceipt.objects.filter(version=OuterRef("last_version"))
    if Role.PORTEFEUILLEHOUDER in user.roles:
        receipts = receipts.filter(user=user)
    return (
        found.select_related("overleg__casus__gemeente__organisation")
        .annotate(last_version=Subquery(last.values("pk")[:1]))
        .annotate(
            last_number=Subquery(last.values("number")[:1]),
            last_submitted_at=Subquery(last.values("submitted_at")[:1]),
            is_read=Exists(receipts),
        )
        .order_by("-first_submitted_at", "-pk")
    )


def _narrow(found: Any, form: TerugkoppelingFilter) -> Any:
    if not form.is_bound:
        return found
    if year := form.chosen("jaar"):
        start, end = clock.year_bounds(year)
        found = found.filter(first_submitted_at__gte=start, first_submitted_at__lt=end)
    if gemeente := form.chosen("gemeente"):
        found = found.filter(overleg__casus__gemeente__organisation__slug=gemeente)
    if read := form.chosen("gelezen"):
        found = found.filter(is_read=read == "ja")
    return found


def _years(visible: QuerySet[Terugkoppeling]) -> list[int]:
    """Every year since the first submitted one, the present year on top."""
    first = visible.aggregate(at=Min("first_submitted_at"))["at"]
    now = clock.today().year
    start = clock.local_date(first).year if first else now
    return list(range(now, min(start, now) - 1, -1))


def _gemeenten() -> list[tuple[str, str]]:
    return list(Gemeente.objects.values_list("organisation__slug", "organisation__name"))


def _to_write(user: User) -> list[list[Any]]:
    own = user.organisation_ids(*OWN_READERS)
    if not own:
        return []
    writes_for = user.organisation_ids(Role.GEMEENTE)
    overleggen = unreported(Overleg.objects.filter(casus__gemeente__in=own)).order_by(
        "feedback_due", "pk"
    )[:MOST_TO_WRITE]
    rows: list[list[Any]] = []
    for overleg in overleggen:
        casus, begun = overleg.casus, getattr(overleg, "terugkoppeling", None)
        link = reverse("terugkoppeling_write", args=[casus.code, overleg.pk])
        is_writer = casus.gemeente_id in writes_for
        stands_still = casus.restricted_at is not None
        rows.append(
            [
                {
                    "text": casus.code,
                    "url": link if is_writer and not stands_still else "",
                    "sub": "ligt stil: de verwerking is beperkt" if stands_still else "",
                },
                casus.gemeente,
                {"day": overleg.held_on},
                {"due": overleg.feedback_due}
                if begun is None or begun.first_submitted_at is None
                else "geen: de vorige versie geldt",
                begun.get_status_display() if begun else TerugkoppelingStatus.DRAFT.label,
            ]
        )
    return rows


def _row(one: Any) -> list[Any]:
    casus = one.overleg.casus
    return [
        {"text": casus.code, "url": reverse("terugkoppeling_detail", args=[casus.code, one.pk])},
        casus.gemeente,
        {"day": one.overleg.held_on},
        {"day": one.first_submitted_at, "sub": _newer_version(one)},
        {"text": "gelezen", "tone": "success"}
        if one.is_read
        else {"text": "nog niet gelezen", "tone": "warning"},
    ]


def _newer_version(one: Any) -> str:
    if one.last_number == 1:
        return ""
    return f"versie {one.last_number} van {long_date(one.last_submitted_at)}"


@require_safe
def terugkoppeling_detail(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """One report: the version asked for (the last by default), who read it and what came of it."""
    found = load_terugkoppeling(request, code, pk, part=_part(request))
    return show(request, "learning/terugkoppeling_detail.html", _detail_context(request, found))


def _detail_context(request: AuthedRequest, found: Terugkoppeling) -> dict[str, Any]:
    user = request.user
    versions = _versions(found)
    version = _chosen(versions, request.GET.get("versie"))
    casus = found.overleg.casus
    receipts = list(version.receipts.all()) if version else []
    sees_lessons = may(user, "view_leersessies") is None
    return {
        "terugkoppeling": found,
        "overleg": found.overleg,
        "casus": casus,
        "crumbs": [("Terugkoppelingen", reverse("terugkoppeling_list"))],
        "versions": versions,
        "version": version,
        "is_last": bool(version and version == versions[0]),
        "receipts": receipts,
        "rubrieken": (version or found).rubrieken,
        "facts": _facts(found, version),
        "lesson_columns": ["Leerpunt", "Wie pakt het op", "Status"],
        # The column is narrow; the lesson itself says the rest.
        "lesson_rows": [
            [row[0], row[3], row[5]]
            for row in lesson_rows(found.lessons.select_related("theme") if sees_lessons else [])
        ],
        # Only who sees the dossier anyway gets a link to it (O-07).
        "casus_url": _casus_url(user, casus),
        "actions": _actions(user, found, version, receipts),
    }


def _facts(found: Terugkoppeling, version: TerugkoppelingVersion | None) -> list[tuple[str, str]]:
    overleg = found.overleg
    facts = [
        ("Gemeente", str(overleg.casus.gemeente)),
        ("Overleg gehouden op", _day(overleg.held_on)),
    ]
    if version is None:
        return [*facts, ("Uiterlijk indienen op", _day(found.due))]
    return [
        *facts,
        *documents.submitted(found, version),
        ("Ingediend door", f"{version.submitted_by_name}, {version.submitted_by_organisation}"),
        ("Versie van het formulier", version.format_version),
    ]


def _day(value: date | None) -> str:
    return long_date(value) if value else ""


def _actions(
    user: User,
    found: Terugkoppeling,
    version: TerugkoppelingVersion | None,
    receipts: list[ReadReceipt],
) -> list[dict[str, Any]]:
    args = [found.overleg.casus.code, found.pk]
    buttons: list[dict[str, Any]] = []
    if (
        version
        and may(user, "confirm_read") is None
        and user.pk not in {r.user_id for r in receipts}
    ):
        buttons.append(
            {
                "label": f"Ik heb versie {version.number} gelezen",
                "url": reverse("terugkoppeling_read", args=args),
                "method": "post",
                "icon": "check",
                "hidden": [("request_id", uuid4()), ("number", version.number)],
            }
        )
    if may_report(user, found.overleg.casus) is None:
        if found.status == TerugkoppelingStatus.SUBMITTED:
            buttons.append(
                {
                    "label": "Maak een correctie",
                    "url": reverse("terugkoppeling_correct", args=args),
                    "tone": "secondary",
                    "denied": reason_denied(user, found, "start_correction"),
                }
            )
        else:
            write = reverse("terugkoppeling_write", args=[args[0], found.overleg.pk])
            buttons.append(
                {
                    "label": "Schrijf verder",
                    "url": write,
                    "denied": reason_denied(user, found, "write_terugkoppeling"),
                }
            )
    if version and may(user, "add_lesson") is None:
        buttons.append(
            {
                "label": "Voeg een leerpunt toe",
                "url": reverse("lesson_add_from", args=args),
                "tone": "secondary",
            }
        )
    return buttons


@require_POST
def terugkoppeling_read(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """The portefeuillehouder confirms having read a version."""
    found = load_terugkoppeling(request, code, pk, part="read")
    require(request, "confirm_read")
    form = ReadForm(request.POST)
    if answer := perform(
        request,
        form,
        lambda: actions.confirm_read(
            version=_chosen(_versions(found), str(form.cleaned_data["number"])), by=request.user
        ),
        done="Genoteerd dat u deze versie hebt gelezen.",
        to=reverse("terugkoppeling_detail", args=[found.overleg.casus.code, pk]),
    ):
        return answer
    context = _detail_context(request, found)
    return show(request, "learning/terugkoppeling_detail.html", context, form=form)


@require_safe
def terugkoppeling_compare(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """Two versions side by side; by default the last two."""
    found = load_terugkoppeling(request, code, pk, part="compare")
    versions = _versions(found)
    if len(versions) < 2:
        raise Http404("Er is nog maar één versie.")
    new = _chosen(versions, request.GET.get("naar"))
    old = _chosen(versions, request.GET.get("van") or str(versions[1].number))
    casus = found.overleg.casus
    rows = [
        {"label": title, "mine": before, "current": after, "differs": before != after}
        for (title, before), (_, after) in zip(old.rubrieken, new.rubrieken, strict=True)
    ]
    context = {
        "terugkoppeling": found,
        "casus": casus,
        "crumbs": [
            ("Terugkoppelingen", reverse("terugkoppeling_list")),
            (casus.code, reverse("terugkoppeling_detail", args=[casus.code, pk])),
        ],
        "versions": versions,
        "form": CompareForm(
            initial={"van": old.number, "naar": new.number},
            numbers=[version.number for version in versions],
        ),
        "old": old,
        "new": new,
        "old_title": f"Versie {old.number}",
        "new_title": f"Versie {new.number}",
        "rows": rows,
    }
    return show(request, "learning/terugkoppeling_compare.html", context)


@require_safe
def terugkoppeling_pdf(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """One version as an accessible PDF."""
    return _download(request, code, pk, "pdf")


@require_safe
def terugkoppeling_docx(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    """One version as a Word document."""
    return _download(request, code, pk, "docx")


def _download(request: AuthedRequest, code: str, pk: int, kind: str) -> HttpResponse:
    part = f"{kind}:{_part(request)}"
    found = load_terugkoppeling(request, code, pk, part=part, action=Action.EXPORT)
    version = _chosen(_versions(found), request.GET.get("versie"))
    if version is None:
        raise Http404("Er is nog niets ingediend.")
    return as_download(documents.make(found, version, kind))


def _versions(found: Terugkoppeling) -> list[TerugkoppelingVersion]:
    """Newest first, each with its receipts."""
    return list(
        found.versions.prefetch_related(Prefetch("receipts", ReadReceipt.objects.order_by("at")))
    )


def _chosen(versions: list[TerugkoppelingVersion], asked: str | None) -> Any:
    """The version with this number; the last without a number; 404 for one that is not there."""
    if not asked:
        return versions[0] if versions else None
    for version in versions:
        if str(version.number) == asked:
            return version
    raise Http404("Deze versie bestaat niet.")


def _part(request: AuthedRequest) -> str:
    """For the log: which version was asked for, and nothing else that a visitor may type."""
    asked = request.GET.get("versie", "")
    return f"version-{asked}" if asked.isascii() and asked.isdigit() and len(asked) < 5 else "last"


def _casus_url(user: User, casus: Casus) -> str:
    if not Casus.objects.visible_to(user).filter(pk=casus.pk).exists():
        return ""
    return reverse("casus_detail", args=[casus.code])
