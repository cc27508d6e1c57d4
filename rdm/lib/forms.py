"""The forms every page builds on: honest about what is required, and keeping what was typed."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.utils.crypto import salted_hmac

from rdm.lib import screening
from rdm.lib.fields import (
    MAX_TEXT,
    CleanCharField,
    DayField,
    MomentField,
    PlainCharField,
    PlainEmailField,
    Screened,
    ScreenedCharField,
    ScreenedTextField,
    WholeNumberField,
    hit_messages,
    local_moment,
)

__all__ = [
    "MAX_TEXT",
    "CleanCharField",
    "DayField",
    "HonestForm",
    "HonestFormMixin",
    "MomentField",
    "OnceForm",
    "PlainCharField",
    "PlainEmailField",
    "ScreenedCharField",
    "ScreenedFormMixin",
    "ScreenedTextField",
    "ScreeningOverride",
    "VersionedForm",
    "WholeNumberField",
    "local_moment",
    "only_if",
]

# A group of choices carries aria-required on the group (the template), not on each choice. What
# nobody sees says nothing to anybody: HTML allows it no aria at all.
_SAYS_NOTHING = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.HiddenInput)


class HonestFormMixin:
    """No browser validation, required fields announced, and Dutch messages that say what to do.

    A message that the form itself gives to a field always wins.
    """

    use_required_attribute = False
    # Names of fields for words that a form only gets when somebody opens it (see `rdm.lib.typed`).
    late_words: tuple[str, ...] = ()
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def __getitem__(self, name: str) -> BoundField:
        # Here and not in __init__, so that fields which a form adds later are treated alike.
        bound: BoundField = super().__getitem__(name)  # type: ignore[misc]
        if bound.field.required and not isinstance(bound.field.widget, _SAYS_NOTHING):
            bound.field.widget.attrs.setdefault("aria-required", "true")
        return bound

    def _clean_fields(self) -> None:
        for name, field in self.fields.items():
            _speak_dutch(field, str(self[name].label))
        super()._clean_fields()  # type: ignore[misc]


def _speak_dutch(field: forms.Field, label: str) -> None:
    """Replace the messages of Django that the form did not replace itself."""
    if isinstance(field, forms.BooleanField):
        required = f"Zet een vinkje bij “{label}”."
    elif isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        required = f"Kies een antwoord bij “{label}”."
    elif isinstance(field, forms.FileField):
        required = f"Kies een bestand bij “{label}”."
    else:
        required = f"Vul iets in bij “{label}”."
    ours = {
        "required": required,
        "invalid_choice": f"Kies bij “{label}” een antwoord uit de lijst.",
        "invalid_list": f"Kies bij “{label}” antwoorden uit de lijst.",
        "invalid_pk_value": f"Kies bij “{label}” een antwoord uit de lijst.",
    }
    if isinstance(field, forms.TimeField):
        ours["invalid"] = "Vul een tijd in die bestaat, bijvoorbeeld 14:30."
    for code, message in ours.items():
        if field.error_messages.get(code) == _django_message(field, code):
            field.error_messages[code] = message


def _django_message(field: forms.Field, code: str) -> Any:
    for cls in type(field).__mro__:
        if code in getattr(cls, "default_error_messages", {}):
            return cls.default_error_messages[code]  # type: ignore[attr-defined]
    return None


def only_if(field: forms.Field, words: str) -> None:
    """Mark a field that only counts after another answer; `words` ("alleen als …") stand beside
    its label instead of "(niet verplicht)". The form itself asks for it after that answer."""
    field.required = False
    field.depends = words  # type: ignore[attr-defined]


class HonestForm(HonestFormMixin, forms.Form):
    """The base of every form of the product."""


class OnceForm(HonestForm):
    """A form of which a second submit has no second effect.

    `cleaned_data["request_id"]` is a UUID that stays the same when the same form comes back.
    """

    hidden_names: tuple[str, ...] = ("request_id",)
    stale_message = (
        "Dit formulier is niet compleet aangekomen. Uw tekst staat er nog. "
        "Controleer de tekst en verstuur het formulier opnieuw."
    )

    request_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def add_error(self, field: str | None, error: Any) -> None:
        """Errors of hidden fields go to the top of the form, in words a user can act on."""
        if field not in self.hidden_names:
            super().add_error(field, error)
            return
        # Show the right hidden value again, or sending the form once more would never work.
        right = self.get_initial_for_field(self.fields[field], field)
        _set_data(self, field, "" if right is None else str(right))
        if not self.has_error(NON_FIELD_ERRORS, "stale"):
            super().add_error(None, forms.ValidationError(self.stale_message, code="stale"))


class VersionedForm(OnceForm):
    """A form over a record that someone else may change meanwhile.

    Give `version=record.version`; `cleaned_data["version"]` is the version the user saw. When
    the action says someone was first, show the form again after `show_version(record.version)`:
    the text is kept, and a second submit is then made in the knowledge of both versions.
    """

    hidden_names: tuple[str, ...] = ("request_id", "version")
    # Whether somebody else was first; said by who runs the action.
    conflict = False

    version = WholeNumberField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if version is not None:
            self.initial["version"] = version

    def show_version(self, version: int) -> None:
        """Let the form that is shown again carry this version."""
        _set_data(self, "version", str(version))


def _set_data(form: forms.BaseForm, name: str, value: str | None) -> None:
    """Change one submitted value (None takes it out), for when the form is shown again."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]  # what came in is read-only
    data.pop(form.add_prefix(name), None)
    if value is not None:
        data[form.add_prefix(name)] = value
    form.data = data


@dataclass(frozen=True)
class ScreeningOverride:
    """Someone said that what was found in `field` is no personal data, and why.

    Field and kinds are for the log; `reason` is a text, to be kept where it can be destroyed.
    """

    field: str
    label: str
    kinds: tuple[str, ...]
    reason: str


class ScreenedFormMixin(forms.BaseForm):
    """Screening of every field that is Screened, with the way out "dit is geen persoonsgegeven".

    After a hit, and only then, the form has three more fields: a tick box, a reason and a
    hidden list of the hits that were shown (`form.screening_fields` for the template). An
    override holds only for hits that the user has seen: new personal data blocks again. Nor does
    it hold for what is certain: a number right after the word BSN is one, whatever the reason says.
    `form.screening_overrides` says what must be kept once the form is valid.
    """

    OVERRIDE = "screening_override"
    REASON = "screening_reason"
    SEEN = "screening_seen"

    screening_overrides: tuple[ScreeningOverride, ...] = ()

    @property
    def screening_fields(self) -> list[BoundField]:
        """The extra fields to show; empty when nothing was found."""
        self.errors  # noqa: B018  # validates, which is what adds the fields
        return [self[n] for n in (self.OVERRIDE, self.REASON, self.SEEN) if n in self.fields]

    def _clean_fields(self) -> None:
        screened = {n: f for n, f in self.fields.items() if isinstance(f, Screened)}
        for field in screened.values():
            field.blocks = False
        super()._clean_fields()  # type: ignore[misc]
        texts = {n: f.text_of(self.cleaned_data.get(n)) for n, f in screened.items()}
        hits = {n: found for n, f in screened.items() if (found := f.find(texts[n]))}
        if hits:
            self._settle(hits, texts)

    def _settle(self, hits: dict[str, list[screening.Hit]], texts: dict[str, str]) -> None:
        """Let through what was explained, and complain about the rest. What is certain is never
        explained."""
        doubtful = {n: d for n, found in hits.items() if (d := [h for h in found if not h.certain])}
        certain = {n: c for n, found in hits.items() if (c := [h for h in found if h.certain])}
        explained = not doubtful or self._explained(doubtful, texts)
        for name, found in (certain if explained else hits).items():
            field: Screened = self.fields[name]  # type: ignore[assignment]
            messages = field.messages_for(texts[name], found)
            self.add_error(name, forms.ValidationError(messages))

    def _explained(self, hits: dict[str, list[screening.Hit]], texts: dict[str, str]) -> bool:
        """Whether somebody saw all of these and said why they are no personal data. A reason that
        will not do has its own complaint."""
        self._offer_override()
        marks = {
            _mark(name, texts[name][hit.start : hit.end])
            for name, found in hits.items()
            for hit in found
        }
        seen = set(str(self._posted(self.SEEN) or "").split("."))
        if not (marks <= seen and self._posted(self.OVERRIDE)):
            _set_data(self, self.SEEN, ".".join(sorted(marks)))
            _set_data(self, self.OVERRIDE, None)
            return False
        if reason := self._clean_reason():
            self.screening_overrides = tuple(
                ScreeningOverride(
                    name,
                    str(self[name].label),
                    tuple(sorted({hit.kind for hit in found})),
                    reason,
                )
                for name, found in hits.items()
            )
        return True

    def _offer_override(self) -> None:
        self.fields[self.OVERRIDE] = forms.BooleanField(
            label="Dit is geen persoonsgegeven",
            required=False,
            help_text="Zet dit vinkje alleen als de gevonden tekst niet over een persoon gaat.",
        )
        self.fields[self.REASON] = PlainCharField(
            label="Waarom is dit geen persoonsgegeven?",
            required=False,
            max_length=300,
            help_text="Wij bewaren deze uitleg. Zet er geen persoonsgegevens in.",
        )
        only_if(self.fields[self.REASON], "alleen als u het vinkje zet")
        self.fields[self.SEEN] = forms.CharField(required=False, widget=forms.HiddenInput)

    def _posted(self, name: str) -> Any:
        widget = self.fields[name].widget
        return widget.value_from_datadict(self.data, self.files, self.add_prefix(name))

    def _clean_reason(self) -> str:
        field = self.fields[self.REASON]
        try:
            reason: str = field.clean(self._posted(self.REASON))
        except forms.ValidationError as problem:
            self.add_error(self.REASON, problem)
            return ""
        if found := screening.find(reason):
            self.add_error(self.REASON, forms.ValidationError(hit_messages(reason, found)))
            return ""
        if not reason:
            self.add_error(self.REASON, "Leg uit waarom dit geen persoonsgegeven is.")
        return reason


def _mark(name: str, text: str) -> str:
    """A short keyed digest: it says "this hit was shown" without repeating the text."""
    return salted_hmac("rdm.lib.forms.screening", f"{name}:{text}").hexdigest()[:16]
