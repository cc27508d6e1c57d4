"""Everything kept under a code, for the resident who asks: with who saw it and who got it.

Somebody else stays in or goes, as somebody decided (`AccessRequest`; who that is, in
`keeping.third_parties`); nothing is given while there is a name that nobody decided about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from audit.models import Action, AuditEntry, Purpose
from directory.models import Role
from escalation.attachments.rules import file_name
from escalation.keeping import parts as dossier
from escalation.keeping.parts import Row, Section
from escalation.keeping.parts.of_the_casus import OWN_OBJECTS
from escalation.keeping.parts.outside import apart_words, is_apart
from escalation.keeping.third_parties.rules import Other, others_in
from escalation.models import AttachmentVersion
from rdm.lib import clock
from rdm.lib.dates import long_date, long_moment

if TYPE_CHECKING:
    from escalation.models import AccessRequest, Casus

WITHHELD = "[weggelaten]"
FILES = "files"
FILES_TITLE = "Bestanden die u apart krijgt"
FILES_APART = (
    "De bestanden van de bijlagen zitten niet in dit overzicht. U krijgt ze er apart bij. Welke "
    f"dat zijn, staat bij ‘{FILES_TITLE}’."
)
SEEING = (Action.READ, Action.EXPORT, Action.PRINT)


@dataclass(frozen=True)
class Export:
    """What the resident gets: sections with facts, and nothing of what was left out."""

    code: str
    made_at: str
    sections: list[Section]

    @property
    def about_files(self) -> str:
        """That the files come apart from this, when there are any."""
        return FILES_APART if any(one.key == FILES for one in self.sections) else ""

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "gemaakt_op": self.made_at,
            **({"let_op": self.about_files} if self.about_files else {}),
            "onderdelen": [
                {
                    "onderdeel": section.title,
                    "regels": [{row.label: row.value for row in item} for item in section.items],
                }
                for section in self.sections
            ],
        }


@dataclass(frozen=True)
class Files:
    """What goes with an export, which is facts: the `given` files, in the order of their
    attachments, and in words what the resident must ask another organisation for."""

    given: list[AttachmentVersion]
    apart: list[str]


def files_of(casus: Casus) -> Files:
    """The files that are kept with this casus, for who hands them over."""
    found = AttachmentVersion.objects.filter(attachment__casus=casus, gone_at=None)
    found = found.select_related("attachment__organisation", "attachment__casus")
    versions = list(found.order_by("attachment", "number"))
    apart = {one.attachment_id: one.attachment for one in versions if is_apart(one.attachment)}
    return Files(
        given=[one for one in versions if one.attachment_id not in apart],
        apart=[apart_words(one) for one in apart.values()],
    )


def everything(casus: Casus, files: Files | None = None) -> list[Section]:
    """All of it, with the names of others: only for who decides about those names. `files` for who
    asked for those already."""
    given = (files or files_of(casus)).given
    return [*dossier.sections(casus), *_files(given), _seen_by(casus)]


def people_in(sections: Iterable[Section]) -> list[str]:
    """The name of everybody else, once, from A to Z."""
    return [one.name for one in others_in(sections)]


def _files(given: Iterable[AttachmentVersion]) -> list[Section]:
    items = [
        [
            Row("Bijlage", f"{version.attachment}, versie {version.number}"),
            Row("Bestand", file_name(version)),
        ]
        for version in given
    ]
    return [Section(FILES, FILES_TITLE, items)] if items else []


def not_judged(others: Iterable[Other], access_request: AccessRequest) -> list[str]:
    """The names of those that nobody decided about."""
    judged = set(access_request.people)
    return [one.name for one in others if one.name not in judged]


def export_of(sections: Iterable[Section], access_request: AccessRequest) -> Export:
    """The export, without what was to be left out: in its own field and inside every text.

    Of somebody who is left out by one name or address all others go too, also one that came in
    after the decision.
    """
    sections = list(sections)
    chosen = set(access_request.withheld)
    hide = _hider(chosen.union(*(one.words for one in others_in(sections) if one.words & chosen)))
    return Export(
        code=access_request.casus.code,
        made_at=long_moment(clock.now()),
        sections=[
            replace(
                section,
                items=[[Row(row.label, hide(row.value)) for row in item] for item in section.items],
            )
            for section in sections
        ],
    )


def _hider(words: Iterable[str]) -> Any:
    # The longest first, so that "Jan de Wit" does not leave "de Wit" behind "Jan".
    found = sorted({word for word in words if word}, key=len, reverse=True)
    if not found:
        return lambda text: text
    # Whole words: leaving out Jan must leave januari alone.
    pattern = "|".join(re.escape(word) for word in found)
    hidden = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
    return lambda text: hidden.sub(WITHHELD, text)


def _seen_by(casus: Casus) -> Section:
    """Who saw it or took a copy: one line per organisation, role, day and kind.

    Without the names of those people: a resident may know when it was seen and what for, and who
    looked is for the privacy officer to judge.
    """
    entries = AuditEntry.objects.filter(
        object_type__in=OWN_OBJECTS, object_id=casus.code, action__in=SEEING, outcome="ok"
    )
    lines: dict[tuple[str, ...], int] = {}
    for entry in entries.order_by("number").iterator(2000):
        roles = [Role(one).label for one in entry.role.split(", ") if one in Role.values]
        who = ", ".join(str(role) for role in roles)
        purpose = str(Purpose(entry.purpose).label) if entry.purpose else ""
        action = str(Action(entry.action).label)
        key = (long_date(clock.local_date(entry.at)), entry.organisation, who, purpose, action)
        lines[key] = lines.get(key, 0) + 1
    items = [
        [
            Row("Dag", day),
            *([Row("Organisatie", organisation)] if organisation else []),
            *([Row("Rol", who)] if who else []),
            *([Row("Waarvoor", purpose)] if purpose else []),
            Row("Wat", f"{action}, {times} keer"),
        ]
        for (day, organisation, who, purpose, action), times in lines.items()
    ]
    return Section("seen_by", "Wie zag of downloadde het", items)
