"""The answers of the registration, as the dossier shows them: the casus in a few short parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import dateformat
from django.utils.text import capfirst

from directory.region.snapshot import Snapshot, snapshot
from escalation.blocks import HIDDEN, is_hidden

if TYPE_CHECKING:
    from escalation.models import Casus


@dataclass(frozen=True)
class Section:
    """`key` is the step in which these answers are changed; `rows` are (label, text)."""

    key: str
    title: str
    rows: list[tuple[str, str]]

    @property
    def is_hidden(self) -> bool:
        """Nothing of it is shared with the reader."""
        return all(text == HIDDEN for _, text in self.rows)


def answers_of(casus: Casus, own_reference: str, region: Snapshot | None = None) -> list[Section]:
    """Everything that was registered and is shared with the reader; one query, for what plays, and
    one more without `region`."""
    region = region or snapshot()
    return [
        Section(
            "situatie",
            "De situatie",
            [
                ("Wat er aan de hand is", casus.situation),
                ("Wat er speelt", _or_hidden(casus, "domains", _domains(casus))),
                ("Wetten", _or_hidden(casus, "frameworks", ", ".join(casus.framework_labels))),
                ("Risico voor de veiligheid", capfirst(casus.get_safety_display())),
                *_if(casus.safety_text, "Welk risico"),
            ],
        ),
        Section(
            "geprobeerd",
            "Wat is er geprobeerd",
            [
                ("Via de gewone weg", casus.tried_regular),
                ("Alleen een wachttijd", _waiting(casus)),
                (
                    "Waar het op vastloopt",
                    _or_hidden(casus, "stagnations", stuck_on(casus, region)),
                ),
                ("Waarom het vastloopt", casus.stagnation),
                *_if(casus.local_phase, _phase_label(casus)),
                ("Opgeschaald in de gemeente", casus.local_escalation),
                ("Plan van aanpak", casus.plan_of_approach),
            ],
        ),
        Section(
            "inwoner",
            "De inwoner",
            [
                ("Wat de inwoner zelf wil", casus.resident_view),
                *_if(
                    _or_hidden(casus, "basic_needs", basis_in_words(casus, region)),
                    "De basis op orde",
                ),
            ],
        ),
        Section(
            "delen",
            "Delen met anderen",
            [
                ("Doel", casus.sharing_purpose),
                ("Grondslag", casus.sharing_ground),
                ("Weet de inwoner het?", _informed(casus)),
                *_if(own_reference, "Eigen kenmerk"),
            ],
        ),
    ]


def _domains(casus: Casus) -> str:
    return capfirst(", ".join(one.label for one in casus.domains.all()))


def _waiting(casus: Casus) -> str:
    return _or_hidden(casus, "waiting_list_only", _yes_no(casus.waiting_list_only))


def _or_hidden(casus: Casus, name: str, text: str) -> str:
    """`text`, unless the field it was made from is not shared with the reader of `casus`."""
    return HIDDEN if is_hidden(casus, name) else text


def _if(text: str, label: str) -> list[tuple[str, str]]:
    return [(label, text)] if text else []


def _phase_label(casus: Casus) -> str:
    """The model of the gemeente leads (E-121)."""
    model = casus.gemeente.scaling_model if casus.gemeente else ""
    return f"Fase van {model}" if model else "Fase van opschalen in de gemeente"


_BASIS = (("yes", "Wel"), ("no", "Niet"), ("unknown", "Niet bekend"))


def basis_in_words(casus: Casus, region: Snapshot) -> str:
    """The checklist of basisvoorzieningen (E-102), a line per answer; empty when nothing was
    asked."""
    lines = []
    for answer, word in _BASIS:
        given = casus.basic_needs
        found = [one.label for one in region.basic_needs if given.get(one.code) == answer]
        if found:
            lines.append(f"{word}: {', '.join(found)}.")
    return "\n".join(lines)


def stuck_on(casus: Casus, region: Snapshot) -> str:
    labels = (one.label for one in region.stagnations if one.code in casus.stagnations)
    return capfirst(", ".join(labels))


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "Ja" if value else "Nee"


def _informed(casus: Casus) -> str:
    if casus.resident_informed and casus.resident_informed_on:
        return f"Ja, sinds {dateformat.format(casus.resident_informed_on, 'j F Y')}"
    if casus.resident_informed is False and casus.not_informed_reason:
        return f"Nee, want: {casus.not_informed_reason}"
    return _yes_no(casus.resident_informed)
