"""For which organisation each version of an attachment was added, so that it can take it back.

Of the first version that is the organisation of the attachment. Of a later one only the names of
the organisations of that person were kept: one that is the name of an organisation says it. Any
other goes to the organisation of the attachment, which could take it away already.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce


def fill(apps: Any, editor: Any) -> None:
    versions = apps.get_model("escalation", "AttachmentVersion").objects
    organisations = apps.get_model("directory", "Organisation").objects
    attachments = apps.get_model("escalation", "Attachment").objects
    owner = attachments.filter(pk=OuterRef("attachment")).values("organisation")
    named = organisations.filter(name=OuterRef("added_by_organisation")).order_by("pk").values("pk")
    versions.filter(number=1).update(organisation=Subquery(owner[:1]))
    later = versions.exclude(number=1)
    later.update(organisation=Coalesce(Subquery(named[:1]), Subquery(owner[:1])))


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0005_registration_words"),
        ("escalation", "0019_transfer_due"),
    ]

    operations = [
        migrations.AddField(
            model_name="attachmentversion",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.organisation",
            ),
        ),
        migrations.AddField(
            model_name="attachmentversion",
            name="removed_by_name",
            field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="attachmentversion",
            name="remove_reason",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="attachmentversion",
            constraint=models.CheckConstraint(
                condition=Q(removed_by_name="", remove_reason="")
                | (Q(gone_at__isnull=False) & ~Q(removed_by_name="") & ~Q(remove_reason="")),
                name="attachment_version_removed_is_gone",
            ),
        ),
        # Alone after this: PostgreSQL alters no table with rows changed before it.
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
