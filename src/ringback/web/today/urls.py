from django.urls import path
from django.views.generic import RedirectView

from ringback.web.today import views

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="today"), name="home"),
    path("today/", views.today_page, name="today"),
    path("today/queue/", views.queue, name="queue"),
    path("touches/<int:touch_id>/", views.touch, name="touch"),
    path("touches/<int:touch_id>/completion", views.completion, name="touch_completion"),
]
