"""An invitation says why it no longer works, and only the newest one works."""

from django.db import migrations, models


def end_older(apps, schema_editor):
    Invitation = apps.get_model("directory", "Invitation")
    Invitation.objects.exclude(withdrawn_at=None).update(withdrawn_because="withdrawn")
    newer = set()
    for one in Invitation.objects.filter(accepted_at=None, withdrawn_at=None).order_by("-created_at", "-pk"):
        about = (one.email, one.organisation_id, one.role)
        if about in newer:
            one.withdrawn_at, one.withdrawn_because = one.created_at, "replaced"
            one.save(update_fields=["withdrawn_at", "withdrawn_because"])
        newer.add(about)


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0005_registration_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='withdrawn_because',
            field=models.CharField(blank=True, choices=[('withdrawn', 'ingetrokken'), ('replaced', 'vervangen door een nieuwere'), ('role_ended', 'vervallen: de rol is gestopt'), ('account_shut', 'vervallen: het account is gesloten')], max_length=12),
        ),
        migrations.RunPython(end_older, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_because', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_because', ''), _negated=True)), _connector='OR'), name='invitation_withdrawn_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('withdrawn_at', None)), fields=('email', 'organisation', 'role'), name='invitation_open_once'),
        ),
    ]
