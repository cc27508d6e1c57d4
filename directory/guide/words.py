"""The advice in words: one card per tafel, for the page and for the mail (B1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst

from directory.guide.advice import FITS, FITS_NOT, MAYBE, Advice, Finding, Ground
from directory.guide.answers import Answers
from directory.guide.place import Place
from directory.guide.questions import NOT_SURE
from directory.models import Tafel
from directory.reading import meetings
from directory.reading.instroom import MET, NO, NOT_MET, UNKNOWN, YES, Reason
from rdm.lib import clock, wording

LABELS = {FITS: "Past", MAYBE: "Past als", FITS_NOT: "Past niet"}
TONES = {FITS: "success", MAYBE: "warning", FITS_NOT: "outline"}
ICONS = {FITS: "check", MAYBE: "circle-question-mark", FITS_NOT: "x"}
ANSWERED = "U antwoordde"
# As the region file calls what a gemeente submits as (see region.load).
GEMEENTE = "gemeente"


@dataclass(frozen=True)
class Card:
    """One tafel as the result shows it. `may_submit` is None when we do not know who asks."""

    tafel: Tafel
    fit: str
    label: str
    tone: str
    icon: str
    url: str
    reasons: tuple[Reason, ...]
    may_submit: bool | None
    submit: str
    when: str
    tel: str
    website: str

    @property
    def has_contact(self) -> bool:
        return any(_contact(self.tafel))


def cards(advice: Advice, fit: str, place: Place | None) -> list[Card]:
    """The tafels with this fit; needs `submitters` of every tafel prefetched."""
    kinds = advice.answers.submits_as
    return [_card(one, kinds, place) for one in advice.that(fit)]


def _card(finding: Finding, kinds: frozenset[str] | None, place: Place | None) -> Card:
    tafel = finding.tafel
    may = None if kinds is None else any(one.code in kinds for one in tafel.submitters.all())
    return Card(
        tafel=tafel,
        fit=finding.fit,
        label=LABELS[finding.fit],
        tone=TONES[finding.fit],
        icon=ICONS[finding.fit],
        url=reverse("tafel_detail", args=[tafel.slug]),
        reasons=tuple(reasons(finding)),
        may_submit=may,
        submit=_submit(tafel, may, place),
        when=when(tafel),
        tel=wording.tel_link(tafel.contact_phone) if tafel.contact_phone else "",
        website=wording.address_text(tafel.website),
    )


def when(tafel: Tafel) -> str:
    """How often, until when, how soon when there is danger, and the next day if that is known."""
    coming = meetings.coming(tafel, clock.today())
    said = (
        meetings.rhythm(tafel),
        meetings.submit_before(tafel),
        *meetings.response_times(tafel),
        coming.sentence if coming else "",
    )
    return " ".join(filter(None, said))


def reasons(finding: Finding, *, answered: str = ANSWERED) -> Iterable[Reason]:
    """Why a tafel fits, fits if, or does not fit. `answered` says where an answer comes from, when
    the reader did not give it just now."""
    result = finding.verdict.result
    if finding.fit == FITS_NOT:
        against = finding.people(NO) + (finding.deciding if result == NOT_MET else [])
        yield Reason(
            "Past niet, want dit klopt niet:", [_against(one, answered) for one in against]
        )
    elif finding.fit == FITS:
        so = finding.people(YES) + (finding.deciding if result == MET else [])
        yield Reason("Past, want dit klopt:", [one.text for one in so])
    elif result == MET:
        yield Reason("De criteria kloppen:", [one.text for one in finding.deciding])
        yield Reason(
            "Maar dit klopt niet:", [_against(one, answered) for one in finding.people(NO)]
        )
    else:
        yield from _if(finding)


def _against(ground: Ground, answered: str) -> str:
    answer = wording.any_of(ground.said)
    return f"{ground.text} {answered}: {answer}." if answer else ground.text


def _if(finding: Finding) -> Iterable[Reason]:
    """What must still turn out to be so."""
    people, ways = [one.text for one in finding.people(UNKNOWN)], finding.open_ways
    if len(ways) == 1:
        yield Reason("Past als dit ook klopt:", [*people, *ways[0]])
        return
    if people:
        yield Reason("Past als dit ook klopt:", people)
    if ways:
        yield Reason(
            "En één van deze mogelijkheden:" if people else "Past als één hiervan klopt:",
            ways=ways,
        )
    if not people and not ways:
        yield Reason(
            "Deze tafel noemt geen criteria. Past als u dit herkent:",
            [finding.tafel.casuistry] if finding.tafel.casuistry else [],
        )


def _submit(tafel: Tafel, may: bool | None, place: Place | None) -> str:
    """Who may bring a casus in, starting from who asks."""
    kinds = list(tafel.submitters.all())
    if not kinds:
        return "Wie mag aanmelden, is niet vermeld. Vraag het aan de tafel."
    names = wording.any_of([one.label for one in kinds])
    if may:
        return "U mag zelf aanmelden."
    if may is None:
        return f"Aanmelden mag: {names}."
    where = f" van {place.name}" if place else ""
    helper = (
        f" De procesmanager{where} kan het voor u doen."
        if any(one.code == GEMEENTE for one in kinds)
        else ""
    )
    return f"U kunt hier niet zelf aanmelden. Dat mag: {names}.{helper}"


def answered(answers: Answers) -> list[tuple[str, str, str, int]]:
    """Per question that was asked: its code and short name, the answer, and the step's number."""
    rows = []
    for number, step in enumerate(answers.guide.steps, start=1):
        for question in step.questions:
            if not answers.is_asked(question.code):
                continue
            given = answers.given.get(question.code, ())
            labels = [question.by_code[code].label for code in given if code != NOT_SURE]
            if NOT_SURE in given:
                labels = [question.not_sure]
            rows.append((question.code, question.short, capfirst(", ".join(labels)), number))
    return rows


def summary(fitting: Sequence[Card], maybe: Sequence[Card]) -> str:
    """The result in one or two sentences."""
    if len(fitting) == 1:
        return f"Eén tafel past: {fitting[0].tafel.name}."
    if fitting:
        fits = wording.count_words(len(fitting), "tafel past", "tafels passen")
        return f"{fits}. Probeer eerst {fitting[0].tafel.name}."
    if maybe:
        fits = wording.count_words(len(maybe), "tafel past misschien", "tafels passen misschien")
        return f"{fits}. Kijk wat er nog moet kloppen."
    return "Met deze antwoorden past geen tafel. Praat eerst met de gemeente."


def as_text(advice: Advice, place: Place | None, crisis_routes: Iterable[dict[str, str]]) -> str:
    """The result as plain text, for a mail. Nothing in it is about a person."""
    parts: list[str] = []
    if advice.crisis:
        parts.append("Is er acuut gevaar? Bel dan eerst:")
        parts += [_route(one) for one in crisis_routes]
    if advice.under_age:
        parts.append(
            "Deze weg is voor inwoners van 18 jaar of ouder. Ga met een jongere naar het wijkteam, "
            "het jeugdteam of de procesmanager van de gemeente."
        )
    if advice.crisis or advice.under_age:
        return "\n\n".join(parts)
    parts.append(_first(place))
    for fit in (FITS, MAYBE, FITS_NOT):
        for card in cards(advice, fit, place):
            parts.append("\n".join(_lines(card)))
    return "\n\n".join(parts)


def _route(route: dict[str, str]) -> str:
    phone = f": {route['phone']}" if route.get("phone") else ""
    return f"{route['name']}{phone}\n{route['text']}"


def _first(place: Place | None) -> str:
    if place is None:
        return "Begin bij het wijkteam of de procesmanager van de gemeente waar de inwoner woont."
    rows = [f"Begin bij het wijkteam of de procesmanager van {place.name}."]
    for one in place.entrances:
        contact = ", ".join(filter(None, (one.email, one.phone, one.website)))
        rows.append(f"- {one.name}: {contact or 'contactgegevens niet vermeld'}")
    return "\n".join(rows)


def _lines(card: Card) -> Iterable[str]:
    tafel = card.tafel
    yield f"{tafel.name} ({tafel.place_on_ladder})"
    for reason in card.reasons:
        yield reason.text
        yield from (f"- {line}" for line in reason.lines)
        yield from (f"- {' En: '.join(way)}" for way in reason.ways)
    if card.fit == FITS_NOT:
        return
    if tafel.precondition:
        yield f"Eerst: {tafel.precondition}"
    yield card.submit
    if tafel.how_to_submit:
        yield f"Hoe: {tafel.how_to_submit}"
    if card.when:
        yield f"Wanneer: {card.when}"
    yield f"Contact: {', '.join(filter(None, _contact(tafel))) or 'niet vermeld'}"


def _contact(tafel: Tafel) -> tuple[str, ...]:
    return (tafel.contact_name, tafel.contact_email, tafel.contact_phone, tafel.website)
