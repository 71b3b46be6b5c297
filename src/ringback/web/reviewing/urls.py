from django.urls import path

from ringback.web.reviewing import views

urlpatterns = [
    path("<int:touch_id>/", views.review, name="mail-review"),
    path("<int:touch_id>/preview", views.preview, name="mail-preview"),
    path("<int:touch_id>/article", views.article, name="mail-article"),
    path("<int:touch_id>/withdrawal", views.withdrawal, name="mail-withdrawal"),
]
