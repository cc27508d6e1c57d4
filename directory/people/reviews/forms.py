"""Going through the roles of an organisation, as a form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout, Submit
from django import forms
from django.urls import reverse

from directory.models import Membership, Organisation, User
from directory.people.permissions import reason_to_keep
from rdm.lib.dates import long_date
from rdm.lib.forms import VersionedForm

STAYS, ENDS = ("keep", "Blijft"), ("end", "Stopt")


class ReviewForm(VersionedForm):
    """For each role whether it stays or ends, and the signature under it."""

    sign = forms.BooleanField(
        label="Ik heb alle rollen hierboven nagelopen",
        error_messages={"required": "Zet een vinkje om te tekenen."},
    )

    def __init__(
        self,
        *args: Any,
        memberships: Iterable[Membership],
        organisation: Organisation,
        by: User,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.memberships = list(memberships)
        for one in self.memberships:
            self.fields[_name(one)] = _field(one, by)
        names = [_name(one) for one in self.memberships]
        self.helper = FormHelper(self)
        self.helper.layout = Layout(
            *names,
            "sign",
            Div(
                Submit("save", "Teken en sla op"),
                HTML(f'<a class="nl-link" href="{reverse("review_list")}">Annuleren</a>'),
                css_class="form-actions",
            ),
        )

    @property
    def decisions(self) -> dict[int, str]:
        """By the number of the role what was chosen."""
        return {one.pk: self.cleaned_data[_name(one)] for one in self.memberships}


def _name(membership: Membership) -> str:
    return f"role{membership.pk}"


def _field(one: Membership, by: User) -> forms.ChoiceField:
    user = one.user
    seen = f"logde op {long_date(user.last_login)} in" if user.last_login else "logde nog nooit in"
    facts = f"Sinds {long_date(one.started_at)}. {user.name} {seen}."
    if not user.is_active:
        facts += " Het account is dicht."
    kept = reason_to_keep(by, one)
    return forms.ChoiceField(
        label=f"{user.name}: {one.get_role_display()}",
        help_text=f"{facts} {kept}" if kept else facts,
        choices=[STAYS] if kept else [STAYS, ENDS],
        widget=forms.RadioSelect,
        error_messages={"required": f"Kies of de rol van {user.name} blijft of stopt."},
    )
