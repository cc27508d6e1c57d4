"""Proposing to destroy a casus."""

from __future__ import annotations

from django import forms
from django.utils.text import capfirst

from escalation.models import Destruction
from rdm.lib.forms import OnceForm


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
