from django.urls import path

from ringback.web.inbox import views

urlpatterns = [
    path("", views.page, name="inbox"),
    path("open/", views.open_replies, name="inbox-open"),
    path("in/<int:mail_id>/", views.mail, name="inbox-mail"),
    path("in/<int:mail_id>/reading", views.reading, name="inbox-reading"),
    path("in/<int:mail_id>/look", views.look, name="inbox-look"),
    path("in/<int:mail_id>/return", views.day_of_return, name="inbox-return"),
    path("in/<int:mail_id>/prospect/", views.prospect, name="inbox-prospect"),
]
