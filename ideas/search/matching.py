"""The search: a queryset and what was typed go in, a :class:`Found` with the ranked queryset comes out.

Where all words together find nothing or little, it goes on: with words of the same meaning for those that no entry
holds, with corrected words, then with any of the words, and with what :mod:`.meaning` knows if that is on. What it
did stands in the result, and the page says it.
"""

from dataclasses import dataclass, field, replace
from itertools import pairwise

from django.db.models import QuerySet, Value
from django.utils.functional import cached_property

from . import meaning, synonyms
from .analysis import fold, token, words
from .corrections import corrected
from .engine import engine
from .english import in_german
from .hits import Counts, Hits, in_order, ranked, ranked_by_any, without
from .query import Clause, number_in, of_word, parts_of, read
from .rank import possible
from .thesaurus import same_meaning

MOST_WORDS = 12  # words and phrases that are searched for
FEW = 10  # with fewer hits than this, entries that fit some of the words follow
WORDS_OF_QUESTION = 6  # from so many typed words on, any of them will do at once
# Similar hits: how many; what share of the best one's points they must reach; and what share of all points that
# the words can bring the best one must reach, for a few words and for a question. Less is chance.
MOST_SIMILAR, NEAR_THE_BEST, OF_POSSIBLE, OF_POSSIBLE_FOR_QUESTION = 24, 0.15, 0.15, 0.08
COMMON = 0.2  # share of entries that hold a word too common to stand for an unknown one


@dataclass
class Found:
    """What a search came to.

    ``corrections``: typed word → word searched instead. ``similar``: how many entries fit only some of the words.
    Those stand behind the others, which fit all; both are counted without the facets. ``alike``: the keys of those
    among them that are only near in content.
    ``question``: a sentence was typed, so entries that fit some of it were looked for at once. ``left_out``: so
    many of the last words are not searched for.
    """

    ideas: QuerySet
    clauses: list[Clause] = field(default_factory=list)
    corrections: dict[str, str] = field(default_factory=dict)
    similar: int = 0
    typed: list[Clause] = field(default_factory=list)
    question: bool = False
    alike: set[int] = field(default_factory=set)
    left_out: int = 0
    # Of very many hits, those that are compared: they come first, so that a page needs not put all in order.
    best: QuerySet | None = None

    @cached_property
    def exact(self):
        """How many entries fit all words; counted only where it is asked for."""
        return self.ideas.count() - self.similar

    @property
    def literally(self):
        """The same words for a search that corrects nothing: each corrected one in quotes."""
        texts = [
            (f'"{each.text}"' if each.phrase or each.text in self.corrections else each.text, each)
            for each in self.typed
        ]
        return " ".join(("-" if clause.negative else "") + text for text, clause in texts)


def find(queryset, text):
    """Search ``queryset`` for ``text``: words, or the number of an idea; an empty text finds everything."""
    if not text.strip():
        return Found(queryset.annotate(rank=Value(0)))
    if number := number_in(text):
        numbered = queryset.filter(number=number)
        if numbered.exists():  # else it may be a year, or any number in the texts
            return Found(numbered.annotate(rank=Value(0)))
    typed = read(text)
    wanted = [clause for clause in typed if not clause.negative]
    excluded = [clause for clause in typed if clause.negative]
    if not wanted:
        found = without(queryset, excluded) if excluded else queryset.none()
        return Found(found.annotate(rank=Value(0)), excluded, typed=typed)
    search = Search(queryset, text, wanted[:MOST_WORDS], excluded)
    search.look()
    if not search.hits.keys:
        search.replace_unknown()
    points, exact, alike = search.hits.points, len(search.hits.points), set()
    if exact < FEW and not search.hits.are_many and not any(each.phrase for each in wanted):
        similar, alike = search.similar(with_meaning=not excluded)
        points, alike = followed_by(points, similar), alike - points.keys()
    found = best = in_order(queryset.filter(engine().among(points)), points)
    if search.hits.are_many:
        found = in_order(queryset.filter(engine().among(search.hits.keys)), points)
    return Found(
        found,
        [*search.clauses, *excluded],
        search.corrections if points else {},
        len(points) - exact,
        typed,
        search.question,
        alike & points.keys(),
        left_out=max(len(wanted) - MOST_WORDS, 0),
        best=best if search.hits.are_many else None,
    )


class Search:
    """A search on its way: what is looked for by now, and what it has found."""

    def __init__(self, queryset, text, wanted, excluded):
        self.queryset, self.text, self.wanted = queryset, text, wanted
        self.excluded = set(engine().keys(excluded, any_clause=True)) if excluded else frozenset()
        self.synonyms = synonyms.kept()
        self.question, self.counts, self.corrections = is_question(text), Counts(), {}

    def look(self):
        """Look for what holds all words; not for a question."""
        self.clauses = self.synonyms.understand(self.wanted)
        self.hits = Hits() if self.question else ranked(self.queryset, self.clauses, self.counts, self.excluded)

    def replace_unknown(self):
        """Look again with words of the same meaning, or corrected ones, for those that no entry holds."""
        lost = unknown(self.clauses, self.counts)
        if not lost:
            return
        general = general_groups(lost, self.wanted, self.synonyms.groups, self.counts)
        self.synonyms = self.synonyms.with_also(general)
        lost = unknown(self.synonyms.understand(self.wanted), self.counts)
        self.corrections = corrected([each.text for each in lost], self.synonyms.groups, self.counts.later)
        self.wanted = [
            of_word(self.corrections[each.text]) if each.text in self.corrections else each for each in self.wanted
        ]
        self.look()

    def similar(self, *, with_meaning):
        """Key → points of what holds some of the words or is near in meaning, and the keys of the latter."""
        loose = self.synonyms.understand(list(self.taken_apart()))
        similar = {}
        if self.question or len(loose) > 1 or loose != self.clauses:
            similar = fitting_some(self.queryset, loose, self.question, self.counts, self.excluded)
        return meaning.join(self.queryset, similar, self.text) if with_meaning else (similar, set())

    def taken_apart(self):
        """What is looked for, each compound that no entry holds by its parts.

        If entries hold less than half of its parts, or of what stands for them, the rest would say something else.
        """
        parts = {clause: parts_of(clause) for clause in self.wanted}
        every = [each for clause, found in parts.items() for each in (clause, *found)]
        alone = [way for each in every for way in self.synonyms.widen([each])]
        # All that may be asked for from here on, in one query.
        self.counts.held([*alone, *self.synonyms.widen(self.wanted), *self.synonyms.widen(every)])
        for clause in self.wanted:
            own = replace(clause, alternatives=clause.alternatives[:1])
            known = [each for each in parts[clause] if self.is_known(each)]
            apart = known and 2 * len(known) >= len(parts[clause]) and not self.counts.know(own)
            if not apart or self.is_known(own):
                yield clause
            if apart:
                yield from known

    def is_known(self, clause):
        """Whether entries hold a word, or one that stands for it."""
        return all(map(self.counts.know, self.synonyms.widen([clause])))


def is_question(text):
    """Whether ``text`` tells a problem in a sentence: nobody expects an entry that holds all of its words."""
    return '"' not in text and len(list(words(text, keep_stop_words=True))) >= WORDS_OF_QUESTION


def fitting_some(queryset, clauses, question, counts, excluded):
    """Key → points of the best ideas in ``queryset`` that fit any ``clauses``; none if that may be chance."""
    similar = ranked_by_any(queryset, clauses, counts, excluded)
    best = max(similar.values(), default=0)
    share = OF_POSSIBLE_FOR_QUESTION if question else OF_POSSIBLE
    if best < share * possible(clauses, counts.rarities, counts.unknown):
        return {}
    return {pk: similar[pk] for pk in best_of(similar) if similar[pk] >= best * NEAR_THE_BEST}


def followed_by(points, similar):
    """The ``points`` of hits by key, and behind them the best of the ``similar`` ones."""
    best = max(similar.values(), default=0)
    behind = {pk: similar[pk] for pk in best_of(similar) if pk not in points}
    return {pk: of_all + best for pk, of_all in points.items()} | behind


def best_of(similar):
    """The keys of the best of ``similar`` (key → points)."""
    return sorted(similar, key=lambda pk: (-similar[pk], pk))[:MOST_SIMILAR]


def unknown(clauses, counts):
    """The words in ``clauses`` that no entry holds, and nothing that stands for them."""
    counts.held(clauses)
    return [clause for clause in clauses if not (clause.phrase or counts.know(clause))]


def general_groups(lost, clauses, groups, counts):
    """Groups of words of the same meaning for each of the ``lost`` among ``clauses``: of the thesaurus, and German
    words for English ones, also for a lost word and its neighbour as one expression.

    Only words that entries hold, and not so many that the word says nothing. If there are none, those that stand
    for them in ``groups``: Einsamkeit for loneliness, and Treffpunkt for Einsamkeit.
    """
    texts = {clause.text: [*same_meaning(clause.text), *in_german(clause.text)] for clause in lost}
    for pair in pairwise(clauses):
        if any(clause in lost for clause in pair):
            expression = " ".join(clause.text for clause in pair)
            texts[expression] = in_german(expression)
    found = telling(texts, counts)
    beyond = {
        text: [other for group in groups if not {*words}.isdisjoint(group) for other in group]
        for text, words in texts.items()
        if not found[text]
    }
    found |= telling(beyond, counts)
    return [[text, *words] for text, words in found.items() if words]


def telling(texts, counts):
    """Those of the words for each text that entries hold, without common ones."""
    stems = {text: {word: token(fold(word)) for word in words} for text, words in texts.items()}
    counts.learn({stem for each in stems.values() for stem in each.values()})
    held = {stem for stem, documents in counts.documents.items() if documents <= counts.total * COMMON}
    return {text: [word for word, stem in words.items() if stem in held] for text, words in stems.items()}
