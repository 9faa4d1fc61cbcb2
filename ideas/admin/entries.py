"""The entries of the compendium at the editors' desk: list and form."""

from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops.admin.filters import AnyOfMany
from workshops.admin.history import may_note, without
from workshops.admin.imports import Importable
from workshops.admin.unsaved import KeepsTyped
from workshops.numbers import next_number

from .. import revisions, workflow
from ..content import shown
from ..diff import compare
from ..imports import IDEA_IMPORTER
from ..models import Idea, Meaning, PracticeExample, Related, Revision, SearchDocument
from ..search.indexing import forget
from . import duplicates, history, merge_ideas, preview, steps
from .filters import CareFilter, GapFilter, WaitingFilter
from .forms import ExampleInline, IdeaForm, entered, new_examples
from .lists import IdeaList, examples_told, found, is_ranked
from .sitting import Sitting

Event = Revision.Event


@admin.register(Idea)
class IdeaAdmin(KeepsTyped, Importable):
    """The entries of the compendium. The form holds their content; steps of the workflow are buttons."""

    form = IdeaForm
    importer = IDEA_IMPORTER
    list_display = ["nr", "name", "state", "workshop", "example_count", "changed"]  # what fits beside the filters
    list_display_links = ["nr", "name"]
    list_filter = [
        "status", WaitingFilter, CareFilter,
        "workshop", ("topics", AnyOfMany), "maturity", "origin", "phase", "effort", "cost", "horizon", GapFilter,
    ]  # fmt: skip
    list_select_related = ["workshop"]
    list_per_page = 50
    empty_value_display = gettext_lazy("not given")
    follows_by_itself = (SearchDocument, Related, Meaning)
    search_fields = ["number"]  # that there is a search; get_search_results says which
    autocomplete_fields = ["documented_as", "topics", "actors"]
    radio_fields = dict.fromkeys(("effort", "cost", "horizon", "maturity", "origin"), admin.HORIZONTAL)
    inlines = [ExampleInline]
    actions = [*steps.ACTIONS, "merge"]
    fieldsets = [
        (None, {"fields": ["title", ("number", "slug"), "summary"]}),
        (gettext_lazy("Text"), {"fields": ["problem", "approach", "steps", "success_factors", "risks"]}),
        (
            gettext_lazy("Assessment"),
            {
                "fields": [
                    "workshop", "phase", "effort", "cost", "horizon", "maturity", "topics", "actors", "city_sizes",
                ]
            },
        ),
        (gettext_lazy("Origin"), {"fields": ["origin", "documented_as"]}),
        (gettext_lazy("History"), {"fields": ["unfinished", "change_note"]}),
    ]  # fmt: skip

    def get_queryset(self, request):
        waiting = Revision.objects.filter(idea=OuterRef("pk"), pending=True)
        unfinished = Subquery(waiting.values("unfinished")[:1])  # None without a pending revision
        return super().get_queryset(request).annotate(unfinished=unfinished, examples_told=examples_told())

    def get_changelist(self, request, **kwargs):
        return IdeaList

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip() or is_ranked(queryset):
            return queryset, False
        return found(queryset, search_term), False

    @admin.display(description=gettext_lazy("no."), ordering="number")
    def nr(self, idea):
        return idea.number

    @admin.display(description=gettext_lazy("title"), ordering="title_key")
    def name(self, idea):
        return idea.title

    @admin.display(description=gettext_lazy("examples"), ordering="examples_told")
    def example_count(self, idea):
        return idea.examples_told

    @admin.display(description=gettext_lazy("changed at"), ordering="updated_at")
    def changed(self, idea):
        return date_format(timezone.localtime(idea.updated_at), "SHORT_DATE_FORMAT")

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, idea):
        """The status, with what is still to come."""
        status = idea.get_status_display()
        if idea.is_planned:
            at = date_format(timezone.localtime(idea.published_at), "SHORT_DATETIME_FORMAT")
            status = _("planned for {at}").format(at=at)
        if idea.unfinished is None:
            return status
        words = _("{status}, revision in progress") if idea.unfinished else _("{status}, revision pending")
        return words.format(status=status)

    def get_urls(self):
        views = [
            ("zusammenfuehren/", "merge", merge_ideas.page),
            ("dubletten/", "duplicates", duplicates.page),
            ("add/vorschau/", "new_preview", preview.new_preview_page),
            ("<int:pk>/vorschau/", "preview", preview.preview_page),
            ("<int:pk>/revision/", "revision", steps.revision_page),
            ("<int:pk>/aehnlich/", "similar", duplicates.similar_page),
            ("<int:pk>/schritt/<slug:to>/", "step", steps.single_step_page),
            ("<int:pk>/history/<int:key>/", "restore", history.restore),
        ]
        return [
            path(address, self.admin_site.admin_view(partial(view, self)), name=f"ideas_idea_{name}")
            for address, name, view in views
        ] + super().get_urls()

    @admin.action(description=gettext_lazy("Merge two entries …"), permissions=["publish"])
    def merge(self, request, queryset):
        """Lead to the page that shows what a merger does."""
        return merge_ideas.start(self, request, queryset)

    def has_publish_permission(self, request):
        return request.user.has_perm(revisions.PUBLISH)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.status == Idea.Status.ARCHIVED)

    def get_readonly_fields(self, request, obj=None):
        return ["number"] if obj else []

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if not (obj and obj.status == Idea.Status.PUBLISHED and self.has_change_permission(request, obj)):
            fieldsets = without(fieldsets, "unfinished")
        return fieldsets if may_note(self, request, obj) else without(fieldsets, "change_note")

    def get_changeform_initial_data(self, request):
        return {"number": next_number(Idea)} | super().get_changeform_initial_data(request)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name in self.radio_fields and db_field.blank:
            kwargs["choices"] = db_field.get_choices(blank_choice=[("", _("not assessed"))])
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if sitting := getattr(request, "sitting", None):
            form.refusal, form.publishes = sitting.refusal, sitting.publishes
            form.was_unfinished = sitting.is_unfinished
        return form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        return kwargs | ({"initial": new_examples(request)} if new_examples(request) else {})

    def view_on_site(self, obj):
        if obj.is_public:
            return obj.get_absolute_url()
        return reverse("admin:ideas_idea_preview", args=[obj.pk])

    def history_view(self, request, object_id, extra_context=None):
        return history.history(self, request, object_id)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        idea = object_id and self.get_object(request, unquote(object_id))
        if not idea:
            return super().changeform_view(request, object_id, form_url, extra_context)
        if request.method != "POST":
            request.sitting = Sitting.begin(idea)
            return self.run_form(request, object_id)
        with transaction.atomic():
            Idea.objects.select_for_update(no_key=True).get(pk=idea.pk)  # nobody else saves while it is compared
            request.sitting = Sitting.begin(idea)
            basis = request.POST.get("basis", "")
            request.sitting.check(basis)
            published = idea.status == Idea.Status.PUBLISHED
            request.sitting.publishes = (
                published and self.has_publish_permission(request) and "_aside" not in request.POST
            )
            if request.sitting.refusal:
                form = self.get_form(request, idea, change=True)
                request.POST = request.sitting.with_their_changes(request.POST, form, basis)
            response = self.run_form(request, object_id)
            return self.keep(request, object_id, response) if request.sitting.entered else response

    def run_form(self, request, object_id):
        """Show or check the form as the admin does, on the working copy. Nothing is written to the entry."""
        sitting = request.sitting
        working_copy = sitting.pending and sitting.pending.content
        with shown(Idea.objects.get(pk=sitting.idea.pk), working_copy, create=False):
            response = super().changeform_view(request, object_id)
            return response.render() if hasattr(response, "render") else response

    def keep(self, request, object_id, response):
        """Let what was entered become a change, a new version or a pending revision, and say so."""
        sitting = request.sitting
        aside = "_aside" in request.POST
        try:
            revision = revisions.change(
                sitting.idea,
                sitting.entered,
                by=request.user,
                note=sitting.note,
                aside=aside,
                unfinished=sitting.unfinished,
            )
        except ValidationError as error:
            sitting.entered, sitting.refusal = None, " ".join(error.messages)
            return self.run_form(request, object_id)
        told = self.told(request, outcome(sitting.idea, revision), object_id)
        self.message_user(request, told, messages.SUCCESS)
        if revision:
            self.record_step(request, sitting.idea, revision)
            aside = revision.event == Event.PROPOSED  # else the entry itself says it already
            duplicates.warn(self, request, sitting.idea, revision.content if aside else None)
        return response

    def told(self, request, sentence, object_id):
        """``sentence``, with the entry it is about in front where its form is left."""
        if "_continue" in request.POST:
            return sentence
        idea = self.get_object(request, object_id)
        address = reverse("admin:ideas_idea_change", args=[idea.pk])
        return format_html('<a href="{}">{}</a>: {}', address, idea, sentence)

    def get_deleted_objects(self, objs, request):
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        lacking -= {PracticeExample._meta.verbose_name}  # never deleted alone, but with their entry
        return deleted, counts, lacking, protected

    def delete_model(self, request, obj):
        forget(Idea.objects.filter(pk=obj.pk))
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        forget(queryset)
        super().delete_queryset(request, queryset)

    def save_model(self, request, obj, form, change):
        if not change:
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        content = entered(form, formsets)
        if change:
            sitting, said = request.sitting, form.cleaned_data
            sitting.entered, sitting.note, sitting.unfinished = content, said["change_note"], said["unfinished"]
            return
        revisions.create(form.instance, content, by=request.user, note=form.cleaned_data["change_note"])
        duplicates.warn(self, request, form.instance)

    def construct_change_message(self, request, form, formsets, add=False):
        return form.cleaned_data["change_note"]

    def log_change(self, request, obj, message):
        """Not yet: :meth:`record_step` does when it is known what came of it."""

    def record_step(self, request, idea, revision):
        """Let the admin's list of recent actions know."""
        super().log_change(request, idea, revision.note or str(revision.get_event_display()))

    def response_change(self, request, obj):
        if "_continue" in request.POST:
            return steps.to_form(obj)
        return self.response_post_save_change(request, obj)

    def render_change_form(self, request, context, obj=None, **kwargs):
        context["show_save_and_add_another"] = False
        if sitting := getattr(request, "sitting", None):
            may_publish = self.has_publish_permission(request)
            may_change = self.has_change_permission(request, obj)
            context |= {
                "sitting": sitting,
                "steps": [(to, workflow.name_of(to, obj)) for to in workflow.possible(obj, request.user)],
                "state": self.state(obj),
                "is_live": obj.is_public,
                "becomes_revision": obj.status == Idea.Status.PUBLISHED and may_change and not may_publish,
                "may_publish": may_publish,
                "may_decide": sitting.pending and steps.deeds(sitting.pending, request.user),
                "answer": answer(obj),
            }
            if sitting.refusal:
                formsets = [each.formset for each in context["inline_admin_formsets"]]
                context["groups"] = compare(sitting.basis, entered(context["adminform"].form, formsets))
        return super().render_change_form(request, context, obj=obj, **kwargs)


def answer(idea):
    """What the next one to work on the entry should know: who submitted it, or why it was given back; else None.

    A submission counts for as long as the entry is in review, whatever is edited meanwhile.
    """
    if idea.status == Idea.Status.REVIEW:
        return idea.revisions.filter(event=Event.SUBMITTED).first()
    last = idea.revisions.first()
    return last if last and last.note and last.event in {Event.RETURNED, Event.DISCARDED} else None


def outcome(idea, revision):
    """What saving the entry has led to, in a sentence."""
    if revision is None:
        return _("Nothing was changed.")
    if revision.event == Event.PROPOSED and revision.unfinished:
        return _("Saved as a revision in progress. It waits until you submit it for review.")
    return {
        Event.PROPOSED: _("Saved as pending revision. The public still sees the published version.")
        if idea.is_public
        else _("Saved as pending revision. The entry itself says what it said before."),
        Event.REVISED: _("Published. The entry is now in version {version}.").format(version=revision.version),
        Event.DISCARDED: _("The entry is as published; the pending revision is done with."),
    }.get(revision.event, _("Saved."))
