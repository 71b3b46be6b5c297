"""The queue's index also knows the zone, so that a walk can look behind a lane's many people whose night it is."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("ringback", "0002_search_words")]

    operations = [
        migrations.RemoveIndex("touch", "queue"),
        migrations.AddIndex(
            "touch",
            models.Index(fields=["owner", "lane", "due_at", "zone", "id"], condition=Q(state="open"), name="queue"),
        ),
    ]
