"""Search that forgives: Dutch plurals, words that mean the same, and typing errors.

An index holds a few hundred documents in memory, which makes it the same on every database. The
stemming is Snowball's, the comparison of words that are nearly right is RapidFuzz's.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

import snowballstemmer
from rapidfuzz import fuzz, process

K = TypeVar("K")

MAX_WORDS = 8
# A word of three letters is nearly right too often to guess what was meant.
SHORTEST_TO_GUESS = 4
SHORTEST_BEGINNING = 3
# How alike two words must be (0-100): one wrong letter in a word of five or more.
ALIKE = 78
EXACT, BEGINNING, NEARLY = 1.0, 0.7, 0.5
# Words that say nothing about what is looked for.
NOISE = frozenset(
    {
        *("aan", "al", "als", "bij", "dan", "dat", "de", "deze", "die", "dit", "door", "een", "en"),
        *("er", "gaat", "geen", "heb", "heeft", "het", "hij", "hoe", "ik", "in", "is", "kan"),
        *("maar", "mag", "met", "mijn", "na", "naar", "niet", "nog", "nu", "of", "om", "ons"),
        *("ook", "op", "over", "te", "tot", "u", "uit", "van", "veel", "voor", "waar", "wat"),
        *("we", "wel", "welke", "werd", "wie", "wij", "wil", "word", "wordt", "ze", "zich"),
        *("zijn", "zonder"),
    }
)

_word = re.compile(r"[a-z0-9]+")
_accent = re.compile(r"[\u0300-\u036f]")
# The older of the two Dutch stemmers: the newer one makes "meen" of "gemeenten".
_stemmer = snowballstemmer.stemmer("dutch_porter")


def plain(text: str) -> str:
    """Lower case, without accents: "Cliëntondersteuning" becomes "clientondersteuning"."""
    text = text.casefold()
    if text.isascii():
        return text
    return _accent.sub("", unicodedata.normalize("NFKD", text))


def words_of(text: str) -> list[str]:
    return _word.findall(plain(text))


# A text repeats its words, and the stemmer takes its time.
@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A plain word in its shortest form: "tafels" becomes "tafel"."""
    return str(_stemmer.stemWord(word))


def stems(text: str) -> list[str]:
    return [stem(word) for word in words_of(text)]


class Synonyms:
    """Groups of words that mean the same; a member may be more than one word."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        # The first word of a phrase → the whole phrases that begin with it, long ones first, each
        # with the one word that stands for its group.
        self._phrases: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
        self.words: dict[str, str] = {}
        for number, group in enumerate(groups):
            for phrase in group:
                if words := stems(phrase):
                    # A space cannot be typed inside a word, so no text holds this by accident.
                    name = f"= {number}"
                    self._phrases[words[0]].append((words, name))
                    if len(words) == 1:
                        self.words[words[0]] = name
        for found in self._phrases.values():
            found.sort(key=lambda pair: -len(pair[0]))
        self.vocabulary = {
            word for group in groups for phrase in group for word in words_of(phrase)
        }

    def meant_by(self, words: list[str]) -> list[str]:
        """`words` with every phrase of a group replaced by the name of the group."""
        found: list[str] = []
        at = 0
        while at < len(words):
            for phrase, name in self._phrases.get(words[at], ()):
                if words[at : at + len(phrase)] == phrase:
                    found.append(name)
                    at += len(phrase)
                    break
            else:
                found.append(words[at])
                at += 1
        return found


@dataclass(frozen=True)
class Found(Generic[K]):
    """What was found, best first; `guessed` when a word had to be read as another one."""

    keys: list[K]
    guessed: bool = False


@dataclass(frozen=True)
class Document:
    """The words of a text as they are looked up, each with how much a hit counts, and as they were
    written. Making one takes most of the time of an index, so whoever has one keeps it."""

    weights: Mapping[str, float]
    written: frozenset[str]


def document(texts: Iterable[tuple[float, str]], synonyms: Synonyms) -> Document:
    """Of texts with how much a hit in each counts."""
    weights: dict[str, float] = {}
    written: set[str] = set()
    for weight, text in texts:
        words = words_of(text)
        written.update(words)
        short = [stem(word) for word in words]
        # The words themselves stay findable beside the group they belong to.
        for word in {*short, *synonyms.meant_by(short)} - NOISE:
            weights[word] = max(weights.get(word, 0.0), weight)
    return Document(weights, frozenset(written))


class Index(Generic[K]):
    """Documents by key."""

    def __init__(self, documents: Mapping[K, Document], synonyms: Synonyms) -> None:
        self._synonyms = synonyms
        self._weights: dict[str, dict[K, float]] = defaultdict(dict)
        self._order = {key: number for number, key in enumerate(documents)}
        vocabulary = set(synonyms.vocabulary)
        for key, one in documents.items():
            vocabulary |= one.written
            for word, weight in one.weights.items():
                self._weights[word][key] = weight
        # As people write them: what a typing error may have been meant to be.
        self._vocabulary = sorted(word for word in vocabulary if len(word) >= SHORTEST_TO_GUESS)

    def find(self, query: str) -> Found[K]:
        """The documents that hold every word of `query`, best first, as they were given on a tie.

        An empty query, or one of noise only, finds everything.
        """
        typed = [word for word in words_of(query) if word not in NOISE][:MAX_WORDS]
        # A stem → the word as it was typed, to read it as another word when nothing has it.
        known = {stem(word): word for word in typed}
        wanted = self._synonyms.meant_by([stem(word) for word in typed])
        if not wanted:
            return Found(list(self._order))
        scores: dict[K, float] | None = None
        guessed = False
        for word in wanted:
            hits = self._hits(word)
            _raise(hits, self._begun(known.get(word, "")), EXACT)
            if not hits:
                hits = self._nearly(known.get(word, word))
                guessed = guessed or bool(hits)
            if scores is None:
                scores = hits
            else:
                scores = {key: scores[key] + hits[key] for key in scores if key in hits}
        found = scores or {}
        if not found and len(typed) > 1 and (whole := "".join(typed)) in self._vocabulary:
            return self.find(whole)  # "Top X"
        keys = sorted(found, key=lambda key: (-found[key], self._order[key]))
        return Found(keys, guessed and bool(keys))

    def _hits(self, word: str) -> dict[K, float]:
        """How well each document holds this stem, or a longer word that begins with it."""
        hits: dict[K, float] = {}
        _raise(hits, self._weights.get(word, {}), EXACT)
        if len(word) >= SHORTEST_BEGINNING and not word.startswith("="):
            for other, held in self._weights.items():
                if other.startswith(word):
                    _raise(hits, held, BEGINNING)
        return hits

    def _begun(self, typed: str) -> dict[K, float]:
        """How well each document holds a word that begins as it was typed. The stem of a part can
        be no beginning of the stem of the whole: "waterloop" and "waterlooppomp"."""
        hits: dict[K, float] = {}
        if len(typed) >= SHORTEST_TO_GUESS:
            for whole in self._vocabulary:
                if whole.startswith(typed):
                    _raise(hits, self._weights.get(stem(whole), {}), BEGINNING)
        return hits

    def _nearly(self, word: str) -> dict[K, float]:
        """The documents that hold what `word` was probably meant to be."""
        hits: dict[K, float] = {}
        if len(word) < SHORTEST_TO_GUESS:
            return hits
        for other, _, _ in process.extract(
            word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=5
        ):
            short = stem(other)
            for meant in (short, self._synonyms.words.get(short, short)):
                _raise(hits, self._weights.get(meant, {}), NEARLY)
        return hits or self._parts(word)

    def _parts(self, word: str) -> dict[K, float]:
        """Dutch writes words together: "triagetafel" is sought as "triage" and "tafel"."""
        for at in range(SHORTEST_TO_GUESS, len(word) - SHORTEST_TO_GUESS + 1):
            first = self._weights.get(stem(word[:at]))
            second = self._weights.get(stem(word[at:]))
            if first and second:
                both = first.keys() & second.keys()
                return {key: NEARLY * (first[key] + second[key]) / 2 for key in both}
        return {}


def _raise(hits: dict[K, float], held: Mapping[K, float], factor: float) -> None:
    for key, weight in held.items():
        hits[key] = max(hits.get(key, 0.0), weight * factor)
