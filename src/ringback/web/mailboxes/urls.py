from django.urls import path

from ringback.web.mailboxes import trial, views

urlpatterns = [
    path("", views.listing, name="mailboxes"),
    path("new", views.connect, name="mailbox-new"),
    path("servers", views.servers, name="mailbox-servers"),
    path("<int:pk>", views.change, name="mailbox"),
    path("<int:pk>/pause", views.pause, name="mailbox-pause"),
    path("<int:pk>/resumption", views.resumption, name="mailbox-resumption"),
    path("<int:pk>/removal", views.removal, name="mailbox-removal"),
    path("<int:pk>/trial", trial.begin, name="mailbox-trial"),
    path("<int:pk>/trial/arrival", trial.arrival, name="mailbox-arrival"),
]
