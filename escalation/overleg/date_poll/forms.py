"""One more moment to choose from."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row

from escalation.overleg.forms import MomentForm


class ProposeForm(MomentForm):
    """One more moment to choose from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row("day", "starts_at", "ends_at"))
