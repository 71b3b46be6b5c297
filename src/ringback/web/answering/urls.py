from django.urls import path

from ringback.web.answering import views

# The addresses stand in mails that were sent long ago (queries/mail_links.py): they never change.
urlpatterns = [
    path("confirm/<str:token>/", views.confirm, name="answer-confirm"),
    path("stop/<str:token>/", views.stop, name="answer-stop"),
]
