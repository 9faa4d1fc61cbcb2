"""The search: a queryset and what was typed go in, a :class:`Found` with the ranked queryset comes out.

Where all words together find nothing or little, it goes on: with words of the same meaning for those that no entry
holds, with corrected words, then with any of the words. What it did stands in the result, and the page says it.
"""

from dataclasses import dataclass, field

from django.db.models import QuerySet, Value
from django.utils.functional import cached_property

from ..models import SynonymGroup
from .analysis import fold, token, words
from .corrections import corrected
from .engine import engine
from .hits import Counts, fitting, in_order, ranked, ranked_by_any
from .query import Clause, by_parts, of_word, read, with_synonyms
from .rank import possible
from .thesaurus import same_meaning

FEW = 10  # with fewer hits than this, entries that fit some of the words follow
WORDS_OF_QUESTION = 6  # from so many typed words on, any of them will do at once
# Similar hits: how many; what share of the best one's points they must reach; and what share of all points that
# the words can bring the best one must reach, for a few words and for a question. Less is chance.
MOST_SIMILAR, NEAR_THE_BEST, OF_POSSIBLE, OF_POSSIBLE_FOR_QUESTION = 24, 0.3, 0.18, 0.08
COMMON = 0.2  # share of entries that hold a word too common to stand for an unknown one


@dataclass
class Found:
    """What a search came to.

    ``corrections``: typed word → word searched instead. ``similar``: how many entries fit only some of the words.
    Those stand behind the others, which fit all; both are counted without the facets.
    ``question``: a sentence was typed, so entries that fit some of it were looked for at once.
    """

    ideas: QuerySet
    clauses: list[Clause] = field(default_factory=list)
    corrections: dict[str, str] = field(default_factory=dict)
    similar: int = 0
    typed: list[Clause] = field(default_factory=list)
    question: bool = False

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


def matching(queryset, text):
    """The ideas of ``queryset`` that fit ``text``, with their ``rank``."""
    return find(queryset, text).ideas


def find(queryset, text):
    """Search ``queryset`` for ``text``; an empty text finds everything."""
    if not text.strip():
        return Found(queryset.annotate(rank=Value(0)))
    groups = [words.splitlines() for words in SynonymGroup.objects.values_list("words", flat=True)]
    typed = read(text)
    wanted = [clause for clause in typed if not clause.negative]
    excluded = with_synonyms([clause for clause in typed if clause.negative], groups)
    allowed = queryset
    if excluded:
        allowed = engine().without(allowed, excluded)
    if not wanted:
        found = allowed if excluded else queryset.none()
        return Found(found.annotate(rank=Value(0)), excluded, typed=typed)

    question, counts = is_question(text), Counts()
    clauses = with_synonyms(wanted, groups)
    hits, more = ({}, False) if question else ranked(allowed, clauses, counts)
    corrections = {}
    if not hits and (lost := unknown(clauses, counts)):
        groups += general_groups(lost, counts)
        lost = unknown(with_synonyms(lost, groups), counts)
        corrections = corrected([each.text for each in lost])
        wanted = [of_word(corrections[each.text]) if each.text in corrections else each for each in wanted]
        clauses = with_synonyms(wanted, groups)
        hits, more = ({}, False) if question else ranked(allowed, clauses, counts)
    exact = len(hits)
    if exact < FEW and not more:
        compounds = [each for each in wanted if len(each.alternatives) > 1]
        loose = with_synonyms(list(by_parts(wanted, counts.held([*clauses, *compounds]))), groups)
        if question or len(loose) > 1 or loose != clauses:
            hits = widened(allowed, hits, loose, question, counts)
    found = fitting(allowed, clauses) if more else allowed.filter(pk__in=engine().among(list(hits)))
    return Found(
        in_order(found, hits),
        [*clauses, *excluded],
        corrections if hits else {},
        len(hits) - exact,
        typed,
        question,
    )


def is_question(text):
    """Whether ``text`` tells a problem in a sentence: nobody expects an entry that holds all of its words."""
    return '"' not in text and len(list(words(text, keep_stop_words=True))) >= WORDS_OF_QUESTION


def widened(queryset, hits, clauses, question, counts):
    """The ``hits`` (key → score) and behind them the best that fit any of the ``clauses``."""
    if any(clause.phrase for clause in clauses):
        return hits
    similar = ranked_by_any(queryset, clauses, counts)
    best = max(similar.values(), default=0)
    share = OF_POSSIBLE_FOR_QUESTION if question else OF_POSSIBLE
    if best < share * possible(clauses, counts.rarities, counts.unknown):
        return hits
    nearest = sorted(similar, key=lambda pk: (-similar[pk], pk))[:MOST_SIMILAR]
    behind = {pk: similar[pk] for pk in nearest if similar[pk] >= best * NEAR_THE_BEST and pk not in hits}
    return {pk: points + best for pk, points in hits.items()} | behind


def unknown(clauses, counts):
    """The words in ``clauses`` that no entry holds, and nothing that stands for them."""
    tokens = counts.held(clauses)
    return [
        clause
        for clause in clauses
        if not clause.phrase and not any(tokens.issuperset(each.tokens) for each in clause.alternatives)
    ]


def general_groups(clauses, counts):
    """For each word in ``clauses`` a group of words of the same meaning, from the thesaurus.

    Only words that entries hold, and not so many that the word says nothing.
    """
    others = {clause.text: {word: token(fold(word)) for word in same_meaning(clause.text)} for clause in clauses}
    counts.learn({each for words_of in others.values() for each in words_of.values()})
    most = counts.total * COMMON
    telling = {each for each, documents in counts.documents.items() if documents <= most}
    return [
        [text, *(word for word, stem in words_of.items() if stem in telling)] for text, words_of in others.items()
    ]
