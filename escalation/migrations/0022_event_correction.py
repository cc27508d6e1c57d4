
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('escalation', '0021_version_organisation_required'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('corrects__isnull', False)), fields=['corrects'], name='event_correction'),
        ),
    ]
