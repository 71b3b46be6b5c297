from django.apps import AppConfig


class RingbackConfig(AppConfig):
    name = "ringback"
    label = "ringback"
    verbose_name = "Ringback"
    default_auto_field = "django.db.models.BigAutoField"
