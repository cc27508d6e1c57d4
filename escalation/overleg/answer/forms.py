"""The form of a deelnemer without account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from escalation.models import DateAnswer, DateOption, Deelnemer
from escalation.overleg.rules import words
from rdm.lib.forms import VersionedForm

PREFIX = "moment-"


class AnswerForm(VersionedForm):
    """One answer per proposed moment; or, once the date is fixed, whether somebody comes. Its
    version is that of the moment: it goes up when date or place change, and for nothing else.

    `shown` are the moments that were on the page: one that came meanwhile is asked the next time.
    """

    hidden_names = ("request_id", "version", "shown")

    shown = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        deelnemer: Deelnemer,
        options: Iterable[DateOption],
        given: Mapping[int, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, version=deelnemer.overleg.moment_version, **kwargs)
        self.is_fixed = deelnemer.overleg.starts_at is not None
        # What was proposed after the page was opened.
        self.added: list[DateOption] = []
        if self.is_fixed:
            self._ask_attendance(deelnemer)
            return
        options = list(options)
        self.initial["shown"] = ",".join(str(option.pk) for option in options)
        seen = self.data.get("shown", self.initial["shown"]).split(",")
        self.added = [option for option in options if str(option.pk) not in seen]
        for option in options:
            label = words(option.starts_at, option.ends_at)
            self.fields[f"{PREFIX}{option.pk}"] = forms.ChoiceField(
                label=label[:1].upper() + label[1:],
                choices=DateAnswer.Value.choices,
                initial=given.get(option.pk),
                required=option not in self.added,
                widget=forms.RadioSelect,
                error_messages={"required": "Kies of u dan kunt."},
            )

    def _ask_attendance(self, deelnemer: Deelnemer) -> None:
        known = deelnemer.attendance != Deelnemer.Attendance.UNKNOWN
        self.fields["attendance"] = forms.ChoiceField(
            label="Komt u?",
            choices=[
                (Deelnemer.Attendance.YES, "Ja, ik kom"),
                (Deelnemer.Attendance.NO, "Nee, ik kom niet"),
            ],
            initial=deelnemer.attendance if known else None,
            widget=forms.RadioSelect,
            error_messages={"required": "Kies of u komt."},
        )

    @property
    def asks_something(self) -> bool:
        return any(name not in self.hidden_names for name in self.fields)

    @property
    def has_answer(self) -> bool:
        """Whether what is asked now was answered before."""
        return any(
            field.initial for name, field in self.fields.items() if name not in self.hidden_names
        )

    @property
    def answers(self) -> dict[int, str]:
        """Option → value, as the action wants it."""
        return {
            int(name.removeprefix(PREFIX)): value
            for name, value in self.cleaned_data.items()
            if name.startswith(PREFIX) and value
        }

    @property
    def attendance(self) -> str | None:
        return self.cleaned_data.get("attendance")
