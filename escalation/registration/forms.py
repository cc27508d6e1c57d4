"""What the forms of a registration have in common: kept half-way, shown, compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from directory.models import Organisation
from directory.region.snapshot import Snapshot, snapshot
from escalation.models import Casus
from escalation.web.forms import NO, YES, RecordChoiceField, in_words, yes_no
from rdm.lib.forms import OnceForm, ScreenedFormMixin, ScreenedTextField, VersionedForm, only_if


def text(label: str, help_text: str = "", *, required: bool = True, rows: int = 5) -> Any:
    return ScreenedTextField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def as_answer(value: bool | None) -> str:
    return "" if value is None else YES if value else NO


class RegistrationStep(ScreenedFormMixin, VersionedForm):
    """A part of the casus. `later`: keep what there is; nothing is required, everything screened.

    Nothing typed is thrown away: an answer that contradicts another one comes back as an error.
    """

    key = ""
    title = ""
    intro = ""
    # Without these answers the casus cannot be registered.
    needed: tuple[str, ...] = ()
    # Only asked after a certain answer, which the words beside the label name; in the summary not
    # shown while empty.
    dependent: Mapping[str, str] = {}
    # What a registration can begin with; see directory.guide.prefill.
    from_guide: tuple[str, ...] = ()

    def __init__(
        self,
        *args: Any,
        casus: Casus,
        reference: str | None = None,
        later: bool = False,
        region: Snapshot | None = None,
        **kwargs: Any,
    ) -> None:
        self.casus, self.later, self.reference = casus, later, reference
        self.region = region or snapshot()
        super().__init__(*args, version=casus.version, initial={**self.answers_of(casus)}, **kwargs)
        self.build()
        for name, words in self.dependent.items():
            if name in self.fields:
                only_if(self.fields[name], words)

    def build(self) -> None:
        """Add the fields whose choices come from the database."""

    def answers_of(self, casus: Casus) -> dict[str, Any]:
        """What is kept now, as values of the fields."""
        return {name: getattr(casus, name) for name in self.base_fields if hasattr(casus, name)}

    def to_keep(self) -> dict[str, Any]:
        """What `save_registration` must keep; of a form with mistakes in it, the other answers."""
        skip = set(self.hidden_names) | {self.OVERRIDE, self.REASON, self.SEEN}
        return {name: value for name, value in self.cleaned_data.items() if name not in skip}

    def full_clean(self) -> None:
        required = [
            field
            for name, field in self.fields.items()
            if field.required and name not in self.hidden_names
        ]
        if self.later:
            for field in required:
                field.required = False
        try:
            super().full_clean()
        finally:
            # Shown again, the form must still say what is required.
            for field in required:
                field.required = True

    def is_missing(self, name: str) -> bool:
        """Whether an answer that registration needs is not there yet."""
        return name in self.needed and self.initial.get(name) in (None, "", [])

    @property
    def is_complete(self) -> bool:
        return not any(self.is_missing(name) for name in self.fields)

    @property
    def is_touched(self) -> bool:
        # What came along from the wegwijzer was not filled in here.
        brought = self.from_guide if self.casus.guide_answers else ()
        return any(
            self.initial.get(name) not in (None, "", [])
            for name in self.own_names
            if name not in brought
        )

    @property
    def own_names(self) -> list[str]:
        return [name for name in self.fields if name not in self.hidden_names]

    def shown(self, name: str) -> str:
        """The value of a field in words, of what was typed or else of what is kept."""
        return in_words(self.fields[name], self[name].value())

    def compare_with(self, current: RegistrationStep) -> list[dict[str, Any]]:
        """Both texts of every answer that differs, for who was second (promise 4)."""
        rows = [
            {"label": self[name].label, "mine": self.shown(name), "current": current.shown(name)}
            for name in current.own_names
        ]
        return [{**row, "differs": True} for row in rows if row["mine"] != row["current"]]


class StartForm(OnceForm):
    """Before anything is kept: is it safe to take this road, and is it the right one?"""

    choice_hints = {
        "acute_danger": {YES: "Ga niet verder. U ziet meteen wie u kunt bellen."},
        "adult": {NO: "U ziet waar u dan terechtkunt."},
    }

    acute_danger = yes_no(
        "Is er nu acuut gevaar?",
        "Gevaar voor het leven of de veiligheid van de inwoner of van iemand anders.",
    )
    adult = yes_no("Is de inwoner 18 jaar of ouder?")

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = list(organisations)
        if len(mine) == 1:
            self.only_organisation: Organisation | None = mine[0]
            return
        self.only_organisation = None
        self.fields["organisation"] = RecordChoiceField(
            label="Namens welke organisatie registreert u?",
            records=mine,
            key=lambda one: one.slug,
        )

    @property
    def organisation(self) -> Organisation:
        return self.only_organisation or self.cleaned_data["organisation"]
