import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FROM_A_LIST = "The list says: do not call."


def say_which_came_from_lists(apps, _editor):
    apps.get_model("ringback", "Suppression").objects.filter(reason=FROM_A_LIST).update(by_list=True)


class Migration(migrations.Migration):
    dependencies = [("ringback", "0009_reading_trouble")]

    operations = [
        migrations.AddField(
            model_name="suppression",
            name="by_list",
            field=models.BooleanField(default=False, help_text="An imported list said so, not the person."),
        ),
        migrations.AddField(
            model_name="suppression",
            name="lifted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="suppression",
            name="lifted_because",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.RunPython(say_which_came_from_lists, migrations.RunPython.noop),
    ]
