"""Who carries a casus, apart from who registered it.

What is carried now is who acted until now. Who registered a casus that was handed over before this
cannot be told from its row any more; the timeline says it.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F


def copy(apps: Any, editor: Any) -> None:
    for model, source in (
        ("Casus", "registered_by"),
        ("Destruction", "registered_by"),
        ("RouteStep", "brought_in_by"),
    ):
        apps.get_model("escalation", model).objects.update(carried_by=F(source))


def carried_by(model: str, related_name: str) -> migrations.AddField:
    return migrations.AddField(
        model_name=model,
        name="carried_by",
        field=models.ForeignKey(
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name=related_name,
            to="directory.organisation",
        ),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0005_registration_words"),
        ("escalation", "0015_reported"),
    ]

    operations = [
        migrations.AlterField(
            model_name="casus",
            name="registered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.organisation",
            ),
        ),
        carried_by("casus", "casussen"),
        carried_by("destruction", "+"),
        carried_by("routestep", "+"),
        # Alone in the next migration: PostgreSQL alters no table with rows changed before it.
        migrations.RunPython(copy, migrations.RunPython.noop),
    ]
