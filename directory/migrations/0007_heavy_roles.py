"""Where a role belongs, and who agreed to a heavy one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def forget_links(apps, schema_editor):
    """A heavy role that was given by one person: an open link waits for a second person now, and
    one that was used says nothing any more."""
    heavy = apps.get_model("directory", "Invitation").objects.exclude(invited_by=None)
    heavy.filter(role__in=["coordinator", "privacy_officer", "beheerder"]).update(secret_hash=None)


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0006_invitation_end'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='declined_reason',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='invitation',
            name='judged_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='invitation',
            name='judged_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='membership',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='directory.membership'),
        ),
        migrations.AddField(
            model_name='region',
            name='roles',
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name='invitation',
            name='secret_hash',
            field=models.CharField(max_length=64, null=True, unique=True),
        ),
        migrations.AlterField(
            model_name='invitation',
            name='withdrawn_because',
            field=models.CharField(blank=True, choices=[('withdrawn', 'ingetrokken'), ('replaced', 'vervangen door een nieuwere'), ('role_ended', 'vervallen: de rol is gestopt'), ('account_shut', 'vervallen: het account is gesloten'), ('declined', 'niet akkoord')], max_length=12),
        ),
        migrations.RunPython(forget_links, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('secret_hash', None), models.Q(('role__in', frozenset(['beheerder', 'coordinator', 'privacy_officer'])), _negated=True), ('invited_by', None), ('judged_by__isnull', False), _connector='OR'), name='invitation_heavy_has_second_person'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('judged_by', None), models.Q(('judged_by', models.F('invited_by')), _negated=True), _connector='OR'), name='invitation_judged_by_another'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('judged_at', None), ('judged_by', None)), models.Q(('judged_at__isnull', False), ('judged_by__isnull', False)), _connector='OR'), name='invitation_judged_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_because', 'declined'), models.Q(('declined_reason', ''), _negated=True)), models.Q(models.Q(('withdrawn_because', 'declined'), _negated=True), ('declined_reason', '')), _connector='OR'), name='invitation_declined_has_reason'),
        ),
    ]
