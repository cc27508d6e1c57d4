"""Indexes for the lists, and the triggers that keep submitted versions and receipts as they are."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from learning import triggers


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    triggers.install(schema_editor.connection, schema_editor.execute)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    triggers.remove(schema_editor.connection, schema_editor.execute)


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0001_initial'),
        ('escalation', '0001_initial'),
        ('learning', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='leersessie',
            index=models.Index(fields=['-held_on', '-id'], name='learning_le_held_on_45465c_idx'),
        ),
        migrations.AddIndex(
            model_name='lesson',
            index=models.Index(fields=['-created_at', '-id'], name='learning_le_created_8d8323_idx'),
        ),
        migrations.AddIndex(
            model_name='terugkoppeling',
            index=models.Index(fields=['-first_submitted_at', '-id'], name='learning_te_first_s_feef95_idx'),
        ),
        migrations.RunPython(forwards, backwards),
    ]
