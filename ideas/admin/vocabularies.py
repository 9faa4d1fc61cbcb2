"""Vocabularies and practice examples across all ideas."""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from workshops.admin.bounds import RenamedWithinBounds, need_few, tell_what_follows
from workshops.admin.history import NoteForm, Recorded
from workshops.admin.lists import Listed
from workshops.admin.requests import ReadOnly
from workshops.german import sort_key

from ..deletion import delete_terms
from ..merging.terms import entries_with, rights
from ..models import Actor, CitySize, DocumentedIdea, PracticeExample, SynonymGroup, Topic
from ..search.query import number_in
from . import merge_terms

MOST_NAMED = 20  # entries, on the page that asks before a term is deleted


class TermForm(RenamedWithinBounds, NoteForm):
    """The form of a term."""


class TermAdmin(Recorded):
    """A vocabulary kept as a table, with the number of ideas that use each term."""

    form = TermForm
    list_display = ["name", "name_en", "slug", "uses"]
    search_fields = ["name_key", "slug", "name_en"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request):
        # Counted in a query of its own: the list counts its rows, and a join would make one of each idea.
        name = self.opts.model_name
        users = self.model.ideas.through.objects.filter(**{name: OuterRef("pk")}).order_by().values(name)
        number = Subquery(users.annotate(number=Count("pk")).values("number"))
        return super().get_queryset(request).annotate(uses=Coalesce(number, 0))

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, sort_key(search_term))

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if change and self.model.SEARCHED_NAME in form.changed_data:
            form.instance.ideas.index_many()
            tell_what_follows(request, form.instance.ideas.count())

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.by = request.user
        return form

    def get_deleted_objects(self, objs, request):
        """What goes with the terms, and the entries that will carry them no longer."""
        deleted, *others = super().get_deleted_objects(objs, request)
        entries = entries_with(list(objs))
        if number := entries.count():
            deleted += losing(entries.order_by("number"), number)
        return deleted, *others

    def delete_model(self, request, obj):
        self.delete_queryset(request, [obj])

    def delete_queryset(self, request, queryset):
        terms = list(queryset)
        slugs = [term.slug for term in terms]
        need_few(entries_with(terms).count(), request.user, "delete_term", self.opts.model_name, *slugs)
        number = delete_terms(terms, by=request.user)
        if self.model.SEARCHED_NAME:
            tell_what_follows(request, number)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except ValidationError as error:
            return self.refused(request, error)

    def response_action(self, request, queryset):
        try:
            with transaction.atomic():  # the log of the desk tells of nothing that is refused in the end
                return super().response_action(request, queryset)
        except ValidationError as error:
            return self.refused(request, error)

    def refused(self, request, error):
        """Say why nothing was deleted, on the page that asked for it."""
        messages.error(request, " ".join(error.messages))
        return redirect(request.get_full_path())

    @admin.display(description=_("ideas"), ordering="uses")
    def uses(self, term):
        """How many ideas, public or not, carry the term."""
        return term.uses


def losing(entries, number):
    """For the page that asks before terms are deleted: a list of the first of ``entries``, ``number`` in all."""
    said = ngettext("{number} entry loses this term", "{number} entries lose this term", number).format(
        number=number
    )
    links = [
        format_html('<a href="{}">{}</a>', reverse("admin:ideas_idea_change", args=[each.pk]), each)
        for each in entries[:MOST_NAMED]
    ]
    if number > MOST_NAMED:
        links.append(_("and {number} more").format(number=number - MOST_NAMED))
    return [said, links]


@admin.register(Topic, Actor)
class LastingTermAdmin(TermAdmin):
    """A vocabulary whose terms may be renamed and merged: old addresses lead on."""

    actions = ["merge"]

    def get_urls(self):
        page = self.admin_site.admin_view(partial(merge_terms.page, self))
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        return [path("zusammenfuehren/", page, name=name), *super().get_urls()]

    def has_merge_permission(self, request):
        return request.user.has_perms(rights(self.model))

    @admin.action(description=_("Merge …"), permissions=["merge"])
    def merge(self, request, queryset):
        """Lead to the page that shows what a merger does."""
        return merge_terms.start(self, request, queryset)


@admin.register(CitySize)
class CitySizeAdmin(TermAdmin):
    """The city sizes. Their slugs are part of the program, which compares sizes of towns with them."""

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else super().get_prepopulated_fields(request, obj)


@admin.register(DocumentedIdea)
class DocumentedIdeaAdmin(Recorded):
    """The names under which public sources mention ideas of the workshop series."""

    list_display = ["title", "phase", "workshop", "evidence", "idea"]
    list_select_related = ["workshop", "idea"]
    list_filter = ["workshop", "phase", "evidence"]
    search_fields = ["title"]
    autocomplete_fields = ["sources"]

    @admin.display(description=_("idea"))
    def idea(self, documented):
        """The entry documented under this name."""
        return getattr(documented, "idea", None)


@admin.register(PracticeExample)
class PracticeExampleAdmin(ReadOnly, Listed):
    """Practice examples across all ideas, to find and read. They are edited and deleted with their entry only."""

    list_display = ["place", "name", "year", "idea", "source"]
    list_select_related = ["idea", "source"]
    list_filter = ["evidence", "source__link_status", "year"]
    search_fields = ["place", "name", "fact", "idea__title", "source__title", "source__url"]
    show_facets = admin.ShowFacets.ALLOW  # some dozens of years

    def get_search_results(self, request, queryset, search_term):
        if number := number_in(search_term):
            return queryset.filter(idea__number=number), False
        return super().get_search_results(request, queryset, search_term)

    def get_actions(self, request):
        return {}


@admin.register(SynonymGroup)
class SynonymGroupAdmin(Recorded):
    """Words that stand for each other in a search; they act at once, nothing is indexed anew."""

    list_display = ["slug", "__str__"]
    search_fields = ["slug", "words"]
