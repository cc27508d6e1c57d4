"""A weergave keeps no words of a search: they may be about a resident."""

from django.db import migrations


def forget_words(apps, schema_editor):
    for view in apps.get_model("escalation", "SavedView").objects.filter(query__has_key="q"):
        view.query = {name: value for name, value in view.query.items() if name != "q"}
        view.save(update_fields=["query"])


class Migration(migrations.Migration):
    dependencies = [("escalation", "0010_retention_and_rights")]

    operations = [migrations.RunPython(forget_words, migrations.RunPython.noop)]
