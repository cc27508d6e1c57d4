"""Forms for visitors without an account: a trap for robots and a limit, and no puzzles."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.http import HttpRequest

TOO_OFTEN = "U hebt dit net al een paar keer gedaan. Probeer het over een uur opnieuw."


class VisitorFormMixin(forms.BaseForm):
    """Adds a field that people do not see (form.css) and robots fill in.

    Whose browser filled it in by itself gets to see it, with what to do. Call `allow` when the
    form is valid and before anything is done.
    """

    TRAP = "homepage"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.TRAP] = forms.CharField(
            label="Laat dit veld leeg",
            required=False,
            widget=forms.TextInput(
                attrs={"class": "rdm-trap", "autocomplete": "off", "tabindex": "-1"}
            ),
        )

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        if self.cleaned_data.pop(self.TRAP, ""):
            self.add_error(self.TRAP, "Haal de tekst uit dit veld weg en verstuur opnieuw.")

    def allow(self, request: HttpRequest, action: str, key: str = "") -> bool:
        """Whether this visitor may do `action` once more; if not, the form says so.

        The limits are in the settings (ACCOUNT_RATE_LIMITS), per address and per `key`.
        """
        if ratelimit.consume(request, action=action, key=key.lower() or None):
            return True
        self.add_error(None, TOO_OFTEN)
        return False
