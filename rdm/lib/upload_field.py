"""The form field for a file: refused with a reason, or taken as it is and screened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from rdm.lib import screening, uploads
from rdm.lib.fields import Screened, what_it_is

# Shown, so that somebody who reads a hit knows what to do with the same file.
AGAIN = (
    "Is het geen persoonsgegeven? Kies hetzelfde bestand dan nog een keer en leg hieronder uit "
    "waarom."
)
SHOWN_HITS = 5
# With this many nobody wonders whether there is personal data in it.
MOST_HITS = 50
PIECE = 10_000
# More than what is searched for is long, with the words around it that count: a table has the word
# "geboortedatum" some cells before the date.
AROUND = 500


@dataclass(frozen=True)
class Upload:
    """A file that came in and may stay: what it is, and its bytes."""

    checked: uploads.Checked
    file: UploadedFile[bytes]

    def chunks(self) -> Iterable[bytes]:
        return self.file.chunks()


class UploadField(Screened, forms.FileField):
    """One file of the types in rdm.lib.uploads. Its name, and what can be read of it, are screened.

    `stopped` says that the file was too large to come in at all (rdm.uploads).
    """

    widget = forms.FileInput(attrs={"accept": uploads.ACCEPT})

    def __init__(self, *, most: int, stopped: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most, self.stopped = most, stopped

    def to_python(self, data: Any) -> Upload | None:  # type: ignore[override]
        if self.stopped:
            raise ValidationError(uploads.too_large(self.most), code="too_large")
        if data in self.empty_values:
            return None
        try:
            checked = uploads.check(data.name, data, data.size, most=self.most)
        except uploads.BadFile as problem:
            raise ValidationError(str(problem), code="bad_file") from None
        return Upload(checked, data)

    def text_of(self, value: Upload | None) -> str:
        """The name on the first line, then the words."""
        return f"{value.checked.name}\n{value.checked.text}" if value else ""

    def find(self, text: str) -> list[screening.Hit]:
        """Piece by piece, about as long as a text field: the work may grow faster than the text.

        What stands over the end of a piece is found too: each is read with something around it.
        """
        found: list[screening.Hit] = []
        for start in range(0, len(text), PIECE):
            if len(found) >= MOST_HITS:
                break
            before = max(0, start - AROUND)
            found += [
                replace(hit, start=hit.start + before, end=hit.end + before)
                for hit in screening.find(text[before : start + PIECE + AROUND])
                if start <= hit.start + before < start + PIECE
            ]
        return found

    def messages_for(self, text: str, hits: list[screening.Hit]) -> list[str]:
        name = text.partition("\n")[0]
        where = ["In het bestand", "In de naam van het bestand"]
        found = [
            f"{where[hit.end <= len(name)]} staat “{text[hit.start : hit.end]}”. {what_it_is(hit)}"
            for hit in hits[:SHOWN_HITS]
        ]
        again = "" if all(hit.certain for hit in hits) else f" {AGAIN}"
        return [*found, f"Kies een bestand zonder persoonsgegevens.{again}"]


def was_stopped(request: HttpRequest) -> bool:
    """Whether a file in this request was too large to take in (rdm.uploads.SizeLimit)."""
    return bool(getattr(request, "upload_stopped", False))
