"""Page and exports hold the same entries in the same order, whatever is chosen: held against plain Python."""

import csv
import io
import json
import random
import re

import pytest
from django.test import Client
from django.utils.http import urlencode
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.factories import (
    make_actor,
    make_city_size,
    make_documented_idea,
    make_example,
    make_idea,
    make_lab,
    make_topic,
    make_workshop,
)
from workshops.german import sort_key

pytestmark = pytest.mark.django_db

FIXED = {
    "phase": ("phase", ["impuls", "besuch", ""]),
    "aufwand": ("effort", ["gering", "mittel", "hoch", ""]),
    "kosten": ("cost", ["gering", "hoch", ""]),
    "horizont": ("horizon", ["kurzfristig", "langfristig", ""]),
    "reife": ("maturity", ["idee", "pilot", "erprobt", ""]),
}
OPTIONS = {name: [value or "ohne" for value in values] for name, (_field, values) in FIXED.items()} | {
    "workshop": ["revitalisierung", "digitalisierung", "ohne"],
    "thema": ["leerstand", "handel", "klima", "ohne"],
    "akteur": ["verein", "kammer", "ohne"],
    "groesse": ["kleinstadt", "mittelstadt", "ohne"],
    "stadtlabor": ["bremen", "nuernberg", "ohne"],
    "herkunft": ["workshop", "redaktion"],
}
TITLES = ["Ärztehaus", "Arkade", "Zwischennutzung", "Öffnung"]
ENTRIES = 40


@pytest.fixture
def entries():
    """Random entries in the database, and what each public one carries as plain sets by parameter."""
    dice = random.Random(9)  # noqa: S311 (only variety is asked for)
    makers = {"workshop": make_workshop, "thema": make_topic, "akteur": make_actor, "groesse": make_city_size}
    records = {
        name: [make(value.title(), slug=value) for value in OPTIONS[name][:-1]] for name, make in makers.items()
    }
    records["stadtlabor"] = [make_lab("Bremen"), make_lab("Nürnberg")]
    made = {}
    for number in range(1, ENTRIES + 1):
        some = {name: dice.sample(each, dice.randint(0, len(each))) for name, each in records.items()}
        some["workshop"] = some["workshop"][:1]
        fixed = {name: dice.choice(values) for name, (_field, values) in FIXED.items()}
        documented = make_documented_idea(f"Quelle {number}") if dice.random() < 0.3 else None
        title = f"{dice.choice(TITLES)} {number % 7}"
        public = dice.random() < 0.85
        idea = make_idea(
            title, number=number, slug=f"idee-{number}", status="published" if public else "review",
            workshop=next(iter(some["workshop"]), None), topics=some["thema"], actors=some["akteur"],
            city_sizes=some["groesse"], documented_as=documented,
            origin="workshop" if documented else "redaktion",
            **{FIXED[name][0]: value for name, value in fixed.items()},
        )  # fmt: skip
        for lab in some["stadtlabor"]:
            make_example(idea, str(lab), municipalities=[lab.municipality])
        if public:
            carried = {name: {each.slug for each in chosen} for name, chosen in some.items()}
            carried |= {name: {value} - {""} for name, value in fixed.items()}
            made[number] = {"title": title, "herkunft": {idea.origin}, **carried}
    return made


def fits(carried, wanted):
    """Whether one of the wanted values is carried, or none at all where ``ohne`` is wanted."""
    return bool(carried & wanted) or ("ohne" in wanted and not carried)


def expected(entries, selection):
    """The reference: numbers of the entries that carry one of the values of every facet, in order."""
    order = selection.get("sortierung", [""])[0]
    facets = {name: set(values) for name, values in selection.items() if name != "sortierung"}
    found = [
        number
        for number, carried in entries.items()
        if all(fits(carried[name], wanted) for name, wanted in facets.items())
    ]
    return sorted(found, key=lambda each: (sort_key(entries[each]["title"]) if order == "titel" else "", each))


def on_page(client, query):
    """The numbers on the page of the list."""
    main = re.search(r"<main.*?</main>", client.get(f"/ideen/?{query}&seite=alle").text, re.DOTALL).group()
    return [int(number) for number in re.findall(r'<a href="/ideen/(\d+)-[^/"]*/(?:\?[^"]*)?">', main)]


def in_csv(data):
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";")
    return [int(row["Nummer"]) for row in rows]


def in_xlsx(data):
    rows = load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(min_row=2, values_only=True)
    return [row[0] for row in rows]


def in_json(data):
    return [idea["number"] for idea in json.loads(data)["ideas"]]


def in_docx(data):
    entries = [each.text for each in Document(io.BytesIO(data)).paragraphs if each.style.name == "Heading 1"]
    return [int(text[:3]) for text in entries if text[:3].isdecimal()]


READERS = {"csv": in_csv, "xlsx": in_xlsx, "json": in_json, "docx": in_docx}

selections = st.fixed_dictionaries(
    {},
    optional={name: st.lists(st.sampled_from(values), min_size=1, unique=True) for name, values in OPTIONS.items()}
    | {"sortierung": st.sampled_from([["titel"], ["nummer"]])},
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(selection=selections)
def test_page_and_exports_hold_the_same_entries(entries, selection):
    client, query = Client(), urlencode(selection, doseq=True)
    numbers = expected(entries, selection)

    assert on_page(client, query) == numbers
    for name, reader in READERS.items():
        assert reader(client.get(f"/ideen/export.{name}?{query}").getvalue()) == numbers, name
