from django.urls import path

from ringback.web.setup import views

urlpatterns = [path("<str:token>/", views.setup, name="setup")]
