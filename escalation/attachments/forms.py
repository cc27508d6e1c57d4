"""Adding a file to a casus, a newer version of it, and taking it away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst

from escalation.blocks import HINTS, Block, Blocks
from escalation.models import Attachment
from rdm.lib import uploads
from rdm.lib.forms import (
    OnceForm,
    ScreenedCharField,
    ScreenedFormMixin,
    ScreenedTextField,
    VersionedForm,
)
from rdm.lib.upload_field import UploadField

CHOOSE_AGAIN = "Kies het bestand nog een keer. Uw browser onthoudt het niet."
PRIVACY = (
    "Zorg dat er geen naam, adres of geboortedatum in staat, ook niet in de naam van het bestand. "
    "Wij zoeken naar persoonsgegevens in de tekst van een pdf, docx of odt. In een foto of scan "
    "kunnen wij dat niet: kijk die zelf na."
)
STAYS = "Deze uitleg blijft staan. Zet er geen naam, adres of geboortedatum in."


class FileMixin(forms.Form):
    """One file that must be chosen again whenever the form comes back."""

    def __init__(self, *args: Any, stopped: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = settings.UPLOAD_MAX_BYTES
        self.fields["file"] = UploadField(
            label="Bestand",
            help_text=f"Een {uploads.NAMES} van hooguit {most // (1024 * 1024)} MB. {PRIVACY}",
            most=most,
            stopped=stopped,
        )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.errors:
            self._ask_again()
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        if field != "file":
            self._ask_again()

    def _ask_again(self) -> None:
        if self.cleaned_data.get("file") and not self.has_error("file"):
            super().add_error("file", CHOOSE_AGAIN)

    @property
    def screening_reason(self) -> str:
        """Why what was found is no personal data; kept with the file."""
        overrides = getattr(self, "screening_overrides", ())
        return overrides[0].reason if overrides else ""


class AttachmentForm(ScreenedFormMixin, FileMixin, OnceForm):
    """A new attachment."""

    choice_hints = {
        "audience": {
            Attachment.Audience.READERS: "Ook organisaties met wie de casus later wordt gedeeld.",
            Attachment.Audience.OWN: "Anderen zien niet dat deze bijlage er is. Stopt het delen "
            "met uw organisatie? Dan kunt u er niet meer bij. Wie de casus deelt, ziet dan alleen "
            "hoeveel het er zijn.",
        },
        "block": HINTS,
    }

    kind = forms.ChoiceField(
        label="Wat is het?",
        choices=[(value, capfirst(label)) for value, label in Attachment.Kind.choices],
        widget=forms.RadioSelect,
    )
    title = ScreenedCharField(
        label="Titel",
        help_text="Zodat anderen weten wat het is. Bijvoorbeeld: plan van aanpak van november.",
        max_length=120,
    )
    audience = forms.ChoiceField(
        label="Wie mag het zien?",
        help_text="U kunt dit later niet meer wijzigen.",
        choices=[
            (Attachment.Audience.READERS, "Iedereen die deze casus mag lezen"),
            (Attachment.Audience.OWN, "Alleen mijn organisatie en het coördinatiepunt"),
        ],
        initial=Attachment.Audience.READERS,
        widget=forms.RadioSelect,
    )
    block = forms.ChoiceField(
        label="Waar gaat het over?",
        help_text="Alleen wie dit deel van het dossier mag zien, ziet de bijlage.",
        initial=Block.PROCESS,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, seen: Blocks, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["block"].choices = [  # type: ignore[attr-defined]
            (one.value, capfirst(one.label)) for one in Block if one in seen
        ]
        if Block.PROCESS not in seen:
            self.fields["block"].initial = None


class VersionForm(ScreenedFormMixin, FileMixin, VersionedForm):
    """A newer file of the same attachment."""

    note = ScreenedCharField(
        label="Wat is er anders in deze versie?",
        required=False,
    )


class RemoveVersionForm(ScreenedFormMixin, VersionedForm):
    """Why one file of an attachment goes."""

    reason = ScreenedTextField(
        label="Waarom verwijdert u deze versie?",
        help_text=STAYS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WithdrawForm(ScreenedFormMixin, VersionedForm):
    """Why an attachment goes."""

    reason = ScreenedTextField(
        label="Waarom trekt u de bijlage in?",
        help_text=STAYS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
