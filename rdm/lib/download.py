"""A document as bytes, and the answer that hands it to a browser."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

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
