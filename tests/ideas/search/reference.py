"""The search engine in plain Python: what a database must find; it offers what ``ideas.search.sqlite`` does."""

from collections import defaultdict

from django.db.models import Case, IntegerField, Q, When

from ideas.models import SearchDocument
from ideas.search.documents import WEIGHTS


class Reference:
    """Looks tokens up in a copy of all documents."""

    def __init__(self):
        self.fields = {pk: fields for pk, *fields in SearchDocument.objects.values_list("pk", *WEIGHTS)}
        self.holders = defaultdict(set)
        for pk, fields in self.fields.items():
            for token in " ".join(fields).split():
                self.holders[token].add(pk)

    def keys(self, clauses, *, any_clause=False):
        """The keys of the ideas that fit all ``clauses`` (or any)."""
        found = [self.of_clause(clause) for clause in clauses]
        return set.union(*found) if any_clause else set.intersection(*found)

    def of_clause(self, clause):
        """The keys of the ideas that fit one clause."""
        found = set()
        for each in clause.alternatives:
            held = set.intersection(*(self.holders[token] for token in each.tokens))
            if each.in_order:
                phrase = f" {' '.join(each.tokens)} "
                held = {pk for pk in held if any(phrase in f" {field} " for field in self.fields[pk])}
            found |= held
        return found

    def among(self, keys):
        """A condition: one of the keys."""
        return Q(pk__in=list(keys))

    def value_of(self, values):
        """Each value by itself."""
        return Case(*(When(pk=pk, then=value) for pk, value in values.items()), output_field=IntegerField())
