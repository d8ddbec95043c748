"""One kind for each name: what all its occurrences in an article say of it, weighed together."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from ingest.lexicon import read_list
from ingest.model import Kind
from ingest.referents.known import cities, plain, titles
from ingest.referents.offices import given_names, is_common, is_given_here, role_nouns
from ingest.referents.page import Name, Page
from ingest.referents.persons import subject_of, weigh_person
from ingest.syntax.first_words import is_agent, is_noun, singular, speaking

Votes = defaultdict[Kind, float]
CERTAIN, STRONG, FAIR, WEAK = 10.0, 4.0, 2.0, 1.0
ACRONYM = re.compile(r"[A-Z]{2,5}|(?:[A-Z]\.){2,5}[A-Z]?")
LOCATED = frozenset({"GPE", "LOC", "EVENT"})  # types of the parser that common words seldom get
CITY = 2.5  # many a city is a surname too
PARSER: dict[str, tuple[Kind, float]] = {
    "PERSON": ("person", WEAK),
    "ORG": ("company", 0.6),
    "GPE": ("place", WEAK),
    "LOC": ("place", WEAK),
    "FAC": ("place", 0.6),
    "PRODUCT": ("product", 0.5),
    "EVENT": ("event", WEAK),
    "LAW": ("document", WEAK),
}
LONE: dict[Kind, float] = {"person": 0.4, "place": 0.9}
BODIES: frozenset[Kind] = frozenset({"company", "organization", "government", "outlet"})
ARTEFACTS: frozenset[Kind] = frozenset({"ai_model", "product"})


@functools.cache
def signs(table: str) -> dict[str, tuple[Kind, ...]]:
    """Word → the kinds that it is a sign of in that place; the tables are those of kinds.toml."""
    found: dict[str, tuple[Kind, ...]] = {}
    for kind, words in read_list("kinds")[table].items():
        for word in words:
            found[word] = (*found.get(word, ()), kind)
    return found


@functools.cache
def ai_words() -> tuple[str, ...]:
    return tuple(read_list("kinds")["ai"]["words"])


def is_about_ai(text: str) -> bool:
    return any(word in text for word in ai_words())


def weigh(page: Page, names: Sequence[Name]) -> Votes:
    """What each occurrence says of the kind, summed."""
    votes: Votes = defaultdict(float)
    parsed: Votes = defaultdict(float)
    for name in names:
        if name.entry is not None:
            votes[name.entry.kind] += CERTAIN
        if name.kind is not None:
            votes[name.kind] += CERTAIN
        kind, weight = PARSER.get(name.label, ("company", 0.0))
        parsed[kind] += weight
        weigh_form(page, name, votes)
        weigh_neighbours(page, name, votes)
        weigh_syntax(page, name, votes)
        votes["person"] += weigh_person(page, name)
    # Nearly anything is the subject of a verb: that counts twice at most.
    votes["company"] += min(2, sum(acts(page, name) for name in names)) * 0.6
    lone = all(name.start + 1 == name.end for name in names)
    for kind, weight in parsed.items():
        # The parse takes a company of one word for a person or a place again and again: it counts once.
        votes[kind] += min(weight, LONE.get(kind, CERTAIN)) if lone else weight
    return votes


def is_only_words(page: Page, names: Sequence[Name], about: float) -> bool:
    """Whether common words with capitals name nothing: nothing but the parser, or the verb, takes them for a name.

    `about`: what the article's own data say for a name. A name of several words that the parser found twice stands.
    """
    first = names[0]
    if about or any(name.entry or name.kind or name.title for name in names):
        return False
    if not all(is_common(page, i) for i in range(first.start, first.end)) or page.words[first.start] in given_names():
        return False
    if any(name.label in LOCATED or (name.label in ("ORG", "PERSON") and len(names) > 1) for name in names):
        return False
    own: Votes = defaultdict(float)
    for name in names:
        weigh_form(page, name, own)
        weigh_neighbours(page, name, own)
        weigh_syntax(page, name, own)
        own["person"] += weigh_person(page, name)
        verb = subject_of(page, name)
        own["company"] += FAIR if verb is not None and page.lemma(verb) in speaking() else 0.0
    return max(own.values(), default=0.0) < FAIR


def weigh_form(page: Page, name: Name, votes: Votes) -> None:
    """Title, given name, telling words and endings of the name itself."""
    words = page.words[name.start : name.end]
    if name.title:
        votes["person"] += STRONG
    if len(words) > 1:
        heads = [*(w for w, after in pairwise(words) if after in ("of", "for")), words[-1], words[0]]
        sign = next((kinds for w in heads if (kinds := signs("in_name").get(w))), ())
        if "document" in sign and words[-1] not in signs("in_name"):
            sign = ()  # "Bill Bratton"
        for kind in sign[:1]:
            votes[kind] += CERTAIN if kind == "product" else STRONG  # "App Store" is no model, whatever the story
        if not sign and (words[0] in given_names() or is_first_name(page, name)):
            votes["person"] += 3.0
        if not sign and words[-1][0].isdigit():
            votes["ai_model" if "model" in page.text.casefold() else "product"] += FAIR
    if plain(page.text[name.span.start : name.span.end]) in cities() and words[0] not in given_names():
        votes["place"] += CITY
    for ending, kinds in signs("ending").items():
        if words[-1].lower().endswith(ending) and words[-1].lower() != ending:
            votes[kinds[0]] += FAIR
    if "&" in words:
        votes["company"] += STRONG
    if len(words) == 1:
        weigh_one_word(page, name, votes)
    if len(words) == 2 and words[0] not in given_names() and is_trade(page, words[-1].lower()):
        votes["company"] += FAIR


def weigh_one_word(page: Page, name: Name, votes: Votes) -> None:
    """ "EY", "E.P.A.", "Charlie", "the Treasury"."""
    word, before = page.words[name.start], page.words[name.start - 1].lower() if name.start else ""
    if ACRONYM.fullmatch(word):
        votes["company"] += FAIR
    if word in given_names() and not is_common(page, name.start):
        votes["person"] += FAIR
    if before == "the":
        for kind in signs("in_name").get(word, ())[:1]:
            votes[kind] += FAIR


def is_first_name(page: Page, name: Name) -> bool:
    """A noun for people that stands alone as a name elsewhere: Deacon Wells, then "Deacon has lived here"."""
    return is_agent(page.words[name.start].lower()) and is_given_here(page, name.start)


def is_trade(page: Page, word: str) -> bool:
    """ "Ormond Castings", "Orlow Mills": what a firm makes or runs, in the plural; "Hayes" and "Woods" are no proof."""
    one = singular(page.doc.vocab, word)
    return one != word and len(one) > 3 and is_noun(page.doc.vocab, one) and not is_agent(one)


def weigh_neighbours(page: Page, name: Name, votes: Votes) -> None:
    """The nouns right before and behind: "the chipmaker Veldt", "Veldt shares", "Veldt's engineers"."""
    before = page.words[name.start - 1].lower() if name.start else ""
    if not name.title:
        for kind in signs("noun").get(before, ()):
            votes[kind] += 3.0
        if before in role_nouns():
            votes["person"] += 3.0
    i = name.end
    owned = i < len(page.words) and page.words[i] in ("'s", "’s", "'", "’")
    limit = min(len(page.words), i + 4)
    if page.words[i : i + 2] == ("-", "based") or is_before_state(page, i):
        votes["place"] += STRONG
    i += owned
    while i < limit and page.tags[i] in ("JJ", "JJS", "JJR"):
        i += 1
    if i < limit and page.tags[i].startswith("NN") and (owned or i == name.end):
        word = page.words[i].lower()
        for kind in signs("followed_by").get(word, ()):
            if kind in BODIES or kind == "place" or not owned:
                votes[kind] += FAIR
        if word in role_nouns() and owned:
            votes["company"] += WEAK
    elif i + 1 < limit and page.words[i] == "," and page.words[i + 1] == "who":
        votes["person"] += STRONG
    elif i + 1 < limit and page.words[i] == "," and page.words[i + 1] == "which":
        votes["company"] += 0.5


def is_before_state(page: Page, i: int) -> bool:
    """ "Charlotte, N.C.", "Ashton, Md.", "Selma, Alabama"."""
    after = page.words[i + 1] if i + 1 < len(page.words) and page.words[i] == "," else ""
    return after in read_list("kinds")["no_name"]["states"] or after in read_list("places")["states"].values()


def weigh_syntax(page: Page, name: Name, votes: Votes) -> None:
    """Appositions, predicates, prepositions and verbs: "Veldt, a Dutch chipmaker", "shares in Veldt"."""
    top = name.end - 1
    while page.heads[top] != top and name.start <= page.heads[top] < name.end:
        top = page.heads[top]
    dep, head = page.deps[top], page.heads[top]
    if dep in ("compound", "amod", "nmod") and head > name.end:
        # "the Dunsketh fish market": the noun right behind was asked before.
        for kind in signs("followed_by").get(page.words[head].lower(), ()):
            votes[kind] += FAIR
    for child in page.children[top]:
        if page.deps[child] == "appos" and child >= name.end and page.closes(child):
            weigh_noun(page, child, votes)
    if dep == "appos":
        weigh_noun(page, head, votes)
    elif dep == "pobj":
        weigh_preposition(page, head, votes)
    elif dep in ("nsubj", "nsubjpass", "dobj", "dative"):
        verb = page.lemma(head)
        table = {"nsubj": "subject_of", "nsubjpass": "passive_subject_of"}.get(dep, "object_of")
        for kind in signs(table).get(verb, ()):
            votes[kind] += FAIR
        if dep == "nsubj" and verb == "be":
            for child in page.children[head]:
                if page.deps[child] == "attr":
                    weigh_noun(page, child, votes)


def acts(page: Page, name: Name) -> bool:
    top = name.end - 1
    while page.heads[top] != top and name.start <= page.heads[top] < name.end:
        top = page.heads[top]
    return page.deps[top] == "nsubj" and page.lemma(page.heads[top]) not in ("be", "have")


def weigh_noun(page: Page, i: int, votes: Votes) -> None:
    """A common noun that stands for the same thing as the name."""
    if not page.tags[i].startswith("NN") or (page.tags[i].startswith("NNP") and page.words[i] not in titles()):
        return
    noun = page.lemma(i)
    if noun == "up" and i > 1:
        noun = "start-up"
    if noun in role_nouns() or noun in read_list("people")["more"]["nouns"]:
        votes["person"] += STRONG
    elif not signs("noun").get(noun) and is_agent(noun) and is_noun(page.doc.vocab, noun):
        votes["person"] += FAIR  # "Edda Rowe, the potter"
    for kind in signs("noun").get(noun, ()):
        votes[kind] += STRONG


def weigh_preposition(page: Page, i: int, votes: Votes) -> None:
    word, head = page.words[i].lower(), page.heads[i]
    noun = page.words[head].lower() if page.tags[head].startswith("NN") else ""
    kinds = signs("noun_before").get(noun, ()) if word in ("of", "in", "for", "at", "by", "into", "with", "to") else ()
    for kind in kinds:
        votes[kind] += FAIR
    if not kinds:
        for kind in signs("preposition").get(word, ()):
            votes[kind] += WEAK


def decide(votes: Votes, words: int, about_ai: bool) -> tuple[Kind, float]:
    """The kind with the most weight and its share; a body is a company where no sign says more."""
    if (about_ai or votes["ai_model"]) and votes["product"] < CERTAIN:
        votes = defaultdict(float, {**votes, "ai_model": votes["ai_model"] + votes["product"], "product": 0.0})
    if not any(votes.values()):
        return ("person", 0.5) if words == 2 else ("company", 0.5)
    # In a total order, so that equal weights never depend on the order of reading.
    kind = max(sorted(votes), key=lambda k: votes[k])
    if votes[kind] < WEAK:
        kind = "person" if kind == "person" and words > 1 else "company"
    return kind, min(0.99, 0.5 + votes[kind] / (2 * (sum(votes.values()) + WEAK)))
