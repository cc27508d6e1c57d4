"""The form with the partners in the covenant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms

from directory.models import Organisation
from rdm.lib.forms import VersionedForm


class CovenantForm(VersionedForm):
    """A tick per organisation; none at all is possible too."""

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {one.slug: one for one in organisations}
        self.fields["partners"] = forms.MultipleChoiceField(
            label="Welke organisaties zijn partner in het convenant?",
            help_text="Vink aan wie het convenant heeft getekend.",
            required=False,
            choices=[(slug, one.name) for slug, one in self.organisations.items()],
            initial=[slug for slug, one in self.organisations.items() if one.covenant_partner],
            widget=forms.CheckboxSelectMultiple,
        )
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "partners", Div(Submit("save", "Bewaar de partners"), css_class="form-actions")
        )

    @property
    def chosen(self) -> list[Organisation]:
        return [self.organisations[slug] for slug in self.cleaned_data["partners"]]
