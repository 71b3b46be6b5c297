"""Search ignores accents on both databases: what is searched is stored without them."""

from django.db import migrations, models

from ringback.domain.folding import folded

AT_ONCE = 2_000


def fold(apps, _schema_editor):
    prospects = apps.get_model("ringback", "Prospect").objects
    changed = []
    for row in prospects.only("search_text").iterator(AT_ONCE):
        if not row.search_text.isascii():
            row.search_text = folded(row.search_text)[:520]
            changed.append(row)
    prospects.bulk_update(changed, ["search_text"], AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("ringback", "0003_queue_by_zone")]

    operations = [
        migrations.RunPython(fold, migrations.RunPython.noop),
        migrations.AlterField(
            "prospect",
            "search_text",
            models.CharField(blank=True, help_text="Name and company, no capitals, no accents.", max_length=520),
        ),
    ]
