"""Every bad value in every kind of field, in a form as the pages show it: refused in Dutch or
taken, and what was typed stands in the field again."""

from __future__ import annotations

import pytest
from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.template import Context, Template

from rdm.lib.forms import (
    DayField,
    MomentField,
    PlainCharField,
    PlainEmailField,
    ScreenedFormMixin,
    ScreenedTextField,
    VersionedForm,
    WholeNumberField,
)
from tests.house.forms import KINDS, TEXT_KINDS, Field, forms_of, kind_of
from tests.house.pages import Page
from tests.house.test_bad_input import ALWAYS, ENGLISH, is_changed, representable, same
from tests.rdm.lib.bad_input import BAD_INPUT

CHOICES = [("a", "Appel"), ("b", "Banaan")]
PAGE = Template("{% load crispy_forms_tags ui %}{% error_summary form %}{% crispy form %}")


class EveryKind(ScreenedFormMixin, VersionedForm):
    """One field of each kind that the product has."""

    text = PlainCharField(label="Regel")
    textarea = ScreenedTextField(label="Tekst")
    search = PlainCharField(label="Zoek", widget=forms.TextInput(attrs={"type": "search"}))
    email = PlainEmailField(label="E-mail")
    date = DayField(label="Dag")
    time = forms.TimeField(label="Tijd", widget=forms.TimeInput(attrs={"type": "time"}))
    moment = MomentField(label="Moment")
    number = WholeNumberField(
        label="Getal", widget=forms.TextInput(attrs={"type": "number"}), required=False
    )
    password = forms.CharField(label="Wachtwoord", widget=forms.PasswordInput)
    radio = forms.ChoiceField(label="Keuze", choices=CHOICES, widget=forms.RadioSelect)
    select = forms.ChoiceField(label="Lijst", choices=CHOICES)
    boxes = forms.MultipleChoiceField(
        label="Vakjes", choices=CHOICES, widget=forms.CheckboxSelectMultiple
    )
    box = forms.BooleanField(label="Vakje", required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, version=1, **kwargs)
        self.helper = FormHelper(self)


def shown(form: EveryKind) -> dict[str, Field]:
    html = PAGE.render(Context({"form": form})).encode("utf-8", "replace")
    return {one.name: one for one in next(forms_of(Page("home"), html, "/")).fields}


FRESH = shown(EveryKind())


@pytest.mark.parametrize("value", [*BAD_INPUT, *ALWAYS], ids=range(len(BAD_INPUT) + len(ALWAYS)))
def test_a_bad_value_in_every_kind_of_field(value: str) -> None:
    data = QueryDict(mutable=True)
    for name in FRESH:
        data[name] = value
    form = EveryKind(data)
    again = shown(form)
    for name, errors in form.errors.items():
        assert not ENGLISH.search(" ".join(errors)), name
    for name, one in FRESH.items():
        # The hidden ones are put right, and say so above the form.
        refused = name in form.errors or (one.kind == "hidden" and form.non_field_errors())
        assert refused or not is_changed(one, value), name
        if one.kind in TEXT_KINDS and representable(value):
            assert same(again[name].value) == same(value), name


def test_no_kind_of_field_is_missing() -> None:
    assert {kind_of(one) for one in FRESH.values()} == KINDS
