"""Content → who does what to whom: one triple, with active and passive, verb and noun of the act made equal.

"Veldt's model was copied by Halden", "Halden copied Veldt's model" and "Halden's copying of Veldt's model" have the
same triple. A clause of several verbs gives that of the first.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from spacy.tokens import Token

from ingest.attribution.cues import noun_stances
from ingest.lexicon import read_list
from ingest.referents.references import References
from ingest.syntax.trees import SUBJECTS, child_of, object_of

CHARGING = frozenset({"accuse", "suspect", "charge", "blame", "criticize", "criticise", "condemn", "praise", "convict"})
ASKING = frozenset({"investigates", "audits"})  # what is asked in a clause is done to whom it is about
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
AMOUNTS = frozenset({"MONEY", "PERCENT", "CARDINAL", "QUANTITY"})
UNTOLD = frozenset({"PUNCT", "SPACE", "NUM", "SYM"})
FARTHEST = 4  # verbs up the tree from one that leaves its subject out


@dataclass(frozen=True, slots=True)
class Triple:
    subject: str | None = None
    relation: str | None = None
    object: str | None = None


@functools.cache
def relation_names() -> dict[str, str]:
    """A verb, a verb with its preposition, or a noun of the act → the relation's name."""
    rows = read_list("relations").items()
    return {word: name for name, row in rows for word in (*row["nouns"], *row["verbs"])}


@functools.cache
def objects_of(name: str) -> frozenset[str]:
    """The kinds of thing that a relation can be to; empty: any."""
    return frozenset(read_list("relations").get(name, {}).get("of", ()))


def find_triple(head: Token | None, references: References) -> Triple:
    """The triple of a content's main word; empty where that names no act."""
    if head is None:
        return Triple()
    if head.pos_ in ("VERB", "AUX"):
        return verb_triple(head, references)
    if head.pos_ == "NOUN" and head.lemma_ in relation_names():
        actor = child_of(head, "poss") or object_of(head, "by")
        name = relation_names()[head.lemma_]
        return Triple(to_value(actor, references), name, to_value(object_of(head, "of"), references))
    return Triple()


def verb_triple(verb: Token, references: References) -> Triple:
    passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)
    actor = object_of(verb, "by") if passive else find_subject(verb)
    name, other = find_object(verb, passive)
    if other is None and name in ASKING:
        other = whom_asked_about(verb, references)
    thing = None if other is None else references.first_of(other)
    kinds = objects_of(name)
    if kinds and (thing is None or thing.kind not in kinds):
        name = verb.lemma_.lower()  # "led the field" is not "led the company"
    return Triple(to_value(actor, references), name, to_value(other, references))


def whom_asked_about(verb: Token, references: References) -> Token | None:
    """ "Is investigating whether Veldt copied it": who is named to have done it, and nothing that is not named."""
    clause = child_of(verb, "ccomp")
    subject = None if clause is None else child_of(clause, *SUBJECTS)
    return subject if subject is not None and references.first_of(subject) is not None else None


def find_object(verb: Token, passive: bool) -> tuple[str, Token | None]:
    """The relation's name and the word for its other end; a preposition belongs to the name where the list says so."""
    lemma = verb.lemma_.lower()
    for child in verb.children:
        if child.dep_ in ("prep", "prt") and f"{lemma} {child.lower_}" in relation_names():
            name = relation_names()[f"{lemma} {child.lower_}"]
            return name, child_of(child, "pobj") or child_of(verb, "dobj")
    direct = find_subject(verb) if passive else child_of(verb, "dobj", "attr", "acomp", "oprd")
    return relation_names().get(lemma, lemma), direct


def find_subject(verb: Token, depth: int = FARTHEST) -> Token | None:
    """Whose act it is: the verb's own subject, or that of the verb on which it hangs."""
    own = child_of(verb, *SUBJECTS)
    if own is not None:
        antecedent = verb.head if verb.dep_ == "relcl" else None
        return antecedent if own.lower_ in RELATIVE and antecedent is not None else own
    if depth == 0 or verb.head.i == verb.i:
        return None
    if verb.dep_ == "acl" and verb.head.lemma_ in noun_stances():  # "their promise to pay": they pay
        holder = verb.head.head if verb.head.dep_ in ("dobj", "attr") else None
        return child_of(verb.head, "poss") or (find_subject(holder, depth - 1) if holder is not None else None)
    if verb.dep_ in ("acl", "relcl"):
        return verb.head
    if verb.dep_ == "ccomp" and verb.head.dep_ == "relcl":  # "the hole that they said was a fraud"
        return verb.head.head
    governor = verb.head.head if verb.dep_ == "pcomp" or verb.head.dep_ == "acomp" else verb.head
    if governor.pos_ not in ("VERB", "AUX"):
        return None
    if verb.dep_ == "pcomp" and governor.lemma_ in CHARGING:
        return child_of(governor, "dobj", "nsubjpass") or (governor.head if governor.dep_ == "relcl" else None)
    urged = child_of(governor, "dobj") if verb.dep_ == "xcomp" else None
    return urged or (find_subject(governor, depth - 1) if verb.dep_ in ("xcomp", "conj", "advcl", "pcomp") else None)


def to_value(token: Token | None, references: References) -> str | None:
    """The referent that the word stands for, else its noun phrase in words."""
    if token is None:
        return None
    referent = references.first_of(token)
    if referent is not None:
        return referent.id
    return None if token.pos_ == "PRON" or token.ent_type_ in AMOUNTS else to_words(token) or None


def to_words(token: Token) -> str:
    """A noun phrase without article, numbers and clauses: "training logs"."""
    phrase = token.doc[token.left_edge.i : token.i + 1]
    words = [t for t in phrase if t.dep_ != "det" and t.pos_ not in UNTOLD and not t.is_currency]
    rest = object_of(token, "of")
    text = " ".join(t.text for t in words) + (f" of {to_words(rest)}" if rest is not None and rest.i > token.i else "")
    return re.sub(r"\s+(['’]s?\b)", r"\1", text).replace("’", "'")
