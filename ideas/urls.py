"""Addresses of ideas, topics, the map, and of what visitors put together from ideas."""

from django.urls import path

from . import views
from .exports import views as exports

app_name = "ideas"
urlpatterns = [
    path("ideen/", views.idea_list, name="list"),
    path("ideen/vorschlaege/", views.suggestion_list, name="suggestions"),
    path("ideen/export.<str:format>", exports.of_list, name="export"),
    path("ideen/export/felder.json", exports.fields, name="export_fields"),
    path("ideen/<int:number>/", views.idea_detail, name="detail_short"),
    path("ideen/<int:number>-<slug:slug>/", views.idea_detail, name="detail"),
    path("ideen/<int:number>-<slug:slug>/export.<str:format>", exports.of_idea, name="idea_export"),
    path("ideen/<int:number>-<slug:slug>/zitat.bib", exports.citation, name="citation"),
    path("merkliste/export.<str:format>", exports.of_shortlist, name="shortlist_export"),
    path("vergleich/", views.comparison, name="compare"),
    path("merkliste/", views.shortlist_page, name="shortlist"),
    path("passend/", views.fit_page, name="fit"),
    path("themen/", views.topic_list, name="topics"),
    path("themen/<slug:slug>/", views.topic_detail, name="topic"),
    path("karte/", views.place_map, name="map"),
]
