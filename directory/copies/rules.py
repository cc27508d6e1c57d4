"""What is wrong with the copies, if anything.

How much work may be lost, how long a destroyed dossier may still lie in a copy, and how often
putting one back is tried, is for the region to agree: three procesafspraken. How often a copy is
made is for the machine (`settings.BACKUP_HOURS`).
"""

from __future__ import annotations

from datetime import datetime

from directory.models import Procesafspraak
from rdm.lib import clock
from rdm.lib.copies import shelf
from rdm.lib.dates import long_date


def problems() -> list[str]:
    """One sentence about each thing that somebody has to do something about; none when all is
    well."""
    found = [_of_copies(), _of_trust(), _of_drills()]
    return [one for one in found if one]


def age(moment: datetime) -> int:
    """In days, by the calendar."""
    return (clock.today() - clock.local_date(moment)).days


def _of_copies() -> str:
    newest = shelf.newest()
    if not newest or not newest.manifest:
        return "Er is geen reservekopie: zorg dat die er komt"
    moment = newest.manifest.moment
    if age(moment) > Procesafspraak.number_of("reservekopie_te_oud"):
        day = long_date(clock.local_date(moment))
        return f"De nieuwste reservekopie is van {day}: zoek uit waarom"
    return ""


def _of_trust() -> str:
    if any(not one.manifest for one in shelf.copies()):
        return "Er staat een reservekopie die niet te vertrouwen is: zoek uit waarom"
    return ""


def _of_drills() -> str:
    drill = shelf.last_drill()
    if drill is None:
        return "Terugzetten is nog nooit geoefend: spreek een oefening af"
    day = long_date(clock.local_date(drill.moment))
    if drill.problem:
        return f"De oefening van {day} is mislukt: zoek uit waarom"
    if age(drill.moment) > Procesafspraak.number_of("herstel_oefenen"):
        return f"Terugzetten is voor het laatst geoefend op {day}: oefen het opnieuw"
    return ""
