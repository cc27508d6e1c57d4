"""Watching that what the site says of itself does not run out."""

from __future__ import annotations

from datetime import date

from directory.models import Procesafspraak
from directory.reading.reminders import rounds
from directory.region import names
from directory.site import mails
from rdm.lib import clock
from rdm.lib.workdays import add_workdays


def watch_security_txt() -> int:
    """Tell the functioneel beheerders that security.txt nearly expires or did; how many mails.

    Once `beveiligingscontact_vooraf` working days ahead; after that day again and again, each time
    after twice as long (`herinnering_achteraf`). Nobody may trust a file that expired (RFC 9116).
    """
    said = names.contact().security_until
    if not said:
        return 0
    until, today = date.fromisoformat(said), clock.today()
    if until > add_workdays(today, Procesafspraak.number_of("beveiligingscontact_vooraf")):
        return 0
    every = max(1, Procesafspraak.number_of("herinnering_achteraf"))
    over = until <= today
    moment = f"after-{rounds(until, today, every)}" if over else "before"
    return mails.tell_of_security_txt(until, moment, over=over)
