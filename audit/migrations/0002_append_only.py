"""The head row and the triggers that make the log append-only."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from audit import chain, triggers


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    heads = apps.get_model("audit", "AuditHead").objects.using(schema_editor.connection.alias)
    # Going back and forth keeps the entries, so it must keep their head as well.
    if not heads.exists():
        heads.create(pk=1, number=0, hash=chain.START, seal=chain.head_seal(0, chain.START))
    triggers.install(schema_editor.connection, schema_editor.execute)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # The entries stay: going back one migration must not be a way to wipe them quietly.
    # Going back to zero drops the tables with everything in it, which anyone can see.
    triggers.remove(schema_editor.connection, schema_editor.execute)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
