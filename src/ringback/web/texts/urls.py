from django.urls import path

from ringback.web.texts import views

urlpatterns = [
    path("", views.listing, name="mail_texts"),
    path("people/", views.people, name="mail-text-people"),
    path("<str:language>/<path:key>/preview", views.preview, name="mail-text-preview"),
    path("<str:language>/<path:key>/restoration", views.restoration, name="mail-text-restoration"),
    path("<str:language>/<path:key>/retirement", views.retirement, name="mail-text-retirement"),
    path("<str:language>/<path:key>/", views.edit, name="mail-text"),
]
