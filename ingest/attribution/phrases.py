"""What the constructions ask of a parse: whose verb is it, which words are its cue, where does a phrase end?

Everything here is a set of token indexes; `page.spans_of` turns them into the words on the page.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from ingest.attribution.cues import takes
from ingest.attribution.page import Finding, Page, spans_of
from ingest.lexicon import read_list

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
CUE_PARTS = frozenset({"aux", "auxpass", "neg", "advmod"})
SHARES_SUBJECT = frozenset({"conj", "xcomp", "advcl", "pcomp", "prep", "dep"})
NO_APPOSITION = frozenset(
    {"WP", "WDT", "WRB", "WP$", "VBG", "VBN", "VBD", "IN", "CD", "RB", "TO"}
)  # tags after a comma
LONGEST_CLAUSE = 9  # tokens of a relative clause that still is part of a name: "people who saw it"
QUOTING_VERBS = frozenset({"quote", "cite", "record"})  # of whom they quote "as saying"
OWN_VOICE = frozenset({"i", "we", "you", "one", "there", "let", "this", "that", "these", "those", "what"})


def subtree(token: Token) -> range:
    """A word and all that depends on it, with what the parse put between."""
    return range(token.left_edge.i, token.right_edge.i + 1)


def children(token: Token, *deps: str) -> list[Token]:
    return [child for child in token.children if child.dep_ in deps]


def has_aux_to(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.lefts)


def is_passive(verb: Token) -> bool:
    if verb.lemma_ == "say" and any(child.lower_ in {"'s", "’s"} for child in verb.lefts):
        return False  # "he's said that", which the parse takes for "is said"
    return any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.lefts) or is_reported_by(verb)


def is_reported_by(verb: Token) -> bool:
    """As in "as reported by the Courier": a passive without its "was"."""
    return (
        verb.tag_ == "VBN" and not children(verb, "aux") and verb.left_edge.lower_ == "as" and agent(verb) is not None
    )


def subject(verb: Token, depth: int = 4) -> Token | None:
    """The word whose act the verb is: its own subject, or that of the verb which it shares it with."""
    own = [child for child in verb.children if child.dep_ in SUBJECTS]
    if own:
        nearest = max((child for child in own if child.i < verb.i), default=own[0], key=lambda child: child.i)
        return None if nearest.tag_ == "EX" else nearest
    if (
        depth == 0
        or (verb.dep_ == "ROOT" and verb.doc[verb.i - 1].text != ",")
        or (verb.tag_ == "VBN" and verb.dep_ in {"advcl", "acl"})
    ):
        return None
    other = blamed_for(verb) or subject_before_aside(verb) or subject_of_like_tense(verb)
    if other is not None:
        return other
    head = governor(verb)
    if verb.dep_ == "pcomp" and head.lower_ == "as" and head.head.lemma_ in QUOTING_VERBS:
        return next(iter(children(head.head, "nsubjpass") or children(head.head, "dobj")), None)
    if verb.dep_ in SHARES_SUBJECT and head.pos_ in {"VERB", "AUX", "ADP", "ADJ", "SCONJ"}:
        return subject(head, depth - 1)
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and head.pos_ in {"NOUN", "PROPN", "PRON"}:
        return head
    return None


def blamed_for(verb: Token) -> Token | None:
    """Whose act it is after "for": "sued Renn for saying", "furious with Renn for saying"."""
    if verb.dep_ != "pcomp" or verb.head.lower_ != "for":
        return None
    above = verb.head.head
    under = [p for word in (above, *children(above, "acomp")) for p in children(word, "prep") if p.i < verb.i]
    objects = [o for prep in under if prep.lower_ in {"with", "at"} for o in children(prep, "pobj")]
    return next((o for o in (*children(above, "dobj"), *objects) if o.i < verb.i), None)


def subject_before_aside(verb: Token) -> Token | None:
    """The noun before a participle that commas set off, where the parse lost it: "a report, citing X, said"."""
    doc, last = verb.doc, verb.i - 1
    if is_in_aside(verb):
        return doc[last - 1]
    if last <= verb.sent.start or doc[last].text != "," or not takes(verb.lemma_, "clause") or verb.tag_ == "VBG":
        return None
    opened = next((i for i in range(last - 1, verb.sent.start, -1) if doc[i].text == ","), 0)
    noun = doc[opened - 1] if opened and doc[opened + 1].tag_ in {"VBG", "VBN"} else None
    return noun if noun is not None and noun.pos_ in {"NOUN", "PROPN"} else None


def is_in_aside(verb: Token) -> bool:
    """Is it the participle of such an aside: "a report, [citing] X, said"?"""
    doc, end = verb.doc, verb.right_edge.i + 1
    if verb.tag_ != "VBG" or verb.i < 2 or doc[verb.i - 1].text != "," or end + 1 >= len(doc):
        return False
    noun, said = doc[verb.i - 2], doc[end + 1]
    after = doc[end].text == "," and said.pos_ == "VERB" and said.tag_ != "VBG" and takes(said.lemma_, "clause")
    return after and noun.pos_ in {"NOUN", "PROPN"} and said.sent == verb.sent


def subject_of_like_tense(verb: Token) -> Token | None:
    """The subject of the clause before, where its tense is that of this verb and the parse hung it on another's.

    As in "The police say they look into it after Renn raised concerns, and claimed that …": Renn claimed.
    """
    if verb.dep_ != "conj" or {verb.tag_, verb.head.tag_} not in ({"VBD", "VBP"}, {"VBD", "VBZ"}):
        return None
    for near in reversed(verb.doc[verb.head.i + 1 : verb.i]):
        own = children(near, "nsubj") if near.tag_ == verb.tag_ and near.dep_ == "advcl" else []
        if own:
            return own[0]
    return None


def governor(verb: Token) -> Token:
    """The head; for ", adding that …", hung on the clause before it, the verb that reports that clause."""
    head = verb.head
    if says_more(verb):
        while head.dep_ == "ccomp" and takes(head.head.lemma_, "quotation"):
            head = head.head
    return head


def says_more(verb: Token) -> bool:
    """Is this a participle after a comma by which the same speaker goes on: ", adding that", ", saying"?"""
    participle = verb.dep_ == "advcl" and verb.tag_ == "VBG" and takes(verb.lemma_, "quotation")
    return participle and verb.left_edge.i > 0 and verb.doc[verb.left_edge.i - 1].text == ","


def speaker(verb: Token) -> Token | None:
    """The subject as a source; None for the writer's own voice and for nobody: "we say", "it seems"."""
    found = agent(verb) if is_passive(verb) else subject(verb)
    if (
        found is None
        or found.pos_ == "VERB"
        or (found.pos_ == "NOUN" and found.lemma_ in read_list("sources")["things"])
    ):
        return None
    nobody = found.lower_ in OWN_VOICE and found.tag_ != "WDT" and not children(found, "acl", "relcl")
    return None if nobody else found


def unclosed_apposition(verb: Token) -> Token | None:
    """The speaker whom the parse took for an apposition, as in "…to Orbel, an official said"; no comma closes it."""
    doc, last = verb.doc, cue_group(verb)[0] - 1
    noun = doc[last] if last > 0 else verb
    while noun.dep_ != "appos" and noun.head != noun and noun.head.i < verb.i:
        noun = noun.head
    opened = noun.dep_ == "appos" and noun.left_edge.i > 0 and doc[noun.left_edge.i - 1].text == ","
    return noun if opened and noun.right_edge.i == last and noun.i < verb.i and not doc[last].is_punct else None


def agent(verb: Token) -> Token | None:
    """Who is named by "by" after a passive."""
    for by in children(verb, "agent"):
        for pobj in children(by, "pobj"):
            return pobj
    return None


def noun_phrase(page: Page, head: Token) -> list[int]:
    """A noun with its short title and apposition; no clause after a comma, no age, no long relative clause."""
    if head.tag_ in {"WP", "WDT", "PRP"}:
        return [head.i]
    phrase = [i for i in subtree(head) if not page.doc[i].is_space and (i <= head.i or page.doc[i].dep_ != "case")]
    while page.doc[phrase[0]].is_punct and phrase[0] < head.i:
        phrase = phrase[1:]
    kept = cut_phrase(page.doc, phrase, head.i)
    return drop_epithet(page.doc, kept)


def cut_phrase(doc: Doc, phrase: list[int], head: int) -> list[int]:
    """The phrase up to the first mark or clause after its head that no longer says who this is."""
    for position, i in enumerate(phrase):
        if i <= head:
            continue
        if is_long_clause(doc[i], head):
            return [k for k in phrase[:position] if k < doc[i].left_edge.i]
        if doc[i].dep_ == "punct" and ends_phrase(doc[i], phrase[position + 1 : position + 2]):
            return phrase[:position]
    return phrase


def is_long_clause(token: Token, head: int) -> bool:
    clause = token.dep_ in {"relcl", "advcl", "ccomp"} and token.left_edge.i > head
    return clause and len(subtree(token)) > LONGEST_CLAUSE


def ends_phrase(mark: Token, following: list[int]) -> bool:
    """Does a comma lead on to something else than an apposition or another name? Other marks always do."""
    if mark.text in {"(", ";", ":", "—", "--", "–"}:
        return True
    return mark.text in {",", "-"} and (not following or mark.doc[following[0]].tag_ in NO_APPOSITION)


def drop_epithet(doc: Doc, phrase: list[int]) -> list[int]:
    """Without a bare plural before names, which only says what they are like: "Good sports, Orbel and Halden"."""
    for position, i in enumerate(phrase[:4]):
        if doc[i].text == "," and position and doc[i - 1].tag_ == "NNS" and doc[phrase[0]].is_sent_start:
            rest = phrase[position + 1 :]
            if rest and doc[rest[0]].tag_ == "NNP" and doc[phrase[0]].tag_ in {"JJ", "NNS"}:
                return rest
    return phrase


def cue_group(verb: Token) -> list[int]:
    """The verb with its auxiliaries, negation, adverbs and particle: "has not openly said", "pointed out"."""
    group, i = [verb.i], verb.i - 1
    while i >= 0 and verb.doc[i].dep_ in CUE_PARTS and (verb.doc[i].head == verb or verb.doc[i].head.i in group):
        group.append(i)
        i -= 1
    group.extend(child.i for child in verb.rights if child.dep_ == "prt" and child.i <= verb.i + 2)
    return sorted(group)


def in_condition(verb: Token) -> bool:
    """As in "if he says", "unless it denies": nothing was said."""
    return any(child.dep_ == "mark" and child.lower_ in {"if", "unless"} for child in verb.lefts)


def finding(
    page: Page,
    method: str,
    verb: Token,
    source: Token,
    content: list[int] | range,
    confidence: float,
    more: list[int] | None = None,
) -> Finding:
    """A finding with this verb as its cue; words of cue and source that the content swallowed are taken out of it.

    `more`: tokens of the cue beside the verb group.
    """
    cue = cue_group(verb) + (more or [])
    who = [i for i in noun_phrase(page, source) if source.i > verb.i or i < cue[0]]
    taken = set(cue) | (set(who) if source.i < verb.i or agent(verb) is not None else set())
    content = [i for i in content if i not in taken]
    return Finding(method, verb.i, spans_of(page, who), spans_of(page, cue), spans_of(page, content), confidence)
