"""The tafels as Open Referral HSDS 3.1 says it, for directories that speak that language.

A tafel is a service; who leads it is its organization. The names are those of HSDS, so English and
with underscores. What nobody filled in is left out, and what HSDS has no place for is not in it:
`tafels` has everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from directory.models import Organisation, Region, Tafel
from directory.opendata.ids import uid
from directory.opendata.published import Page
from directory.opendata.tafels import Json
from directory.reading import meetings
from directory.upkeep.page_fields.fields import TAFEL_PARTS, Part, Values
from directory.upkeep.page_fields.words import Names, in_words

VERSION = "3.1"
PROFILE = "https://docs.openreferral.org/en/latest/hsds/overview.html"
# The days of the week as iCalendar writes them, Monday first.
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def root(region: Region) -> Json:
    """What this view of the data is."""
    return {
        "version": VERSION,
        "profile": PROFILE,
        "openapi_url": settings.SITE_URL + reverse("api_openapi"),
        "description": f"Overlegtafels in {region.name}",
        "publisher": {
            "name": f"Overzicht van tafels in {region.name}",
            "website": settings.SITE_URL + reverse("open_data"),
        },
    }


def service_id(region: Region, tafel: Tafel) -> UUID:
    return uid(region, "hsds", "service", tafel.slug)


def brief(region: Region, page: Page[Tafel], names: Names) -> Json:
    """One tafel as a service, with only what there is one of; as HSDS wants it in a list."""
    tafel, values = page.subject, page.values
    found = {
        "id": str(service_id(region, tafel)),
        "name": values["name"],
        "alternate_name": values.get("alias"),
        "description": _lines(values, "purpose", "casuistry", "focus"),
        "url": _page_url(tafel),
        "email": values.get("contact_email"),
        "status": "active",
        "application_process": _lines(values, "precondition", "how_to_submit"),
        "eligibility_description": _eligibility(values, names),
        "assured_date": tafel.confirmed_on.isoformat() if tafel.confirmed_on else None,
        "last_modified": page.at.isoformat(timespec="milliseconds"),
        "organization": _organization(region, tafel.led_by) if tafel.led_by else None,
    }
    return _filled(found)


def full(region: Region, page: Page[Tafel], names: Names) -> Json:
    """One tafel as a service, with everything that belongs to it inside."""
    more = {
        "additional_urls": _urls(region, page),
        "phones": _phones(region, page),
        "contacts": _contacts(region, page),
        "schedules": _schedules(region, page),
        "service_areas": _areas(region, page, names),
        "service_at_locations": _locations(region, page),
        "attributes": list(_attributes(region, page, names)),
    }
    return {**brief(region, page, names), **_filled(more)}


def a_list(services: list[Json], *, number: int, of: int, total: int) -> Json:
    """A page of a list, in the envelope of HSDS."""
    return {
        "total_items": total,
        "total_pages": of,
        "page_number": number,
        "size": len(services),
        "first_page": number == 1,
        "last_page": number == of,
        "empty": not services,
        "contents": services,
    }


# --- The pieces -----------------------------------------------------------------------------------


def _filled(found: Json) -> Json:
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _lines(values: Values, *names: str) -> str:
    return "\n\n".join(str(values[name]) for name in names if values.get(name))


def _page_url(tafel: Tafel) -> str:
    return settings.SITE_URL + reverse("tafel_detail", args=[tafel.slug])


def _id(region: Region, page: Page[Tafel], *what: object) -> str:
    return str(uid(region, "hsds", page.subject.slug, *what))


def _part(name: str) -> Part:
    return next(part for part in TAFEL_PARTS if part.name == name)


def _eligibility(values: Values, names: Names) -> str:
    """When a casus fits, in words: what the tafel says, and its criteria."""
    said = [in_words(_part(name), values.get(name), names) for name in ("inflow", "instroom")]
    return "\n\n".join(one for one in said if one)


def _organization(region: Region, party: Organisation) -> Json:
    return _filled(
        {
            "id": str(uid(region, "hsds", "organization", party.slug)),
            "name": party.name,
            "description": party.description or party.get_kind_display(),
            "email": party.email,
            "website": party.website,
        }
    )


def _urls(region: Region, page: Page[Tafel]) -> list[Json]:
    """The website of the tafel and what else there is to read; its page here is `url`."""
    website = page.values.get("website")
    found = [{"label": "Website", "url": website}] if website else []
    found += page.values.get("links") or []
    return [
        {
            "id": _id(region, page, "url", number),
            "service_id": str(service_id(region, page.subject)),
            "label": one["label"],
            "url": one["url"],
        }
        for number, one in enumerate(found, start=1)
    ]


def _phones(region: Region, page: Page[Tafel]) -> list[Json]:
    number = page.values.get("contact_phone")
    if not number:
        return []
    return [
        {
            "id": _id(region, page, "phone"),
            "service_id": str(service_id(region, page.subject)),
            "number": number,
            "type": "voice",
        }
    ]


def _contacts(region: Region, page: Page[Tafel]) -> list[Json]:
    """A function or department, never a person."""
    values = page.values
    if not (values.get("contact_name") or values.get("contact_email")):
        return []
    return [
        _filled(
            {
                "id": _id(region, page, "contact"),
                "service_id": str(service_id(region, page.subject)),
                "name": values.get("contact_name"),
                "email": values.get("contact_email"),
                "phones": _phones(region, page),
            }
        )
    ]


def _schedules(region: Region, page: Page[Tafel]) -> list[Json]:
    """The rhythm: as a rule for calendars when a day is known, and in words."""
    tafel = page.subject
    words = " ".join(one for one in (meetings.rhythm(tafel), meetings.submit_before(tafel)) if one)
    if not words:
        return []
    found: Json = {
        "id": _id(region, page, "schedule"),
        "service_id": str(service_id(region, tafel)),
        "description": words,
    }
    if tafel.rhythm_weeks and tafel.rhythm_anchor:
        found |= {
            "dtstart": tafel.rhythm_anchor.isoformat(),
            "freq": "WEEKLY",
            "interval": tafel.rhythm_weeks,
            "byday": _DAYS[tafel.rhythm_anchor.weekday()],
            "schedule_link": settings.SITE_URL + reverse("tafel_agenda", args=[tafel.slug]),
        }
    return [found]


def _areas(region: Region, page: Page[Tafel], names: Names) -> list[Json]:
    """The gemeenten; a tafel that names none is there for the whole region."""
    found = page.values.get("gemeenten") or []
    areas = [(slug, names.organisations.get(slug, slug)) for slug in found]
    return [
        {
            "id": _id(region, page, "area", slug),
            "service_id": str(service_id(region, page.subject)),
            "name": name,
        }
        for slug, name in areas or [(region.slug, region.name)]
    ]


def _locations(region: Region, page: Page[Tafel]) -> list[Json]:
    """Where the tafel meets, as far as it says; an address is not known."""
    place = page.values.get("locations")
    if not place:
        return []
    location = {"id": _id(region, page, "location"), "location_type": "physical", "name": place}
    return [
        {
            "id": _id(region, page, "at"),
            "service_id": str(service_id(region, page.subject)),
            "location_id": location["id"],
            "location": location,
        }
    ]


def _attributes(region: Region, page: Page[Tafel], names: Names) -> Iterator[Json]:
    """The trede, what plays and who may submit, as terms of the lists of this region."""
    values, trede = page.values, page.subject.trede
    terms = [
        *([("trede", str(trede.number), str(trede))] if trede else []),
        *(("onderwerp", one, names.domains.get(one, one)) for one in values.get("domains", [])),
        *(
            ("aanmelder", one, names.submitters.get(one, one))
            for one in values.get("submitters", [])
        ),
    ]
    for taxonomy, code, label in terms:
        term = str(uid(region, "hsds", "term", taxonomy, code))
        yield {
            "id": _id(region, page, taxonomy, code),
            "link_id": str(service_id(region, page.subject)),
            "link_entity": "service",
            "link_type": taxonomy,
            "taxonomy_term_id": term,
            "taxonomy_term": {
                "id": term,
                "code": code,
                "name": label,
                "description": f"{TAXONOMIES[taxonomy]}: {label}",
                "taxonomy": taxonomy,
                "language": "nl",
            },
        }


TAXONOMIES = {
    "trede": "Plek op de ladder",
    "onderwerp": "Wat er speelt",
    "aanmelder": "Wie mag aanmelden",
}
