from datetime import datetime
from typing import Any

from django.db import migrations, models
from django.db.models import Exists, F, OuterRef

from ringback.domain.readiness import Known
from ringback.domain.when_wanted import wanted_by

OF = {"decision_maker": Known.DECISION_MAKER, "budget": Known.BUDGET, "competitor": Known.COMPETITOR}


def sum_up(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - the signature is Django's
    """What was said before this column was there counts as well."""
    prospects = apps.get_model("ringback", "Prospect").objects
    circumstances = apps.get_model("ringback", "Circumstance").objects
    needs = apps.get_model("ringback", "Need").objects.filter(prospect=OuterRef("pk"))
    prospects.filter(Exists(needs)).update(known_answers=int(Known.NEED))
    prospects.filter(known_answers=None, pk__in=circumstances.values("prospect")).update(known_answers=0)
    for kind, known in OF.items():
        said = circumstances.filter(prospect=OuterRef("pk"), kind=kind)
        prospects.filter(Exists(said)).update(known_answers=F("known_answers") + int(known))
    prospects.filter(known_answers=0).update(known_answers=None)
    latest: dict[int, tuple[str, datetime]] = {}
    for prospect, text, at in (
        circumstances.filter(kind="timing").order_by("learned_at").values_list("prospect", "text", "learned_at")
    ):
        latest[prospect] = (text, at)
    for prospect, (text, at) in latest.items():
        prospects.filter(pk=prospect).update(wanted_by=wanted_by(text, at.date()))


class Migration(migrations.Migration):
    dependencies = [("ringback", "0010_lifted_blocks")]

    operations = [
        migrations.AddField(
            model_name="prospect",
            name="known_answers",
            field=models.PositiveSmallIntegerField(blank=True, help_text="Bits of `readiness.Known`.", null=True),
        ),
        migrations.AddField(
            model_name="prospect",
            name="wanted_by",
            field=models.DateField(blank=True, help_text="By when they want it, read out of their words.", null=True),
        ),
        migrations.RunPython(sum_up, migrations.RunPython.noop, elidable=True),
    ]
