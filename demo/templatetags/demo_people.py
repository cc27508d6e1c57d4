"""For the sign-in page, which exists without the demo too: the people who can be played."""

from __future__ import annotations

from typing import Any

from django import template

from demo.people import OTHERS, PERSONAS
from directory.models import Organisation

register = template.Library()


@register.inclusion_tag("demo/_personas.html", takes_context=True)
def persona_buttons(context: template.Context) -> dict[str, Any]:
    names = dict(Organisation.objects.values_list("slug", "name"))
    return {
        "personas": PERSONAS,
        "others": [(person, names.get(person.organisation, "")) for person in OTHERS],
        "csrf_token": context.get("csrf_token"),
    }
