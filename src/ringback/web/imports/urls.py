from django.urls import path

from ringback.web.imports import steering, views

urlpatterns = [
    path("", views.start, name="imports"),
    path("files/<str:token>/", views.mapping, name="import-file"),
    path("files/<str:token>/run", views.run, name="import-run"),
    path("files/<str:token>/removal", views.removal, name="import-removal"),
    path("<int:pk>/", views.report, name="import"),
    path("<int:pk>/stop", steering.stop, name="import-stop"),
    path("<int:pk>/resumption", steering.resumption, name="import-resumption"),
    path("<int:pk>/report.csv", views.report_csv, name="import-report"),
]
