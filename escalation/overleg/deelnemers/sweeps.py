"""Telling who plans an overleg that a mail to a deelnemer did not arrive."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from escalation.notifications import inform, link_to, people_of
from escalation.overleg.deelnemers.rules import unreached
from escalation.workflow import Turn


def tell_of_unreached() -> int:
    """Mail the gemeente and the coördinator, who plan the overleg, once per mail that did not
    arrive; returns of how many deelnemers that is so. Who it is, stands on the page only."""
    found = unreached()
    for one in found:
        casus = one.deelnemer.overleg.casus
        page = reverse("deelnemer_edit", args=[casus.code, one.deelnemer.pk])
        text = (
            "Een e-mail over het overleg kwam bij een van de deelnemers niet aan. Het e-mailadres "
            "klopt misschien niet.\n\nWat vragen wij van u? Bel deze deelnemer en verbeter het "
            "adres. Dan gaat de e-mail opnieuw."
        )
        if one.comes_in_vain:
            text = (
                "Een deelnemer kreeg niet te horen dat het overleg voor hem of haar niet doorgaat: "
                "de e-mail kwam niet aan.\n\nWat vragen wij van u? Bel deze deelnemer."
            )
        inform(
            casus,
            {*people_of(casus, Turn.GEMEENTE), *people_of(casus, Turn.COORDINATOR)},
            subject="Een e-mail aan een deelnemer kwam niet aan",
            text=text,
            key=f"unreached:{one.message.pk}",
            link=link_to(casus) if one.comes_in_vain else f"{settings.SITE_URL}{page}",
            link_label="Bekijk om wie het gaat",
        )
    return len(found)
