from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ringback", "0012_copying_trouble")]

    operations = [
        migrations.AddField(
            model_name="appointment",
            name="answer",
            field=models.CharField(
                blank=True,
                choices=[
                    ("accepted", "accepted"),
                    ("tentative", "tentative"),
                    ("declined", "declined"),
                    ("counter", "counter"),
                ],
                help_text="What their calendar answered to the appointment as it stands; blank while nothing came.",
                max_length=24,
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="answered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="appointment",
            name="answered_by",
            field=models.CharField(blank=True, help_text="The address that answered.", max_length=320),
        ),
    ]
