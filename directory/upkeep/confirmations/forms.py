"""The answer that the page still holds."""

from __future__ import annotations

from typing import Any

from django import forms

from directory.upkeep.forms import FunctionField
from rdm.lib.forms import ScreenedFormMixin, ScreenedTextField, VersionedForm


class ConfirmForm(ScreenedFormMixin, VersionedForm):
    """The page still holds."""

    seen_by_chair = forms.BooleanField(
        label="De voorzitter van de tafel heeft deze pagina ook bekeken.",
        help_text="Op de pagina komt dan de datum van vandaag te staan.",
        required=False,
    )
    note = ScreenedTextField(
        label="Wilt u er iets bij zeggen?",
        help_text="Alleen voor de themagroep. Dit komt niet op de pagina.",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, by_link: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by_link:
            self.fields["function"] = FunctionField(
                label="Wat is uw functie?", help_text="Uw functie komt op de pagina, uw naam niet."
            )
            self.order_fields(["function", "seen_by_chair", "note"])
