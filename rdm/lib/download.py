"""A document as bytes, and the answer that hands it to a browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from django.http import FileResponse, HttpResponse

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Document:
    """`name` is the file name, with its extension: plain ASCII, and nothing about a person."""

    name: str
    content_type: str
    content: bytes


def as_download(document: Document) -> HttpResponse:
    """The document as a file to keep, not as a page to look at."""
    response = HttpResponse(document.content, content_type=document.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{document.name}"'
    return response


def as_private_file(file: BinaryIO, name: str, content_type: str) -> FileResponse:
    """A file that somebody else made, to keep and never to look at here: the browser may not guess
    what it is, run anything in it, or store it. `name` is ours, not that of who sent it."""
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
