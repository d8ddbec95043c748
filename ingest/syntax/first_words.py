"""The first word of a sentence has a capital whatever it is: a common noun or adjective there is no name.

The tagger takes "Firefighters said" and "Longtime engineer" for names; the lemmatizer's own index of English words,
which comes with the weights, and the rest of the article tell which are. Runs last, so that nothing it corrects is
undone; the tree stays as the parser has it.
"""

from __future__ import annotations

import functools

from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from ingest.lexicon import read_list

NAME_TAGS = frozenset({"NNP", "NNPS"})
AGENTS = (
    "er", "or", "ist", "man", "woman", "ian", "ee", "ant", "ent", "mate", "eer", "ive", "smith", "wright", "folk",
)  # fmt: skip
INDEX = "lemma_index"


@Language.factory("first_words")
def make_first_words(nlp: Language, name: str) -> FirstWords:  # noqa: ARG001  # the name that spaCy gives a component
    table = nlp.get_pipe("lemmatizer").lookups.get_table(INDEX)  # type: ignore[attr-defined]
    nlp.vocab.lookups.set_table(INDEX, table)
    return FirstWords()


class FirstWords:
    """Gives common words at the start of a sentence the tags of common words."""

    __slots__ = ()

    def __call__(self, doc: Doc) -> Doc:
        names = {token.text for token in doc if token.tag_ in NAME_TAGS and not is_first(token)}
        for token in doc[:-1]:
            taken = token.tag_ in NAME_TAGS or (token.tag_ == "NNS" and token.ent_type_)
            if taken and is_first(token) and is_capitalised(token.text) and token.text not in names:
                correct(token)
        return doc


def is_first(token: Token) -> bool:
    """Whether it begins a sentence or a line, or speech inside one."""
    if token.is_sent_start or token.i == 0:
        return True
    before = token.nbor(-1)
    return before.is_space or before.text in ("“", '"', "”", "‘", ":", "•", "-", "–", "—")


def is_capitalised(word: str) -> bool:
    return word.isalpha() and len(word) > 1 and word[0].isupper() and word[1:].islower()


def correct(token: Token) -> None:
    following = token.nbor(1)
    word = token.text.lower()
    if following.is_space and "\n" in following.text and is_noun(token.vocab, word) and not token.ent_type_:
        retag(token, "NN", "NOUN", word)  # a headline of one word
        return
    before_name = following.tag_ in NAME_TAGS or following.text in ("&", ".")
    if not before_name and is_people_or_things(token, following):
        retag(token, "NNS", "NOUN", singular(token.vocab, word))
    elif is_modifier(token, following, word):
        retag(token, "JJ" if word in index(token.vocab, "adj") else "NN", "ADJ", word)


def is_people_or_things(token: Token, following: Token) -> bool:
    """A plural common noun. "Waters said" names somebody: what cannot speak does not; nor does "Walkers says"."""
    word = token.text.lower()
    one = singular(token.vocab, word)
    if one == word or following.tag_ == "VBZ" or word in read_list("people")["surnames"]["plural"]:
        return False
    people = is_agent(one)
    return people if token.head.lemma_.lower() in speaking() else people or is_noun(token.vocab, one)


def is_modifier(token: Token, following: Token, word: str) -> bool:
    """ "Longtime engineer", "Federal investigators", "Signal lights": it belongs to a common noun behind it."""
    if not following.is_alpha:
        return False
    if word in read_list("people")["modifiers"]["words"]:
        return True
    own = token.head.i > token.i and token.head.tag_ in ("NN", "NNS") and token.head.text.islower()
    if not own or token.ent_type_ in ("GPE", "NORP", "LOC"):
        return False
    only_adjective = word in index(token.vocab, "adj") and word not in index(token.vocab, "noun")
    direct = token.head.i == following.i
    return only_adjective or (direct and not token.ent_type_ and is_noun(token.vocab, word))


def retag(token: Token, tag: str, pos: str, lemma: str) -> None:
    """Another word class, and no part of a name of the parser's that begins here."""
    token.tag_, token.pos_, token.lemma_ = tag, "NOUN" if tag == "NN" else pos, lemma
    ents = [part for ent in token.doc.ents for part in cut(ent, token.i)]
    token.doc.set_ents(ents, default="outside")


def cut(ent: Span, i: int) -> list[Span]:
    """A name of the parser's without the word at `i`: what stands before it on its line, and what names stand after."""
    if not ent.start <= i < ent.end:
        return [ent]
    doc, rest = ent.doc, ent[i + 1 - ent.start :]
    after = [Span(doc, rest.start, rest.end, label=ent.label)] if len(rest) and rest[0].tag_ in NAME_TAGS else []
    before = ent.start
    while before < i and not doc[before].is_space:
        before += 1
    return [*([Span(doc, ent.start, before, label=ent.label)] if before > ent.start else []), *after]


@functools.cache
def index(vocab: Vocab, part: str) -> frozenset[str]:
    """The lemmatizer's words of a class in small letters; empty where the vocabulary has no index."""
    if not vocab.lookups.has_table(INDEX):
        return frozenset()
    return frozenset(vocab.lookups.get_table(INDEX)[part])


def is_noun(vocab: Vocab, word: str) -> bool:
    return word in index(vocab, "noun")


def singular(vocab: Vocab, word: str) -> str:
    """A plural's singular: "firefighters", "ferrymen", "deputies"; the word itself where it is no plural."""
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss"):
        bare = word[:-1]
        return bare[:-1] if bare.endswith("e") and not is_noun(vocab, bare) and is_noun(vocab, bare[:-1]) else bare
    return word


def is_agent(noun: str) -> bool:
    """Whether a noun is one for people: by the lists of those who speak, or its ending."""
    return noun in people() or noun.endswith(AGENTS)


@functools.cache
def people() -> frozenset[str]:
    sources, roles = read_list("sources"), read_list("people")["roles"]
    listed = (
        sources["role"],
        sources["anonymous"],
        sources["group"],
        *roles.values(),
        *read_list("people")["more"].values(),
    )
    return frozenset(noun for nouns in listed for noun in nouns)


@functools.cache
def speaking() -> frozenset[str]:
    """Verbs that somebody says something with."""
    rows = (row for row in read_list("cues")["verbs"] if "quotation" in row["takes"])
    return frozenset(verb for row in rows for verb in row["lemmas"])
