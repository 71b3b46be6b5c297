from django.urls import path

from ringback.web.inbox import views

urlpatterns = [
    path("", views.page, name="inbox"),
    path("open/", views.open_replies, name="inbox-open"),
]
