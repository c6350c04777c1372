import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import partnership.organisations.models.record


def give_references(apps, schema_editor):
    for row in apps.get_model("organisations", "Membership").objects.all():
        row.reference = partnership.organisations.models.record.new_reference()
        row.save(update_fields=["reference"])


NOW = django.utils.timezone.now


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_signed_in")]

    operations = [
        migrations.AddField("membership", "reference", models.CharField(max_length=8, null=True, editable=False)),
        migrations.RunPython(give_references, migrations.RunPython.noop),
        migrations.AlterField(
            "membership",
            "reference",
            models.CharField(
                default=partnership.organisations.models.record.new_reference,
                editable=False,
                max_length=8,
                unique=True,
            ),
        ),
        migrations.AddField("membership", "status", models.CharField(default="current", max_length=20)),
        migrations.AddField("membership", "version", models.PositiveIntegerField(default=0, editable=False)),
        migrations.AddField(
            "membership", "created", models.DateTimeField(auto_now_add=True, default=NOW), preserve_default=False
        ),
        migrations.AddField("membership", "changed", models.DateTimeField(auto_now=True)),
    ]
