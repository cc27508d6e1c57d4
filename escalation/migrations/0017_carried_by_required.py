
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0005_registration_words'),
        ('escalation', '0016_carried_by'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='casus',
            name='escalation__registe_def7c4_idx',
        ),
        migrations.RemoveIndex(
            model_name='casus',
            name='escalation__registe_12b4c9_idx',
        ),
        migrations.RemoveIndex(
            model_name='casus',
            name='casus_newest',
        ),
        migrations.RemoveIndex(
            model_name='casus',
            name='casus_waiting',
        ),
        migrations.RemoveIndex(
            model_name='routestep',
            name='step_open_of',
        ),
        migrations.AlterField(
            model_name='casus',
            name='carried_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='casussen', to='directory.organisation'),
        ),
        migrations.AlterField(
            model_name='destruction',
            name='carried_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organisation'),
        ),
        migrations.AlterField(
            model_name='routestep',
            name='carried_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organisation'),
        ),
        migrations.AddIndex(
            model_name='casus',
            index=models.Index(fields=['carried_by', '-updated_at'], name='escalation__carried_cbe72c_idx'),
        ),
        migrations.AddIndex(
            model_name='casus',
            index=models.Index(fields=['carried_by', 'status'], name='escalation__carried_f8e2ad_idx'),
        ),
        migrations.AddIndex(
            model_name='casus',
            index=models.Index(fields=['-updated_at', '-id'], include=('status', 'carried_by', 'gemeente', 'restricted_at', 'destroyed_at'), name='casus_newest'),
        ),
        migrations.AddIndex(
            model_name='casus',
            index=models.Index(condition=models.Q(('status__in', ('closed', 'discarded', 'draft')), _negated=True), fields=['due', 'id'], include=('status', 'carried_by', 'gemeente', 'restricted_at', 'destroyed_at'), name='casus_waiting'),
        ),
        migrations.AddIndex(
            model_name='routestep',
            index=models.Index(condition=models.Q(('status', 'closed'), _negated=True), fields=['carried_by', 'news_at'], name='step_open_of'),
        ),
        migrations.AddConstraint(
            model_name='casus',
            constraint=models.CheckConstraint(condition=models.Q(('carried_by', models.F('registered_by')), ('carried_by', models.F('gemeente')), _connector='OR'), name='casus_carried_by_one_of_its_own'),
        ),
    ]
