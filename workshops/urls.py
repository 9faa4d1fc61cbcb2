"""Addresses of workshops, city labs and outcomes."""

from django.urls import path

from . import views

app_name = "workshops"
urlpatterns = [
    path("workshops/", views.workshops, name="workshops"),
    path("workshops/<slug:slug>/", views.workshop, name="workshop"),
    path("stadtlabore/", views.labs, name="labs"),
    path("stadtlabore/<slug:slug>/", views.lab, name="lab"),
    path("ergebnisse/", views.outcomes, name="outcomes"),
]
