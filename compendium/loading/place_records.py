"""``places.yaml`` as records, with what ``event.yaml`` says about the same towns."""

from decimal import Decimal

from workshops.german import german_slug
from workshops.models import Municipality, SizeClass

from .entries import Entry
from .event_records import date_values
from .register import EVENT_FILE

PLACES_FILE = "places.yaml"


class Places:
    """The places by slug. Where the files differ, event.yaml wins over places.yaml."""

    def __init__(self, places_file, event_file, register):
        self.register = register
        self.by_slug = {german_slug(place.name): place for place in places_file.places}
        self.splits = places_file.splits
        self.labs = {lab.id: lab for lab in event_file.stadtlabore.staedte}
        self.partners = {partner.id: partner for partner in event_file.leerstandsregister.kommunen}
        self.size_classes = [
            SizeClass(slug=size.id, name=size.name, lower=size.von, upper=size.bis_unter, evidence=size.belegart)
            for size in event_file.groessenklassen
        ]
        if len(self.by_slug) < len(places_file.places):
            register.problem(PLACES_FILE, "", "places", "two places have the same name")

    def records(self):
        """The size classes and every place."""
        for size in self.size_classes:
            values = {name: getattr(size, name) for name in ("slug", "name", "lower", "upper")}
            yield Entry(SizeClass, EVENT_FILE, size.slug, values | {"evidence": str(size.evidence)})
        for slug in sorted({*self.labs, *self.partners} - {*self.by_slug}):
            self.register.problem(EVENT_FILE, slug, "id", "this town is not in places.yaml")
        for slug, partner in self.partners.items():
            if partner.stadtlabor != (slug in self.labs):
                self.register.problem(EVENT_FILE, slug, "stadtlabor", "does not agree with the list of city labs")
        for slug, place in self.by_slug.items():
            yield self.municipality(slug, place)

    def slugs(self, file, label, words):
        """The slugs of the places that the words of an example stand for."""
        slugs = [german_slug(name) for name in self.splits.get(words, [words])]
        for slug in slugs:
            if slug not in self.by_slug:
                message = f"{words!r} is neither in the places nor in the splits of {PLACES_FILE}"
                self.register.problem(file, label, "place", message)
        return slugs

    def municipality(self, slug, place):
        """A place with what event.yaml says about it as a city lab or a partner of LeAn."""
        lab, partner = self.labs.get(slug), self.partners.get(slug)
        told = lab or partner
        point = lab.koordinaten if lab else partner or place
        residents = lab.einwohner if lab else None
        population = residents.wert if residents else place.population
        values = {
            "slug": slug,
            "name": told.name if told else place.name,
            "kind": place.kind,
            "country": place.country or "",
            "state": told.land if told else place.state or "",
            "latitude": None if point.lat is None else Decimal(str(point.lat)),
            "longitude": None if point.lon is None else Decimal(str(point.lon)),
            "landmark": lab.koordinaten.bezug if lab else "",
            "coordinates_evidence": str(lab.koordinaten.belegart) if lab else "allgemein",
            "population": population,
            **date_values(residents and residents.stand, "population_date", "population_precision"),
            "population_note": (residents and residents.art) or "",
            "size_class": self.size_class(slug, population, place, told),
            "size_note": (partner and partner.groessenklasse_hinweis) or "",
            "note": place.note or "",
            "is_lean_partner": partner is not None,
            "lean_note": (partner and partner.hinweis) or "",
        }
        related = {
            "population_sources": self.register.urls(residents.quellen, slug) if residents else [],
            "lean_sources": self.register.urls(partner.quellen, slug) if partner else [],
        }
        return Entry(Municipality, PLACES_FILE, place.name, values, related)

    def size_class(self, slug, population, place, told):
        """The slug of the size class: by the inhabitants where they are known, else as the files say."""
        given = told.groessenklasse if told else place.size_class
        fitting = SizeClass.fitting(self.size_classes, population)
        if fitting is None:
            if given and given not in {size.slug for size in self.size_classes}:
                self.register.problem(PLACES_FILE, slug, "size_class", f"there is no size class {given!r}")
            return given
        if told and fitting.slug != given:
            message = f"{population} inhabitants make it {fitting.slug!r}, not {given!r}"
            self.register.problem(EVENT_FILE, slug, "groessenklasse", message)
        return fitting.slug
