"""The crispy pack, the ui tags, the components and the error pages."""

import datetime as dt
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from crispy_forms.helper import FormHelper
from crispy_forms.layout import (
    HTML,
    Button,
    ButtonHolder,
    Column,
    Div,
    Field,
    Fieldset,
    Hidden,
    Layout,
    MultiField,
    Reset,
    Row,
    Submit,
)
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import Context, Template, engines
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from directory.web.menu import nav_items
from rdm.lib import clock
from rdm.lib.forms import ScreenedFormMixin, ScreenedTextField, VersionedForm
from rdm.templatetags import ui
from rdm.templatetags.ui import due, due_tone

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
CHOICES = [("a", "Eerste"), ("b", "Tweede")]
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


class EveryWidget(ScreenedFormMixin, VersionedForm):
    text = forms.CharField(label="Tekst", help_text="Een hint", max_length=10)
    email = forms.EmailField(label="E-mail")
    number = forms.IntegerField(label="Aantal")
    password = forms.CharField(
        label="Geheim", widget=forms.PasswordInput(attrs={"placeholder": "x"})
    )
    date = forms.DateField(label="Datum", widget=forms.DateInput(attrs={"type": "date"}))
    area = ScreenedTextField(label="Verhaal")
    select = forms.ChoiceField(label="Keuze", choices=[("", "Kies"), *CHOICES])
    several = forms.MultipleChoiceField(label="Meer", choices=CHOICES)
    radios = forms.ChoiceField(label="Eén", choices=CHOICES, widget=forms.RadioSelect)
    boxes = forms.MultipleChoiceField(
        label="Vakjes", choices=CHOICES, widget=forms.CheckboxSelectMultiple, help_text="Alles"
    )
    agree = forms.BooleanField(label="Akkoord")
    file = forms.FileField(label="Bestand")
    moment = forms.SplitDateTimeField(label="Moment")
    optional = forms.CharField(label="Los", required=False)

    choice_hints = {"radios": {"a": "Uitleg bij eerste"}}


FIELDS = [name for name in EveryWidget.base_fields if name not in ("request_id", "version")]


def render(source: str, **context) -> str:
    return Template("{% load ui crispy_forms_tags %}" + source).render(Context(context))


def soup(source: str, **context) -> BeautifulSoup:
    return BeautifulSoup(render(source, **context), "html.parser")


def form_with(*parts, data=None) -> EveryWidget:
    form = EveryWidget(data, version=3)
    form.helper = FormHelper(form)
    if parts:
        form.helper.layout = Layout(*parts)
    return form


def described(page: BeautifulSoup) -> None:
    """Every id is unique, and everything that points at an id points at something."""
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for name in ("for", "aria-describedby", "aria-labelledby"):
        for tag in page.find_all(attrs={name: True}):
            for target in tag[name].split() if isinstance(tag[name], str) else tag[name]:
                assert target in ids, f"{name}={target}"
    for tag in page.find_all("a", href=re.compile("^#.")):
        assert tag["href"][1:] in ids, tag


@pytest.mark.parametrize("data", [None, {}], ids=["fresh", "with errors"])
@pytest.mark.parametrize("layout", [(), tuple(FIELDS)], ids=["no layout", "layout"])
def test_pack_renders_every_widget(data, layout):
    page = soup("{% error_summary form %}{% crispy form %}", form=form_with(*layout, data=data))
    described(page)
    for name in FIELDS:
        inputs = page.find_all(attrs={"name": re.compile(f"^{name}(_[01])?$")})
        assert inputs, name
        for tag in inputs:
            assert not tag.has_attr("required"), name
            assert not tag.has_attr("placeholder"), name
            assert tag.get("class"), name
            assert (
                tag.get("aria-label")
                or tag.find_parent("label")
                or page.find("label", attrs={"for": tag["id"]})
            ), name
    assert {"request_id", "version"} <= {t["name"] for t in page.find_all(type="hidden")}
    assert page.find(string="Uitleg bij eerste")
    assert len(page.find_all(string=re.compile("niet verplicht"))) == 1
    assert page.form.has_attr("novalidate")


def test_every_error_is_shown_at_the_field_and_linked_from_the_summary():
    form = form_with(data={})
    page = soup("{% error_summary form %}{% crispy form %}", form=form)
    links = page.select(".rdm-error-summary li a")
    assert len(links) == len([n for n in form.errors if n != "__all__"])
    assert page.find(id="error-summary")["tabindex"] == "-1"
    for name in form.errors:
        if name != "__all__":
            assert page.find(id=f"id_{name}_error"), name
    for name in ("text", "area", "select", "file", "agree"):
        assert page.find(id=f"id_{name}")["aria-invalid"] == "true"
    assert page.find(id="id_text")["aria-describedby"].split() == [
        "id_text_helptext",
        "id_text_error",
    ]


def test_summary_takes_formsets_and_stays_away_without_errors():
    make = forms.formset_factory(EveryWidget, extra=0, min_num=1, validate_min=True)
    assert render("{% error_summary form set %}", form=EveryWidget(), set=make()).strip() == ""
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-text": "x"}
    page = soup("{% error_summary set %}{% crispy set %}", set=make(data))
    described(page)
    assert page.select("a[href='#id_form-0-radios_0']")


def test_the_summary_counts_answers_and_names_each_field():
    form = form_with(data={})
    form.add_error("text", "Dit is te kort.")
    form.add_error("date", "Deze datum ligt in de toekomst.")
    form.add_error(None, "Iemand was eerder.")
    for name in [name for name in form.errors if name not in ("text", "date", "__all__")]:
        del form.errors[name]
    page = soup("{% error_summary form %}", form=form)
    assert page.find(id="error-summary").string == "2 antwoorden vragen nog uw aandacht"
    lines = [item.get_text() for item in page.select("li")]
    assert "Iemand was eerder." in lines
    assert "Vul iets in bij “Tekst”. Dit is te kort." in lines
    del form.errors["text"]
    form.errors["date"] = form.error_class(["Deze datum ligt in de toekomst."])
    form.summary_name = "Rij 2"
    page = soup("{% error_summary form %}", form=form)
    assert page.find(id="error-summary").string == "Eén antwoord vraagt nog uw aandacht"
    assert "Rij 2, Datum: Deze datum ligt in de toekomst." in page.get_text()
    del form.errors["date"]
    page = soup("{% error_summary form %}", form=form)
    assert page.find(id="error-summary").string == "Dit is nog niet gelukt"


def test_every_layout_object_has_a_template():
    form = form_with(
        Fieldset("Kop", "text", css_class="eigen"),
        Row(Column("email"), Column("number")),
        MultiField("Groep", "password", "date"),
        Field("area", css_class="rdm-input--medium", wrapper_class="breed"),
        Div(
            Submit("save", "Opslaan"),
            Submit("drop", "Verwijder", css_class="danger"),
            Button("other", "Anders"),
            Reset("reset", "Leeg"),
            Hidden("geheim", "1"),
            HTML("<a href='/'>Terug</a>"),
            css_class="form-actions",
        ),
        ButtonHolder(Submit("next", "Verder", css_class="secondary")),
    )
    page = soup("{% crispy form %}", form=form)
    assert page.h2.string == "Kop"
    assert "eigen" in page.select_one(".rdm-form-section")["class"]
    assert "nl-button--primary" in page.find(attrs={"name": "save"})["class"]
    assert "nl-button--negative" in page.find(attrs={"name": "drop"})["class"]
    assert "nl-button--secondary" in page.find(attrs={"name": "next"})["class"]
    assert page.find(attrs={"name": "geheim"})["type"] == "hidden"
    assert "rdm-input--medium" in page.find(id="id_area")["class"]
    assert page.select_one("#div_id_area.breed")


def test_way_out_of_the_screening_needs_no_place_in_the_layout():
    form = form_with("text", data={"area": "x", "text": "x"})
    assert "screening_override" not in render("{% crispy form %}", form=form)
    form = form_with("area", data={"area": "Bel 06-12345678"})
    page = soup("{% error_summary form %}{% crispy form %}", form=form)
    assert page.find(attrs={"name": "screening_override", "type": "checkbox"})
    assert page.find(attrs={"name": "screening_seen", "type": "hidden"})["value"]
    assert len(page.find_all(attrs={"name": "screening_reason"})) == 1


def test_user_text_is_escaped_everywhere():
    evil = "<script>alert(1)</script>"
    rows = [{"label": evil, "value": evil, "url": "/x/", "mine": evil, "current": evil}]
    event = {"title": evil, "who": evil, "when": MONDAY, "text": evil}
    out = render(
        "{% badge evil %}{% actions acts %}"
        "{% include 'components/summary_list.html' with rows=rows %}"
        "{% include 'components/compare.html' with rows=rows %}"
        "{% include 'components/timeline.html' with events=events %}"
        "{% include 'components/data_list.html' with rows=pairs %}"
        "{% include 'components/table.html' with caption=evil columns=cols rows=cells %}"
        "{% include 'components/alert.html' with text=evil title=evil %}",
        evil=evil,
        acts=[{"label": evil, "url": "/", "denied": evil}, {"label": evil, "url": "/"}],
        rows=rows,
        events=[event],
        pairs=[(evil, evil)],
        cols=[evil],
        cells=[[evil, {"text": evil, "url": "/"}]],
    )
    assert "<script" not in out
    assert out.count("&lt;script&gt;") >= 14


@pytest.mark.parametrize(
    ("day", "words", "tone"),
    [
        (dt.date(2026, 11, 23), "vandaag", "warning"),
        (dt.date(2026, 11, 24), "morgen", "warning"),
        (dt.date(2026, 11, 26), "nog 3 werkdagen", "neutral"),
        (dt.date(2026, 11, 30), "nog 5 werkdagen", "neutral"),
        (dt.date(2026, 11, 20), "1 werkdag te laat", "error"),
        (dt.date(2026, 11, 19), "2 werkdagen te laat", "error"),
        (dt.datetime(2026, 11, 23, 23, 30, tzinfo=dt.UTC), "morgen", "warning"),
        (None, "", "neutral"),
    ],
)
def test_deadline_in_words(day, words, tone):
    with clock.travel(MONDAY):
        assert (due(day), due_tone(day)) == (words, tone)


def test_deadline_over_a_weekend_counts_days():
    with clock.travel(dt.datetime(2026, 11, 28, 10, 0, tzinfo=dt.UTC)):  # Saturday
        assert due(dt.date(2026, 11, 29)) == "morgen"
        assert due(dt.date(2026, 11, 26)).endswith("te laat")
    with clock.travel(dt.datetime(2026, 11, 27, 10, 0, tzinfo=dt.UTC)):  # Friday
        assert due(dt.date(2026, 11, 29)) == "nog 2 dagen"


def test_when_is_amsterdam_time():
    moment = dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC)
    assert render("{% when m %}", m=moment) == (
        '<time datetime="2026-07-02T00:30+02:00">2 juli 2026, 00:30</time>'
    )
    assert render("{% when m 'short' %}", m=dt.date(2026, 7, 1)) == (
        '<time datetime="2026-07-01">1 jul 2026</time>'
    )
    assert render("{% when m %}", m=None) == "niet bekend"


def test_badge_refuses_an_unknown_tone():
    with pytest.raises(ValueError, match="unknown badge tone"):
        ui.badge("x", "rood")


def test_refused_action_is_a_button_with_its_reason():
    page = soup(
        "{% actions items %}",
        items=[
            {"label": "Sluit", "url": "/sluit/", "method": "post", "hidden": [("version", 4)]},
            {"label": "Breng in", "url": "/in/", "denied": "Er is nog geen overleg."},
        ],
        csrf_token="t0ken",
    )
    assert page.form["action"] == "/sluit/"
    assert {i["name"]: i["value"] for i in page.form.find_all("input")} == {
        "csrfmiddlewaretoken": "t0ken",
        "version": "4",
    }
    refused = page.select_one(".rdm-refused button")
    assert refused["type"] == "button" and refused["aria-disabled"] == "true"
    assert "Er is nog geen overleg." in page.find(id=refused["aria-describedby"]).text
    assert "/in/" not in str(page)


def test_a_reason_that_holds_for_several_buttons_is_said_once():
    items = [
        {"label": label, "url": "/", "denied": reason}
        for label, reason in (
            ("Een", "Het is dicht."),
            ("Twee", "Anders."),
            ("Drie", "Het is dicht."),
        )
    ]
    page = soup("{% actions items %}", items=items)
    said = {
        button.text: page.find(id=button["aria-describedby"]).text
        for button in page.select(".rdm-refused button")
    }
    assert list(said) == ["Een", "Drie", "Twee"]
    assert "Het is dicht." in said["Een"] and said["Een"] == said["Drie"] != said["Twee"]
    assert page.text.count("Het is dicht.") == 1


def test_pages_around_the_current_one():
    page = Paginator(range(300), 20).page(7)
    assert ui.page_numbers(page) == [1, "…", 6, 7, 8, "…", 15]


def test_route_names_every_state():
    steps = [
        {"title": state, "state": state}
        for state in ("done", "now", "later", "open_end", "skipped")
    ]
    treden = [
        {"number": n, "name": "x", "state": state, "steps": steps}
        for n, state in enumerate(("done", "skipped", "now", "later"))
    ]
    page = soup("{% include 'components/route.html' %}", treden=treden)
    assert [li["class"][1] for li in page.select(".rdm-route__trede")] == [
        "is-done",
        "is-skipped",
        "is-now",
        "is-later",
    ]
    assert len(page.select("[aria-current=step]")) == 1
    assert len(page.find_all(string="Geen uitkomst vastgelegd")) == 4


def all_templates() -> list[str]:
    return sorted(p.relative_to(TEMPLATES).as_posix() for p in TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("name", all_templates())
def test_template_is_sound(name):
    source = (TEMPLATES / name).read_text("utf-8")
    get_template(name)  # compiles
    assert not re.search(r"\sstyle=|<style|\shx-on|\son[a-z]+=\"", source), "inline style or script"
    assert not re.search(r"<script(?![^>]*\ssrc=)", source), "inline script"
    assert "data:" not in source
    # {# … #} works on one line only; over two lines Django prints it.
    for opened in re.finditer(r"\{#", source):
        assert "#}" in source[opened.start() :].split("\n", 1)[0], "comment over two lines"


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html", "507.html"])
def test_standalone_error_pages_say_what_to_do(name):
    # No request: no context processor runs, no session, no database.
    page = engines["django"].get_template(name).render({})
    assert "112" in page and "<h1>" in page and "{" not in page
    assert "/static/error.css" in page


@pytest.mark.parametrize("name", ["403.html", "404.html", "429.html"])
def test_other_error_pages_render_without_context(name):
    page = BeautifulSoup(render_to_string(name, {}), "html.parser")
    assert page.h1.string and page.main["id"] == "inhoud"


class Person:
    is_authenticated = True

    def __init__(self, *roles):
        self.roles = set(roles)


def menu(user, path="/"):
    request = RequestFactory().get(path)
    request.user = user
    return nav_items(request)


def test_menu_follows_the_roles(monkeypatch):
    addresses = {name: f"/{name}/" for name in ("home", "casus_list", "tafel_list", "member_list")}

    def reverse(name):
        from django.urls import NoReverseMatch

        if name not in addresses:
            raise NoReverseMatch(name)
        return addresses[name]

    monkeypatch.setattr("directory.web.menu.reverse", reverse)
    assert [i.label for i in menu(AnonymousUser())] == ["Tafels"]
    assert [i.label for i in menu(Person("beheerder"))] == ["Mijn werk", "Tafels", "Beheer"]
    assert [i.label for i in menu(Person("coordinator"))] == ["Mijn werk", "Casussen", "Tafels"]
    items = menu(Person("gemeente"), "/casus_list/TW-26-7K4QX/")
    assert [i.label for i in items if i.active] == ["Casussen"]
