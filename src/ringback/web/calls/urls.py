from django.urls import path

from ringback.web.calls import arranged, objections, subject, views

urlpatterns = [
    path("prospects/<int:prospect_id>/call/", views.call_page, name="call"),
    path("prospects/<int:prospect_id>/calls/preview", views.preview, name="call_preview"),
    path("prospects/<int:prospect_id>/calls", views.save, name="calls"),
    path("prospects/<int:prospect_id>/call/objections/<int:objection_id>", objections.turned_out, name="turned_out"),
    path("prospects/<int:prospect_id>/call/about", subject.noted, name="talk_about"),
    path("arrangements/<int:arrangement_id>/", arranged.arrangement_page, name="arrangement"),
    path("arrangements/<int:arrangement_id>/undo", arranged.undo_arrangement, name="undo"),
]
