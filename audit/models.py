"""The log of who read and did what: one chain of rows that only grows.

Nothing here points at another table. The log must outlive a user, a membership and a
destroyed casus, so names and codes are frozen into the row (security.md, promise 1).
"""

from django.db import models
from django.db.models import Q

from rdm.lib import clock


class Action(models.TextChoices):
    """What somebody did. The set follows NEN 7513; a refusal is logged like a success."""

    READ = "read", "bekeken"
    CREATE = "create", "gemaakt"
    UPDATE = "update", "gewijzigd"
    SEARCH = "search", "gezocht"
    EXPORT = "export", "gedownload"
    PRINT = "print", "afgedrukt"
    REFUSE = "refuse", "geweigerd"
    SIGN_IN = "sign_in", "ingelogd"


class Purpose(models.TextChoices):
    """What somebody looks at a casus for. Fixed words: the log has no room for a text."""

    REGISTER = "register", "aanmelden"
    TREAT = "treat", "een oplossing zoeken als gemeente"
    SUPPORT = "support", "meedenken"
    COORDINATE = "coordinate", "coördineren"
    OVERSEE = "oversee", "toezicht houden"
    LEARN = "learn", "leren"


class AuditHead(models.Model):
    """Head of the chain, exactly one row: the last number and its hash.

    Locking this row puts appends in a queue, so two of them never share a number.
    `seal` is a second keyed hash, over the head itself. Every entry's hash can be read in the
    table; the seal of an earlier head cannot. So somebody who cuts off the last entries
    cannot wind the head back to match.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        verbose_name = "kop van het logboek"
        verbose_name_plural = "kop van het logboek"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="audit_head_is_one_row"),
            models.CheckConstraint(condition=Q(number__gte=0), name="audit_head_number_positive"),
        ]

    def __str__(self) -> str:
        return f"kop {self.number}"


class AuditEntry(models.Model):
    """One line of the log (logregel): who did what, with which object, as whom, when and whence.

    Holds names of staff, ids and codes, never content of a casus. Written only by
    `audit.log.record`; triggers in the database refuse UPDATE, DELETE and (on PostgreSQL)
    TRUNCATE. **A migration that alters this table on SQLite rebuilds it and drops the triggers
    without a word: call `audit.triggers.install` again in that migration** (`audit_check`
    reports missing triggers).
    """

    number = models.BigIntegerField("nummer", primary_key=True)
    at = models.DateTimeField("tijd", default=clock.now)
    # Null and not "": null is the system itself, which has no account.
    actor_id = models.CharField(max_length=64, null=True)  # noqa: DJ001
    actor_name = models.CharField("wie", max_length=200)
    role = models.CharField("rol", max_length=100, blank=True)
    organisation = models.CharField("organisatie", max_length=200, blank=True)
    action = models.CharField("actie", max_length=20, choices=Action)
    object_type = models.CharField("soort", max_length=64)
    object_id = models.CharField("nummer of code", max_length=64, blank=True)
    part = models.CharField("onderdeel", max_length=100, blank=True)
    purpose = models.CharField("doel", max_length=200, blank=True)
    outcome = models.CharField("uitkomst", max_length=200)
    origin = models.CharField("herkomst", max_length=64)
    request_id = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        ordering = ["number"]
        verbose_name = "logregel"
        verbose_name_plural = "logregels"
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="audit_entry_number_positive"),
        ]
        indexes = [
            models.Index(fields=["object_type", "object_id", "number"], name="audit_entry_object"),
            models.Index(fields=["actor_id", "number"], name="audit_entry_actor"),
            models.Index(fields=["at"], name="audit_entry_at"),
            # The newest write (audit.log.last_write): most entries are of reading.
            models.Index(
                fields=["number"],
                condition=Q(action__in=["create", "update"]),
                name="audit_entry_write",
            ),
        ]

    def __str__(self) -> str:
        return f"logregel {self.number}"


class AuditWatch(models.Model):
    """How far the log was looked at, exactly one row; the last time for what was new, and for the
    whole. Sealed, so that nobody moves it past what should not be seen."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)
    new_at = models.DateTimeField(null=True, blank=True)
    whole_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="audit_watch_is_one_row"),
        ]

    def __str__(self) -> str:
        return f"nagekeken tot {self.number}"


class AuditAlarm(models.Model):
    """Something is wrong with the log. It stays until somebody says what it was, and the same is
    not found twice."""

    number = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    found_at = models.DateTimeField(default=clock.now)
    # When those who watch were told.
    told_at = models.DateTimeField(null=True, blank=True)
    explained_at = models.DateTimeField(null=True, blank=True)
    explained_by_name = models.CharField(max_length=160, blank=True)
    explanation = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["number", "reason"], name="audit_alarm_once"),
            models.CheckConstraint(
                condition=Q(explained_at=None, explained_by_name="", explanation="")
                | (Q(explained_at__isnull=False) & ~Q(explained_by_name="") & ~Q(explanation="")),
                name="audit_alarm_explained_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"alarm bij {self.number}"


class Explanation(models.Model):
    """Why somebody said that a found text is no personal data, about something without a timeline.

    Beside the chain and not in it: a reason is a text, and a text must be able to go.
    """

    at = models.DateTimeField(default=clock.now)
    object_type = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64, blank=True)
    field = models.CharField(max_length=64)
    kinds = models.CharField(max_length=100)
    reason = models.CharField(max_length=300)

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_explanation_object")
        ]

    def __str__(self) -> str:
        return f"uitleg bij {self.object_type} {self.object_id}"


class HandledRequest(models.Model):
    """The id of a form that had its effect; a second send finds it here. Holds nothing else."""

    request_id = models.UUIDField(primary_key=True)
    at = models.DateTimeField(default=clock.now, db_index=True)

    def __str__(self) -> str:
        return str(self.request_id)
