"""Forms about how long a casus is kept."""

from __future__ import annotations

from django import forms
from django.utils.text import capfirst

from escalation.models import Destruction
from escalation.web.forms import NO_NAMES
from rdm.lib.forms import DayField, OnceForm, ScreenedFormMixin, ScreenedTextField


class ProposeDestructionForm(OnceForm):
    """On which ground the casus may go."""

    choice_hints = {
        "ground": {
            Destruction.Ground.REQUEST: "Ook voordat de termijn voorbij is. Vraag bij twijfel uw "
            "functionaris gegevensbescherming.",
        }
    }

    ground = forms.ChoiceField(
        label="Op grond waarvan?",
        choices=[(value, capfirst(label)) for value, label in Destruction.Ground.choices],
        widget=forms.RadioSelect,
    )


class HoldForm(ScreenedFormMixin, OnceForm):
    """Why a casus is kept longer, and until when."""

    until = DayField(label="Tot en met welke dag bewaart u de casus?")
    reason = ScreenedTextField(
        label="Waarom bewaart u de casus langer?",
        help_text=f"Bijvoorbeeld: er loopt een klacht of een rechtszaak. {NO_NAMES}",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
