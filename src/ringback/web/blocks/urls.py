from django.urls import path

from ringback.web.blocks import views

urlpatterns = [
    path("", views.listing, name="blocks"),
    path("<int:block_pk>/lifting", views.lifting, name="block-lifting"),
    path("<int:block_pk>/renewal", views.renewal, name="block-renewal"),
]
