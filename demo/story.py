"""How the demo tells a story: stretches of work, spread over days, each an ordinary action.

A story is a generator. It yields the moment of its next act and is resumed when the clock stands
there; `demo.world` runs all stories together in the order of time, so that mail, log and codes
come out as if the region had really worked for two years. A stretch is a generator too; a story
uses it with `yield from` and gets the casus, step or overleg back.
"""

from __future__ import annotations

import random
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from audit import log
from demo import walk
from demo.texts import AFSPRAKEN, Situation
from directory.models import DeelnemerKind, Domain, Gemeente, Organisation, Tafel, User
from escalation.coordination.decisions import actions as coordination
from escalation.models import Afspraak, Casus, ClientSupport, Deelnemer, Overleg, RouteStep
from escalation.overleg import actions as overleg_actions
from escalation.overleg.date_poll import actions as date_poll
from escalation.overleg.deelnemers import actions as deelnemers
from escalation.overleg.deelnemers import rules as deelnemer_rules
from escalation.overleg.outcome import actions as outcomes
from escalation.route import actions as route
from escalation.route.client_support import actions as client_support
from learning.actions import terugkoppelingen
from learning.models import Terugkoppeling, TerugkoppelingVersion
from rdm.lib import clock
from rdm.lib.workdays import add_workdays

T = TypeVar("T")
Act = Generator[datetime, None, T]
Story = Generator[datetime, None, None]

# Who sits at an overleg: kind, name, function, organisation ("" is the gemeente itself).
TABLE = (
    ("directeur", "Roos Papier", "directeur behandeling", "mediant"),
    ("directeur", "Tom Karton", "directeur", "tactus-verslavingszorg"),
    ("verzekeraar", "Iris Inkt", "manager zorginkoop", "zorgkantoor-menzis"),
    ("clientondersteuner", "Jelle Fictief", "cliëntondersteuner", "scot"),
    ("gemeentebestuurder", "Max Potlood", "wethouder zorg", ""),
)


@dataclass
class World:
    """The people and places of the demo. Days count in working days from `today`."""

    people: dict[str, User]
    today: date
    random: random.Random = field(default_factory=lambda: random.Random(26))

    def __getitem__(self, slug: str) -> User:
        return self.people[slug]

    @property
    def coordinator(self) -> User:
        return self.people["coordinator"]

    def date(self, offset: int) -> date:
        return add_workdays(self.today, offset)

    def at(self, offset: int, hour: int = 10) -> datetime:
        """Some minute of this hour on the working day that lies `offset` away, in Amsterdam."""
        moment = time(hour, self.random.randrange(60))
        return datetime.combine(self.date(offset), moment, clock.AMSTERDAM)

    def gemeente(self, slug: str) -> Gemeente:
        return Gemeente.objects.select_related("organisation").get(organisation__slug=slug)

    def organisation(self, slug: str) -> Organisation:
        return Organisation.objects.get(slug=slug)

    def tafel(self, slug: str) -> Tafel:
        return Tafel.objects.get(slug=slug)


def look(casus: Casus, by: User) -> None:
    """Somebody read the dossier, and the log knows."""
    log.record(
        actor=by,
        action="read",
        object_type="casus",
        object_id=casus.code,
        part="dossier",
        role=", ".join(sorted(by.roles)),
        organisation=by.acting_for,
    )


def registered(
    world: World, by: User, gemeente: str, text: Situation, day: int, **fields: Any
) -> Act[Casus]:
    """Somebody registers a casus in a morning."""
    yield world.at(day, 9)
    casus = walk.draft(by)
    yield world.at(day, 11)
    walk.complete(
        casus,
        by,
        **{
            **text.fields,
            "gemeente": world.gemeente(gemeente),
            "resident_informed_on": clock.today(),
            "domains": list(Domain.objects.filter(code__in=text.domains)),
            **fields,
        },
    )
    return casus


def tried(
    world: World,
    casus: Casus,
    by: User,
    tafel: str,
    day: int,
    *,
    outcome: str = RouteStep.Outcome.NO_SOLUTION,
    text: str = "De tafel vond geen aanbieder die de hele vraag kan beantwoorden.",
    advice: str = "",
    until: str = "closed",
    weeks: int = 3,
    answer: str = "yes",
) -> Act[RouteStep]:
    """A tafel deals with the casus, over some weeks from `day` on."""
    yield world.at(day, 10)
    step = walk.step(
        casus,
        by,
        world.tafel(tafel),
        question="Wie kan deze inwoner behandelen of huisvesten, en wat is daarvoor nodig?",
        until="prepared",
        answer=answer,
    )
    if until == "prepared":
        return step
    yield world.at(day + 1, 14)
    walk.step_submitted(step, by, against="" if answer == "yes" else "De tafel vroeg er zelf om.")
    if until == "submitted":
        return step
    yield world.at(day + 5 * weeks - 2, 13)
    if until == "not_admitted":
        route.not_admit_step(step=step, by=by, on=clock.today(), reason=text)
        return step
    route.discuss_step(step=step, by=by, on=clock.today(), advice=advice)
    if until == "closed":
        yield world.at(day + 5 * weeks, 15)
        route.close_step(step=step, by=by, outcome=outcome, outcome_text=text)
    return step


def submitted(
    world: World, casus: Casus, by: User, text: Situation, day: int, **fields: Any
) -> Act[None]:
    """Handed to the coördinatiepunt, who looks at it the next hour."""
    yield world.at(day, 11)
    answers = {
        "question": text.question,
        "plan_of_approach": text.plan,
        "skipped_reason": "De andere trede is bedoeld voor een andere zorgvraag.",
        **fields,
    }
    walk.submitted(casus, by, **answers)
    yield world.at(day, 13)
    look(casus, world.coordinator)


def accepted(world: World, casus: Casus, day: int, **fields: Any) -> Act[Overleg]:
    yield world.at(day, 10)
    return walk.accepted(casus, world.coordinator, **fields)


def prepared(world: World, overleg: Overleg, by: User, day: int, held: int) -> Act[None]:
    """The list of deelnemers, three moments to choose from, and the question to everybody.

    The overleg is meant for the working day `held`, at 14 hours.
    """
    yield world.at(day, 9)
    look(overleg.casus, by)
    _link_client_support(world, overleg.casus, by)
    kinds = {kind.code: kind for kind in DeelnemerKind.objects.all()}
    organisations = {row.slug: row for row in Organisation.objects.all()}
    gemeente = overleg.casus.gemeente
    assert gemeente is not None
    for kind, name, function, slug in TABLE:
        party = organisations[slug or gemeente.slug]
        deelnemers.add_deelnemer(
            overleg=overleg,
            by=by,
            new=deelnemers.NewDeelnemer(
                kind=kinds[kind],
                name=name,
                function=function,
                email=_address(world, name, party.slug),
                organisation=party,
                mandate=kind != "clientondersteuner",
                secrecy_signed_on=None if party.covenant_partner else clock.today(),
            ),
        )
    # Whoever else the region wants there by now.
    for other in deelnemer_rules.missing_kinds(overleg):
        deelnemers.add_deelnemer(
            overleg=overleg,
            by=by,
            new=deelnemers.NewDeelnemer(
                kind=other,
                name="Nora Etiket",
                function="adviseur",
                email=_address(world, "Nora Etiket", gemeente.slug),
                organisation=gemeente.organisation,
                mandate=True,
                secrecy_signed_on=clock.today(),
            ),
        )
    for offset, hour in ((held - 1, 9), (held, 14), (held + 1, 16)):
        starts = _on_the_hour(world, offset, hour)
        date_poll.propose_date(
            overleg=overleg, by=by, starts_at=starts, ends_at=starts + timedelta(minutes=90)
        )
    date_poll.ask_dates(overleg=overleg, by=by)


def _address(world: World, name: str, place: str) -> str:
    """Somebody of the demo sits there under the address of the account, and so finds the question
    among the work that waits as well."""
    accounts = {person.name: person.email for person in world.people.values()}
    return accounts.get(name, f"{name.lower().replace(' ', '.')}@{place}.example")


def _link_client_support(world: World, casus: Casus, by: User) -> None:
    """Who comes to the overleg with the resident is there for this resident."""
    if casus.client_support != ClientSupport.LINKED:
        client_support.set_client_support(
            casus=casus,
            by=by,
            state=ClientSupport.LINKED,
            organisation=world.organisation("scot"),
        )


def answered(world: World, overleg: Overleg, day: int, *, silent: int = 0) -> Act[None]:
    """The deelnemers answer through their links; the last `silent` do not."""
    options = list(overleg.date_options.order_by("starts_at"))
    people = list(overleg.deelnemers.filter(removed_at=None))
    for number, deelnemer in enumerate(people[: len(people) - silent]):
        yield world.at(day, 9 + number)
        deelnemer.overleg = overleg
        answers = {option.pk: world.random.choice(("yes", "if_needed", "no")) for option in options}
        answers[options[1].pk] = "yes"
        date_poll.answer_dates(deelnemer=deelnemer, answers=answers)


def fixed(
    world: World, overleg: Overleg, by: User, day: int, held: int, *, coming: int = 4
) -> Act[None]:
    """The date is fixed, and the deelnemers say whether they come."""
    yield world.at(day, 15)
    starts = _on_the_hour(world, held, 14)
    overleg_actions.fix_date(
        overleg=overleg,
        by=by,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=90),
        place=f"Gemeentehuis {overleg.casus.gemeente}, raadzaal",
    )
    yield world.at(day + 1, 9)
    for deelnemer in overleg.deelnemers.filter(removed_at=None)[:coming]:
        deelnemer.overleg = overleg
        date_poll.answer_dates(deelnemer=deelnemer, answers={}, attendance=Deelnemer.Attendance.YES)


def _on_the_hour(world: World, offset: int, hour: int) -> datetime:
    return datetime.combine(world.date(offset), time(hour), clock.AMSTERDAM)


def held(
    world: World,
    overleg: Overleg,
    by: User,
    day: int,
    solution: str,
    text: str,
    *,
    due: tuple[int, ...] = (),
) -> Act[None]:
    """The overleg takes place on `day` and is recorded the same afternoon.

    `due` replaces the terms of the afspraken, in working days after `day`.
    """
    found = solution != Overleg.Solution.NONE
    yield world.at(day, 16)
    outcome = outcomes.Outcome(
        held_on=clock.today(),
        plan_verdict=Overleg.PlanVerdict.ADOPTED if found else Overleg.PlanVerdict.RETURNED,
        solution=solution,
        solution_text=text,
        missed_steps="De cliëntondersteuner kwam pas na de tweede tafel in beeld.",
        supply_missing="Voor deze combinatie van zorgvragen is er in de regio geen vaste plek.",
        capacity_use="Twee plekken stonden leeg, omdat niemand de nacht kon bezetten.",
        closing_the_gap="Een gezamenlijke nachtdienst en één contract voor wonen en behandelen.",
        way="Stap voor stap, met één vaste begeleider." if found else "",
        pace="Binnen vier weken een start." if found else "",
    )
    parties = {
        deelnemer.function: f"gemeente {party}" if party == str(overleg.casus.gemeente) else party
        for deelnemer in overleg.deelnemers.select_related("organisation")
        for party in [deelnemer.party]
    }
    terms = due or tuple(days for _, _, days in AFSPRAKEN)
    promises = [
        outcomes.NewAfspraak(what, parties[function], function, world.date(day + days))
        for (what, function, _), days in zip(AFSPRAKEN, terms, strict=True)
    ]
    outcomes.record_overleg(
        overleg=overleg,
        by=by,
        outcome=outcome,
        afspraken=promises if found else promises[-1:],
        present=walk.seated(overleg),
    )


def kept(world: World, overleg: Overleg, by: User, day: int, count: int = 4) -> Act[None]:
    """On `day` the first `count` afspraken turn out to be kept."""
    yield world.at(day, 9)
    for afspraak in overleg.afspraken.all()[:count]:
        afspraak.overleg = overleg
        outcomes.change_afspraak(
            afspraak=afspraak, by=by, state=Afspraak.State.DONE, note="Gedaan, en teruggemeld."
        )


def reported(
    world: World,
    overleg: Overleg,
    by: User,
    day: int,
    texts: dict[str, str],
    *,
    read: int | None = None,
) -> Act[Terugkoppeling]:
    """The terugkoppeling goes in on `day`; with `read` it is read on that day."""
    yield world.at(day, 10)
    terugkoppeling = terugkoppelingen.open_for(overleg=overleg, by=by)
    yield world.at(day, 15)
    terugkoppelingen.submit(terugkoppeling=terugkoppeling, by=by, texts=texts)
    if read is not None:
        yield world.at(read, 9)
        confirm(world, terugkoppeling)
    return terugkoppeling


def confirm(world: World, terugkoppeling: Terugkoppeling) -> None:
    """The portefeuillehouder confirms having read the newest version."""
    version = TerugkoppelingVersion.objects.filter(terugkoppeling=terugkoppeling).first()
    assert version is not None
    terugkoppelingen.confirm_read(version=version, by=world["portefeuillehouder"])


def to_the_overleg(
    world: World, casus: Casus, by: User, text: Situation, submit: int, held_on: int
) -> Act[Overleg]:
    """From submission to the eve of the overleg, within the terms."""
    yield from submitted(world, casus, by, text, submit)
    overleg = yield from accepted(
        world,
        casus,
        submit + 2,
        assignment="Plan binnen vijftien werkdagen een overleg met alle partijen die iets kunnen.",
        initiator="de wethouder zorg",
    )
    yield from prepared(world, overleg, by, submit + 3, held_on)
    yield from answered(world, overleg, submit + 5)
    yield from fixed(world, overleg, by, submit + 6, held_on)
    return overleg


def spoed(world: World, casus: Casus, day: int, reason: str) -> Act[None]:
    yield world.at(day, 15)
    coordination.mark_spoed(casus=casus, by=world.coordinator, reason=reason)
