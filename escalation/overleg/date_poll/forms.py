"""A moment to choose from: one more, or another instead of it."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row

from escalation.overleg.forms import MomentForm
from escalation.web.forms import buttons


class ProposeForm(MomentForm):
    """One more moment to choose from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row("day", "starts_at", "ends_at"))


class ChangeDateForm(MomentForm):
    """What was proposed wrongly, put right."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(Row("day", "starts_at", "ends_at"), buttons("Sla op"))
