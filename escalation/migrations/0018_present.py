
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('escalation', '0017_carried_by_required'),
    ]

    operations = [
        migrations.AddField(
            model_name='deelnemer',
            name='present',
            field=models.BooleanField(blank=True, null=True),
        ),
    ]
