from django.urls import path

from ringback.web.scripts import editing, rehearsing, views, working

urlpatterns = [
    path("", views.listing, name="scripts"),
    path("new", editing.new, name="script-new"),
    path("import", editing.import_file, name="script-import"),
    path("what-works", working.what_works, name="what-works"),
    path("what-works/objections.csv", working.objections_csv, name="what-works-objections"),
    path("what-works/gate.csv", working.gate_csv, name="what-works-gate"),
    path("check", editing.check, name="script-check"),
    path("<slug:language>/<slug:name>/", views.detail, name="script"),
    path("<slug:language>/<slug:name>/edit", editing.edit, name="script-edit"),
    path("<slug:language>/<slug:name>/file", views.export, name="script-file"),
    path("<slug:language>/<slug:name>/wording/<slug:node>", views.wording, name="script-wording"),
    path("<slug:language>/<slug:name>/rehearsal", rehearsing.rehearsal, name="script-rehearsal"),
    path("<slug:language>/<slug:name>/versions/<int:version>/return", editing.go_back, name="script-return"),
    path("<slug:language>/<slug:name>/versions/<int:old>/<int:new>", views.differences, name="script-differences"),
]
