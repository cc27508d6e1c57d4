"""Sharing in blocks, with an end date.

What was shared before stays as it was: all three blocks, without an end date. That the resident was
informed was asked of the casus then, so it is taken from there. The timeline gets the blocks that
each kind of event is about; those of a kind that is not named here stay for who sees everything.
"""

from typing import Any

from django.db import migrations, models

ALL = "care safety process"
STORED = [
    "",
    "care",
    "safety",
    "process",
    "care safety",
    "care process",
    "safety process",
    "care safety process",
]
KINDS = {
    "": ("started", "registered", "discarded"),
    "care": ("client_support", "admitted", "discharged"),
    "safety": ("spoed",),
    "process": (
        *("involved", "uninvolved"),
        *("transfer_proposed", "transfer_withdrawn", "transfer_refused", "transferred"),
        *("step_added", "instroom", "step_submitted", "step_not_admitted"),
        *("step_discussed", "step_closed"),
        *("submitted", "withdrawn", "completion_asked", "completed", "accepted", "returned"),
        *("deelnemer_added", "deelnemer_removed"),
        *("dates_asked", "dates_reminded", "dates_answered"),
        *("date_fixed", "date_cancelled", "overleg_stopped", "held", "afspraak"),
        *("returned_to_region", "nominated", "answered", "terugkoppeling"),
        *("closed", "reopened"),
    ),
}


def fill(apps: Any, schema_editor: Any) -> None:
    event = apps.get_model("escalation", "Event")
    for blocks, kinds in KINDS.items():
        event.objects.filter(kind__in=kinds).update(blocks=blocks)
    involvement = apps.get_model("escalation", "Involvement")
    for one in involvement.objects.select_related("casus").iterator(500):
        one.resident_informed_on = one.casus.resident_informed_on
        if one.resident_informed_on is None:
            reason = one.casus.not_informed_reason
            one.not_informed_reason = reason or "Bij het delen niet vastgelegd."
        one.save(update_fields=["resident_informed_on", "not_informed_reason"])


class Migration(migrations.Migration):
    dependencies = [
        ("escalation", "0004_guide_answers"),
    ]

    operations = [
        migrations.AddField(
            "event", "blocks", models.CharField(blank=True, default=ALL, max_length=30)
        ),
        migrations.AddField(
            "involvement",
            "blocks",
            models.CharField(default=ALL, max_length=30),
            preserve_default=False,
        ),
        migrations.AddField("involvement", "version", models.PositiveIntegerField(default=1)),
        migrations.AddField("involvement", "until", models.DateField(blank=True, null=True)),
        migrations.AddField(
            "involvement", "resident_informed_on", models.DateField(blank=True, null=True)
        ),
        migrations.AddField(
            "involvement",
            "not_informed_reason",
            models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "involvement", "secrecy_signed_on", models.DateField(blank=True, null=True)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            "involvement",
            models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["until", "id"],
                name="involvement_ending",
            ),
        ),
        migrations.AddConstraint(
            "event",
            models.CheckConstraint(
                condition=models.Q(("blocks__in", STORED)), name="event_blocks_known"
            ),
        ),
        migrations.AddConstraint(
            "involvement",
            models.CheckConstraint(
                condition=models.Q(("blocks__in", STORED), models.Q(("blocks", ""), _negated=True)),
                name="involvement_has_blocks",
            ),
        ),
        migrations.AddConstraint(
            "involvement",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("not_informed_reason", ""), ("resident_informed_on__isnull", False)),
                    models.Q(
                        ("resident_informed_on", None),
                        models.Q(("not_informed_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="involvement_informed_or_why_not",
            ),
        ),
    ]
