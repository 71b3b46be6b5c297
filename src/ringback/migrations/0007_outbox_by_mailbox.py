"""What a person has to look at is asked for by mailbox: doubts, which have no end yet, and refusals of the last days."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("ringback", "0006_article_choice")]

    operations = [
        migrations.RemoveIndex("message", "messages_in_doubt"),
        migrations.AddIndex(
            "message",
            models.Index(
                fields=["mailbox", "settled_at"],
                condition=Q(state__in=["failed", "unknown"]),
                name="messages_to_look_at",
            ),
        ),
    ]
