from typing import Any
from uuid import UUID, uuid4

import pytest
from django import forms
from django.http import QueryDict

from rdm.lib import forms as f

PHONE = "Bel 06-12345678"
MAIL = "Mail a@voorbeeld.nl"


class Note(f.ScreenedFormMixin, f.VersionedForm):
    title = f.ScreenedCharField(label="Titel", required=False)
    text = f.ScreenedTextField(label="Wat is er aan de hand?")
    day = f.DayField(label="Datum", required=False)


def posted(**more: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({"text": "Een tekst", "request_id": str(uuid4()), "version": "3"} | more)
    data._mutable = False
    return data


def posted_again(form: forms.Form, **more: Any) -> QueryDict:
    """What a browser sends when the form that is on the screen is sent once more."""
    assert not form.is_valid()
    shown = {bound.html_name: bound.value() for bound in form}
    return posted(**{k: v for k, v in shown.items() if v not in (None, False)} | more)


# --- honest


class Several(f.HonestForm):
    name = f.PlainCharField(label="Naam")
    kind = forms.ChoiceField(label="Soort", choices=[("a", "A")])
    pick = forms.ChoiceField(label="Keuze", choices=[("a", "A")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Akkoord")
    at = forms.TimeField(label="Tijd", required=False)
    own = f.PlainCharField(label="Eigen", error_messages={"required": "Eigen woorden."})


def test_messages_say_what_to_do_and_own_words_win() -> None:
    errors = Several({"at": "25:00"}).errors
    assert errors["name"] == ["Vul iets in bij “Naam”."]
    assert errors["kind"] == ["Kies een antwoord bij “Soort”."]
    assert errors["agree"] == ["Zet een vinkje bij “Akkoord”."]
    assert errors["at"] == ["Vul een tijd in die bestaat, bijvoorbeeld 14:30."]
    assert errors["own"] == ["Eigen woorden."]
    assert Several({"kind": "zz"}).errors["kind"] == ["Kies bij “Soort” een antwoord uit de lijst."]


def test_messages_of_one_form_do_not_leak_into_another() -> None:
    class Other(f.HonestForm):
        name = f.PlainCharField(label="Anders")

    assert Several({}).errors["name"] == ["Vul iets in bij “Naam”."]
    assert Other({}).errors["name"] == ["Vul iets in bij “Anders”."]


def test_required_is_announced_and_not_enforced_by_the_browser() -> None:
    form = Several()
    assert 'aria-required="true"' in str(form["name"])
    assert "aria-required" not in str(form["at"])
    assert "aria-required" not in str(form["pick"])
    assert " required" not in form.as_p()


def test_what_nobody_sees_says_nothing_to_a_screen_reader() -> None:
    for form in (Note(version=3), Note({})):
        hidden = [str(form[name]) for name in form.fields if form[name].is_hidden]
        assert hidden and not [one for one in hidden if "aria-" in one]


def test_a_field_added_later_is_treated_alike() -> None:
    form = Several({})
    form.fields["late"] = f.PlainCharField(label="Later")
    assert form.errors["late"] == ["Vul iets in bij “Later”."]
    assert 'aria-required="true"' in str(form["late"])


# --- once, and versions


def test_a_fresh_form_carries_version_and_request_id() -> None:
    form = Note(version=3)
    assert form["version"].value() == 3
    assert UUID(form["request_id"].value())
    assert form["request_id"].value() != Note(version=3)["request_id"].value()


def test_the_action_gets_version_and_request_id() -> None:
    request_id = uuid4()
    form = Note(posted(request_id=str(request_id)), version=3)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["version"] == 3
    assert form.cleaned_data["request_id"] == request_id


def test_the_same_request_id_comes_back_after_an_error() -> None:
    data = posted(text="")
    form = Note(data, version=3)
    assert not form.is_valid()
    assert form["request_id"].value() == data["request_id"]


@pytest.mark.parametrize("wrong", [{"version": "x"}, {"request_id": "9" * 40}, {"version": ""}])
def test_a_damaged_hidden_field_is_said_on_top_and_mended(wrong: dict[str, str]) -> None:
    form = Note(posted(**wrong), version=3)
    assert not form.is_valid()
    assert list(form.errors) == ["__all__"]
    assert "Uw tekst staat er nog" in form.non_field_errors()[0]
    assert form["text"].value() == "Een tekst"
    assert Note(posted_again(form), version=3).is_valid()


def test_after_a_conflict_the_form_carries_the_new_version() -> None:
    form = Note(posted(text="Mijn tekst"), version=3)
    assert form.is_valid()
    form.show_version(4)
    assert form["version"].value() == "4"
    assert form["text"].value() == "Mijn tekst"


# --- screened


def test_without_a_hit_there_is_no_way_out_to_see() -> None:
    form = Note(posted())
    assert form.is_valid()
    assert form.screening_fields == []
    assert form.screening_overrides == ()
    assert Note().screening_fields == []


def test_a_hit_blocks_shows_where_and_keeps_the_text() -> None:
    form = Note(posted(text=PHONE))
    assert not form.is_valid()
    assert "“06-12345678”" in form.errors["text"][0]
    assert form["text"].value() == PHONE
    assert [b.name for b in form.screening_fields] == [
        "screening_override", "screening_reason", "screening_seen",
    ]  # fmt: skip
    assert "06-12345678" not in str(form["screening_seen"])


def test_an_override_with_a_reason_lets_it_through_and_is_reported() -> None:
    first = Note(posted(text=PHONE))
    form = Note(
        posted_again(first, screening_override="on", screening_reason="Nummer van de balie")
    )
    assert form.is_valid(), form.errors
    assert form.screening_overrides == (
        f.ScreeningOverride("text", "Wat is er aan de hand?", ("phone",), "Nummer van de balie"),
    )
    assert form.cleaned_data["text"] == PHONE
    assert not [name for name in form.cleaned_data if name.startswith("screening")]


def test_an_override_needs_a_reason() -> None:
    first = Note(posted(text=PHONE))
    form = Note(posted_again(first, screening_override="on"))
    assert list(form.errors) == ["screening_reason"]
    assert Note(posted_again(form, screening_reason="Balie")).is_valid()


@pytest.mark.parametrize("reason", [PHONE, "a\x00b", "a\nb", "a" * 301])
def test_the_reason_is_held_to_the_same_rules(reason: str) -> None:
    first = Note(posted(text=PHONE))
    form = Note(posted_again(first, screening_override="on", screening_reason=reason))
    assert list(form.errors) == ["screening_reason"]


def test_an_override_is_only_for_what_was_shown() -> None:
    first = Note(posted(text=PHONE))
    sent = {"screening_override": "on", "screening_reason": "Balie"}
    form = Note(posted_again(first, text=f"{PHONE}. {MAIL}", **sent))
    assert not form.is_valid()
    assert form["screening_override"].value() is False
    assert Note(posted_again(form, **sent)).is_valid()


def test_an_override_without_having_seen_anything_does_nothing() -> None:
    sent = {"screening_override": "on", "screening_reason": "Balie"}
    assert not Note(posted(text=PHONE, **sent)).is_valid()
    assert not Note(posted(text=PHONE, screening_seen="x.y", **sent)).is_valid()


def test_an_override_stays_when_another_field_is_wrong() -> None:
    first = Note(posted(text=PHONE, title=MAIL))
    assert set(first.errors) == {"text", "title"}
    sent = {"screening_override": "on", "screening_reason": "Balie"}
    form = Note(posted_again(first, day="31-02-2026", **sent))
    assert list(form.errors) == ["day"]
    assert Note(posted_again(form, day="")).is_valid()


@pytest.mark.parametrize("text", ["BSN 111222333", "bsn van de inwoner: 1112.22.333"])
def test_a_number_right_after_the_word_bsn_is_one_whatever_the_reason(text: str) -> None:
    sent = {"screening_override": "on", "screening_reason": "Dat weet ik niet"}
    form = Note(posted(text=text))
    assert not form.is_valid() and form.screening_fields == []
    assert "ook niet met uitleg" in form.errors["text"][0]
    again = Note(posted_again(form, **sent))
    assert not again.is_valid()
    assert Note(posted_again(again, text="Er is geen BSN")).is_valid()


def test_what_is_certain_blocks_beside_what_was_explained() -> None:
    first = Note(posted(text=f"BSN 111222333. {PHONE}", title=MAIL))
    assert set(first.errors) == {"text", "title"}
    sent = {"screening_override": "on", "screening_reason": "Balie"}
    form = Note(posted_again(first, **sent))
    assert list(form.errors) == ["text"] and len(form.errors["text"]) == 1
    # The reason that was given is still there for what is left.
    assert form["screening_reason"].value() == "Balie"
    assert Note(posted_again(form, text=PHONE)).is_valid()


def test_without_the_word_before_it_a_number_can_be_explained() -> None:
    first = Note(posted(text="Onze code is 111222333"))
    sent = {"screening_override": "on", "screening_reason": "Code van een apparaat"}
    assert Note(posted_again(first, **sent)).is_valid()


def test_screening_works_with_a_prefix_and_a_plain_dict() -> None:
    data = {f"n-{key}": value for key, value in posted(text=PHONE).items()}
    first = Note(data, prefix="n")
    assert not first.is_valid()
    again = {bound.html_name: bound.value() for bound in first}
    again |= {"n-screening_override": "on", "n-screening_reason": "Balie"}
    assert Note(again, prefix="n").is_valid()
