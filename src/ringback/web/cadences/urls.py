from django.urls import path

from ringback.web.cadences import rehearsing, views

urlpatterns = [
    path("", views.listing, name="cadences"),
    path("new", views.new, name="cadence-new"),
    path("check", views.check, name="cadence-check"),
    path("<slug:name>/", views.detail, name="cadence"),
    path("<slug:name>/edit", views.edit, name="cadence-edit"),
    path("<slug:name>/rehearsal", rehearsing.rehearsal, name="cadence-rehearsal"),
    path("<slug:name>/versions/<int:version>/migration", views.migration, name="cadence-migration"),
    path("<slug:name>/versions/<int:old>/<int:new>", views.differences, name="cadence-differences"),
]
