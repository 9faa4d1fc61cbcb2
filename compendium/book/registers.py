"""The registers at the end: topics, places, sources – each with the numbers of the entries."""

from collections import defaultdict

from ideas.models import Topic
from workshops.german import sort_key


def topics(ideas):
    """The topics that entries carry, in alphabetical order, each with the plates and titles of its entries."""
    found = defaultdict(list)
    for idea in ideas:
        for topic in idea.topics.all():
            found[topic.pk].append({"plate": f"{idea.number:03}", "title": idea.title})
    return [{"name": topic.name, "entries": found[topic.pk]} for topic in Topic.objects.all() if topic.pk in found]


def places(ideas):
    """The places with examples, in alphabetical order, each with the plates of the entries.

    An example that stands for no recorded place is listed under the words of its source.
    """
    found = defaultdict(dict)
    for idea in ideas:
        for example in idea.examples.all():
            recorded = [(place.name, state_beside(place)) for place in example.municipalities.all()]
            for place in recorded or [(example.place, "")]:
                found[place][f"{idea.number:03}"] = None
    ordered = sorted(found.items(), key=lambda item: (sort_key(item[0][0]), item[0]))
    return [{"name": name, "region": region, "plates": list(plates)} for (name, region), plates in ordered]


def state_beside(place):
    """The state of a place, unless its name says it already, as that of Berlin does."""
    return "" if place.state == place.name else place.state


def sources(chapters):
    """Every source of the book once, by host, with the plates of the entries and the chapters that cite it."""
    found = {}
    for chapter in chapters:
        for each in cited_in(chapter):
            note(found, each, "chapters", chapter["title"])
        for entry in chapter.get("entries", ()):
            for each in (*(example["source"] for example in entry["examples"]), *entry["origin_sources"]):
                note(found, each, "plates", entry["plate"])
    return sorted(found.values(), key=lambda each: (sort_key(each["host"]), sort_key(each["name"]), each["url"]))


def note(found, source, kind, place):
    """Keep that ``source`` is cited at ``place``, once."""
    places = found.setdefault(source["url"], {**source, "plates": [], "chapters": []})[kind]
    if place not in places:
        places.append(place)


def cited_in(chapter):
    """The sources that the sections of a chapter cite."""
    blocks = (block for section in chapter["sections"] for block in section["blocks"])
    return [each for block in blocks if block["kind"] == "sources" for each in block["items"]]
