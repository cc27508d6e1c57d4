"""Forms of handing a casus over to another gemeente."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from directory.models import Gemeente
from escalation.web.forms import NO_NAMES, RecordChoiceField, start_empty
from rdm.lib.forms import OnceForm, ScreenedFormMixin, ScreenedTextField, VersionedForm, only_if

SHORT = {"rows": 4}


class TransferForm(ScreenedFormMixin, VersionedForm):
    """To which gemeente, and why."""

    reason = ScreenedTextField(
        label="Waarom gaat de casus naar deze gemeente?",
        help_text="De andere gemeente leest dit voordat zij antwoordt. "
        f"Schrijf alleen op wat zij daarvoor moet weten. {NO_NAMES}",
        widget=forms.Textarea(attrs=SHORT),
    )

    def __init__(self, *args: Any, gemeenten: Iterable[Gemeente], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gemeente"] = field = RecordChoiceField(
            label="Welke gemeente moet de casus overnemen?",
            records=gemeenten,
            key=lambda one: one.slug,
            widget=forms.Select,
        )
        start_empty(field, "Kies een gemeente")
        self.order_fields([*self.hidden_names, "gemeente", "reason"])


class TransferWithdrawForm(ScreenedFormMixin, VersionedForm):
    """Why the question is taken back."""

    reason = ScreenedTextField(
        label="Waarom trekt u de overdracht in?",
        help_text=f"Dit komt op de tijdlijn. {NO_NAMES}",
        widget=forms.Textarea(attrs=SHORT),
    )


class TransferAnswerForm(ScreenedFormMixin, OnceForm):
    """Yes or no; a no has a reason."""

    ACCEPT, REFUSE = "accept", "refuse"

    choice_hints = {
        "answer": {
            ACCEPT: "Uw gemeente is daarna verantwoordelijk en ziet de hele casus.",
            REFUSE: "De casus blijft waar hij is. Leg hieronder uit waarom.",
        }
    }

    answer = forms.ChoiceField(
        label="Neemt uw gemeente deze casus over?",
        choices=[(ACCEPT, "Ja, wij nemen de casus over"), (REFUSE, "Nee, wij weigeren")],
        widget=forms.RadioSelect,
    )
    reason = ScreenedTextField(
        label="Toelichting",
        help_text=f"Dit komt op de tijdlijn. {NO_NAMES}",
        required=False,
        widget=forms.Textarea(attrs=SHORT),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_if(self.fields["reason"], "alleen verplicht als uw gemeente weigert")

    @property
    def accepts(self) -> bool:
        return bool(self.cleaned_data["answer"] == self.ACCEPT)
