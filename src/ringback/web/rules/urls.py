from django.urls import path

from ringback.web.rules import views

urlpatterns = [path("", views.rules, name="rules")]
