"""What happened in the two years before today: casussen that came to an end, or nearly."""

from __future__ import annotations

from datetime import timedelta

from demo import texts
from demo.reports import APPROVED, COMBINED, COMBINED_CORRECTED, FORCED, NO_PLACE, SPOED, STILL_NONE
from demo.story import (
    Story,
    World,
    accepted,
    answered,
    confirm,
    fixed,
    held,
    kept,
    prepared,
    registered,
    reported,
    spoed,
    submitted,
    to_the_overleg,
    tried,
)
from escalation.blocks import CARE, PROCESS, Blocks
from escalation.coordination.decisions import actions as decisions
from escalation.coordination.submission import actions as submissions
from escalation.dossier.closing import actions as closing
from escalation.models import Casus, ClientSupport, Overleg, RouteStep
from escalation.overleg import actions as overleg_actions
from escalation.overleg.nomination import actions as nominations
from escalation.overleg.nomination import rules as nomination_rules
from escalation.route import actions as route
from escalation.route.client_support import actions as client_support
from escalation.sharing import actions as sharing
from learning.actions import terugkoppelingen
from rdm.lib import clock

GROUND = "Taak van algemeen belang (Wmo 2015)"
FOUND, FORCE, APPROVE, NONE = (
    Overleg.Solution.FOUND,
    Overleg.Solution.FORCED,
    Overleg.Solution.APPROVED,
    Overleg.Solution.NONE,
)


def involve(
    world: World,
    casus: Casus,
    by: str,
    organisation: str,
    part: str,
    *,
    shares: Blocks = CARE | PROCESS,
    days: int = 150,
) -> None:
    sharing.involve(
        casus=casus,
        by=world[by],
        new=sharing.NewInvolvement(
            organisation=world.organisation(organisation),
            part=part,
            purpose="Samen een passende plek vinden.",
            ground=GROUND,
            blocks=shares,
            until=clock.today() + timedelta(days=days),
            resident_informed_on=clock.today(),
            secrecy_signed_on=clock.today(),
        ),
    )


def closed(
    world: World, casus: Casus, by: str, day: int, reason: str, how: str = "solved"
) -> Story:
    yield world.at(day, 14)
    closing.close(casus=casus, by=world[by], closing=how, reason=reason)


def combined_treatment(world: World) -> Story:
    """Enschede: the whole way, a correction of the terugkoppeling, and solved in the end."""
    fenna, daan, text = world["procesmanager"], world["gemeente"], texts.HOUSE_WITHOUT_DOOR
    casus = yield from registered(world, fenna, "enschede", text, -470)
    involve(world, casus, "procesmanager", "mediant", "behandelaar")
    client_support.set_client_support(
        casus=casus,
        by=fenna,
        state=ClientSupport.LINKED,
        organisation=world.organisation("scot"),
    )
    yield from tried(world, casus, fenna, "triage-transfertafel", -465)
    yield from tried(
        world,
        casus,
        fenna,
        "oostnl-hoogcomplex",
        -448,
        outcome=RouteStep.Outcome.ADVICE,
        text="De tafel adviseert een gecombineerde opname, maar vond geen aanbieder.",
        advice="Zoek één hoofdbehandelaar voor ggz en verslaving samen.",
    )
    overleg = yield from to_the_overleg(world, casus, fenna, text, -430, -418)
    yield from held(world, overleg, daan, -418, FOUND, "Een gecombineerde opname begint op proef.")
    report = yield from reported(world, overleg, daan, -411, COMBINED, read=-409)
    yield from kept(world, overleg, daan, -400)
    yield world.at(-398)
    overleg_actions.return_to_region(
        casus=casus, by=daan, advice="Volg de opname. Regel intussen een plek voor daarna."
    )
    yield world.at(-396)
    terugkoppelingen.start_correction(
        terugkoppeling=report, by=daan, reason="Het aantal behandeldagen klopte niet."
    )
    yield world.at(-396, 15)
    terugkoppelingen.submit(terugkoppeling=report, by=daan, texts=COMBINED_CORRECTED)
    yield world.at(-394)
    confirm(world, report)
    yield from closed(
        world, casus, "procesmanager", -360, "De opname is afgerond. De inwoner woont begeleid."
    )


def forced_solution(world: World) -> Story:
    """Hengelo: the bestuurders force a solution."""
    nora, text = world["hengelo"], texts.BETWEEN_TWO_LAWS
    casus = yield from registered(world, nora, "hengelo", text, -420)
    yield from tried(world, casus, nora, "regiotafel-zorgkantoor", -415, weeks=4)
    overleg = yield from to_the_overleg(world, casus, nora, text, -392, -380)
    yield from held(world, overleg, nora, -380, FORCE, "De aanbieder gaat door, met extra geld.")
    yield from reported(world, overleg, nora, -372, FORCED, read=-370)
    yield from kept(world, overleg, nora, -362)
    yield from closed(world, casus, "hengelo", -350, "De inwoner blijft wonen op dezelfde plek.")


def no_long_stay(world: World) -> Story:
    """Almelo: no solution at the overleg, trede 4, an answer, and then still a place."""
    bram, text = world["almelo"], texts.ENDLESS_CRISIS
    casus = yield from registered(world, bram, "almelo", text, -395)
    yield from tried(world, casus, bram, "crisis-ondersteuningsteam", -390, weeks=2)
    yield from tried(world, casus, bram, "oostnl-hoogcomplex", -378)
    overleg = yield from to_the_overleg(world, casus, bram, text, -360, -347)
    yield from held(world, overleg, bram, -347, NONE, "Niemand kan een lang verblijf bieden.")
    yield from reported(world, overleg, bram, -339, NO_PLACE, read=-337)
    yield world.at(-335)
    nominations.nominate(
        casus=casus,
        by=bram,
        motivation="Alle klinieken in de regio behandelen kort. Er is een lang verblijf nodig.",
        checklist=nomination_rules.trede_4_conditions(),
    )
    yield world.at(-290)
    nominations.record_answer(
        casus=casus,
        by=bram,
        answer="Een landelijke aanbieder krijgt de opdracht om een plek te maken.",
        answered_on=clock.today(),
    )
    yield from closed(world, casus, "almelo", -262, "De landelijke plek is er sinds deze maand.")


def solved_early(world: World) -> Story:
    """Hof van Twente: the first tafel finds a place; trede 3 is not needed."""
    vera = world["hof-van-twente"]
    casus = yield from registered(world, vera, "hof-van-twente", texts.CARAVAN, -340)
    yield from tried(
        world,
        casus,
        vera,
        "triage-transfertafel",
        -336,
        outcome=RouteStep.Outcome.SOLVED,
        text="De ggz doet het onderzoek in de caravan, samen met een ervaringsdeskundige.",
    )
    yield from closed(world, casus, "hof-van-twente", -310, "Het onderzoek is gedaan.")


def advice_carried_out(world: World) -> Story:
    """Rijssen-Holten: the overleg approves an older advice; the terugkoppeling came too late."""
    pim, text = world["rijssen-holten"], texts.FIRE
    casus = yield from registered(world, pim, "rijssen-holten", text, -300)
    yield from tried(
        world,
        casus,
        pim,
        "oostnl-hoogcomplex",
        -296,
        outcome=RouteStep.Outcome.ADVICE,
        text="Er ligt een goed advies, maar niemand mag het uitvoeren.",
        advice="Een brandveilige woning met dagelijkse begeleiding.",
    )
    overleg = yield from to_the_overleg(world, casus, pim, text, -276, -262)
    yield from held(world, overleg, pim, -262, APPROVE, "Het advies wordt uitgevoerd.")
    yield from reported(world, overleg, pim, -246, APPROVED, read=-244)
    yield world.at(-243)
    overleg_actions.return_to_region(
        casus=casus,
        by=pim,
        advice="Laat de triagetafel de begeleiding regelen.",
        tafel=world.tafel("triage-transfertafel"),
    )
    yield from tried(
        world,
        casus,
        pim,
        "triage-transfertafel",
        -240,
        outcome=RouteStep.Outcome.SOLVED,
        text="Een aanbieder begint met dagelijkse begeleiding.",
    )
    yield from closed(world, casus, "rijssen-holten", -215, "De woning is aangepast en bewoond.")


def not_for_trede_3(world: World) -> Story:
    """Enschede: the coördinatiepunt returns it with advice, and that tafel solves it."""
    fenna, text = world["procesmanager"], texts.MOTHER
    casus = yield from registered(world, fenna, "enschede", text, -260)
    yield from submitted(
        world,
        casus,
        fenna,
        text,
        -252,
        exception_reason="De inwoner kan niet wachten tot de volgende vergadering van een tafel.",
    )
    yield world.at(-250)
    decisions.return_with_advice(
        casus=casus,
        by=world.coordinator,
        reason="Er is nog geen tafel geweest. De triagetafel kan dit binnen twee weken bespreken.",
        advised_tafel=world.tafel("triage-transfertafel"),
    )
    yield from tried(
        world,
        casus,
        fenna,
        "triage-transfertafel",
        -249,
        outcome=RouteStep.Outcome.SOLVED,
        text="Twee aanbieders openen samen een kamer waar de kinderen op bezoek kunnen.",
    )
    yield from closed(world, casus, "procesmanager", -225, "De opname is begonnen.")


def withdrawn_in_time(world: World) -> Story:
    """Oldenzaal: the aanmelding was withdrawn, because a place came free."""
    esra, text = world["oldenzaal"], texts.OLDER_COUPLE
    casus = yield from registered(world, esra, "oldenzaal", text, -210)
    yield from tried(world, casus, esra, "regiotafel-zorgkantoor", -206)
    yield from submitted(world, casus, esra, text, -188)
    yield world.at(-187)
    submissions.withdraw(
        casus=casus, by=esra, reason="Een verpleeghuis belde: er is toch een dubbele kamer."
    )
    yield from closed(world, casus, "oldenzaal", -170, "Het echtpaar is verhuisd, samen.")


def spoed_in_summer(world: World) -> Story:
    """Losser: spoed, held within five working days."""
    sjoerd, text = world["losser"], texts.WALKER
    casus = yield from registered(world, sjoerd, "losser", text, -190)
    yield from tried(world, casus, sjoerd, "crisis-ondersteuningsteam", -189, weeks=1)
    yield from submitted(
        world,
        casus,
        sjoerd,
        text,
        -180,
        spoed_asked=True,
        spoed_asked_reason="De zorgmachtiging loopt binnen een week af.",
    )
    yield from spoed(world, casus, -180, "Er is gevaar in het verkeer en de tijd is kort.")
    overleg = yield from accepted(world, casus, -179, initiator="de burgemeester")
    yield from prepared(world, overleg, sjoerd, -178, -175)
    yield from answered(world, overleg, -177)
    yield from fixed(world, overleg, sjoerd, -177, -175)
    yield from held(world, overleg, sjoerd, -175, FOUND, "Er is voorrang op een gesloten afdeling.")
    yield from reported(world, overleg, sjoerd, -170, SPOED, read=-168)
    yield from kept(world, overleg, sjoerd, -158)
    yield from closed(world, casus, "losser", -150, "De inwoner is opgenomen en het gaat beter.")


def moved_away(world: World) -> Story:
    """Tubbergen: withdrawn, and later opened again by mistake and closed once more."""
    yara = world["tubbergen"]
    casus = yield from registered(world, yara, "tubbergen", texts.RETURNED_FROM_FAR, -160)
    step = yield from tried(
        world, casus, yara, "triage-transfertafel", -155, until="not_admitted", answer="unknown",
        text="De tafel behandelt geen vragen om een vervolgplek.",
    )  # fmt: skip
    yield world.at(-140)
    route.close_step(
        step=step,
        by=yara,
        outcome=RouteStep.Outcome.REFERRED,
        outcome_text="Verwezen naar de zorgbemiddeling van de verzekeraar.",
    )
    yield from closed(
        world, casus, "tubbergen", -135, "De inwoner blijft in de andere regio wonen.", "withdrawn"
    )
    yield world.at(-120)
    closing.reopen(casus=casus, by=yara, reason="De inwoner komt toch terug naar Twente.")
    yield from closed(world, casus, "tubbergen", -101, "Er is een woning met nazorg gevonden.")


def waits_for_the_minister(world: World) -> Story:
    """Dinkelland: no solution, nominated for trede 4; the answer is still to come."""
    teun, text = world["dinkelland"], texts.DEAF
    casus = yield from registered(world, teun, "dinkelland", text, -130)
    yield from tried(world, casus, teun, "oostnl-hoogcomplex", -126)
    overleg = yield from to_the_overleg(world, casus, teun, text, -105, -92)
    yield from held(world, overleg, teun, -92, NONE, "Twee specialismen bestaan nergens samen.")
    yield from reported(world, overleg, teun, -85, STILL_NONE, read=-82)
    yield world.at(-80)
    nominations.nominate(
        casus=casus,
        by=teun,
        motivation="Alleen een landelijke opdracht brengt gebarentaal en behandeling bij elkaar.",
        checklist=nomination_rules.trede_4_conditions(),
    )


STORIES = (
    combined_treatment,
    forced_solution,
    no_long_stay,
    solved_early,
    advice_carried_out,
    not_for_trede_3,
    withdrawn_in_time,
    spoed_in_summer,
    moved_away,
    waits_for_the_minister,
)
