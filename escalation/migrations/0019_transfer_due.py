
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('escalation', '0018_present'),
    ]

    operations = [
        migrations.AddField(
            model_name='transfer',
            name='due',
            field=models.DateField(blank=True, null=True),
        ),
    ]
