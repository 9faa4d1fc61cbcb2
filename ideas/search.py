"""Word search: a queryset goes in, a queryset with ``rank`` comes out."""

import re

from django.db.models import Case, IntegerField, Value, When

from workshops.german import sort_key

TITLE, SUMMARY, BODY = 3, 2, 1
QUERY_PART = re.compile(r'"([^"]+)"|(\S+)')


def matching(queryset, text):
    """The ideas of ``queryset`` that hold every word and every "phrase" of ``text``, ranked: title before summary.

    Case and accents do not count (:func:`workshops.german.sort_key`), so both databases find the same.
    """
    parts = [sort_key(phrase or word.strip('"')) for phrase, word in QUERY_PART.findall(text)]
    parts = [part for part in parts if part]
    if not parts:
        return queryset.annotate(rank=Value(BODY))
    found = {TITLE: [], SUMMARY: [], BODY: []}
    for pk, title, summary, everything in documents(queryset):
        if all(part in everything for part in parts):
            place = TITLE if all(part in title for part in parts) else BODY
            place = SUMMARY if place == BODY and all(part in summary for part in parts) else place
            found[place].append(pk)
    ranks = [When(pk__in=keys, then=Value(place)) for place, keys in found.items() if keys]
    hits = [pk for keys in found.values() for pk in keys]
    rank = Case(*ranks, default=Value(0), output_field=IntegerField())
    return queryset.filter(pk__in=hits).annotate(rank=rank)


def documents(queryset):
    """The folded texts of each idea: key, title, summary, everything that is searched."""
    ideas = queryset.model.objects.filter(pk__in=queryset.values("pk")).select_related("workshop")
    for idea in ideas.prefetch_related("topics", "actors", "examples"):
        title, summary = sort_key(idea.title), sort_key(idea.summary)
        parts = [idea.problem, idea.approach, idea.steps, idea.success_factors, idea.risks]
        parts += [topic.name for topic in idea.topics.all()]
        parts += [actor.name for actor in idea.actors.all()]
        parts += [f"{each.place} {each.name} {each.fact}" for each in idea.examples.all()]
        if idea.workshop:
            parts.append(idea.workshop.title)
        yield idea.pk, title, summary, "\n".join([title, summary, sort_key("\n".join(parts))])
