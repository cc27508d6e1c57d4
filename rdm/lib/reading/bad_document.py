"""Why a document cannot be kept, in Dutch."""

from __future__ import annotations

NOT_REAL = (
    "De inhoud van dit bestand past niet bij de naam: het is geen goede {kind}. Open het bestand, "
    "sla het opnieuw op en kies het dan nog een keer."
)
MACROS = (
    "In dit document zitten macro’s of andere programma’s. Sla het op zonder macro’s, of als pdf."
)
TOO_LARGE_INSIDE = "Dit document wordt bij het openen veel te groot. Kies een ander bestand."
ACTIVE_PDF = (
    "In deze pdf zit een programma of een ander bestand. Maak een gewone pdf, bijvoorbeeld door "
    "hem af te drukken naar pdf."
)
LOCKED = "Dit bestand is beveiligd met een wachtwoord. Haal de beveiliging eraf."
# Who has the document itself can cut it in two. A pdf is often somebody else's and cannot be cut:
# that is taken with as much as could be read, and its page says so (rdm.lib.reading.pdf_text).
TOO_LONG = "Dit document is te lang om op persoonsgegevens na te kijken. Deel het op."
FETCHES = (
    "Dit document haalt iets op van een ander adres. Haal die koppeling eruit, of kies een pdf."
)


class BadDocument(ValueError):
    """Not a document that can be kept; the text says why, in Dutch."""
