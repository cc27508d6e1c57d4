"""Who plays in the main job, and what they hand to one another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.cast import Cast
from tests.journeys.visit import Mailbox


@dataclass
class Play:
    """`code` is the casus, as soon as it exists. Each person has a browser of their own."""

    cast: Cast
    site: str
    mailbox: Mailbox
    visitor: Callable[..., Page]
    procesmanager: Page
    coordinator: Page
    gemeente: Page
    portefeuillehouder: Page
    code: str = ""

    @property
    def dossier(self) -> str:
        return f"{self.site}/casussen/{self.code}/"
