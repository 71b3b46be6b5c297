from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ringback", "0015_stopped_imports")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="copy_refused",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Why the Sent folder takes no copy of it, in words.",
                max_length=500,
            ),
            preserve_default=False,
        ),
    ]
