"""The instroom check of a step."""

from __future__ import annotations

from django.http import HttpResponse

from audit.performing import perform, posted, show
from directory.reading.instroom import ways_in
from directory.web.signed_in import AuthedRequest
from escalation.reading import guide
from escalation.route.instroom import actions as instroom
from escalation.route.instroom.forms import InstroomForm
from escalation.route.page import back_to_step, load_step, step_frame, toetsen_of
from escalation.web.load import require


def step_instroom(request: AuthedRequest, code: str, position: int) -> HttpResponse:
    place = load_step(request, code, position)
    step, toetsen = place.step, toetsen_of(place)
    ways = ways_in([step.tafel]).get(step.tafel_id, [])
    also = None if step.is_open else "Deze stap is afgerond. De toets kan niet meer veranderen."
    if not ways:
        also = "Deze tafel noemt geen criteria. Een instroomtoets is niet nodig."
    require(request, place.dossier, "check_instroom")
    if also and request.method != "POST":
        return back_to_step(request, place, also)
    latest = toetsen[0] if toetsen else None
    settled = {} if latest else guide.settled(step.casus, ways)
    form = InstroomForm(posted(request), ways=ways, latest=latest, settled=settled)
    if answer := perform(
        request,
        form,
        lambda: instroom.check_instroom(
            step=step,
            by=request.user,
            answers=form.answers,
        ),
        done="De instroomtoets is bewaard. Hieronder ziet u de uitslag.",
        to=place.url + "#instroom",
    ):
        return answer
    context = {**step_frame(place), "several": len(ways) > 1, "settled": settled}
    return show(request, "escalation/route/instroom/step_instroom.html", context, form=form)
