"""How fast the lists of the desk are with many entries: ``make bench-lists`` (ENTRIES=10000 says how many).

Fills a database of its own with copies of the entries, on a PostgreSQL that is thrown away afterwards, and prints
the queries and the server's time for each list.
"""

import logging
import os
import statistics
import sys
import time

from .postgres import database_url

ALL_FILTERS = (
    "status__exact=published&offen=revision&pflege=ohne-quelle&workshop__id__exact=1&topics__id__exact=1"
    "&maturity__exact=erprobt&origin__exact=redaktion&phase__exact=besuch&effort__exact=mittel&cost__exact=mittel"
    "&horizon__exact=mittel&fehlt=etwas"
)
LISTS = {
    "ideas": "/admin/ideas/idea/",
    "ideas, last page": "/admin/ideas/idea/?p={last}",
    "ideas, by title": "/admin/ideas/idea/?o=2",
    "ideas, by examples": "/admin/ideas/idea/?o=-7",
    "ideas, drafts of a topic": "/admin/ideas/idea/?status__exact=draft&topics__id__exact=1",
    "ideas, revision pending": "/admin/ideas/idea/?offen=revision",
    "ideas, planned": "/admin/ideas/idea/?offen=geplant",
    "ideas, lacking anything": "/admin/ideas/idea/?fehlt=etwas",
    "ideas, lacking examples": "/admin/ideas/idea/?fehlt=examples",
    "ideas, no living source": "/admin/ideas/idea/?pflege=ohne-quelle",
    "ideas, untouched": "/admin/ideas/idea/?pflege=unberuehrt",
    "ideas, all filters": "/admin/ideas/idea/?" + ALL_FILTERS,
    "ideas, a number": "/admin/ideas/idea/?q=9",
    "ideas, a rare word": "/admin/ideas/idea/?q=lastenrad",
    "ideas, a frequent word": "/admin/ideas/idea/?q=stadt",
    "ideas, three words": "/admin/ideas/idea/?q=leere läden zwischennutzung",
    "ideas, misspelt": "/admin/ideas/idea/?q=zwischennuzung",
    "ideas, misspelt, frequent": "/admin/ideas/idea/?q=innenstatd",
    "ideas, misspelt words": "/admin/ideas/idea/?q=zwischennuzung leerstnad trottoir",
    "ideas, a question": "/admin/ideas/idea/?q=Was hilft gegen leere Läden in der Fußgängerzone am Abend?",
    "ideas, misspelt question": "/admin/ideas/idea/?q=Was hilft gegen lere Läden in der Fusgängerzohne am Abend?",
    "ideas, that and all filters": "/admin/ideas/idea/?q=Was hilft gegen lere Läden in der Fusgängerzohne?&"
    + ALL_FILTERS,
    "ideas, words and a filter": "/admin/ideas/idea/?q=leerstand&maturity__exact=erprobt",
    "examples": "/admin/ideas/practiceexample/",
    "examples, a word": "/admin/ideas/practiceexample/?q=markthalle",
    "sources": "/admin/workshops/source/",
    "sources, by uses": "/admin/workshops/source/?o=-7",
    "municipalities": "/admin/workshops/municipality/",
    "participants": "/admin/workshops/participant/",
    "topics": "/admin/ideas/topic/",
    "actors, to choose from": "/admin/autocomplete/?term=han&app_label=ideas&model_name=idea&field_name=actors",
    "sources, to choose from": "/admin/autocomplete/?term=stadt&app_label=ideas&model_name=practiceexample"
    "&field_name=source",
}
ROUNDS = 7
MOST_QUERIES, MOST_MILLISECONDS = 20, 300


def fill(entries):
    """Load the content and copy its entries, with all that hangs on them, until there are ``entries``."""
    from django.core.management import call_command  # noqa: PLC0415 (Django is set up by then)
    from django.db import connection  # noqa: PLC0415

    from ideas.models import Idea  # noqa: PLC0415
    from ideas.search.indexing import write  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("load_compendium", verbosity=0)
    originals = list(Idea.objects.prefetch_related("topics", "actors", "city_sizes", "examples__municipalities"))
    while (count := Idea.objects.count()) < entries:
        copy(originals[: entries - count], count)
    write(list(Idea.objects.values_list("pk", flat=True)))  # what is like each takes a quarter of an hour
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # PostgreSQL does so by itself, a minute after so many changes


def copy(originals, start):
    """Copies of ``originals`` with numbers above ``start``: every fourth a draft, every tenth with a revision."""
    from ideas.models import Idea, PracticeExample, Revision  # noqa: PLC0415

    ideas, examples, places = [], [], []
    for place, original in enumerate(originals, 1):
        draft = place % 4 == 0
        values = {field.attname: getattr(original, field.attname) for field in Idea._meta.concrete_fields}
        values |= {"id": None, "number": start + place, "slug": f"kopie-{start + place}", "origin": "redaktion"}
        values |= {"documented_as_id": None, "status": "draft" if draft else original.status}
        ideas.append(Idea(**values))
    Idea.objects.bulk_create(ideas)
    for relation in ("topics", "actors", "city_sizes"):
        field = Idea._meta.get_field(relation)
        own, other = field.m2m_column_name(), field.m2m_reverse_name()
        field.remote_field.through.objects.bulk_create(
            field.remote_field.through(**{own: idea.pk, other: term.pk})
            for idea, original in zip(ideas, originals, strict=True)
            for term in getattr(original, relation).all()
        )
    for idea, original in zip(ideas, originals, strict=True):
        for each in original.examples.all():
            values = {
                field.attname: getattr(each, field.attname) for field in PracticeExample._meta.concrete_fields
            }
            examples.append(PracticeExample(**(values | {"id": None, "idea_id": idea.pk})))
            places.append(each.municipalities.all())
    PracticeExample.objects.bulk_create(examples)
    through = PracticeExample.municipalities.through
    through.objects.bulk_create(
        through(practiceexample_id=example.pk, municipality_id=each.pk)
        for example, found in zip(examples, places, strict=True)
        for each in found
    )
    Revision.objects.bulk_create(
        Revision(idea=idea, event="loaded", status=idea.status, version=1, content={}, pending=place % 10 == 0)
        for place, idea in enumerate(ideas)
    )


def measure(entries):
    """Print queries and milliseconds of each list; return how many are beyond the limits."""
    from django.contrib.auth.models import Group, User  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from tests.visits import queries  # noqa: PLC0415

    editor = User.objects.create_user("messung", is_staff=True)
    editor.groups.set(Group.objects.all())
    desk = Client()
    desk.force_login(editor)
    beyond = 0
    sys.stdout.write(f"{'List':28}{'queries':>9}{'median ms':>11}{'slowest ms':>12}{'of it Python':>14}\n")
    for name, address in LISTS.items():
        address = address.format(last=-(-entries // 50))  # noqa: PLW2901 (the same address, filled in)
        number = queries(desk, address)
        times, own = zip(*(duration(desk, address) for _ in range(ROUNDS)), strict=True)
        median = statistics.median(times)
        bad = number > MOST_QUERIES or median > MOST_MILLISECONDS
        beyond += bad
        figures = f"{number:9}{median:11.0f}{max(times):12.0f}{statistics.median(own):14.0f}"
        sys.stdout.write(f"{name:28}{figures}{'  !' if bad else ''}\n")
    return beyond


def duration(desk, address):
    """The milliseconds the server needs for a page, and those its processor spends in our own process."""
    start, own = time.perf_counter(), time.process_time()
    desk.get(address)
    return (time.perf_counter() - start) * 1000, (time.process_time() - own) * 1000


def main(url, entries):
    """Measure on the empty database at ``url``."""
    os.environ.update(DJANGO_SETTINGS_MODULE="tests.settings", DATABASE_URL=url)
    import django  # noqa: PLC0415 (the settings are named only now)
    from django.conf import settings  # noqa: PLC0415

    django.setup()
    logging.disable(logging.INFO)
    settings.ALLOWED_HOSTS = ["testserver"]
    start = time.perf_counter()
    fill(entries)
    sys.stdout.write(f"{entries} entries made in {time.perf_counter() - start:.0f} s\n")
    return measure(entries)


if __name__ == "__main__":
    with database_url() as url:
        sys.exit(1 if main(url, int(sys.argv[1])) else 0)
