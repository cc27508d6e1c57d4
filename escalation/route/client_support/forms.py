"""How far cliëntondersteuning is."""

from __future__ import annotations

from typing import Any

from django import forms

from escalation.models import Casus, RouteStep
from escalation.reading.supporters import Supporters
from escalation.web.forms import (
    CLIENT_SUPPORT_CHOICES,
    CLIENT_SUPPORT_HINTS,
    IF_LINKED,
    IF_UNAVAILABLE,
    supporter_field,
)
from rdm.lib.forms import ScreenedFormMixin, ScreenedTextField, VersionedForm, only_if


class ClientSupportForm(ScreenedFormMixin, VersionedForm):
    """How far cliëntondersteuning is for a casus, or at one tafel (E-125, O-17)."""

    choice_hints = {"state": CLIENT_SUPPORT_HINTS}

    state = forms.ChoiceField(
        label="Hoe staat het met cliëntondersteuning?",
        choices=CLIENT_SUPPORT_CHOICES,
        widget=forms.RadioSelect,
    )
    reason = ScreenedTextField(
        label="Toelichting",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        of: Casus | RouteStep,
        supporters: Supporters,
        **kwargs: Any,
    ) -> None:
        by = of.client_support_by
        initial = {
            "state": of.client_support,
            "organisation": by.slug if by else "",
            "reason": of.client_support_reason,
        }
        super().__init__(*args, initial=initial, version=of.version, **kwargs)
        self.fields["organisation"] = supporter_field(supporters)
        only_if(self.fields["organisation"], IF_LINKED)
        only_if(self.fields["reason"], IF_UNAVAILABLE)
        self.order_fields([*self.hidden_names, "state", "organisation", "reason"])
