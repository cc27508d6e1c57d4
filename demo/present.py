"""What is going on today: one casus or more for everything that can wait for somebody."""

from __future__ import annotations

from demo import attached, practice, texts, walk
from demo.past import FOUND, NONE, involve
from demo.reports import COMBINED, DRAFT_TEXT, NIGHT
from demo.story import (
    Story,
    World,
    accepted,
    answered,
    held,
    kept,
    look,
    prepared,
    registered,
    reported,
    spoed,
    submitted,
    to_the_overleg,
    tried,
)
from escalation.attachments import actions as attachments
from escalation.blocks import CARE, SAFETY
from escalation.coordination.decisions import actions as coordination
from escalation.dossier.timeline import actions as timeline
from escalation.models import ClientSupport, RouteStep
from escalation.overleg import actions as overleg_actions
from escalation.overleg.nomination import actions as nominations
from escalation.overleg.nomination import rules as nomination_rules
from escalation.registration.drafts import actions as drafts
from escalation.route.client_support import actions as client_support
from escalation.sharing.admission import actions as admission
from escalation.sharing.transfer import actions as transfer
from learning.actions import terugkoppelingen
from rdm.lib import clock


def half_a_draft(world: World) -> Story:
    """Enschede: a registration that was begun and not finished."""
    yield world.at(-2, 16)
    walk.draft(world["procesmanager"], situation=texts.DRAFT_ONLY, safety="unknown")


def draft_of_an_institution(world: World) -> Story:
    """Mediant began to register a casus of Borne."""
    yield world.at(-1, 11)
    walk.draft(
        world["aanmelder"],
        gemeente=world.gemeente("borne"),
        situation=texts.DRAFT_ONLY,
        own_reference="MED-DEMO-17",
    )


def thrown_away(world: World) -> Story:
    """Hengelo: a draft that turned out to be a double."""
    yield world.at(-44, 9)
    casus = walk.draft(world["hengelo"], situation=texts.DRAFT_ONLY)
    yield world.at(-44, 10)
    drafts.discard(casus=casus, by=world["hengelo"])


def just_begun(world: World) -> Story:
    """Enschede: registered last week; the first tafel is being prepared. It is the tafel whose days
    are known, so that the page says until when the casus can be handed in."""
    fenna = world["procesmanager"]
    casus = yield from registered(world, fenna, "enschede", texts.LOUD_NEIGHBOUR, -6)
    yield from tried(world, casus, fenna, practice.TAFEL, -3, until="prepared", answer="unknown")
    timeline.add_note(
        casus=casus, by=fenna, text="De woningcorporatie wacht met de brief tot na de tafel."
    )
    plan = attached.attach(casus, fenna, "Plan van aanpak", attached.PLAN, kind="plan")
    yield world.at(-2, 14)
    attached.improve(plan, fenna, attached.PLAN_BETTER, "Met een afspraak voor de nachten.")
    extra = attached.attach(casus, fenna, "Verslag", attached.PLAN, kind="report")
    yield world.at(-1, 9)
    attachments.withdraw_attachment(
        attachment=extra, by=fenna, reason="Dit verslag hoort bij een andere casus."
    )


def open_end(world: World) -> Story:
    """Almelo: discussed at a tafel, but nobody wrote down what came of it. Overdue."""
    bram = world["almelo"]
    casus = yield from registered(world, bram, "almelo", texts.FARM, -60)
    # Ends within days, so that Almelo is asked whether to extend it.
    involve(world, casus, "almelo", "dimence", "behandelaar", shares=CARE | SAFETY, days=87)
    yield from tried(
        world,
        casus,
        bram,
        "triage-transfertafel",
        -56,
        until="discussed",
        advice="Vraag de verslavingszorg om een korte opname.",
    )


def fresh_at_the_coordinatiepunt(world: World) -> Story:
    """Borne, by Mediant: submitted, the verdict is due soon."""
    mirjam, text = world["aanmelder"], texts.YOUNG_ADULT
    casus = yield from registered(world, mirjam, "borne", text, -40)
    involve(world, casus, "aanmelder", "scot", "cliëntondersteuner", shares=CARE)
    client_support.set_client_support(
        casus=casus,
        by=mirjam,
        state=ClientSupport.LINKED,
        organisation=world.organisation("scot"),
    )
    yield from tried(world, casus, mirjam, "triage-transfertafel", -36)
    advice = {"kind": "advice", "audience": "own"}
    attached.attach(casus, mirjam, "Advies behandelaar", attached.ADVICE, **advice)
    yield from submitted(world, casus, mirjam, text, -2)


def spoed_overdue(world: World) -> Story:
    """Haaksbergen: spoed, and the verdict is late."""
    anouk, text = world["haaksbergen"], texts.EVERY_NIGHT
    casus = yield from registered(world, anouk, "haaksbergen", text, -30)
    yield from tried(world, casus, anouk, "crisis-ondersteuningsteam", -28, weeks=2)
    yield from submitted(
        world,
        casus,
        anouk,
        text,
        -3,
        spoed_asked=True,
        spoed_asked_reason="De meldkamer kan andere bellers niet meer helpen.",
    )
    yield from spoed(world, casus, -3, "De veiligheid van anderen is in het geding.")


def completion_asked(world: World) -> Story:
    """Enschede: the coördinatiepunt misses something; the answer is due tomorrow."""
    fenna, text = world["procesmanager"], texts.NO_INTERPRETER
    casus = yield from registered(world, fenna, "enschede", text, -35)
    yield from tried(world, casus, fenna, "triage-transfertafel", -32)
    yield from submitted(world, casus, fenna, text, -6)
    yield world.at(-4, 14)
    coordination.ask_completion(
        casus=casus,
        by=world.coordinator,
        what="Welke afspraak is er nu met de zorgverzekeraar over de tolk? En tot wanneer?",
    )


def dates_wanted(world: World) -> Story:
    """Hengelo: accepted; three of five deelnemers said when they can."""
    nora, text = world["hengelo"], texts.SECOND_HOME
    casus = yield from registered(world, nora, "hengelo", text, -34)
    involve(world, casus, "hengelo", "scot", "cliëntondersteuner")
    yield from tried(world, casus, nora, "regiotafel-zorgkantoor", -31)
    yield from submitted(world, casus, nora, text, -11)
    overleg = yield from accepted(world, casus, -9)
    yield from prepared(world, overleg, nora, -7, 6)
    yield from answered(world, overleg, -4, silent=2)


def overleg_this_week(world: World) -> Story:
    """Enschede: the date stands and the deelnemers answered."""
    fenna, text = world["procesmanager"], texts.AFTER_DETENTION
    casus = yield from registered(world, fenna, "enschede", text, -38)
    involve(world, casus, "procesmanager", "scot", "cliëntondersteuner")
    involve(world, casus, "procesmanager", "mediant", "behandelaar")
    yield from tried(world, casus, fenna, "triage-transfertafel", -36)
    yield from to_the_overleg(world, casus, fenna, text, -11, 3)
    look(casus, world["clientondersteuner"])


def report_overdue(world: World) -> Story:
    """Enschede: held, and the terugkoppeling should have been in."""
    fenna, daan, text = world["procesmanager"], world["gemeente"], texts.REFUSED_EVERYWHERE
    casus = yield from registered(world, fenna, "enschede", text, -58)
    yield from tried(world, casus, fenna, "triage-transfertafel", -55)
    yield from tried(world, casus, fenna, "oostnl-hoogcomplex", -39, weeks=2)
    overleg = yield from to_the_overleg(world, casus, fenna, text, -27, -13)
    yield from held(
        world, overleg, daan, -13, FOUND, "Eén instelling begint opnieuw.", due=(11, 15, 18, 22)
    )
    yield from kept(world, overleg, daan, -3, 1)


def report_in_the_making(world: World) -> Story:
    """Hellendoorn: held last week; the terugkoppeling is half written."""
    gijs, text = world["hellendoorn"], texts.FARM
    casus = yield from registered(world, gijs, "hellendoorn", text, -50)
    yield from tried(world, casus, gijs, "regiotafel-zorgkantoor", -47)
    overleg = yield from to_the_overleg(world, casus, gijs, text, -19, -5)
    yield from held(world, overleg, gijs, -5, FOUND, "Een korte opname, en dan terug naar de plek.")
    yield world.at(-2, 13)
    report = terugkoppelingen.open_for(overleg=overleg, by=gijs)
    terugkoppelingen.save_draft(terugkoppeling=report, by=gijs, texts=DRAFT_TEXT)


def correction_in_the_making(world: World) -> Story:
    """Rijssen-Holten: submitted and read, and now being corrected."""
    pim, text = world["rijssen-holten"], texts.HOUSE_WITHOUT_DOOR
    casus = yield from registered(world, pim, "rijssen-holten", text, -76)
    yield from tried(world, casus, pim, "triage-transfertafel", -73)
    overleg = yield from to_the_overleg(world, casus, pim, text, -50, -36)
    yield from held(world, overleg, pim, -36, FOUND, "Een gecombineerde opname met nazorg.")
    report = yield from reported(world, overleg, pim, -28, COMBINED, read=-26)
    yield from kept(world, overleg, pim, -20, 2)
    yield world.at(-18)
    overleg_actions.return_to_region(
        casus=casus, by=pim, advice="Volg de opname en regel de nazorg met de gemeente."
    )
    yield world.at(-2, 11)
    terugkoppelingen.start_correction(
        terugkoppeling=report, by=pim, reason="De afspraak over de nacht stond er niet goed in."
    )


def report_unread(world: World) -> Story:
    """Oldenzaal: submitted this week, not yet read; the casus went back to the region."""
    esra, text = world["oldenzaal"], texts.EVERY_NIGHT
    casus = yield from registered(world, esra, "oldenzaal", text, -64)
    yield from tried(world, casus, esra, "crisis-ondersteuningsteam", -61, weeks=2)
    overleg = yield from to_the_overleg(world, casus, esra, text, -33, -19)
    yield from held(
        world, overleg, esra, -19, FOUND, "Er komt een nachtdienst.", due=(9, 12, 22, 30)
    )
    yield from reported(world, overleg, esra, -10, NIGHT)
    yield world.at(-4, 9)
    overleg_actions.return_to_region(
        casus=casus, by=esra, advice="Begin met de nachtdienst en meld elke maand hoe het gaat."
    )


def answered_by_the_minister(world: World) -> Story:
    """Wierden: trede 4 answered; the gemeente goes on with it."""
    maud, text = world["wierden"], texts.ENDLESS_CRISIS
    casus = yield from registered(world, maud, "wierden", text, -150)
    yield from tried(world, casus, maud, "oostnl-hoogcomplex", -147)
    overleg = yield from to_the_overleg(world, casus, maud, text, -128, -115)
    yield from held(world, overleg, maud, -115, NONE, "Er is geen kliniek met een lang verblijf.")
    yield from reported(world, overleg, maud, -106, NIGHT, read=-104)
    yield world.at(-103)
    nominations.nominate(
        casus=casus,
        by=maud,
        motivation="De regio heeft alles geprobeerd wat in de regio kan.",
        checklist=nomination_rules.trede_4_conditions(),
    )
    yield world.at(-8)
    nominations.record_answer(
        casus=casus,
        by=maud,
        answer="Het ministerie wijst een kliniek aan. Die neemt binnen zes weken contact op.",
        answered_on=clock.today(),
    )


def returned_to_the_tafel(world: World) -> Story:
    """Twenterand: the coördinatiepunt returned it; the advised tafel has it now."""
    lars, text = world["twenterand"], texts.CARAVAN
    casus = yield from registered(world, lars, "twenterand", text, -48)
    yield from tried(
        world, casus, lars, "triage-transfertafel", -45, outcome=RouteStep.Outcome.ADVICE,
        text="De tafel vraagt om onderzoek op een andere plek.",
    )  # fmt: skip
    yield from submitted(world, casus, lars, text, -24)
    yield world.at(-22)
    coordination.return_with_advice(
        casus=casus,
        by=world.coordinator,
        reason="Dit is geen groot veiligheidsrisico. De tafel hoogcomplex kent dit soort vragen.",
        advised_tafel=world.tafel("oostnl-hoogcomplex"),
    )
    yield from tried(world, casus, lars, "oostnl-hoogcomplex", -19, until="submitted")


def zvh_case(world: World) -> Story:
    """Losser: the safety tafel of the Zorg en Veiligheidshuis deals with it beside the ladder."""
    sjoerd = world["losser"]
    casus = yield from registered(world, sjoerd, "losser", texts.FIRE, -26)
    yield from tried(world, casus, sjoerd, "topx", -20, until="submitted")
    yield world.at(-12)
    client_support.set_client_support(casus=casus, by=sjoerd, state=ClientSupport.OFFERED)


def moving_house(world: World) -> Story:
    """Hengelo: admitted for five weeks, and offered to Enschede, which has not answered yet."""
    nora, text = world["hengelo"], texts.BIG_MOVE
    casus = yield from registered(world, nora, "hengelo", text, -75)
    yield from tried(world, casus, nora, "triage-transfertafel", -72)
    yield world.at(-46)
    admission.record_admission(
        casus=casus, by=nora, since=world.date(-48), organisation=world.organisation("mediant")
    )
    yield world.at(-22)
    admission.end_admission(casus=casus, by=nora, until=world.date(-23))
    yield world.at(-3)
    transfer.propose_transfer(
        casus=casus,
        by=nora,
        gemeente=world.gemeente("enschede"),
        reason="De inwoner staat sinds vorige week ingeschreven in Enschede.",
    )


STORIES = (
    half_a_draft,
    draft_of_an_institution,
    thrown_away,
    just_begun,
    open_end,
    fresh_at_the_coordinatiepunt,
    spoed_overdue,
    completion_asked,
    dates_wanted,
    overleg_this_week,
    report_overdue,
    report_in_the_making,
    correction_in_the_making,
    report_unread,
    answered_by_the_minister,
    returned_to_the_tafel,
    zvh_case,
    moving_house,
)
