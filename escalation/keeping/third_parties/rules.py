"""Who else than the resident is named in an export: each person once, with all that names them.

One person stands in a dossier as a name, as a name with a function and as an e-mail address. Who
decides what the resident reads decides about the person, and not about each of those apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from directory.models import User
from directory.region.names import product_name
from escalation.keeping.parts import Section


@dataclass(frozen=True)
class Other:
    """Somebody else, by one `name`; `words` are that and everything else that names them."""

    name: str
    words: frozenset[str]

    @property
    def also(self) -> list[str]:
        """The other words, from A to Z."""
        return sorted(self.words - {self.name}, key=str.casefold)


def others_in(sections: Iterable[Section]) -> list[Other]:
    """Everybody named in these sections, from A to Z. People with the same name are one.

    An address without a person belongs to nobody known, and is somebody by itself. What the
    product did by itself it did under its own name: that is nobody.
    """
    loose, words_of = _as_they_stand(sections)
    loose -= {product_name()}
    for email, name in _accounts(loose):
        words_of.setdefault(name, {name}).add(email)
    placed = {word for words in words_of.values() for word in words}
    names = {word for word in loose - placed if "@" not in word} | set(words_of)
    for word in loose - placed:
        # "Noor Papier, manager" is Noor Papier, when she is here under her name as well.
        name = word.split(", ")[0]
        owner = name if name in names else word
        words_of.setdefault(owner, {owner}).add(word)
    found = [Other(name, frozenset(words)) for name, words in words_of.items()]
    return sorted(found, key=lambda one: one.name.casefold())


def _as_they_stand(sections: Iterable[Section]) -> tuple[set[str], dict[str, set[str]]]:
    """All words that name somebody, and those of which one row says that they are one person."""
    loose: set[str] = set()
    together: dict[str, set[str]] = {}
    for section in sections:
        for item in section.items:
            words = [word for row in item for word in row.people]
            loose |= set(words)
            if section.one_person and words:
                together.setdefault(words[0], set()).update(words)
    return loose, together


def _accounts(words: set[str]) -> list[tuple[str, str]]:
    """Each address of somebody with an account, with the name of that person."""
    addresses = {word.casefold(): word for word in words if "@" in word}
    found = User.objects.filter(email__in={*addresses, *addresses.values()})
    return [
        (addresses[email.casefold()], name)
        for email, name in found.values_list("email", "name")
        if email.casefold() in addresses
    ]
