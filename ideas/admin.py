"""The editors' desk for ideas and their vocabularies."""

from django.contrib import admin
from django.db.models import Count
from django.forms import Textarea
from django.utils.translation import gettext_lazy as _

from .models import Actor, CitySize, DocumentedIdea, Idea, PracticeExample, SynonymGroup, Topic
from .search.indexing import forget


class ExampleInline(admin.StackedInline):
    """The practice examples of an idea."""

    model = PracticeExample
    fields = [("place", "year"), "name", "fact", "source", "municipalities", ("evidence", "position")]
    autocomplete_fields = ["source", "municipalities"]
    extra = 0


@admin.register(Idea)
class IdeaAdmin(admin.ModelAdmin):
    """The entries of the compendium."""

    list_display = ["number", "title", "workshop", "origin", "maturity", "status", "version_date"]
    list_display_links = ["number", "title"]
    list_filter = ["status", "workshop", "origin", "phase", "effort", "cost", "horizon", "maturity", "topics"]
    list_select_related = ["workshop"]
    list_per_page = 50
    search_fields = ["=number", "title", "summary", "problem", "approach"]
    autocomplete_fields = ["documented_as", "merged_into"]
    filter_horizontal = ["topics", "actors", "city_sizes"]
    radio_fields = dict.fromkeys(("effort", "cost", "horizon", "maturity", "origin"), admin.HORIZONTAL)
    readonly_fields = ["created_at", "updated_at"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [ExampleInline]
    fieldsets = [
        (None, {"fields": [("number", "slug"), "title", "summary"]}),
        (_("Text"), {"fields": ["problem", "approach", "steps", "success_factors", "risks"]}),
        (
            _("Assessment"),
            {
                "fields": [
                    "workshop",
                    "phase",
                    "effort",
                    "cost",
                    "horizon",
                    "maturity",
                    "topics",
                    "actors",
                    "city_sizes",
                ]
            },
        ),
        (_("Origin"), {"fields": ["origin", "documented_as"]}),
        (
            _("Publication"),
            {
                "fields": [
                    ("status", "published_at"),
                    ("version", "version_date"),
                    "archive_note",
                    "merged_into",
                    ("created_at", "updated_at"),
                ]
            },
        ),
    ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "summary":
            kwargs["widget"] = Textarea(attrs={"rows": 3, "cols": 80})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        Idea.objects.filter(pk=form.instance.pk).index()

    def delete_model(self, request, obj):
        forget(Idea.objects.filter(pk=obj.pk))
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        forget(queryset)
        super().delete_queryset(request, queryset)


class TermAdmin(admin.ModelAdmin):
    """A vocabulary kept as a table, with the number of ideas that use each term."""

    list_display = ["name", "name_en", "slug", "uses"]
    search_fields = ["name", "name_en"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(uses=Count("ideas"))

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.instance.ideas.index()

    def delete_model(self, request, obj):
        ideas = list(obj.ideas.values_list("pk", flat=True))
        super().delete_model(request, obj)
        Idea.objects.filter(pk__in=ideas).index()

    def delete_queryset(self, request, queryset):
        ideas = list(queryset.exclude(ideas=None).values_list("ideas", flat=True))
        super().delete_queryset(request, queryset)
        Idea.objects.filter(pk__in=ideas).index()

    @admin.display(description=_("ideas"), ordering="uses")
    def uses(self, term):
        """How many ideas, public or not, carry the term."""
        return term.uses


admin.site.register(Topic, TermAdmin)
admin.site.register(Actor, TermAdmin)
admin.site.register(CitySize, TermAdmin)


@admin.register(DocumentedIdea)
class DocumentedIdeaAdmin(admin.ModelAdmin):
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
class PracticeExampleAdmin(admin.ModelAdmin):
    """Practice examples across all ideas."""

    list_display = ["place", "name", "year", "idea", "source"]
    list_select_related = ["idea", "source"]
    list_filter = ["evidence", "year"]
    search_fields = ["place", "name", "fact", "idea__title"]
    autocomplete_fields = ["idea", "source", "municipalities"]

    def save_model(self, request, obj, form, change):
        before = form.initial.get("idea")
        super().save_model(request, obj, form, change)
        Idea.objects.filter(pk__in=[before, obj.idea_id]).index()

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        Idea.objects.filter(pk=obj.idea_id).index()

    def delete_queryset(self, request, queryset):
        ideas = list(queryset.values_list("idea", flat=True))
        super().delete_queryset(request, queryset)
        Idea.objects.filter(pk__in=ideas).index()


@admin.register(SynonymGroup)
class SynonymGroupAdmin(admin.ModelAdmin):
    """Words that stand for each other in a search; they act at once, nothing is indexed anew."""

    list_display = ["slug", "__str__"]
    search_fields = ["slug", "words"]
