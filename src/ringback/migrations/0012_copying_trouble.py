from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ringback", "0011_what_they_said_counts")]

    operations = [
        migrations.AddField(
            model_name="mailbox",
            name="copying_trouble",
            field=models.CharField(
                blank=True,
                help_text="Why no copies go into the Sent folder, in words; blank if all is well.",
                max_length=500,
            ),
        ),
        migrations.AddField(
            model_name="mailbox",
            name="copying_trouble_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
