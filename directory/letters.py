"""What every mail to a person begins and ends with."""

from __future__ import annotations

from directory.region.names import product_name


def letter(name: str, *paragraphs: str, left_out: str = "") -> str:
    """The body of a mail to `name`; an empty paragraph is none.

    `left_out` is what the mail says nothing about on purpose, and tells so: "niets over ...".
    """
    foot = f"Groet,\n{product_name()}"
    if left_out:
        foot = f"In deze mail staat bewust {left_out}.\n{foot}"
    return "\n\n".join([f"Beste {name},", *filter(None, paragraphs), foot])
