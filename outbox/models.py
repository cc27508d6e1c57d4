"""Mail as rows: the promise to send is made in the same transaction as the change it tells of."""

from django.db import models
from django.db.models import F, Q

from rdm.lib import clock


class State(models.TextChoices):
    """Where a message stands."""

    READY = "ready", "klaar om te versturen"
    SENDING = "sending", "wordt verstuurd"
    SENT = "sent", "verstuurd"
    FAILED = "failed", "niet gelukt"


class Method(models.TextChoices):
    """What a calendar item asks of the reader (iTIP, RFC 5546)."""

    REQUEST = "REQUEST", "uitnodiging of wijziging"
    CANCEL = "CANCEL", "afzegging"
    PUBLISH = "PUBLISH", "ter informatie"


class Message(models.Model):
    """One mail (bericht) to one recipient.

    `key` says what the message is about ("overleg-12-invitation-3-seq-1"): the same key is never
    queued twice, so a reminder that is computed again after an outage stays one reminder.
    Subject, text and calendar item carry no content of a casus (security.md, promise 6).

    Life: ready → sending (claimed by one sweep, until `lease_until`) → sent, or back to ready
    with a later `not_before`, or failed when the address is refused for good or every attempt is
    used: then the beheerder sees it, and who can mend the address. A sweep that dies leaves the
    row in sending; after the lease another sweep takes it over. Text and calendar item of a sent
    message are taken out after some time; the row stays, for its key. What came back after it was
    sent (`outbox.bounces`) is failed after all.
    """

    key = models.CharField(max_length=200, unique=True)
    to = models.CharField("aan", max_length=254)
    subject = models.CharField("onderwerp", max_length=200)
    body = models.TextField("tekst", blank=True)
    ical = models.TextField("agenda-item", blank=True)
    ical_method = models.CharField(max_length=10, blank=True, choices=Method)
    # Where one click ends a subscription (RFC 8058); only in mail that somebody asked for.
    unsubscribe_url = models.URLField("afmeldlink", max_length=500, blank=True)
    state = models.CharField("stand", max_length=10, choices=State, default=State.READY)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    not_before = models.DateTimeField("niet voor", default=clock.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField("gemaakt op", default=clock.now)
    sent_at = models.DateTimeField("verstuurd op", null=True, blank=True)
    # The class of the error only: the text of an SMTP error repeats the address.
    last_error = models.CharField("laatste fout", max_length=100, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="outbox_state_known"),
            models.CheckConstraint(
                condition=Q(state=State.SENDING, lease_until__isnull=False)
                | (~Q(state=State.SENDING) & Q(lease_until__isnull=True)),
                name="outbox_lease_while_sending",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False)
                | (~Q(state=State.SENT) & Q(sent_at__isnull=True)),
                name="outbox_sent_at_when_sent",
            ),
            models.CheckConstraint(
                condition=Q(ical="", ical_method="")
                | (~Q(ical="") & Q(ical_method__in=Method.values)),
                name="outbox_method_with_ical",
            ),
            models.CheckConstraint(
                condition=~Q(key="")
                & ~Q(to="")
                & ~Q(subject="")
                & (~Q(body="") | Q(state=State.SENT)),
                name="outbox_nothing_empty",
            ),
        ]
        indexes = [
            # The sweep runs every few seconds; sent rows, soon nearly all of them, stay out of it.
            models.Index(
                F("not_before"),
                F("id"),
                condition=Q(state__in=[State.READY, State.SENDING]),
                name="outbox_due",
            ),
            # Whether something arrived at an address, and who is told that it did not.
            models.Index(F("to"), F("id"), name="outbox_to"),
            # Counted for "Mijn werk" of the beheerder.
            models.Index(F("id"), condition=Q(state=State.FAILED), name="outbox_failed"),
        ]

    def __str__(self) -> str:
        return f"bericht {self.pk} ({self.state})"
