from django.urls import path

from ringback.web.outbox import views

urlpatterns = [
    path("", views.page, name="outbox"),
    path("<int:message_id>/", views.message, name="outbox-mail"),
    path("<int:message_id>/doubt", views.doubt, name="outbox-doubt"),
]
