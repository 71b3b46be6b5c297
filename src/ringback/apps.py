"""Where the parts are plugged together when the application starts."""

from django.apps import AppConfig


class RingbackConfig(AppConfig):
    name = "ringback"
    label = "ringback"
    verbose_name = "Ringback"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ringback.adapters.holidays import calendar_facts
        from ringback.queries.calendars import use_region_source

        use_region_source(calendar_facts)
