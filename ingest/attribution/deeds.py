"""What looks like an attribution and says nothing: deeds, impressions, addresses, and what a speaker leaves out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from ingest.attribution.cues import noun_stances, verb_stances, words
from ingest.attribution.frames import has_no
from ingest.attribution.negation import is_held_back
from ingest.attribution.stance import find_silence, forms_of, stance_of_cue
from ingest.lexicon import read_list
from ingest.model import SUPPORTING
from ingest.syntax.trees import find_head

NAMELESS = re.compile(r"\banonymity\b|\bnot (?:to )?be (?:named|identified|quoted)\b|\bnames? (?:to )?be withheld\b")
SAYING = frozenset({"clause", "quotation", "infinitive", "gerund"})


def claims_nothing(source: Sequence[Token], cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """What a tagger takes for an attribution and a reader for none: a deed or an attitude that no list knows, without
    a clause or a quotation ("examined the vote"); an impression ("seemed to agree"); an address ("you know that");
    what is cited ("citing records"); "which" alone.
    """
    if source and all(token.lower_ in words("untold", "own") for token in source):
        return True
    if any(token.lemma_ in words("untold", "impressions") for token in cue):
        return True
    forms = forms_of(cue, content)
    if "clause" not in forms and any(token.lemma_ in words("untold", "citing") for token in cue):
        return True
    if all(token.pos_ in ("PRON", "DET", "PUNCT") for token in content):
        return True
    known = any(token.lemma_.lower() in verb_stances() or token.lemma_.lower() in noun_stances() for token in cue)
    return not known and forms.isdisjoint({"clause", "infinitive", "quotation"})


def asks_for_no_name(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """ "Agreed to talk only on condition of anonymity", "asked not to be named": why somebody has no name."""
    told = " ".join(token.lower_ for token in (*cue, *content))
    return NAMELESS.search(told) is not None and "clause" not in forms_of(cue, content)


def is_deed(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """A verb of speech for what is no speech: "dismissed its coach", "seeking two hikers", "without naming it"."""
    verb, thing = find_head(cue), find_head(content)
    if verb is None or verb.pos_ not in ("VERB", "AUX") or thing is None:
        return False
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return "clause" not in forms_of(cue, content)
    if verb.lemma_ in words("deeds", "withheld") and thing.lemma_ in words("evidence", "nouns") and has_no(thing):
        return True
    if not SAYING.isdisjoint(forms_of(cue, content)):
        return False
    if verb.dep_ == "amod":
        return verb.tag_ == "VBN"
    if verb.lemma_ in words("deeds", "dismissing"):
        return not is_deniable(thing)
    return verb.lemma_ in words("deeds", "seeking") and not is_demandable(thing)


def is_unsaid(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """ "Never claimed that", "stopped short of accusing": nobody asked, nobody was silent, and nobody said so."""
    verb = find_head(cue)
    if verb is None or verb.pos_ != "VERB" or find_silence(cue, content) is not None:
        return False
    never = any(child.lower_ == "never" for child in verb.children)
    return (never or is_held_back(verb)) and stance_of_cue(cue, content) in SUPPORTING


def is_deniable(thing: Token) -> bool:
    """Whether it is something said, which can be denied: "the claim", "it"; nobody denies a coach."""
    if thing.pos_ == "PRON":
        return thing.lower_ not in words("deeds", "persons")
    lemma = thing.lemma_.lower()
    said = {*read_list("hedges")["denial"]["pointing"], *words("deeds", "deniable"), *words("deeds", "offered")}
    return lemma in noun_stances() or lemma in said


def is_demandable(thing: Token) -> bool:
    """Whether it is something that can be demanded, and not somebody or something that can be found."""
    lemma = thing.lemma_.lower()
    if thing.pos_ in ("PROPN", "PRON"):
        return False
    if lemma in words("deeds", "demandable") or lemma in noun_stances():
        return True
    named = lemma in read_list("sources")["anonymous"] or lemma in read_list("sources")["role"]
    return not named and lemma.endswith(tuple(words("deeds", "abstract")))


def ignores(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """What somebody is said to have brushed aside: "dismissed concerns"; whoever did so said nothing by it."""
    verb, thing = find_head(cue), find_head(content)
    if verb is None or thing is None or verb.lemma_ not in words("deeds", "dismissing"):
        return False
    return SAYING.isdisjoint(forms_of(cue, content)) and thing.lemma_.lower() in words("deeds", "unheeded")
