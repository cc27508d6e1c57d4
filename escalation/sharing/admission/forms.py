"""Forms of a clinical admission: its begin and its end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from directory.models import Organisation
from escalation.web.forms import organisation_field
from rdm.lib import clock
from rdm.lib.forms import DayField, OnceForm, ScreenedCharField, ScreenedFormMixin, only_if


class AdmissionForm(ScreenedFormMixin, OnceForm):
    """Where the resident was admitted, and since when."""

    organisation_name = ScreenedCharField(
        label="Naam van de instelling",
        max_length=120,
        required=False,
    )
    since = DayField(label="Sinds welke dag is de inwoner opgenomen?", initial=clock.today)

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = field = organisation_field(
            organisations, empty="Kies een instelling", label="Bij welke instelling?"
        )
        only_if(field, "of vul hieronder de naam in")
        only_if(self.fields["organisation_name"], "alleen als de instelling niet in de lijst staat")
        self.order_fields([*self.hidden_names, "organisation", "organisation_name", "since"])


class DischargeForm(OnceForm):
    """The day on which the admission ended."""

    until = DayField(label="Op welke dag eindigde de opname?", initial=clock.today)
