from django.urls import path

from ringback.web.articles import views

urlpatterns = [
    path("", views.listing, name="articles"),
    path("new/", views.new, name="article-new"),
    path("<int:article_id>/", views.detail, name="article"),
    path("<int:article_id>/file", views.file, name="article-file"),
    path("<int:article_id>/retirement", views.retirement, name="article-retirement"),
]
