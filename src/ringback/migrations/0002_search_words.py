"""Words of names and companies, indexed by their beginnings; and the order by value."""

from django.db import migrations, models

from ringback.migrations._search_words import forget_words, index_words


class Migration(migrations.Migration):
    dependencies = [("ringback", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="prospect",
            index=models.Index(fields=["value", "id"], name="prospect_by_value"),
        ),
        migrations.RunPython(index_words, forget_words),
    ]
