"""The figures as Markdown, in German like all of ``docs/``."""

KINDS = {
    "": "**alle**", "word": "einzelnes Wort", "inflection": "gebeugte Form", "compound": "lange Zusammensetzung",
    "compound-part": "Teil einer Zusammensetzung", "umlaut": "Umlaut anders geschrieben", "typo": "Tippfehler",
    "synonym": "Synonym", "multi": "mehrere Wörter", "phrase": "Wortfolge", "exclude": "Ausschluss",
    "sentence": "ganzer Satz", "english": "englisches Wort",
}  # fmt: skip
LISTS = {
    "queries": "Entwicklungsliste (`queries.yaml`, an ihr wurde abgestimmt)",
    "queries_everyday": "In anderen Worten als die Texte (`queries_everyday.yaml`, an ihr wurde abgestimmt)",
    "queries_unseen": "Zurückgehaltene Liste (`queries_unseen.yaml`, nie an ihr abgestimmt)",
}
MEASURES = {"ndcg": "nDCG@10", "recall": "Recall@10", "mrr": "MRR", "success": "Treffer unter den ersten drei"}
OPERATIONS = {
    "page": "erste Seite mit Gesamtzahl",
    "counts": "Facetten zählen",
    "suggestions": "Vorschläge beim Tippen",
    "save": "einen Eintrag neu indizieren (ohne ähnliche Einträge)",
    "meaning_entry": "Bedeutung: einen Eintrag lesen",
    "meaning_query": "Bedeutung: eine Anfrage mit allen Einträgen vergleichen",
}
SEARCHES = {"own": "Eigene Suche", "meaning": "Eigene Suche mit Bedeutung"}
STEPS = {"index": "eigener Index (ohne ähnliche Einträge)"}
INTRODUCTION = """\
# Die Suche, gemessen

Erzeugt mit `SIZES={sizes} WRITE=1 make bench-search`; {machine}.
Alle Suchen lesen dieselben Texte; Titel, Namen und Haupttext wiegen bei allen gleich. Die anderen suchen erst nach
allen Wörtern und, wenn das nichts findet, nach irgendeinem. «Mit Bedeutung»: mit `SEMANTIC_SEARCH=1`.
"""
SPEED = """\
## Geschwindigkeit

Die Anfragen der Entwicklungsliste, warm, alle Suchen im selben Lauf abwechselnd. Mehr Einträge als 113 sind neu
kombinierte Sätze der echten mit einem seltenen Wort je Satz. Prozessor: Mittel aus Anwendung und Datenbank.
Eine andere Suche wird nach zwei Minuten nicht weiter gefragt.
Treffer je Anfrage, Median: {found}.

"""


def text(runs, machine):
    """All tables. ``runs``: (database, number of entries) → what :mod:`bench.measure` found."""
    sizes = ",".join(str(size) for size in dict.fromkeys(size for _database, size in runs))
    judged = {database: run["quality"] for (database, _size), run in runs.items() if "quality" in run}
    parts = [INTRODUCTION.format(sizes=sizes, machine=machine)]
    parts += [quality(name, judged) for name in LISTS if judged]
    return "\n".join([*parts, speed(runs), building(runs)])


def table(head, rows):
    """A Markdown table; all columns but the first are figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def german(number, digits=2):
    """A number with a decimal comma."""
    return f"{number:.{digits}f}".replace(".", ",")


def quality(name, judged):
    """The quality on one list: all measures of each search, then nDCG@10 by type of query."""
    columns = {
        f"{SEARCHES.get(search, search)} ({database})": figures
        for database, lists in judged.items()
        for search, figures in lists[name].items()
    }
    overall = [
        [column, *(german(figures[""][measure]) for measure in MEASURES)] for column, figures in columns.items()
    ]
    kinds = next(iter(columns.values()))
    by_kind = [
        [KINDS.get(kind, kind), *(german(figures[kind]["ndcg"]) for figures in columns.values())]
        for kind in sorted(kinds, key=lambda kind: [*KINDS, kind].index(kind))
    ]
    return "\n".join(
        [
            f"## {LISTS[name]}\n",
            table(["Suche", *MEASURES.values()], overall),
            "nDCG@10 nach Art der Anfrage:\n",
            table(["Art", *columns], by_kind),
        ]
    )


def speed(runs):
    """Times in milliseconds; for other searches also how many times as long ours took for the same queries."""
    rows = []
    for (database, size), run in runs.items():
        all_runs = run["times"]["page"]["runs"]
        for name, figures in run["times"].items():
            label = OPERATIONS.get(name, f"{name}: erste Seite mit Gesamtzahl")
            if name not in OPERATIONS and figures["runs"] < all_runs:
                label += f" (nach {figures['runs']} von {all_runs} Anfragen abgebrochen)"
            ratio = german(figures["ours"]) if "ours" in figures else ""
            values = [german(figures[each], 1) for each in ("p50", "p95", "cpu")]
            rows.append([label, database, grouped(size), *values, ratio])
    head = ["Was", "Datenbank", "Einträge", "p50 ms", "p95 ms", "Prozessor ms", "eigenes p95 : dieses p95"]
    hits = {size: run["hits"] for (_database, size), run in runs.items()}
    found = "; ".join(
        f"{grouped(size)} Einträge: {grouped(middle)}, höchstens {grouped(most)}"
        for size, (middle, most) in hits.items()
    )
    return SPEED.format(found=found) + table(head, rows)


def building(runs):
    """The seconds it took to make the indexes, where they were made in this run."""
    rows = [
        [STEPS.get(name, name), database, grouped(size), german(seconds, 1)]
        for (database, size), run in runs.items()
        for name, seconds in run["seconds"].items()
        if name not in {"make", "copy"}
    ]
    return "## Aufbau des Index\n\n" + table(["Suche", "Datenbank", "Einträge", "Sekunden"], rows) if rows else ""


def grouped(number):
    """A whole number with a point between thousands."""
    return f"{number:,.0f}".replace(",", ".")
