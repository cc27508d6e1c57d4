"""The own number of an organisation is kept a second time, as it is looked up."""

from django.db import migrations, models

from rdm.lib.spelling import number_in


def fill(apps, schema_editor):
    for reference in apps.get_model("escalation", "OwnReference").objects.iterator():
        reference.number = number_in(reference.reference)
        reference.save(update_fields=["number"])


class Migration(migrations.Migration):

    dependencies = [
        ('escalation', '0022_event_correction'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='ownreference',
            name='own_reference_same',
        ),
        migrations.AddField(
            model_name='ownreference',
            name='number',
            field=models.CharField(default='', max_length=240),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='ownreference',
            index=models.Index(fields=['organisation', 'number'], name='own_reference_number'),
        ),
        migrations.AddConstraint(
            model_name='ownreference',
            constraint=models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='own_reference_has_number'),
        ),
    ]
