from django.urls import path

from ringback.web.settings import views

urlpatterns = [
    path("", views.profile, name="settings"),
    path("password", views.Password.as_view(), name="account_change_password"),
    path("house", views.house, name="settings-house"),
    path("house/holidays", views.holidays, name="settings-holidays"),
    path("team", views.team, name="settings-team"),
    path("teams", views.teams, name="settings-teams"),
    path("team/<int:pk>", views.member, name="settings-member"),
    path("team/<int:pk>/deactivation", views.deactivation, name="settings-deactivation"),
    path("team/<int:pk>/activation", views.activation, name="settings-activation"),
    path("log", views.log, name="settings-log"),
]
