"""A tafel for search engines: what its page says, in the words of schema.org."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from directory.models import Tafel
from directory.region.names import region_name


def service_of(tafel: Tafel) -> dict[str, Any]:
    """The tafel as a GovernmentService; what is not known (E-042) is left out."""
    address = settings.SITE_URL + reverse("tafel_detail", args=[tafel.slug])
    channel = _said(
        **{"@type": "ServiceChannel"},
        name=tafel.contact_name,
        serviceUrl=tafel.website,
        servicePhone=_said(**{"@type": "ContactPoint"}, telephone=tafel.contact_phone),
        description=tafel.how_to_submit,
    )
    contact = _said(
        **{"@type": "ContactPoint"},
        name=tafel.contact_name,
        email=tafel.contact_email,
        telephone=tafel.contact_phone,
        url=tafel.website,
    )
    leader = {"@type": "Organization", "name": tafel.led_by.name} if tafel.led_by else None
    return _said(
        **{"@context": "https://schema.org", "@type": "GovernmentService", "@id": address},
        url=address,
        name=tafel.name,
        alternateName=tafel.alias,
        description=tafel.purpose,
        serviceType="Overlegtafel",
        audience=_said(**{"@type": "Audience"}, audienceType=tafel.casuistry),
        provider=leader,
        areaServed={"@type": "AdministrativeArea", "name": region_name()},
        availableChannel=channel,
        contactPoint=contact,
        inLanguage="nl",
    )


def _said(**parts: Any) -> dict[str, Any]:
    """The parts that say something; nothing when there is only the type."""
    said = {name: one for name, one in parts.items() if one}
    return {} if set(said) <= {"@type"} else said
