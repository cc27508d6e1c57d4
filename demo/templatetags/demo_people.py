"""For the sign-in page, which exists without the demo too: the people who can be played."""

from __future__ import annotations

from typing import Any

from django import template

from demo.people import OTHERS, PERSONAS

register = template.Library()


@register.inclusion_tag("demo/_personas.html", takes_context=True)
def persona_buttons(context: template.Context) -> dict[str, Any]:
    return {"personas": PERSONAS, "others": OTHERS, "csrf_token": context.get("csrf_token")}
