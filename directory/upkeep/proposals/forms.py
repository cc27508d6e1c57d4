"""Deciding about a proposal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from rdm.lib.forms import OnceForm, ScreenedFormMixin, ScreenedTextField, VersionedForm


class PublishForm(VersionedForm):
    """Publish, with a choice for each part that somebody else changed in the meantime."""

    PREFIX = "keep_"

    def __init__(self, *args: Any, both: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.both = [name for name, _ in both]
        for name, label in both:
            self.fields[f"{self.PREFIX}{name}"] = forms.ChoiceField(
                label=f"Wat komt er op de pagina bij “{label}”?",
                choices=[("new", "De tekst uit het voorstel"), ("now", "Wat er nu staat")],
                widget=forms.RadioSelect,
            )

    def is_for_another(self, number: int) -> bool:
        """Whether another edition than this one was on the screen when the form was sent."""
        seen = self.data.get("version", "")
        return bool(seen.isascii() and seen.isdigit() and seen != str(number))

    def show_conflict(self, number: int, reason: str) -> None:
        """Say so, and carry the number of the edition that is on the screen now."""
        self.add_error(None, forms.ValidationError(reason, code="conflict"))
        self.conflict = True
        self.show_version(number)

    @property
    def keep(self) -> list[str]:
        """The parts that stay as they are now. Only of a valid form."""
        chosen = self.cleaned_data
        return [name for name in self.both if chosen[f"{self.PREFIX}{name}"] == "now"]


class RefuseForm(ScreenedFormMixin, OnceForm):
    """Why a proposal is not taken over."""

    reason = ScreenedTextField(
        label="Waarom neemt u het voorstel niet over?",
        help_text="Wie het voorstelde, krijgt deze uitleg per e-mail.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    danger = True
